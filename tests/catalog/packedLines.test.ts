import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PackedLines } from '../../src/catalog/packedLines.ts';

/** So many characters fill two pieces and a rest. */
const LONG = 30_000;
const line = (at: number) => `${at}:${'x'.repeat(LONG)}`;

function packed(count: number, from = 0): PackedLines {
  const lines = new PackedLines();
  for (let at = 0; at < count; at++) lines.add(line(from + at));
  return lines;
}

const all = (lines: PackedLines) => [...lines.lines()];
const numbers = (lines: PackedLines) => all(lines).map((text) => Number(text.split(':', 1)[0]));

describe('PackedLines', () => {
  it('gives every line back, in order and one by one', () => {
    const lines = packed(25);
    expect(lines.count).toBe(25);
    expect(lines.isPacked).toBe(true);
    expect(numbers(lines)).toEqual(Array.from({ length: 25 }, (_, at) => at));
    for (const place of [0, 24, 12, 8, 9, 17, 3]) expect(lines.at(place)).toBe(line(place));
  });

  it('keeps little text as it is', () => {
    const lines = packed(3);
    expect(lines.isPacked).toBe(false);
    expect(lines.at(2)).toBe(line(2));
    expect(new PackedLines().count).toBe(0);
  });

  it('goes through text without line breaks and back', () => {
    const lines = packed(25);
    const pieces = [...lines.pieces()];
    expect(pieces.join('')).not.toContain('\n');
    expect(lines.piecesLength).toBe(pieces.join('').length);
    expect(lines.pieceCount).toBe(pieces.length);
    const again = new PackedLines();
    const seen = pieces.flatMap((piece) => [...again.addPiece(piece)]);
    expect(seen).toEqual(all(lines));
    expect(all(again)).toEqual(all(lines));
  });

  it('may be asked in no order again and again', () => {
    const lines = packed(80);
    const places = Array.from({ length: 160 }, (_, k) => (k * 37) % 80);
    for (const place of places) expect(lines.at(place).startsWith(`${place}:`)).toBe(true);
  });

  it('takes over any part of another', () => {
    const other = packed(25);
    fc.assert(
      fc.property(fc.nat(25), fc.nat(25), fc.nat(4), (one, two, own) => {
        const [from, to] = [Math.min(one, two), Math.max(one, two)];
        const lines = packed(own, 100);
        lines.append(other, from, to);
        expect(numbers(lines)).toEqual([
          ...Array.from({ length: own }, (_, at) => 100 + at),
          ...Array.from({ length: to - from }, (_, at) => from + at),
        ]);
        expect(lines.count).toBe(own + to - from);
      }),
      { numRuns: 40 },
    );
    const whole = new PackedLines();
    whole.append(other);
    expect(all(whole)).toEqual(all(other));
  });
});
