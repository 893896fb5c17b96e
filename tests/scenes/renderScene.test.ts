import { describe, expect, it } from 'vitest';
import { deltaE00 } from '../../src/colour/deltaE00.ts';
import { lab65 } from '../../src/colour/lab65.ts';
import { SRGB8_TO_LINEAR } from '../../src/colour/srgb.ts';
import { linearSrgbToLab65 } from '../../src/colour/xyzLab.ts';
import { LABEL } from '../../src/photo/regions/labelMap.ts';
import { cardTruth } from '../fixtures/scenes/cardTruth.ts';
import { renderScene } from '../fixtures/scenes/renderScene.ts';
import { FACTORIAL_SCENES, sceneSet } from '../fixtures/scenes/sceneSet.ts';
import type { HairSpec, RenderedScene, SceneSpec } from '../fixtures/scenes/sceneSpec.ts';
import { SKIN_TONES } from '../fixtures/scenes/skinTones.ts';

const STUBBLE: HairSpec = {
  kind: 'stubble',
  colour: 'darkBrown',
  greyShare: 0,
  densityPerCm2: 200,
  diameterMm: 0.09,
  lengthMm: 1.2,
  flowDeg: 40,
  region: null,
};

/** A flat, matte scalp under even daylight, seen by a camera without faults. */
const LABORATORY: SceneSpec = {
  name: 'laboratory',
  seed: 12,
  widthPx: 480,
  heightPx: 360,
  pxPerMm: 12,
  head: { centre: [0.5, 0.5], radiiMm: [4000, 4000] },
  skin: { lab: lab65(58.3, 11.2, 17.9), mottling: 1, moles: 3 },
  hair: null,
  cards: [],
  background: 'table',
  light: { kind: 'D65', direction: [0.3, -0.2, 1], ambient: 0.5, gradient: [0, 0], gloss: 0 },
  camera: {
    model: 'perfect',
    exposureStops: 0,
    whiteErrorDeg: 0,
    whiteErrorTowardsDeg: 0,
    blurSigmaPx: 0.7,
    defocusPx: 0,
    noise: 0,
    jpegQuality: 95,
  },
};

/** Mean colour of the pixels that a test keeps, averaged in linear light. */
function meanLab(scene: RenderedScene, keep: (x: number, y: number, label: number) => boolean) {
  const sum: [number, number, number] = [0, 0, 0];
  let count = 0;
  for (let y = 0; y < scene.heightPx; y++) {
    for (let x = 0; x < scene.widthPx; x++) {
      const i = y * scene.widthPx + x;
      if (!keep(x, y, scene.truth.labels[i]!)) continue;
      for (let k = 0; k < 3; k++) sum[k]! += SRGB8_TO_LINEAR[scene.rgb[3 * i + k]!]!;
      count++;
    }
  }
  return linearSrgbToLab65([sum[0] / count, sum[1] / count, sum[2] / count]);
}

describe('renderScene', () => {
  it('gives the same bytes for the same spec and others for another seed', () => {
    const spec = { ...LABORATORY, hair: STUBBLE, camera: { ...LABORATORY.camera, model: 'north' as const, noise: 1 } };
    const first = renderScene(spec);
    expect(Buffer.from(renderScene(spec).rgb).equals(Buffer.from(first.rgb))).toBe(true);
    expect(Buffer.from(renderScene({ ...spec, seed: 13 }).rgb).equals(Buffer.from(first.rgb))).toBe(false);
  });

  it.each([
    ['fair', lab65(65.7, 10.7, 13.4)],
    ['tan', lab65(54, 11.7, 18.9)],
    ['dark', lab65(37.2, 10.2, 13)],
  ])('shows %s skin as its truth says', (_, lab) => {
    const scene = renderScene({ ...LABORATORY, skin: { ...LABORATORY.skin, lab } });
    const seen = meanLab(scene, (_x, _y, label) => label === LABEL.skin);
    expect(deltaE00(seen, scene.truth.skinLab!)).toBeLessThan(0.5);
    expect(deltaE00(scene.truth.skinLab!, lab)).toBeLessThan(2.5);
  });

  it('shows stubble, grey hairs included, as its truth says', () => {
    const scene = renderScene({ ...LABORATORY, hair: { ...STUBBLE, greyShare: 0.4 } });
    const seen = meanLab(scene, (_x, _y, label) => label === LABEL.hair);
    expect(deltaE00(seen, scene.truth.apparentStubbleLab!)).toBeLessThan(0.5);
    expect(deltaE00(seen, scene.truth.skinLab!)).toBeGreaterThan(1);
    expect(scene.truth.greyPercent).toBeGreaterThan(35);
    expect(scene.truth.greyPercent).toBeLessThan(45);
  });

  it('covers as much skin as density, diameter and length ask for', () => {
    const scene = renderScene({ ...LABORATORY, hair: STUBBLE });
    // Hairs are seen leaning (mean .72 of their length) and taper to 3/4 of their width at the tip.
    const share = (STUBBLE.densityPerCm2 / 100) * STUBBLE.lengthMm * 0.72 * STUBBLE.diameterMm * 0.875;
    const expected = 100 * (1 - Math.exp(-share));
    expect(Math.abs(scene.truth.coveragePercent - expected)).toBeLessThan(0.12 * expected);
    const sparse = renderScene({ ...LABORATORY, hair: { ...STUBBLE, densityPerCm2: 100 } });
    expect(sparse.truth.coveragePercent / scene.truth.coveragePercent).toBeCloseTo(0.53, 1);
  });

  it('labels the side without growth as skin and the card as avoid', () => {
    const region = { towardsDeg: 0, offsetMm: 0, falloffMm: 3, bowMm: 0, thinShare: 0 };
    const { truth, widthPx } = renderScene({ ...LABORATORY, hair: { ...STUBBLE, region } });
    const row = truth.labels.subarray(180 * widthPx, 181 * widthPx);
    expect([row[30], row[450]]).toEqual([LABEL.skin, LABEL.hair]);
  });

  it.each([0, 95, 180, 268])('puts the corners of a card turned by %i° where its patches are', (turnDeg) => {
    const card = {
      layout: 'mini' as const,
      edition: 'after2014' as const,
      centre: [0.5, 0.5] as const,
      lengthPx: 240,
      turnDeg,
      tiltDeg: 35,
      leanDeg: 20,
    };
    const scene = renderScene({ ...LABORATORY, head: null, cards: [card] });
    const { corners, patchLabs, rotationQuarterTurns } = scene.truth.cards[0]!;
    expect(rotationQuarterTurns).toBe(Math.round(turnDeg / 90) % 4);
    // A little inside each corner, towards the card's centre, lies the corner patch.
    const centre = [0, 1].map((k) => corners.reduce((sum, corner) => sum + corner[k]!, 0) / 4);
    [0, 5, 23, 18].forEach((patch, i) => {
      const at = [0, 1].map((k) => corners[i]![k]! + 0.1 * (centre[k]! - corners[i]![k]!));
      const seen = meanLab(scene, (x, y) => Math.hypot(x + 0.5 - at[0]!, y + 0.5 - at[1]!) < 3);
      // The tilted card gets less or more light than one that faces the camera.
      expect(Math.hypot(seen[1] - patchLabs[patch]![1], seen[2] - patchLabs[patch]![2])).toBeLessThan(6);
      expect(Math.abs(seen[0] - patchLabs[patch]![0])).toBeLessThan(12);
      const beyond = [0, 1].map((k) => corners[i]![k]! - 0.035 * (centre[k]! - corners[i]![k]!));
      const frame = meanLab(scene, (x, y) => Math.hypot(x + 0.5 - beyond[0]!, y + 0.5 - beyond[1]!) < 1);
      expect(frame[0]).toBeLessThan(35);
    });
  });

  it('keeps every card of the set for calibration wholly in the picture', () => {
    const specs = sceneSet('skin-card', 60, 8);
    const whole = specs.filter((spec) => cardTruth(spec.cards[0]!, spec).wholeInPicture);
    expect(whole).toHaveLength(60);
    expect(new Set(specs.map((spec) => spec.light.kind)).size).toBe(4);
    expect(new Set(specs.map((spec) => spec.camera.model)).size).toBe(3);
  });

  it('shows every skin tone under every light to every camera, half of each tone close up', () => {
    const specs = sceneSet('skin-factorial', FACTORIAL_SCENES, 8);
    const lightsAndCameras = ({ light, camera }: SceneSpec) => `${light.kind} ${camera.model}`;
    const tones = SKIN_TONES.map((_, tone) => specs.filter((__, index) => index % SKIN_TONES.length === tone));
    const seen = tones.map((ofTone) => ofTone.map(lightsAndCameras).sort());
    expect(new Set(seen[0]).size).toBe(12);
    for (const of of seen) expect(of).toEqual(seen[0]);
    for (const ofTone of tones) {
      expect(ofTone.filter((spec) => spec.cards[0]!.layout === 'nano')).toHaveLength(ofTone.length / 2);
      expect(Math.max(...ofTone.map((spec) => Math.abs(spec.skin.lab[0] - ofTone[0]!.skin.lab[0])))).toBeLessThan(8);
    }
    expect(specs.every((spec) => cardTruth(spec.cards[0]!, spec).wholeInPicture)).toBe(true);
  });

  it('marks a card that runs out of the picture', () => {
    const card = { ...sceneSet('card-detection', 10, 3)[9]!.cards[0]!, lengthPx: 300 };
    const { truth } = renderScene({ ...LABORATORY, head: null, cards: [card] });
    expect(truth.cards[0]!.wholeInPicture).toBe(false);
  });
});
