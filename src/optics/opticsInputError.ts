import { opticsInputTexts } from '../language/texts/opticsInput.ts';

/** A number that cannot describe a real skin or pigment. `field` names the value so that a catalog can point at it. */
export class OpticsInputError extends Error {
  readonly field: string;
  constructor(field: string, message: string) {
    super(message);
    this.name = 'OpticsInputError';
    this.field = field;
  }
}

/** Throws `OpticsInputError` unless `value` is a finite number from `low` to `high`. */
export function requireRange(field: string, value: number, low: number, high: number): void {
  if (Number.isFinite(value) && value >= low && value <= high) return;
  throw new OpticsInputError(field, opticsInputTexts.expectedANumber(low, high, field, value));
}
