import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growLabel, paintBox, paintSegment, removeArea, shrinkLabel } from '../../src/masks/editMask.ts';
import { LABEL, type LabelMask } from '../../src/masks/label.ts';
import { readMask, writeMask } from '../../src/masks/maskText.ts';
import { outlineMask } from '../../src/masks/outlineMask.ts';

const masks = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
  .chain(([widthPx, heightPx]) =>
    fc
      .array(fc.integer({ min: 0, max: 3 }), { minLength: widthPx * heightPx, maxLength: widthPx * heightPx })
      .map((labels): LabelMask => ({ widthPx, heightPx, labels: Uint8Array.from(labels) })),
  );
const empty = (widthPx: number, heightPx: number): LabelMask => ({
  widthPx,
  heightPx,
  labels: new Uint8Array(widthPx * heightPx),
});
const count = ({ labels }: LabelMask, label: number) => labels.filter((own) => own === label).length;

/** Cells inside an outline by the even–odd rule, from its vertical lines alone. */
function fillOutline(path: string, widthPx: number, heightPx: number): Uint8Array {
  const inside = new Uint8Array(widthPx * heightPx);
  let [x, y] = [0, 0];
  let start = 0;
  const cross = (to: number) => {
    for (let row = Math.min(y, to); row < Math.max(y, to); row++)
      for (let column = x; column < widthPx; column++) inside[row * widthPx + column]! ^= 1;
  };
  for (const [, command, first, second] of path.matchAll(/([MHVZ])(\d+)?(?: (\d+))?/g)) {
    if (command === 'M') [x, y, start] = [Number(first), Number(second), Number(second)];
    else if (command === 'H') x = Number(first);
    else if (command === 'V') {
      cross(Number(first));
      y = Number(first);
    } else expect(y).toBe(start);
  }
  return inside;
}

describe('mask text', () => {
  it('reads what was written', () => {
    fc.assert(
      fc.property(masks, (mask) => {
        expect(readMask(writeMask(mask))).toEqual(mask);
      }),
    );
  });

  it('is short where areas are whole', () => {
    expect(writeMask(paintBox(empty(200, 150), LABEL.hair, 0, 10, 200, 20))).toBe('200x150:2000.4000h24000.');
  });

  it.each([
    '',
    '4x3',
    '4x3:',
    '4x3:11s',
    '4x3:13s',
    '0x3:',
    '4x3:12z',
    '4x3:12s ',
    '04x3:12s',
    '4x3:0s12s',
    '600x600:360000s',
  ])('refuses %j', (text) => {
    expect(readMask(text)).toBeNull();
  });
});

describe('outline', () => {
  it('encloses exactly the cells of its label', () => {
    fc.assert(
      fc.property(masks, (mask) => {
        const path = outlineMask(mask, LABEL.hair, mask.widthPx, mask.heightPx);
        const wanted = mask.labels.map((label) => (label === LABEL.hair ? 1 : 0));
        expect(fillOutline(path, mask.widthPx, mask.heightPx)).toEqual(wanted);
      }),
    );
  });

  it('is one short loop round a rectangle, at the size asked for', () => {
    expect(outlineMask(paintBox(empty(10, 10), LABEL.skin, 2, 3, 4, 5), LABEL.skin, 100, 50)).toBe(
      'M20 15H60V40H20V15Z',
    );
  });
});

describe('editing', () => {
  it('grows into free cells only, and shrinks again', () => {
    const both = paintBox(paintBox(empty(9, 3), LABEL.hair, 1, 0, 3, 3), LABEL.skin, 4, 0, 2, 3);
    const grown = growLabel(both, LABEL.hair);
    expect(count(grown, LABEL.hair)).toBe(12);
    expect(count(grown, LABEL.skin)).toBe(6);
    expect(count(shrinkLabel(both, LABEL.skin), LABEL.skin)).toBe(0);
  });

  it('leaves the mask it was given alone', () => {
    fc.assert(
      fc.property(masks, (mask) => {
        const before = mask.labels.slice();
        growLabel(mask, LABEL.skin);
        shrinkLabel(mask, LABEL.hair);
        removeArea(mask, 0, 0);
        paintSegment(mask, LABEL.hair, [0, 0], [3, 3], 1);
        expect(mask.labels).toEqual(before);
      }),
    );
  });

  it('paints along a line without gaps, and at least one cell', () => {
    const line = paintSegment(empty(20, 20), LABEL.hair, [2.5, 2.5], [17.5, 17.5], 1.2);
    for (let k = 2; k < 18; k++) expect(line.labels[k * 20 + k]).toBe(LABEL.hair);
    expect(count(removeArea(line, 5, 5), LABEL.hair)).toBe(0);
    expect(count(paintSegment(empty(5, 5), LABEL.skin, [2.9, 2.9], [2.9, 2.9], 0.1), LABEL.skin)).toBe(1);
    expect(count(paintSegment(empty(5, 5), LABEL.skin, [-3, 2], [-3, 2], 1), LABEL.skin)).toBe(0);
  });

  it('removes the connected area that was pointed at', () => {
    const two = paintBox(paintBox(empty(9, 9), LABEL.hair, 0, 0, 3, 3), LABEL.hair, 5, 5, 3, 3);
    expect(count(removeArea(two, 1, 1), LABEL.hair)).toBe(9);
    expect(removeArea(two, 4, 4)).toBe(two);
  });
});
