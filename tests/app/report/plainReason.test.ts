import { describe, expect, it } from 'vitest';
import { plainReason } from '../../../src/app/report/plainReason.ts';

describe('a reason in plain words', () => {
  it.each([
    ['One dot looks lighter than one stub (ΔE00 3.0).', 'One dot looks lighter than one stub.'],
    ['Very close (ΔE00 1.4, predicted for 100 dots).', 'Very close (predicted for 100 dots).'],
    [
      'Darker than the skin (target L* 52.1, a* -1.0, b* 13.9; skin region L* 58.3, a* 12.2, b* 16.0).',
      'Darker than the skin.',
    ],
  ])('loses its colour values: %s', (text, plain) => {
    expect(plainReason(text)).toBe(plain);
  });

  it('keeps ratios and other numbers', () => {
    const text = '12:1 lies inside what the maker allows (6:1 to 20:1, everyday mix 12:1).';
    expect(plainReason(text)).toBe(text);
  });
});
