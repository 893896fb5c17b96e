import { beforeAll, describe, expect, it } from 'vitest';
import { checkQuality } from '../../../src/photo/quality/checkQuality.ts';
import type { QualityEntry } from '../../../src/photo/quality/qualityEntry.ts';
import type { QualityInput } from '../../../src/photo/quality/qualityInput.ts';
import { drawHead, type HeadOptions } from './drawHead.ts';

let good: QualityInput;
beforeAll(() => {
  good = drawHead();
});

function faults(input: QualityInput): Record<string, QualityEntry['level']> {
  return Object.fromEntries(
    checkQuality(input).flatMap(({ check, level }) => (level === 'ok' ? [] : [[check, level]])),
  );
}

function entry(input: QualityInput, check: QualityEntry['check']): QualityEntry {
  return checkQuality(input).find((one) => one.check === check)!;
}

/** Which part of the photo a box is centred on, 0–1. */
function centre(input: QualityInput, { at }: QualityEntry): readonly [number, number] {
  const [x, y, width, height] = at!;
  return [(x + width / 2) / input.raster.widthPx, (y + height / 2) / input.raster.heightPx];
}

describe('a good photo', () => {
  it('passes every check and says so, the same each time', () => {
    const entries = checkQuality(good);
    expect(entries.map(({ check, level }) => [check, level])).toEqual(
      ['focus', 'resolution', 'exposure', 'clipping', 'glare', 'cast', 'shadow', 'fresh'].map((check) => [check, 'ok']),
    );
    expect(checkQuality(good)).toEqual(entries);
  });

  it('reads 16-bit photos like 8-bit ones', () => {
    const { raster } = good;
    const table = Float32Array.from({ length: 65_536 }, (_, code) => raster.toLinear[0][code >> 8]!);
    const data = Uint16Array.from(raster.data, (code) => code * 257);
    const sixteen = { ...good, raster: { ...raster, data, toLinear: [table, table, table] as const } };
    expect(checkQuality(sixteen)).toEqual(checkQuality(good));
  });

  it('without any skin judges only what needs none', () => {
    const { labels } = good;
    const bare = { ...good, labels: { ...labels, labels: new Uint8Array(labels.labels.length) } };
    expect(checkQuality(bare).map(({ check }) => check)).toEqual(['focus', 'resolution']);
  });
});

describe('focus', () => {
  it.each([4, 8])('fails at a blur of %i pixels, with a place and one action', (blurSigmaPx) => {
    const found = entry(drawHead({ blurSigmaPx }), 'focus');
    expect(found.level).toBe('fail');
    expect(found.message).toMatch(/blurry.* (near the|in the middle)/);
    expect(found.fix).toContain('tap the scalp');
    expect(found.at).toHaveLength(4);
  });

  it('a slight softness passes and a clear one is remarked on', () => {
    expect(faults(drawHead({ blurSigmaPx: 0.7 }))).toEqual({});
    expect(faults(drawHead({ blurSigmaPx: 3 }))).toHaveProperty('focus');
  });

  it('names the blurred side of a partly sharp photo', () => {
    const input = drawHead({ blurSigmaPx: 6, blurWhere: (x) => x > 0.45 });
    const found = entry(input, 'focus');
    expect(found.level).not.toBe('ok');
    expect(found.message).toContain('right');
    expect(centre(input, found)[0]).toBeGreaterThan(0.6);
  });
});

describe('light', () => {
  const scaled =
    (factor: number): HeadOptions['spoil'] =>
    (rgb) => {
      for (const c of [0, 1, 2]) rgb[c as 0] *= factor;
    };

  it('names a photo that is much too dark, and one that is a little', () => {
    expect(faults(drawHead({ spoil: scaled(0.045) }))).toMatchObject({ exposure: 'fail' });
    expect(faults(drawHead({ spoil: scaled(0.085) }))).toMatchObject({ exposure: 'warn' });
    expect(faults(drawHead({ spoil: scaled(0.5) }))).toEqual({});
  });

  it('names a photo that is too bright and the skin it burns out', () => {
    expect(faults(drawHead({ spoil: scaled(2.6) }))).toMatchObject({ exposure: 'warn', clipping: 'fail' });
  });

  it('places burnt-out skin', () => {
    const input = drawHead({
      spoil: (rgb, x, y) => {
        if (x > 0.55 && x < 0.75 && y > 0.6 && y < 0.75) rgb.fill(1.2);
      },
    });
    const found = entry(input, 'clipping');
    expect(found).toMatchObject({ level: 'warn', message: expect.stringContaining('burnt out') });
    const [x, y] = centre(input, found);
    expect([Math.abs(x - 0.65) < 0.05, Math.abs(y - 0.675) < 0.05]).toEqual([true, true]);
  });

  it('sees a lamp mirrored in the skin', () => {
    const input = drawHead({
      spoil: (rgb, x, y) => {
        const gloss = 0.6 * Math.exp(-(((x - 0.35) / 0.07) ** 2 + ((y - 0.7) / 0.07) ** 2));
        for (const c of [0, 1, 2]) rgb[c as 0] = Math.min(0.93, rgb[c as 0] + gloss);
      },
    });
    expect(faults(input)).toEqual({ glare: 'warn' });
    expect(Math.abs(centre(input, entry(input, 'glare'))[0] - 0.35)).toBeLessThan(0.05);
  });

  it('sees a hard shadow, and not the soft shading of a round head', () => {
    const hard = drawHead({
      spoil: (rgb, x, y) => {
        if (y > 0.5 && x + 0.3 * y < 0.62) for (const c of [0, 1, 2]) rgb[c as 0] *= 0.4;
      },
    });
    expect(faults(hard)).toEqual({ shadow: 'warn' });
    const soft = drawHead({
      spoil: (rgb, x) => {
        for (const c of [0, 1, 2]) rgb[c as 0] *= 1.2 - 0.9 * x;
      },
    });
    expect(faults(soft)).toEqual({});
  });
});

describe('the light’s colour', () => {
  const tinted =
    (gains: readonly number[]): HeadOptions['spoil'] =>
    (rgb) => {
      for (const c of [0, 1, 2]) rgb[c as 0] *= gains[c]!;
    };

  it.each([
    ['yellow', [1.1, 0.95, 0.2]],
    ['blue', [0.55, 0.8, 1.9]],
    ['green', [0.5, 1.2, 0.6]],
  ])('a strong %s cast is named', (name, gains) => {
    const found = entry(drawHead({ spoil: tinted(gains) }), 'cast');
    expect(found.level).not.toBe('ok');
    expect(found.message).toContain(name);
  });

  it('a usual white-balance error passes, and a card makes a cast harmless', () => {
    expect(faults(drawHead({ spoil: tinted([1.1, 1, 0.8]) }))).toEqual({});
    expect(faults({ ...drawHead({ spoil: tinted([1.1, 0.95, 0.2]) }), calibrated: true })).toEqual({});
  });

  it('sees two lights of different colours', () => {
    const input = drawHead({
      spoil: (rgb, x) => {
        rgb[0] *= 0.8 + 0.5 * x;
        rgb[2] *= Math.max(0.2, 1.7 - 1.6 * x);
      },
    });
    expect(entry(input, 'cast')).toMatchObject({ level: 'warn', message: expect.stringContaining('one side') });
  });
});

describe('the skin itself', () => {
  it('red patches count as fresh work, with their place', () => {
    const input = drawHead({
      spoil: (rgb, x, y) => {
        if (x < 0.4 && y > 0.55 && isPatch(x, y)) {
          rgb[1] *= 0.68;
          rgb[2] *= 0.72;
        }
      },
    });
    const found = entry(input, 'fresh');
    expect(found.level).toBe('warn');
    expect(found.message).toContain('left');
    expect(entry(input, 'cast').level).toBe('ok');
  });

  it('skin that is red all over before a neutral wall is red skin, not red light', () => {
    const input = drawHead({
      spoil: (rgb) => {
        if (rgb[0] > 1.2 * rgb[2]) {
          rgb[0] *= 1.25;
          rgb[1] *= 0.72;
          rgb[2] *= 0.75;
        }
      },
    });
    expect(faults(input)).toEqual({ fresh: 'warn' });
  });
});

function isPatch(x: number, y: number): boolean {
  return Math.sin(60 * x) * Math.sin(50 * y) > -0.2;
}

describe('resolution', () => {
  it('follows the size of the head', () => {
    const ofSize = (widthPx: number, heightPx: number) =>
      entry({ ...drawHead({ widthPx, heightPx }), pixelsPerMm: null }, 'resolution').level;
    expect(ofSize(1300, 240)).toBe('ok');
    expect(ofSize(700, 240)).toBe('warn');
    expect(ofSize(260, 200)).toBe('fail');
  });

  it('follows the card where there is one', () => {
    expect(entry({ ...good, pixelsPerMm: 3 }, 'resolution').level).toBe('warn');
    expect(entry({ ...good, pixelsPerMm: 20 }, 'resolution').level).toBe('ok');
  });
});
