import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../projectRoot.ts';

/** Where an array begins in the kernels' memory, bytes. */
export type Address = number;

/** What `wasm/` exports: loops over very many pixels, compiled to WebAssembly. What they take is told there. */
interface Kernels {
  readonly memory: WebAssembly.Memory;
  readonly firstFree: WebAssembly.Global<'i32'>;
  addCellRow(row: Address, sums: Address, count: number): void;
  assignWords(
    points: Address,
    planeBytes: number,
    count: number,
    centres: Address,
    centreCount: number,
    out: Address,
  ): void;
  averagePairs(
    upper: Address,
    lower: Address,
    redGreen: Address,
    blueRed: Address,
    greenBlue: Address,
    gain: number,
    out: Address,
    blocks: number,
  ): void;
  blurTile(
    tile: Address,
    side: number,
    w0: number,
    w1: number,
    w2: number,
    w3: number,
    w4: number,
    room: Address,
    out: Address,
  ): void;
  boxBlur(source: Address, width: number, height: number, radius: number, room: Address, out: Address): void;
  convertPrimaries(rgb: Address, pixels: number, matrix: Address): void;
  correct(rgb: Address, pixels: number, tables: Address, entries: number, steps: number, matrix: Address): void;
  countNumbers(values: Address, numbers: number, start: number, steps: number, count: number, bins: Address): void;
  cutIntoBlocks(
    luminance: Address,
    clipped: Address,
    widthPx: number,
    heightPx: number,
    nowhere: number,
    values: Address,
    sums: Address,
  ): void;
  divideByLevel(
    luminance: Address,
    widthPx: number,
    heightPx: number,
    level: Address,
    columns: number,
    rows: number,
    line: Address,
    out: Address,
  ): void;
  findEdges(rgb: Address, widthPx: number, heightPx: number, codes: Address, edges: Address): void;
  findParts(
    response: Address,
    sign: number,
    threshold: number,
    ratios: Address,
    rgb: Address,
    widthPx: number,
    heightPx: number,
    levels: Address,
    gain: number,
    middle: number,
    least: number,
    runs: Address,
    parts: Address,
  ): number;
  findRegions(
    plane: Address,
    widthPx: number,
    heightPx: number,
    step: number,
    runs: Address,
    rowBytes: number,
    parents: Address,
    sums: Address,
  ): number;
  findStandingEdges(
    reds: Address,
    greens: Address,
    across: number,
    lines: number,
    near: number,
    far: number,
    standsOut: number,
    grain: number,
    room: Address,
    out: Address,
  ): void;
  halve(rgb: Address, widthPx: number, heightPx: number, out: Address): void;
  meanOverBlocks(
    pairs: Address,
    columns: number,
    rows: number,
    radius: number,
    usual: number,
    room: Address,
    out: Address,
    step: number,
  ): void;
  readCodes(
    codes: Address,
    bytes: number,
    pixels: number,
    red: Address,
    green: Address,
    blue: Address,
    top: number,
    rgb: Address,
    clipped: Address,
  ): void;
  readLines(
    rgb: Address,
    widthPx: number,
    stepX: number,
    stepY: number,
    columns: number,
    rows: number,
    right: number,
    down: number,
    reds: Address,
    greens: Address,
  ): void;
  readLuma(
    rgb: Address,
    widthPx: number,
    columns: Address,
    most: number,
    rows: Address,
    mostDown: number,
    cellsAcross: number,
    cellsDown: number,
    greys: Address,
    greyBytes: number,
    cells: number,
    out: Address,
  ): void;
  scale(values: Address, count: number, gain: number): void;
  sumAboutLevel(
    values: Address,
    pixels: number,
    all: Address,
    level: Address,
    blocks: number,
    reach: number,
    least: number,
    sums: Address,
  ): void;
  sumColours(
    rgb: Address,
    luminance: Address,
    clipped: Address,
    widthPx: number,
    heightPx: number,
    level: Address,
    reach: number,
    least: number,
    pairs: Address,
    totals: Address,
  ): void;
  sumMissing(values: Address, numbers: number, least: number): number;
  sumQuarters(totals: Address, levels: Address, columns: number, rows: number, gain: number, out: Address): void;
  sumTexture(
    values: Address,
    widthPx: number,
    heightPx: number,
    columns: Address,
    cellsAcross: number,
    rows: Address,
    cellsDown: number,
    gains: Address,
    gainBytes: number,
    room: Address,
    roomBytes: number,
    energy: Address,
    signed: Address,
    size: Address,
    xx: Address,
    yy: Address,
    xy: Address,
  ): void;
  tabulatePairs(first: Address, second: Address, out: Address): void;
  takeCellMeans(
    sums: Address,
    factor: number,
    gain: number,
    red: Address,
    green: Address,
    blue: Address,
    cells: number,
  ): void;
  takeGradients(tile: Address, side: number, margin: number, out: Address): void;
  takeLuminance(rgb: Address, pixels: number, red: number, green: number, blue: number, out: Address): number;
  takeResponse(ratios: Address, widthPx: number, heightPx: number, line: Address, out: Address): void;
  traceShafts(
    response: Address,
    least: number,
    ratios: Address,
    rgb: Address,
    widthPx: number,
    heightPx: number,
    levels: Address,
    gain: number,
    directions: Address,
    room: Address,
    cuts: Address,
  ): number;
}

const compiled = new WebAssembly.Module(readFileSync(join(projectRoot, 'dist/kernels.wasm')));

/** One copy a thread, with a memory of its own, which is used again for every photo. */
export const kernels = new WebAssembly.Instance(compiled).exports as unknown as Kernels;

const PAGE_BYTES = 65_536;
/** Kernels work on whole groups of numbers and so reach past the ends of arrays. */
const SPARE_BYTES = 64;

let end: Address = kernels.firstFree.value;

/**
 * Room for an array until it is given back; what lies there is what was left. Taking more may move the memory itself, so
 * views of it are made after the last array has its room.
 */
export function takeRoom(bytes: number): Address {
  const start = (end + 15) & ~15;
  end = start + bytes + SPARE_BYTES;
  const missing = end - kernels.memory.buffer.byteLength;
  if (missing > 0) kernels.memory.grow(Math.ceil(missing / PAGE_BYTES));
  return start;
}

/** What `giveBack` needs to free all room that is taken after this. */
export function markRoom(): Address {
  return end;
}

export function giveBack(mark: Address): void {
  end = mark;
}

/** Leaves nothing in all room. */
export function wipeRoom(): void {
  new Uint8Array(kernels.memory.buffer).fill(0, kernels.firstFree.value);
}

/** The numbers at an address, until more room is taken. */
export function floatsAt(start: Address, length: number): Float32Array {
  return new Float32Array(kernels.memory.buffer, start, length);
}

export function doublesAt(start: Address, length: number): Float64Array {
  return new Float64Array(kernels.memory.buffer, start, length);
}

export function integersAt(start: Address, length: number): Int32Array {
  return new Int32Array(kernels.memory.buffer, start, length);
}

export function bytesAt(start: Address, length: number): Uint8Array {
  return new Uint8Array(kernels.memory.buffer, start, length);
}

/** Takes room for numbers and copies them there. */
export function placeFloats(values: Float32Array): Address {
  const start = takeRoom(4 * values.length);
  floatsAt(start, values.length).set(values);
  return start;
}

export function placeIntegers(values: Int32Array): Address {
  const start = takeRoom(4 * values.length);
  integersAt(start, values.length).set(values);
  return start;
}
