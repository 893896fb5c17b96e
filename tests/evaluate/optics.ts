import { evaluateDots } from './evaluateDots.ts';
import { comparePowders, evaluateSkinFit } from './evaluateSkinFit.ts';
import type { EvaluationSection } from './section.ts';

/** The healed-pigment model against Monte Carlo transport and measured skin. About a minute on one core. */
export const opticsSection: EvaluationSection = {
  name: 'Optics: healed pigment under skin',
  async run({ sharedDir }) {
    if (sharedDir === null) {
      return { lines: ['Not run: the oracle program and the measured skin spectra are not here.'], failures: [] };
    }
    const dots = evaluateDots(sharedDir);
    const skin = evaluateSkinFit(sharedDir);
    return {
      lines: [
        ...dots.lines,
        '',
        ...skin.lines,
        '',
        'Built-in colourants against measured masstones:',
        ...comparePowders(sharedDir),
      ],
      failures: [...dots.failures, ...skin.failures],
      ...(dots.figures ? { figures: dots.figures } : {}),
    };
  },
};
