import { describe, expect, it } from 'vitest';
import type { LinearRgb } from '../../../src/colour/xyzLab.ts';
import type { CardDetection, DetectedCard } from '../../../src/photo/card/cardDetection.ts';
import { detectCard } from '../../../src/photo/card/detectCard.ts';
import type { Point, RasterPhoto } from '../../../src/photo/rasterPhoto.ts';
import { placeCorners, renderChart, seeded } from '../../fixtures/charts/renderChart.ts';

const SIZE = { widthPx: 480, heightPx: 400 };
const MIDDLE: Point = [240, 200];

function cardOf(detection: CardDetection): DetectedCard {
  if (!detection.found) throw new Error(`Expected a card but received: ${detection.reason}`);
  return detection.card;
}

function worstOffsetPx(card: DetectedCard, corners: readonly Point[]): number {
  return Math.max(...corners.map(([x, y], i) => Math.hypot(x - card.corners[i]![0], y - card.corners[i]![1])));
}

const warm = ([r, g, b]: LinearRgb): LinearRgb => [0.9 * r, 0.7 * g, 0.4 * b];
const contrasty = (rgb: LinearRgb): LinearRgb => rgb.map((v) => 0.9 * v ** 1.25) as unknown as LinearRgb;

describe('detectCard', () => {
  it.each([0, 20, 40, 70, 90, 135, 180, 225, 270, 333])('tells the orientation of a card turned by %i°', (turnDeg) => {
    const corners = placeCorners(MIDDLE, 240, { turnDeg });
    const card = cardOf(detectCard(renderChart({ ...SIZE, corners })));
    expect(worstOffsetPx(card, corners)).toBeLessThan(1);
    expect(card.rotationQuarterTurns).toBe(Math.round(turnDeg / 90) % 4);
    expect(card.margin).toBeGreaterThan(1.5);
  });

  it.each([
    ['small', { lengthPx: 90, tiltDeg: 0, share: 0.9 }],
    ['large', { lengthPx: 430, tiltDeg: 0, share: 0.9 }],
    ['tilted', { lengthPx: 300, tiltDeg: 45, share: 0.9 }],
    ['with wide gaps', { lengthPx: 300, tiltDeg: 10, share: 0.72 }],
  ])('finds a card that is %s within 0.5 %% of the diagonal', (_name, { lengthPx, tiltDeg, share }) => {
    const corners = placeCorners(MIDDLE, lengthPx, { turnDeg: 8, tiltDeg });
    const card = cardOf(detectCard(renderChart({ ...SIZE, corners, patchShare: share })));
    expect(worstOffsetPx(card, corners)).toBeLessThan(0.005 * Math.hypot(SIZE.widthPx, SIZE.heightPx));
  });

  it.each([
    ['a warm cast', { camera: warm }],
    ['a hard tone curve', { camera: contrasty }],
    ['noise', { noise: 4 }],
    ['uneven light', { light: (x: number) => 0.6 + 0.1 * x }],
    ['a covered patch', { instead: { 8: [0.25, 0.25, 0.25] as LinearRgb } }],
  ])('reads the right way round under %s', (_name, change) => {
    const corners = placeCorners(MIDDLE, 260, { turnDeg: 200 });
    const card = cardOf(detectCard(renderChart({ ...SIZE, corners, ...change })));
    expect(worstOffsetPx(card, corners)).toBeLessThan(2);
  });

  it('reads a printed copy whose colours are dull', () => {
    const dull = ([r, g, b]: LinearRgb): LinearRgb => {
      const grey = 0.3 * r + 0.6 * g + 0.1 * b;
      return [0.04 + 0.7 * r + 0.2 * grey, 0.04 + 0.7 * g + 0.2 * grey, 0.05 + 0.7 * b + 0.2 * grey];
    };
    const corners = placeCorners(MIDDLE, 260, { turnDeg: 90 });
    expect(worstOffsetPx(cardOf(detectCard(renderChart({ ...SIZE, corners, camera: dull }))), corners)).toBeLessThan(
      1.5,
    );
  });

  it('measures the patches and names the covered one', () => {
    const corners = placeCorners(MIDDLE, 280);
    const { patches } = cardOf(detectCard(renderChart({ ...SIZE, corners, instead: { 13: [0.5, 0.1, 0.5] } })));
    expect(patches[13]!.fault).toBe('covered');
    expect(patches.filter((patch) => patch.fault).length).toBe(1);
    expect(patches[21]!.rgb[1]).toBeCloseTo(0.191, 2);
    expect(patches[0]!.centre[0]).toBeLessThan(patches[5]!.centre[0]);
  });

  it('marks overexposed patches', () => {
    const corners = placeCorners(MIDDLE, 280);
    const { patches } = cardOf(detectCard(renderChart({ ...SIZE, corners, light: () => 1.5 })));
    expect(patches[18]!.fault).toBe('clipped');
    expect(patches[0]!.fault).toBeUndefined();
  });

  it('counts a second card and returns one of the two', () => {
    const left = placeCorners([130, 200], 190, { turnDeg: 90 });
    const right = placeCorners([350, 200], 190, { turnDeg: 270 });
    const photo = renderChart({ ...SIZE, corners: right, over: renderChart({ ...SIZE, corners: left }) });
    const detection = detectCard(photo);
    const card = cardOf(detection);
    expect(detection.found && detection.otherCards).toBe(1);
    expect(Math.min(worstOffsetPx(card, left), worstOffsetPx(card, right))).toBeLessThan(1);
  });

  it('refuses a card that is partly outside, and says so', () => {
    const corners = placeCorners([240, 30], 320);
    expect(detectCard(renderChart({ ...SIZE, corners }))).toMatchObject({
      found: false,
      reason: 'partlyOutside',
      message: expect.stringContaining('outside the photo'),
    });
  });

  it('refuses a mirrored card', () => {
    const corners = placeCorners(MIDDLE, 280, { turnDeg: 12, mirrored: true });
    expect(detectCard(renderChart({ ...SIZE, corners }))).toMatchObject({ found: false, reason: 'mirrored' });
  });

  it('refuses a card whose patches are too small to measure', () => {
    const corners = placeCorners(MIDDLE, 33);
    expect(detectCard(renderChart({ ...SIZE, corners })).found).toBe(false);
  });

  it('sees no card in a grid of 24 other colours', () => {
    const random = seeded(41);
    const instead = Object.fromEntries(
      Array.from({ length: 24 }, (_, i): [number, LinearRgb] => [i, [random(), random(), random()]]),
    );
    const corners = placeCorners(MIDDLE, 280);
    expect(detectCard(renderChart({ ...SIZE, corners, instead })).found).toBe(false);
  });

  it('sees no card in noise or in a plain photo', () => {
    const random = seeded(5);
    const photo = renderChart({ ...SIZE, corners: placeCorners([-900, -900], 60) });
    expect(detectCard(photo)).toMatchObject({ found: false, reason: 'none' });
    const data = Uint8Array.from(photo.data, () => 255 * random());
    expect(detectCard({ ...photo, data } satisfies RasterPhoto)).toMatchObject({ found: false, reason: 'none' });
  });
});
