/**
 * Where dots are set, in a form that fits into an address: a preset that is worked out from the photo, and shapes added
 * to it or cut from it. Coordinates are thousandths of the picture's width and height.
 */
export const AREA_PRESETS = ['auto', 'hairline', 'temples', 'crown', 'none'] as const;
export type AreaPreset = (typeof AREA_PRESETS)[number];

export interface AreaShape {
  readonly kind: 'add' | 'cut';
  /** Radius of a brush in thousandths of the longer side, drawn along the points; null for a filled outline. */
  readonly brush: number | null;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface TreatedArea {
  readonly preset: AreaPreset;
  readonly shapes: readonly AreaShape[];
}

export const AUTO_AREA: TreatedArea = { preset: 'auto', shapes: [] };

/** Outlines and brush strokes, added or cut. */
const LETTER = { outlineadd: 'o', outlinecut: 'x', brushadd: 'b', brushcut: 'e' } as const;
/** Longest text that is read, and most shapes: addresses and work stay bounded. */
export const MOST_AREA_TEXT = 6000;
const MOST_SHAPES = 100;
const MOST = 1000;

const two = (value: number): string =>
  Math.min(MOST, Math.max(0, Math.round(value)))
    .toString(36)
    .padStart(2, '0');

/**
 * "crown.b0k8c8c9d8c" is the crown preset and one brush stroke of radius 20 through two points: a word, then shapes of a
 * letter (o outline, x outline cut out, b brush, e eraser), a radius for brushes, and two letters a coordinate in base 36.
 */
export function writeArea({ preset, shapes }: TreatedArea): string {
  const texts = shapes.map(({ kind, brush, points }) => {
    const letter = LETTER[`${brush === null ? 'outline' : 'brush'}${kind}`];
    return letter + (brush === null ? '' : two(brush)) + points.map(([x, y]) => two(x) + two(y)).join('');
  });
  return [preset, ...texts].join('.');
}

function readShape(text: string): AreaShape | null {
  const match = /^([oxbe])((?:[0-9a-z]{2})+)$/.exec(text);
  if (!match) return null;
  const numbers = match[2]!.match(/../g)!.map((pair) => Number.parseInt(pair, 36));
  if (numbers.some((value) => value > MOST)) return null;
  const isBrush = match[1] === 'b' || match[1] === 'e';
  const brush = isBrush ? numbers.shift()! : null;
  const least = isBrush ? 1 : 3;
  if (numbers.length % 2 !== 0 || numbers.length < 2 * least || brush === 0) return null;
  const points = Array.from({ length: numbers.length / 2 }, (_, i) => [numbers[2 * i]!, numbers[2 * i + 1]!] as const);
  return { kind: match[1] === 'o' || match[1] === 'b' ? 'add' : 'cut', brush, points };
}

/** Reads what `writeArea` writes; null when the text is no area. */
export function readArea(text: string): TreatedArea | null {
  if (text.length > MOST_AREA_TEXT) return null;
  const [word, ...rest] = text.split('.');
  const preset = AREA_PRESETS.find((name) => name === word);
  if (!preset || rest.length > MOST_SHAPES) return null;
  const shapes = rest.map(readShape);
  return shapes.every((shape) => shape !== null) ? { preset, shapes } : null;
}
