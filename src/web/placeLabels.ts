/** A mark of a drawing that wants a label, in SVG units. */
export interface Marked {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

export interface PlacedLabel {
  readonly text: string;
  /** The end of the text's baseline that is nearer to the mark. */
  readonly x: number;
  readonly anchor: 'start' | 'end';
  readonly y: number;
  /** From the mark to the label, where that is not next to it. */
  readonly leader: { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number } | null;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Text of 12 units, semibold: a generous mean width a letter, and its height. */
const LETTER = 8;
const LINE = 15;
const ASCENT = 11;
/** Half the size of a mark, which no label may cover. */
const MARK = 8;
const GAP = 11;
const MOST_STEPS = 12;

const overlap = (one: Box, other: Box): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

const round = (value: number): number => Number(value.toFixed(1));

/** Places to try, nearest first: beside the mark, then a line up or down at a time on either side. */
function* spots(x: number, y: number, width: number): Generator<Box> {
  for (let step = 0; step <= MOST_STEPS; step++) {
    for (const down of step === 0 ? [0] : [-step, step]) {
      for (const left of [x + GAP, x - GAP - width]) {
        const top = y - LINE / 2 + down * LINE;
        yield { left, top, right: left + width, bottom: top + LINE };
      }
    }
  }
}

/**
 * Labels beside their marks that cover neither each other nor a mark and stay inside the frame, in the order given: the
 * first find their place first. A label that has to move away is joined to its mark by a line.
 */
export function placeLabels(
  marks: readonly Marked[],
  frame: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): PlacedLabel[] {
  const taken: Box[] = marks.map(({ x, y }) => ({ left: x - MARK, top: y - MARK, right: x + MARK, bottom: y + MARK }));
  const inside = ({ left, top, right, bottom }: Box): boolean =>
    left >= frame.x && top >= frame.y && right <= frame.x + frame.width && bottom <= frame.y + frame.height;
  return marks.flatMap(({ x, y, text }): PlacedLabel[] => {
    const width = text.length * LETTER;
    for (const box of spots(x, y, width)) {
      if (!inside(box) || taken.some((other) => overlap(box, other))) continue;
      taken.push(box);
      const near = box.top <= y && box.bottom >= y;
      const isRight = box.left > x;
      return [
        {
          text,
          x: round(isRight ? box.left : box.right),
          anchor: isRight ? 'start' : 'end',
          y: round(box.top + ASCENT),
          leader: near
            ? null
            : {
                ...{ x1: round(x), y1: round(y) },
                ...{ x2: round(isRight ? box.left - 2 : box.right + 2), y2: round(box.top + LINE / 2) },
              },
        },
      ];
    }
    // A frame too full for one more: the marks stay, and the sentence beside the drawing names the shades.
    return [];
  });
}
