import { describe, expect, it } from 'vitest';
import { deltaE00 } from '../../../src/colour/deltaE00.ts';
import { spectrumToLab, spectrumToLab65 } from '../../../src/colour/integrateSpectrum.ts';
import { lab65 } from '../../../src/colour/lab65.ts';
import { type LinearRgb, lab65ToLinearSrgb } from '../../../src/colour/xyzLab.ts';
import { calibrateCard } from '../../../src/photo/calibration/calibrateCard.ts';
import { CHART_REFERENCES } from '../../../src/photo/calibration/chartReferences.ts';
import { applyCorrection, type Correction } from '../../../src/photo/calibration/correction.ts';
import { predictLab } from '../../../src/photo/calibration/crossValidate.ts';
import { PATCH_REFLECTANCES } from '../../../src/photo/calibration/patchReflectances.ts';
import { SKIN_REFLECTANCES } from '../../../src/photo/calibration/skinReflectances.ts';
import type { CardPatch, PatchFault } from '../../../src/photo/card/cardDetection.ts';
import { patchCentre } from '../../../src/photo/card/chartLayout.ts';
import { seeded } from '../../fixtures/charts/renderChart.ts';

type Camera = (rgb: LinearRgb) => LinearRgb;
type Edition = 'before2014' | 'after2014';

interface Shot {
  readonly edition?: Edition;
  readonly light?: (x: number, y: number) => number;
  readonly faults?: Readonly<Record<number, PatchFault>>;
  readonly instead?: Readonly<Record<number, LinearRgb>>;
  readonly noise?: number;
}

function shoot(
  camera: Camera,
  { edition = 'after2014', light = () => 1, faults = {}, instead = {}, noise = 0 }: Shot = {},
) {
  const random = seeded(11);
  return CHART_REFERENCES[edition].map((lab, i): CardPatch => {
    const [x, y] = patchCentre(i);
    const level = light(x, y);
    const [r, g, b] = instead[i] ?? lab65ToLinearSrgb(lab);
    const jitter = () => 1 + noise * (random() - 0.5);
    const seen = camera([r * level, g * level, b * level]);
    const rgb: LinearRgb = [seen[0] * jitter(), seen[1] * jitter(), seen[2] * jitter()];
    const patch: CardPatch = { rgb, relativeSd: 0.02, centre: [x * 100, y * 100], pixels: 400 };
    return faults[i] ? { ...patch, fault: faults[i] } : patch;
  });
}

/** Cast, channel mixing, exposure and a tone curve: what a phone does. */
const phone: Camera = ([r, g, b]) =>
  [0.92 * r + 0.1 * g - 0.02 * b, 0.04 * r + 0.88 * g + 0.03 * b, 0.02 * r + 0.08 * g + 0.6 * b].map((v) => {
    const t = Math.max(0, v) * 0.8;
    return t ** 1.15 / (t ** 1.15 + 0.28 * (1 - t) ** 1.15);
  }) as unknown as LinearRgb;

const SKINS = [lab65(66, 10, 12), lab65(52, 12, 19), lab65(36, 13, 16)];

function skinErrors(correction: Correction, camera: Camera): number[] {
  return SKINS.map((lab) => deltaE00(predictLab(correction, camera(lab65ToLinearSrgb(lab))), lab));
}

describe('calibrateCard', () => {
  it('undoes cast, mixing, exposure and tone curve', () => {
    const calibration = calibrateCard(shoot(phone))!;
    expect(calibration.deltaE00Before).toBeGreaterThan(8);
    expect(calibration.deltaE00After).toBeLessThan(2);
    expect(Math.max(...skinErrors(calibration.correction, phone))).toBeLessThan(1.6);
    expect(calibration.patchesUsed).toBe(24);
  });

  it('reads skin under a lamp as skin, which paint of the same colour does not tell', () => {
    const underA = (reflectance: readonly number[]) => {
      const [L, a, b] = spectrumToLab(Float64Array.from(reflectance), 'A');
      return lab65ToLinearSrgb(lab65(L, a, b));
    };
    const patches = PATCH_REFLECTANCES.map((reflectance): CardPatch => {
      return { rgb: underA(reflectance), relativeSd: 0.02, centre: [0, 0], pixels: 400 };
    });
    const { correction, skinCorrection } = calibrateCard(patches)!;
    const worst = (by: Correction) =>
      Math.max(
        ...SKIN_REFLECTANCES.map((reflectance) =>
          deltaE00(predictLab(by, underA(reflectance)), spectrumToLab65(Float64Array.from(reflectance))),
        ),
      );
    expect(worst(skinCorrection)).toBeLessThan(0.75 * worst(correction));
  });

  it('keeps colours that are right as they are', () => {
    const calibration = calibrateCard(shoot((rgb) => rgb))!;
    expect(Math.max(...skinErrors(calibration.correction, (rgb) => rgb))).toBeLessThan(0.7);
  });

  it.each(['before2014', 'after2014'] as const)('recognises the edition %s by its fit', (edition) => {
    expect(calibrateCard(shoot(phone, { edition }))!.edition).toBe(edition);
  });

  it('gives absolute reflectance whatever the exposure', () => {
    const [one, half] = [1, 0.5].map((level) => {
      const camera: Camera = (rgb) => rgb.map((v) => v * level) as unknown as LinearRgb;
      return calibrateCard(shoot(camera))!.correction;
    });
    const out = [0, 0, 0];
    applyCorrection(one!, 0.4, 0.3, 0.2, out);
    const first = out[1]!;
    applyCorrection(half!, 0.2, 0.15, 0.1, out);
    expect(out[1]).toBeCloseTo(first, 2);
  });

  it('takes the slope of the light out', () => {
    const sloping = shoot(phone, { light: (x, y) => 1 + 0.06 * (x - 3) - 0.05 * (y - 2), noise: 0.01 });
    const calibration = calibrateCard(sloping)!;
    expect(calibration.shading.across).toBeGreaterThan(0.1);
    expect(calibration.shading.down).toBeLessThan(-0.05);
    expect(Math.max(...skinErrors(calibration.correction, phone))).toBeLessThan(2.5);
  });

  it('expects the less bulge of the light the smaller the card is in the picture', () => {
    const bulging = shoot(phone, { light: (x, y) => Math.exp(-0.1 * ((x / 3 - 1) ** 2 + (y / 2 - 1) ** 2)) });
    // The card is 600 pixels long.
    const bulges = [800, 1500, 6000].map((diagonalPx) => calibrateCard(bulging, { diagonalPx })!.shading.edge);
    expect(bulges[0]).toBeLessThan(-0.04);
    expect(bulges[1]).toBeGreaterThan(bulges[0]!);
    expect(Math.abs(bulges[2]!)).toBeLessThan(0.005);
    expect(calibrateCard(bulging)!.shading.edge).toBeCloseTo(bulges[0]!, 6);
  });

  it('never leaves a skin patch worse than it was', () => {
    for (const camera of [phone, (rgb: LinearRgb): LinearRgb => [rgb[0] * 1.02, rgb[1], rgb[2] * 0.99]]) {
      for (const noise of [0, 0.05, 0.12]) {
        const { perPatch } = calibrateCard(shoot(camera, { noise }))!;
        for (const { before, after } of perPatch.filter(({ patch }) => patch < 2)) {
          expect(after).toBeLessThanOrEqual(before);
        }
      }
    }
  });

  it('leaves faulty patches out and finds a soiled one by itself', () => {
    const patches = shoot(phone, { faults: { 18: 'clipped', 5: 'glare' }, instead: { 10: [0.2, 0.12, 0.1] } });
    const { rejected, patchesUsed, correction } = calibrateCard(patches)!;
    expect(rejected).toEqual([
      { patch: 5, why: 'glare' },
      { patch: 10, why: 'dirty' },
      { patch: 18, why: 'clipped' },
    ]);
    expect(patchesUsed).toBe(21);
    expect(Math.max(...skinErrors(correction, phone))).toBeLessThan(2);
  });

  it('gives up when too little of the card is usable', () => {
    const faults = Object.fromEntries(Array.from({ length: 14 }, (_, i): [number, PatchFault] => [i, 'glare']));
    expect(calibrateCard(shoot(phone, { faults }))).toBeNull();
  });

  it('fits a reference of one’s own', () => {
    const reference = CHART_REFERENCES.after2014.map(([L, a, b]) => lab65(0.8 * L + 12, 0.7 * a + 2, 0.7 * b - 1));
    const patches = reference.map((lab): CardPatch => {
      return { rgb: phone(lab65ToLinearSrgb(lab)), relativeSd: 0.02, centre: [0, 0], pixels: 400 };
    });
    const calibration = calibrateCard(patches, { reference })!;
    expect(calibration.edition).toBe('own');
    expect(Math.max(...skinErrors(calibration.correction, phone))).toBeLessThan(2);
    expect(() => calibrateCard(patches, { reference: reference.slice(1) })).toThrow('received 23');
  });

  it('states an uncertainty that grows with scatter', () => {
    const clean = calibrateCard(shoot(phone))!;
    const rough = calibrateCard(shoot(phone, { noise: 0.25 }))!;
    expect(rough.expectedDeltaE00).toBeGreaterThan(clean.expectedDeltaE00 + 0.5);
    const [xx, xy, , yx, yy] = clean.covarianceAt50;
    expect(xy).toBeCloseTo(yx, 12);
    expect(xx * yy - xy * yx).toBeGreaterThan(0);
  });

  it('is plain data that survives JSON', () => {
    const { correction } = calibrateCard(shoot(phone))!;
    const copy = JSON.parse(JSON.stringify(correction)) as Correction;
    const [one, other] = [
      [0, 0, 0],
      [0, 0, 0],
    ];
    applyCorrection(correction, 0.3, 0.2, 0.1, one!);
    applyCorrection(copy, 0.3, 0.2, 0.1, other!);
    expect(other).toEqual(one);
  });
});
