import { extname } from 'node:path';
import { StippleError } from '../../errors.ts';
import { catalogFilesTexts } from '../../language/texts/catalogFiles.ts';
import type { Catalog } from '../shade.ts';
import { writeAco } from './aco.ts';
import { writeAse } from './ase.ts';
import { writeGpl } from './gpl.ts';
import { writeJson } from './json.ts';
import { writeCgats } from './writeCgats.ts';
import { writeCsv } from './writeCsv.ts';
import { writeCxf } from './writeCxf.ts';

const WRITERS: Record<string, (catalog: Catalog, day: string) => string | Uint8Array> = {
  '.json': writeJson,
  '.csv': writeCsv,
  '.cxf': (catalog, day) => writeCxf(catalog, `${day}T00:00:00Z`),
  '.ti3': writeCgats,
  '.ase': writeAse,
  '.aco': writeAco,
  '.gpl': writeGpl,
};

export const EXPORT_FORMATS = Object.keys(WRITERS);

/** A catalog in the format that a file's ending names. @throws StippleError SMP_OPTION_INVALID for another ending */
export function writeCatalogAs(catalog: Catalog, file: string, day: string): string | Uint8Array {
  const write = WRITERS[extname(file).toLowerCase()];
  if (write) return write(catalog, day);
  throw new StippleError('SMP_OPTION_INVALID', catalogFilesTexts.mustEndIn(file, EXPORT_FORMATS.join(', ')));
}
