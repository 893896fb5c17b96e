import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareHealed, type HealedQuestion } from '../../../src/app/learning/compareHealed.ts';
import { preparedShades } from '../../../src/app/preparedShades.ts';
import { recommendShades } from '../../../src/app/recommendShades.ts';
import { loadPalettes } from '../../../src/catalog/loadPalettes.ts';
import { lab65 } from '../../../src/colour/lab65.ts';
import { buildClientTable } from '../../../src/optics/clientTable.ts';
import { DEFAULT_APPLICATION } from '../../../src/optics/pigmentDose.ts';
import { predictHealed } from '../../../src/optics/predictHealed.ts';
import { projectRoot } from '../../../src/projectRoot.ts';

const catalogs = await loadPalettes(join(projectRoot, 'palettes'));
const ash = catalogs.find(({ id }) => id === 'demo-ash')!;
const SKIN = [62, 11, 14] as const;
const RECIPE = { code: 'DA-03', partsDiluent: 12, densityPerCm2: 100, diameterMm: 0.3 };

/** What a shade of `factor` times its strength would look like healed. */
function healed(
  factor: number,
  recipe = RECIPE,
): { area: readonly [number, number, number]; dot: readonly [number, number, number] } {
  const { pigment } = preparedShades(ash).find(({ shade }) => shade.code === 'DA-03')!;
  const strong = { ...pigment, neatTau: pigment.neatTau * factor };
  const { partsDiluent, densityPerCm2, diameterMm } = recipe;
  const application = { ...DEFAULT_APPLICATION, partsDiluent, densityPerCm2, diameterMm };
  return predictHealed(buildClientTable(lab65(...SKIN)), strong, application);
}

function ask(factor: number, change: Partial<HealedQuestion> = {}): HealedQuestion {
  const { area } = healed(factor);
  return { ...RECIPE, skin: SKIN, healedArea: area, dot: null, strength: 1, gapMm: null, ...change };
}

describe('compareHealed', () => {
  it('finds the strength a healed result was made with, and says whether it is darker', () => {
    for (const factor of [0.6, 1, 1.7]) {
      const { logStrength, deltaL, deltaE00 } = compareHealed(ask(factor), ash);
      expect(Math.exp(logStrength)).toBeCloseTo(factor, 4);
      expect(Math.sign(deltaL)).toBe(factor === 1 ? Math.sign(deltaL) : factor > 1 ? -1 : 1);
      if (factor === 1) expect([deltaL, deltaE00]).toEqual([expect.closeTo(0, 6), expect.closeTo(0, 6)]);
    }
  });

  it('counts from the studio’s calibration: what that explains is not learned again', () => {
    expect(compareHealed(ask(1.5, { strength: 1.5 }), ash).logStrength).toBeCloseTo(0, 4);
  });

  it('is less sure of few dots, whose strength a photo can hardly tell', () => {
    const recipe = { ...RECIPE, densityPerCm2: 40 };
    const weak = { ...ask(1), ...recipe, healedArea: healed(1, recipe).area };
    expect(compareHealed(weak, ash).logStrengthSd).toBeGreaterThan(2 * compareHealed(ask(1), ash).logStrengthSd);
  });

  it('does not go beyond a fivefold strength, whatever the photo shows', () => {
    expect(compareHealed(ask(1, { healedArea: [10, 2, 2] }), ash).logStrength).toBeCloseTo(Math.log(5), 3);
  });

  it('compares dots where the photo shows single ones', () => {
    expect(compareHealed(ask(1, { dot: healed(1).dot }), ash).dotDeltaE00).toBeCloseTo(0, 6);
    expect(compareHealed(ask(1), ash).dotDeltaE00).toBeNull();
  });

  it('says that the catalog has no such shade', () => {
    expect(() => compareHealed({ ...ask(1), code: 'XX' }, ash)).toThrow('The catalog has no shade "XX".');
  });
});

describe('a correction in a recommendation', () => {
  const measured = { lab: lab65(...SKIN), covariance: [1, 0, 0, 0, 1, 0, 0, 0, 1] as const, pixels: 5000 };
  const hair = { ...measured, lab: lab65(54, 9, 11) };
  const measurement = {
    input: { sha256: 'x', widthPx: 1, heightPx: 1, format: 'jpeg', profile: 'sRGB', orientationApplied: false },
    quality: [],
    calibration: { method: 'card', expectedDeltaE00: 2 },
    regions: { skin: [], hair: [], avoid: [], source: 'automatic' },
    skin: measured,
    hair: {
      ...{ kind: 'stubble', apparent: hair, fibre: null, greyPercent: null, coveragePercent: null },
      ...{ diameterPx: null, diameterMm: null, densityPerCm2: null },
    },
  } as unknown as Parameters<typeof recommendShades>[0];

  async function recommend(corrections?: string[]) {
    const { parseMatchOptions } = await import('../../../src/app/matchOptions.ts');
    return recommendShades(measurement, parseMatchOptions({ corrections }), [ash], '2026-06-01');
  }

  it('thins a shade that heals darker, names why, and leaves the result without one as it was', async () => {
    const plain = await recommend();
    const code = plain.recommendations[0]!.code;
    const corrected = await recommend([`demo-ash/${code}=1.5,9`, '*=1.1,12']);
    const own = corrected.recommendations.find((shade) => shade.code === code)!;
    expect(own.dilution.partsDiluent).toBeGreaterThan(plain.recommendations[0]!.dilution.partsDiluent);
    const reason = own.flagReasons.find(({ flag }) => flag === 'learnedCorrection')?.reason;
    expect(reason).toMatch(new RegExp(`^9 healed results with ${code} ran darker than predicted, so .* 1\\.50 times`));
    const other = corrected.recommendations.find((shade) => shade.code !== code)!;
    expect(other.flagReasons.find(({ flag }) => flag === 'learnedCorrection')?.reason).toMatch(
      /^12 healed results of your studio ran darker/,
    );
    expect(plain.recommendations.flatMap(({ flags }) => flags)).not.toContain('learnedCorrection');
    expect(JSON.stringify(await recommend(['*=1,3']))).toBe(JSON.stringify(plain));
  });

  it('refuses a correction that is not one', async () => {
    await expect(recommend(['demo-ash/DA-03'])).rejects.toThrow('The option "corrections" is not usable');
    await expect(recommend(['*=0,3'])).rejects.toThrow('The option "corrections" is not usable');
  });
});
