import { gunzipSync, gzipSync } from 'node:zlib';

/** Lines are packed and unpacked in pieces of this size, so that no large catalog is ever one string. */
const PIECE_CHARS = 250_000;
/** The fastest: a catalog shrinks to a tenth, and the best would save a third of that for three times the work. */
const LEVEL = 1;
/** Pieces kept unpacked. */
const OPEN_PIECES = 3;

const pack = (lines: readonly string[]): Buffer => gzipSync(lines.join('\n'), { level: LEVEL });
const unpack = (piece: Buffer): string[] => gunzipSync(piece).toString('utf8').split('\n');

/** Lines of text kept compressed: 20,000 shades with spectra are 90 MB of JSON and a tenth of that here. */
export class PackedLines {
  readonly #pieces: Buffer[] = [];
  /** Place of the first line of each piece, and of the first that is in none. */
  readonly #starts: number[] = [0];
  #tail: string[] = [];
  #tailChars = 0;
  readonly #open = new Map<number, readonly string[]>();
  #unpacked = 0;

  get count(): number {
    return this.#starts.at(-1)! + this.#tail.length;
  }

  /** False while there is little text. */
  get isPacked(): boolean {
    return this.#pieces.length > 0;
  }

  /** @param line text without line breaks */
  add(line: string): void {
    this.#tail.push(line);
    this.#tailChars += line.length;
    if (this.#tailChars > PIECE_CHARS) this.#packTail();
  }

  /** Takes over a piece that `pieces` gave. @returns its lines */
  addPiece(text: string): readonly string[] {
    const piece = Buffer.from(text, 'base64');
    const lines = unpack(piece);
    this.#takePiece(piece, lines.length);
    return lines;
  }

  /** Takes over lines of another, from one place up to another; pieces that are wholly among them stay as they are. */
  append(other: PackedLines, from = 0, to = other.count): void {
    for (let at = from; at < to; ) {
      const piece = other.#pieceStartingAt(at);
      const end = piece === -1 ? to + 1 : other.#starts[piece + 1]!;
      if (end <= to) {
        this.#takePiece(other.#pieces[piece]!, end - at);
        at = end;
      } else {
        this.add(other.at(at));
        at += 1;
      }
    }
  }

  /** One line; quick when asked for in order. */
  at(place: number): string {
    const packed = this.#starts.at(-1)!;
    if (place >= packed) return this.#tail[place - packed]!;
    const piece = this.#pieceOf(place);
    return this.#lines(piece)[place - this.#starts[piece]!]!;
  }

  /** All lines in order. */
  *lines(): Generator<string> {
    for (const piece of this.#pieces) yield* unpack(piece);
    yield* this.#tail;
  }

  /** Everything as text without line breaks, piece by piece. */
  *pieces(): Generator<string> {
    this.#packTail();
    for (const piece of this.#pieces) yield piece.toString('base64');
  }

  /** Length of all that `pieces` gives. */
  get piecesLength(): number {
    this.#packTail();
    return this.#pieces.reduce((sum, { length }) => sum + 4 * Math.ceil(length / 3), 0);
  }

  get pieceCount(): number {
    return this.#pieces.length;
  }

  #takePiece(piece: Buffer, lines: number): void {
    this.#packTail();
    this.#pieces.push(piece);
    this.#starts.push(this.#starts.at(-1)! + lines);
  }

  /** The piece whose first line is at a place; -1 where a piece goes on or the last lines are. */
  #pieceStartingAt(place: number): number {
    if (place >= this.#starts.at(-1)!) return -1;
    const piece = this.#pieceOf(place);
    return this.#starts[piece] === place ? piece : -1;
  }

  #packTail(): void {
    if (this.#tail.length === 0) return;
    this.#pieces.push(pack(this.#tail));
    this.#starts.push(this.count);
    this.#tail = [];
    this.#tailChars = 0;
  }

  #pieceOf(place: number): number {
    let [low, high] = [0, this.#pieces.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #lines(piece: number): readonly string[] {
    const known = this.#open.get(piece);
    if (known !== undefined) return known;
    const lines = unpack(this.#pieces[piece]!);
    this.#unpacked += 1;
    this.#open.set(piece, lines);
    // Asked for in no order, each piece would be unpacked again and again: then rather keep them all.
    const isOrderly = this.#unpacked < 4 * this.#pieces.length;
    if (isOrderly && this.#open.size > OPEN_PIECES) this.#open.delete(this.#open.keys().next().value!);
    return lines;
  }
}
