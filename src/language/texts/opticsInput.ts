import type { Shown } from './shown.ts';

/** What no skin or pigment can have; browser modules carry these words too. */
export const opticsInputTexts = {
  expectedSkin: (skin: Shown) => `Expected the colour of a skin but received Lab ${skin}.`,
  expectedANumber: (low: Shown, high: Shown, field: Shown, value: Shown) =>
    `Expected a number from ${low} to ${high} for ${field} but received ${value}.`,
} as const;

/** What no pigment or healed result can have. */
export const pigmentInputTexts = {
  expectedHealedResult: 'Expected at least one healed result but received none.',
  expectedSpectrum: (count: Shown, field: Shown, received: Shown) =>
    `Expected ${count} values from 400 to 700 nm for ${field}.spectrum but received ${received}.`,
  expectedLighterColour: (weaker: Shown, parts: Shown, stronger: Shown, weakerL: Shown, strongerL: Shown) =>
    `Expected a lighter colour for ${weaker} (${parts} parts) than for ${stronger} but received L* ${weakerL} after ${strongerL}: two rows may be exchanged.`,
  expectedShape: (count: Shown, received: Shown) =>
    `Expected ${count} values for optics.shape but received ${received}.`,
  expectedColour: 'Expected at least one colour for the pigment but received none.',
  expectedVisiblePigment: (field: Shown) => `Expected a visible pigment for ${field} but the films look bare.`,
} as const;
