import { catalogFilesTexts } from '../../language/texts/catalogFiles.ts';

/** One table of a CGATS file: its keywords, field names and rows of values, all as text. */
export interface CgatsTable {
  /** Keyword -> its last value; a keyword that stands several times keeps all in `all`. */
  readonly keywords: ReadonlyMap<string, readonly string[]>;
  readonly fields: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Text that does not follow CGATS.17. */
export class CgatsError extends Error {}

const WORD = /[^\s"]+/y;
const MAX_FIELDS = 2000;
const MAX_VALUES = 3_000_000;

/** Position behind the quotation mark that ends the text begun before `from`; doubled marks belong to it. */
function endOfQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at + 1;
  }
  throw new CgatsError(catalogFilesTexts.quotationMarkThatIsNever);
}

/** Words and quoted texts line by line; comments are left out. A quoted text may run over lines. */
function tokenLines(whole: string): string[][] {
  const text = whole.replaceAll(/\r\n?/g, '\n');
  const lines: string[][] = [[]];
  let count = 0;
  for (let at = 0; at < text.length; ) {
    const sign = text[at]!;
    if (sign === '\n') {
      if (lines.at(-1)!.length > 0) lines.push([]);
      at += 1;
    } else if (sign === '#') {
      const end = text.indexOf('\n', at);
      at = end === -1 ? text.length : end;
    } else if (sign === '"') {
      const end = endOfQuote(text, at + 1);
      lines.at(-1)!.push(text.slice(at + 1, end - 1).replaceAll('""', '"'));
      at = end;
      count += 1;
    } else if (sign.trim() === '') at += 1;
    else {
      WORD.lastIndex = at;
      lines.at(-1)!.push(WORD.exec(text)![0]);
      at = WORD.lastIndex;
      count += 1;
    }
    if (count > MAX_VALUES) throw new CgatsError(catalogFilesTexts.moreValues(MAX_VALUES));
  }
  return lines.filter((line) => line.length > 0);
}

/** The tokens between a BEGIN and an END line; `at` is moved behind the END. */
function takeBlock(lines: readonly string[][], at: { line: number }, end: string): string[] {
  const tokens: string[] = [];
  for (at.line += 1; at.line < lines.length; at.line += 1) {
    const line = lines[at.line]!;
    if (line[0] === end) return tokens;
    for (const token of line) tokens.push(token);
  }
  throw new CgatsError(`no ${end}`);
}

function splitRows(tokens: readonly string[], fields: readonly string[]): string[][] {
  if (fields.length === 0) throw new CgatsError(catalogFilesTexts.dataWithoutADataFormat);
  if (tokens.length % fields.length !== 0) {
    throw new CgatsError(catalogFilesTexts.valuesForRowsOfFields(tokens.length, fields.length));
  }
  return Array.from({ length: tokens.length / fields.length }, (_, i) =>
    tokens.slice(i * fields.length, (i + 1) * fields.length),
  );
}

/**
 * The tables of a CGATS.17 text (ANSI CGATS.17, ISO 28178), .ti3 files of ArgyllCMS among them.
 * @throws CgatsError saying what is wrong
 */
export function readCgatsText(text: string): CgatsTable[] {
  const lines = tokenLines(text);
  const tables: CgatsTable[] = [];
  let keywords = new Map<string, string[]>();
  let fields: string[] = [];
  const at = { line: 0 };
  for (; at.line < lines.length; at.line += 1) {
    const [keyword, ...values] = lines[at.line] as [string, ...string[]];
    if (keyword === 'BEGIN_DATA_FORMAT') {
      fields = takeBlock(lines, at, 'END_DATA_FORMAT').map((field) => field.toUpperCase());
      if (fields.length > MAX_FIELDS) throw new CgatsError(catalogFilesTexts.moreThanFields(MAX_FIELDS));
    } else if (keyword === 'BEGIN_DATA') {
      tables.push({ keywords, fields, rows: splitRows(takeBlock(lines, at, 'END_DATA'), fields) });
      keywords = new Map();
    } else if (values.length > 0) keywords.set(keyword, [...(keywords.get(keyword) ?? []), values.join(' ')]);
  }
  if (tables.length === 0) throw new CgatsError(catalogFilesTexts.noData);
  return tables;
}
