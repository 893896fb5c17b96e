import { describe, expect, it } from 'vitest';
import { deltaE00 } from '../../src/colour/deltaE00.ts';
import { SRGB8_TO_LINEAR } from '../../src/colour/srgb.ts';
import { lab65ToLinearSrgb } from '../../src/colour/xyzLab.ts';
import { DEFAULT_APPLICATION } from '../../src/optics/pigmentDose.ts';
import { predictHealed } from '../../src/optics/predictHealed.ts';
import type { RasterPhoto } from '../../src/photo/rasterPhoto.ts';
import { sampleColour } from '../../src/photo/sampling/sampleColour.ts';
import { measureStubble } from '../../src/photo/stubble/measureStubble.ts';
import { createPreviewer } from '../../src/preview/previewer.ts';
import { DENSITY_FACTOR, SESSION_SHARE } from '../../src/preview/previewLooks.ts';
import { BLACK, flatSkin, meanLab, PLAIN } from './flatSkin.ts';

const SIDE = 400;
/** Rows above the burnt-in word. */
const CLEAR = 350;
const SKINS = [
  ['fair', [66, 11, 13]],
  ['medium', [54, 12, 19]],
  ['dark', [37, 10, 13]],
] as const;

describe.each(SKINS)('on %s skin', (_, lab) => {
  it.each([20, 9])('has the area colour that the model predicts, at %i pixels per mm', (pxPerMm) => {
    const { photo } = flatSkin(lab, SIDE, pxPerMm);
    const previewer = createPreviewer(photo);
    for (const density of ['light', 'full'] as const) {
      const preview = previewer.render({ ...PLAIN, density });
      const application = {
        ...DEFAULT_APPLICATION,
        partsDiluent: PLAIN.partsDiluent,
        densityPerCm2: 100 * DENSITY_FACTOR[density],
        diameterMm: 0.3,
      };
      const predicted = predictHealed(photo.table, BLACK, application).area;
      expect(deltaE00(meanLab(preview.pictures[0]!.picture, CLEAR), predicted)).toBeLessThan(0.5);
      expect(deltaE00(predicted, photo.table.skin)).toBeGreaterThan(0.9);
    }
  });

  it('is measured by Stipple as what was drawn', () => {
    const pxPerMm = 20;
    const { photo } = flatSkin(lab, SIDE, pxPerMm);
    const { picture } = createPreviewer(photo).render(PLAIN).pictures[0]!;
    const toLinear = [SRGB8_TO_LINEAR, SRGB8_TO_LINEAR, SRGB8_TO_LINEAR] as const;
    const data = Uint8Array.from(picture.data);
    const raster: RasterPhoto = { widthPx: SIDE, heightPx: SIDE, data, toLinear, toSrgb: null };
    const area = { boxes: [[0, 0, SIDE, CLEAR]] } as const;
    const between = sampleColour(raster, area, { surface: 'skin' });
    const measured = measureStubble(raster, area, lab65ToLinearSrgb(between.lab), { pxPerMm })!;
    const application = { ...DEFAULT_APPLICATION, partsDiluent: 4, densityPerCm2: 100, diameterMm: 0.3 };
    const predicted = predictHealed(photo.table, BLACK, application);
    expect(Math.abs(measured.coveragePercent - 100 * predicted.coverage)).toBeLessThan(3);
    expect(deltaE00(measured.dotPeakLab, predicted.dot)).toBeLessThan(2);
    expect(measured.dotLikeness).toBeGreaterThan(0.6);
  });
});

it('draws as many dots as the density says, after every session', () => {
  const { photo } = flatSkin([60, 12, 16], SIDE, 12);
  const previewer = createPreviewer(photo);
  const cm2 = (SIDE / 120) ** 2;
  for (const session of [1, 2, 3] as const) {
    const { dots, densityPerCm2 } = previewer.render({ ...PLAIN, session });
    expect(densityPerCm2).toBeCloseTo(100 * SESSION_SHARE[session]);
    expect(Math.abs(dots / cm2 / densityPerCm2 - 1)).toBeLessThan(0.06);
  }
});

it('gives darker pictures for stronger mixes, fresh work and more dots, lighter ones for aged', () => {
  const { photo } = flatSkin([62, 11, 16], 240, 10);
  const previewer = createPreviewer(photo);
  const lightness = (change: object) =>
    previewer.render({ ...PLAIN, ...change }).pictures.map(({ picture }) => meanLab(picture, 200)[0]);
  const [healed] = lightness({});
  expect(lightness({ partsDiluent: 2 })[0]).toBeLessThan(healed!);
  expect(lightness({ density: 'full' })[0]).toBeLessThan(healed!);
  expect(lightness({ session: 1 })[0]).toBeGreaterThan(healed!);
  expect(lightness({ stage: 'fresh' })[0]).toBeLessThan(healed! - 0.5);
  const [lightest, darkest] = lightness({ stage: 'aged' });
  expect(lightest).toBeGreaterThan(darkest!);
  expect(lightest).toBeGreaterThan(healed!);
});

it('is redder when fresh than pigment of the same darkness would be', () => {
  const { photo } = flatSkin([62, 11, 16], 240, 10);
  const previewer = createPreviewer(photo);
  const colour = (change: object) => meanLab(previewer.render({ ...PLAIN, ...change }).pictures[0]!.picture, 200);
  const fresh = colour({ stage: 'fresh' });
  const strong = colour({ partsDiluent: 2 });
  expect(fresh[1] - strong[1]).toBeGreaterThan(0.5);
});
