import * as z from 'zod';
import { catalogFilesTexts } from '../../language/texts/catalogFiles.ts';
import { describeValue } from '../problem.ts';
import { type Catalog, catalogSchema } from '../shade.ts';
import { type IncomingRow, type RawCatalogFile, type ShadePatch, unreadable } from './catalogFile.ts';
import { decodeText } from './decodeText.ts';

const MAX_SHADES = 50_000;
/** A catalog has six levels, and 50,000 shades with ladders some two million lists and groups. */
const MAX_DEPTH = 64;
const MAX_GROUPS = 4_000_000;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Whether the text nests or repeats brackets beyond any catalog; parsing that would take gigabytes. */
function hasTooManyBrackets(text: string): boolean {
  let depth = 0;
  let groups = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (quoted) {
      if (sign === BACKSLASH) at += 1;
      else if (sign === QUOTE) quoted = false;
    } else if (sign === QUOTE) quoted = true;
    else if (sign === 0x5b || sign === 0x7b) {
      depth += 1;
      groups += 1;
      if (depth > MAX_DEPTH || groups > MAX_GROUPS) return true;
    } else if (sign === 0x5d || sign === 0x7d) depth -= 1;
  }
  return false;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** A catalog as `writeJson` gives it, or a bare list of shades; a shade may hold only the fields to be changed. */
export function readJson(bytes: Uint8Array): RawCatalogFile {
  const { text } = decodeText(bytes);
  if (hasTooManyBrackets(text)) {
    return unreadable(
      catalogFilesTexts.jsonNestedDeeperOrLonger,
      catalogFilesTexts.catalogInJson,
      catalogFilesTexts.chooseAnotherFile,
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return unreadable(
      catalogFilesTexts.textThatIsNotJson,
      catalogFilesTexts.catalogInJson,
      catalogFilesTexts.exportItAgainPerhapsCut,
    );
  }
  const shades = Array.isArray(value) ? value : isRecord(value) ? value.shades : undefined;
  if (!Array.isArray(shades)) {
    return unreadable(
      catalogFilesTexts.jsonWithoutShades,
      catalogFilesTexts.catalogWithAListShades,
      catalogFilesTexts.chooseAnExportedCatalog,
    );
  }
  if (shades.length > MAX_SHADES) {
    return unreadable(
      catalogFilesTexts.shades(shades.length),
      catalogFilesTexts.atMost(MAX_SHADES),
      catalogFilesTexts.splitTheFile,
    );
  }
  const rows = shades.map((shade, index): IncomingRow => {
    const row = index + 1;
    if (isRecord(shade)) return { row, patch: shade as ShadePatch, problems: [] };
    const fix = catalogFilesTexts.removeTheEntryOrComplete;
    const found = describeValue(shade);
    return {
      row,
      patch: {},
      problems: [{ path: '', row, found, expected: catalogFilesTexts.aShade, fix, level: 'error' }],
    };
  });
  if (!isRecord(value)) return { rows, problems: [] };
  const { shades: _shades, ...header } = value;
  return { rows, problems: [], header };
}

/** The whole catalog; the only format that keeps everything. */
export function writeJson(catalog: Catalog): string {
  return `${JSON.stringify(catalog, null, 2)}\n`;
}

/** JSON Schema (2020-12) of a catalog file. */
export function catalogJsonSchema(): object {
  return z.toJSONSchema(catalogSchema, { io: 'input' });
}
