export interface FieldChange {
  /** Path inside the shade, for example `masstone.lab[1]`. */
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
}

/** Lists of numbers longer than a Lab are told as one change. */
function isSpectrum(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.length > 3 && typeof value[0] === 'number';
}

function sameValues(from: readonly number[], to: readonly number[]): boolean {
  return from.length === to.length && from.every((value, at) => value === to[at]);
}

const isBranch = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !isSpectrum(value);

/** Every plain value that differs between two shades, in the order of the fields; empty when they are equal. */
export function fieldChanges(from: unknown, to: unknown, field = ''): FieldChange[] {
  if (from === to) return [];
  if (!isBranch(from) || !isBranch(to) || Array.isArray(from) !== Array.isArray(to)) {
    const isSame =
      isSpectrum(from) && isSpectrum(to) ? sameValues(from, to) : JSON.stringify(from) === JSON.stringify(to);
    return isSame ? [] : [{ field, from, to }];
  }
  const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  return keys.flatMap((key) => {
    const path = Array.isArray(from) ? `${field}[${key}]` : field === '' ? key : `${field}.${key}`;
    return fieldChanges(from[key], to[key], path);
  });
}
