import { describe, expect, it } from 'vitest';
import { lab65 } from '../../src/colour/lab65.ts';
import { closenessWords, directionWords, listWords, matchWords, ratioWords } from '../../src/matching/words.ts';

const target = lab65(50, 8, 14);

describe('numbers in words', () => {
  it.each([
    [0, 'looks the same'],
    [1, 'looks the same'],
    [1.001, 'very close'],
    [2, 'very close'],
    [2.01, 'close; seen side by side'],
    [4, 'close; seen side by side'],
    [4.01, 'noticeable'],
    [6, 'noticeable'],
    [6.01, 'not a good match'],
  ])('ΔE00 %s is "%s"', (deltaE00, words) => {
    expect(closenessWords(deltaE00)).toBe(words);
  });

  it('says lightness first, then warmth', () => {
    expect(matchWords(target, lab65(49, 7.5, 13), 1.4)).toBe('very close, slightly darker, a touch cooler');
  });

  it('grades the words by their size', () => {
    expect(directionWords(target, lab65(53, 8, 14))).toEqual(['lighter']);
    expect(directionWords(target, lab65(44, 8, 14))).toEqual(['much darker']);
    expect(directionWords(target, lab65(50, 9.4, 16.7))).toEqual(['warmer']);
    expect(directionWords(target, lab65(50, 9.6, 13.2))).toEqual(['a touch redder']);
    expect(directionWords(target, target)).toEqual([]);
  });

  it('adds no direction to what looks the same', () => {
    expect(matchWords(target, lab65(49.2, 8, 14), 0.8)).toBe('looks the same');
  });

  it('writes ratios and lists', () => {
    expect(ratioWords(0)).toBe('neat');
    expect(ratioWords(12)).toBe('12:1');
    expect(ratioWords(2.5)).toBe('2.5:1');
    expect(listWords(['a', 'b', 'c'])).toBe('a, b and c');
    expect(listWords(['a'])).toBe('a');
  });
});
