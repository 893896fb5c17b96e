import { Router } from 'express';
import { citedCatalogs } from '../../app/catalogs/currentCatalogs.ts';
import { getMatch, optionsOf, resultOf } from '../../app/changeMatch.ts';
import type { WhatIfTask } from '../../app/photoTask.ts';
import { hexOf } from '../../app/report/resultWords.ts';
import type { Services } from '../../app/services.ts';
import { startingPoint, WHAT_IF_LIMITS, type WhatIf, type WhatIfAnswer } from '../../app/whatIf.ts';
import { StippleError } from '../../errors.ts';
import { ENGLISH } from '../../language/english.ts';
import { closenessWords } from '../../matching/words.ts';
import { DEFAULT_GAP_MM } from '../../optics/tissue.ts';
import { visitor } from '../owner.ts';
import { render } from '../render.ts';

type Name = keyof typeof WHAT_IF_LIMITS;
const NAMES = Object.keys(WHAT_IF_LIMITS) as Name[];

/** Numbers of the address, kept within their limits; what is missing or unusable starts where the result stands. */
function readWhatIf(query: Record<string, unknown>, start: WhatIf): WhatIf {
  const entries = NAMES.map((name) => {
    const { low, high } = WHAT_IF_LIMITS[name];
    const text = String(query[name] ?? '').replace(',', '.');
    const value = text.trim() === '' ? Number.NaN : Number(text);
    return [name, Number.isFinite(value) ? Math.min(high, Math.max(low, value)) : start[name]];
  });
  return Object.fromEntries(entries) as unknown as WhatIf;
}

/** "What if": another ratio, density, diameter or depth on this client's skin, as a form and as data for the live panel. */
export function whatIfRoutes(services: Services): Router {
  const router = Router();

  router.get('/matches/:id/what-if', async (req, res) => {
    const owner = visitor(req);
    const match = await getMatch(services, owner, req.params.id);
    const result = resultOf(match);
    const options = optionsOf(match);
    const start = result && startingPoint(result, options, DEFAULT_GAP_MM);
    if (!result?.skin || !start) {
      throw new StippleError('SMP_NOT_FOUND', ENGLISH.result.thisMatchHasNoRecommendation);
    }
    const { skin, target, recommendations } = result;
    const keyOf = ({ code, catalog }: (typeof recommendations)[number]) => `${catalog.id}/${code}`;
    const chosen = Math.max(
      0,
      recommendations.findIndex((shade) => keyOf(shade) === req.query.shade),
    );
    const what = readWhatIf(req.query, { ...start, parts: recommendations[chosen]!.dilution.partsDiluent });
    const task: WhatIfTask = {
      kind: 'whatIf',
      question: {
        skin: skin.lab,
        target: target?.lab ?? null,
        shades: recommendations.map(({ code, catalog }) => ({ code, catalogId: catalog.id })),
        chosen,
        strength: options.strength ?? 1,
        corrections: options.corrections,
        what,
      },
      catalogs: await citedCatalogs(services, owner, match.id),
    };
    const answer = await services.pool.run<WhatIfAnswer>(task);
    await render(req, res, 'whatIf', {
      title: ENGLISH.result.whatIf,
      script: 'whatIfPage',
      base: `/matches/${match.id}`,
      fields: NAMES.map((name) => ({ name, ...WHAT_IF_LIMITS[name], value: Number(what[name].toFixed(3)) })),
      shades: recommendations.map((shade, i) => ({
        value: keyOf(shade),
        text: `${shade.code} ${shade.name}`,
        selected: i === chosen,
      })),
      skinHex: hexOf(skin.lab),
      targetHex: target ? hexOf(target.lab) : null,
      areaHex: hexOf(answer.area),
      dotHex: hexOf(answer.dot),
      coverageText: ENGLISH.result.ofTheSkinLiesUnderDots((100 * answer.coverage).toFixed(1)),
      closeness: answer.deltaE00 === null ? '' : closenessWords(answer.deltaE00),
      data: JSON.stringify({
        skin: skin.lab,
        target: target?.lab ?? null,
        pigments: Object.fromEntries(
          recommendations.map((shade, i) => {
            const { neatTau, shape, scatterRatio } = answer.pigments[i]!;
            return [keyOf(shade), { neatTau, shape: Array.from(shape), scatterRatio }];
          }),
        ),
      }),
    });
  });

  return router;
}
