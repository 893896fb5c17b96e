import { setImmediate as nextTurn } from 'node:timers/promises';
import { codeKey } from './checkShadeRules.ts';
import { freezeDeep } from './freezeDeep.ts';
import { PackedLines } from './packedLines.ts';
import type { Catalog, Shade } from './shade.ts';

/** Starts the text of a large catalog; JSON starts with a brace. */
const PACKED = 'packed lines\n';

export type CatalogHeader = Omit<Catalog, 'shades'>;

/** A catalog whose shades are lines of JSON. */
export interface CatalogLines {
  readonly header: CatalogHeader;
  readonly lines: PackedLines;
}

/** Whether other work should have its turn: so many lines take some milliseconds. */
const isPause = (at: number): boolean => at % 200 === 199;

/** Whether a text is that of a large catalog. */
export const isPackedText = (text: string): boolean => text.startsWith(PACKED);

const plainText = ({ header, lines }: CatalogLines): string =>
  `${JSON.stringify(header).slice(0, -1)},"shades":[${[...lines.lines()].join(',')}]}`;

/** A small catalog as JSON; a large one as lines for header and shades, packed in pieces. */
function joinCatalogText(catalog: CatalogLines): string {
  if (!catalog.lines.isPacked) return plainText(catalog);
  return `${PACKED}${[JSON.stringify(catalog.header), ...catalog.lines.pieces()].join('\n')}`;
}

/** The text of a catalog as UTF-8, written piece by piece: a large one is never one string. */
export function joinCatalogBytes(catalog: CatalogLines): Buffer {
  const { header, lines } = catalog;
  if (!lines.isPacked) return Buffer.from(plainText(catalog), 'utf8');
  const start = Buffer.from(PACKED + JSON.stringify(header), 'utf8');
  // The last lines become a piece of their own first.
  const length = start.length + lines.piecesLength;
  const bytes = Buffer.allocUnsafeSlow(length + lines.pieceCount);
  let at = start.copy(bytes);
  for (const piece of lines.pieces()) at += bytes.write(`\n${piece}`, at, 'latin1');
  return bytes;
}

/** The text of a catalog, as versions are stored. Other work goes on meanwhile. */
export async function writeCatalogText({ shades, ...header }: Catalog): Promise<string> {
  const lines = new PackedLines();
  for (const [at, shade] of shades.entries()) {
    lines.add(JSON.stringify(shade));
    if (isPause(at)) await nextTurn();
  }
  return joinCatalogText({ header, lines });
}

/** Name, version, diluents and all else but the shades, without reading these where the text is packed. */
export function readCatalogHeader(text: string): CatalogHeader {
  if (isPackedText(text)) return JSON.parse(text.split('\n', 2)[1]!) as CatalogHeader;
  const { shades: _, ...header } = JSON.parse(text) as Catalog;
  return header;
}

/**
 * The lines of a text that `writeCatalogText`, `joinCatalogBytes` or JSON.stringify made. Other work goes on meanwhile.
 * @param text or its UTF-8 bytes, of which a large catalog is never made one string
 * @param look sees each shade as it comes: `read` gives it, and `line` is its JSON
 */
export async function openCatalogText(
  text: string | Buffer,
  look: (read: () => Shade, line: string, place: number) => void = () => {},
): Promise<CatalogLines> {
  const lines = new PackedLines();
  const starts =
    typeof text === 'string' ? isPackedText(text) : isPackedText(text.toString('latin1', 0, PACKED.length));
  if (!starts) {
    const { shades, ...header } = JSON.parse(text.toString()) as Catalog;
    for (const [at, shade] of shades.entries()) {
      const line = JSON.stringify(shade);
      look(() => shade, line, at);
      lines.add(line);
      if (isPause(at)) await nextTurn();
    }
    return { header, lines };
  }
  const part = (from: number, to: number): string =>
    typeof text === 'string' ? text.slice(from, to) : text.toString('utf8', from, to);
  const headerEnd = text.indexOf('\n', PACKED.length);
  const header = JSON.parse(part(PACKED.length, headerEnd === -1 ? text.length : headerEnd)) as CatalogHeader;
  for (let from = headerEnd; from !== -1; ) {
    const end = text.indexOf('\n', from + 1);
    let place = lines.count;
    for (const line of lines.addPiece(part(from + 1, end === -1 ? text.length : end))) {
      look(() => JSON.parse(line) as Shade, line, place);
      place += 1;
    }
    from = end;
    await nextTurn();
  }
  return { header, lines };
}

/**
 * The catalog of a text, frozen. Other work goes on meanwhile.
 * @param kin another version of it: shades that are alike in both are kept once
 */
export async function readCatalogText(text: string | Buffer, kin?: Catalog): Promise<Catalog> {
  const settle = settler(kin);
  const shades: Shade[] = [];
  const { header } = await openCatalogText(text, (read) => shades.push(settle(read())));
  return freezeDeep({ ...header, shades });
}

/** Freezes shades and keeps once what repeats: whole shades of another version, and texts such as sources. */
function settler(kin: Catalog | undefined): (shade: Shade) => Shade {
  const known = new Map(kin?.shades.map((shade) => [codeKey(shade.code), shade]));
  const texts = new Map<string, string>();
  return (shade) => {
    const same = known.get(codeKey(shade.code));
    if (same !== undefined && isAlike(same, shade)) return same;
    return freezeDeep(shareTexts(shade, texts));
  };
}

/** A text of its own for every reading of a ladder is most of a large catalog. */
function shareTexts<T>(value: T, texts: Map<string, string>): T {
  if (value === null || typeof value !== 'object') return value;
  // Spectra have no texts.
  if (Array.isArray(value) && typeof value[0] === 'number') return value;
  const fields = value as Record<string, unknown>;
  for (const key of Object.keys(fields)) {
    const entry = fields[key];
    if (typeof entry === 'object') shareTexts(entry, texts);
    else if (typeof entry === 'string') {
      const first = texts.get(entry);
      if (first === undefined) texts.set(entry, entry);
      else fields[key] = first;
    }
  }
  return value;
}

/** Whether two plain values are equal, in the order of their fields too, so that one can stand for the other. */
function isAlike(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (one === null || other === null || typeof one !== 'object' || typeof other !== 'object') return false;
  const [keys, others] = [Object.keys(one), Object.keys(other)];
  if (keys.length !== others.length || Array.isArray(one) !== Array.isArray(other)) return false;
  return keys.every(
    (key, at) =>
      key === others[at] && isAlike((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key]),
  );
}
