import { catalogFilesTexts } from '../../language/texts/catalogFiles.ts';
import { readAco } from './aco.ts';
import { readAse } from './ase.ts';
import {
  type Answers,
  type CatalogFile,
  type CatalogFormat,
  type IncomingRow,
  type RawCatalogFile,
  type ReadHooks,
  unreadable,
} from './catalogFile.ts';
import { detectFormat } from './detectFormat.ts';
import { AnswerFiller } from './fillAnswers.ts';
import { readGpl } from './gpl.ts';
import { readJson } from './json.ts';
import { readCgats } from './readCgats.ts';
import { readCsv } from './readCsv.ts';
import { readCxf } from './readCxf.ts';

/** 20,000 shades with spectra and ladders take about 40 MB as CSV. */
const MAX_BYTES = 64 * 1024 * 1024;

const READERS: Record<CatalogFormat, (bytes: Uint8Array, answers: Answers, hooks: ReadHooks) => RawCatalogFile> = {
  json: readJson,
  csv: readCsv,
  cxf: readCxf,
  cgats: readCgats,
  ase: readAse,
  aco: readAco,
  gpl: readGpl,
};

/**
 * The shades of a supplier's file in any supported format. Nothing is assumed: what the file does not say and no
 * answer gives comes back as a question, and its rows stay incomplete. Faults are reported, never thrown.
 * @param hooks follow a large file; with `take` its rows are handed over one by one and not kept
 * @param filename shown to people and, for formats without a mark of their own, used to tell the format
 */
export function readCatalogFile(
  bytes: Uint8Array,
  filename: string,
  answers: Answers = {},
  hooks: ReadHooks = {},
): CatalogFile {
  const refused = (raw: RawCatalogFile): CatalogFile => ({ ...raw, name: filename, format: null, questions: [] });
  if (bytes.length === 0)
    return refused(
      unreadable(catalogFilesTexts.emptyFile, catalogFilesTexts.aCatalog, catalogFilesTexts.chooseTheFileAgain),
    );
  if (bytes.length > MAX_BYTES) {
    const found = `${Math.round(bytes.length / 1024 / 1024)} MB`;
    return refused(
      unreadable(found, catalogFilesTexts.atMostMb(MAX_BYTES / 1024 / 1024), catalogFilesTexts.splitTheFile),
    );
  }
  const detected = detectFormat(bytes, filename);
  if ('container' in detected) {
    const fix = catalogFilesTexts.saveTheTableAsCsv;
    return refused(unreadable(detected.container, catalogFilesTexts.csvJsonCxf, fix));
  }
  const { take, watch } = hooks;
  const filler = new AnswerFiller(answers);
  const takeFilled = (row: IncomingRow) => {
    filler.fill(row);
    take?.(row);
  };
  const raw = READERS[detected.format](bytes, answers, {
    ...(watch && { watch }),
    ...(take && { take: takeFilled }),
  });
  for (const row of raw.rows) {
    filler.fill(row, raw.rgb?.get(row), raw.xyz?.get(row));
    take?.(row);
  }
  const rows = take ? [] : raw.rows;
  return { ...raw, rows, name: filename, format: detected.format, questions: filler.questions() };
}
