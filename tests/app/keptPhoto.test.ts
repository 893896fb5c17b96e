import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { dropUnlessKept, keepPhoto, keptPhoto } from '../../src/app/keptPhoto.ts';
import { SRGB8_TO_LINEAR } from '../../src/colour/srgb.ts';
import type { DecodedPhoto } from '../../src/photo/decode/decodePhoto.ts';
import { floatsAt, placeFloats } from '../../src/photo/kernels.ts';

const THREE_MINUTES = 3 * 60 * 1000;

/** A photo that shows whether its memory was given back. */
function photo() {
  const data = new Uint8Array(3);
  const toLinear = [SRGB8_TO_LINEAR, SRGB8_TO_LINEAR, SRGB8_TO_LINEAR] as const;
  const raster = { widthPx: 1, heightPx: 1, data, toLinear, toSrgb: null };
  const decoded: DecodedPhoto = { raster, format: 'jpeg', profile: 'sRGB', orientationApplied: false, notes: [] };
  return { decoded, isReleased: () => data.length === 0 };
}

describe('a thread', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    keptPhoto(null);
    vi.useRealTimers();
  });

  it('has the last photo again, and no other', () => {
    const { decoded, isReleased } = photo();
    keepPhoto('one', decoded);
    expect(keptPhoto('one')).toBe(decoded);
    expect(isReleased()).toBe(false);
    expect(keptPhoto('other')).toBeNull();
    expect(isReleased()).toBe(true);
    expect(keptPhoto('one')).toBeNull();
  });

  it('lets a photo go when the next is kept, but not when it is the same', () => {
    const [one, other] = [photo(), photo()];
    keepPhoto('one', one.decoded);
    keepPhoto('one', one.decoded);
    expect(one.isReleased()).toBe(false);
    keepPhoto('other', other.decoded);
    expect([one.isReleased(), other.isReleased()]).toEqual([true, false]);
  });

  it('lets a photo go three minutes after it was last asked for', () => {
    const { decoded, isReleased } = photo();
    keepPhoto('one', decoded);
    vi.advanceTimersByTime(THREE_MINUTES - 1);
    expect(keptPhoto('one')).toBe(decoded);
    vi.advanceTimersByTime(THREE_MINUTES - 1);
    expect(isReleased()).toBe(false);
    vi.advanceTimersByTime(1);
    expect(isReleased()).toBe(true);
    expect(keptPhoto('one')).toBeNull();
  });

  it('leaves nothing of a photo in the kernels’ memory either, kept or not', () => {
    for (const finish of [(p: DecodedPhoto) => keepPhoto('one', p), dropUnlessKept]) {
      const at = placeFloats(Float32Array.of(0.5, 0.25));
      finish(photo().decoded);
      vi.advanceTimersByTime(THREE_MINUTES - 1);
      expect([...floatsAt(at, 2)]).toEqual([0.5, 0.25]);
      vi.advanceTimersByTime(1);
      expect([...floatsAt(at, 2)]).toEqual([0, 0]);
    }
  });

  it('releases a photo that is done with, unless it is kept', () => {
    const [one, other] = [photo(), photo()];
    keepPhoto('one', one.decoded);
    dropUnlessKept(one.decoded);
    dropUnlessKept(other.decoded);
    expect([one.isReleased(), other.isReleased()]).toEqual([false, true]);
  });
});
