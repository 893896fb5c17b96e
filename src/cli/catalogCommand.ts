import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { authorize } from '../app/access.ts';
import { checkFile, publishFile } from '../app/catalogs/publishFile.ts';
import { catalogHealth } from '../catalog/catalogHealth.ts';
import { type CatalogDiff, diffCatalogs } from '../catalog/diffCatalogs.ts';
import type { Answers, CatalogFile } from '../catalog/formats/catalogFile.ts';
import { readCatalogFile } from '../catalog/formats/readCatalogFile.ts';
import { EXPORT_FORMATS, writeCatalogAs } from '../catalog/formats/writeCatalogAs.ts';
import { csvTemplate } from '../catalog/formats/writeCsv.ts';
import { writeRejectedRows } from '../catalog/formats/writeRejectedRows.ts';
import type { Problem } from '../catalog/problem.ts';
import type { Catalog } from '../catalog/shade.ts';
import { validateCatalog } from '../catalog/validateCatalog.ts';
import { StippleError } from '../errors.ts';
import { commandHelpTexts } from '../language/texts/commandHelp.ts';
import { commandLineTexts } from '../language/texts/commandLine.ts';
import { catalogsFor } from './catalogsFor.ts';
import { readStored, withStoredCatalogs } from './storedCatalogs.ts';
import { STORED_OPTIONS, type StoredAsked, storedOf } from './storedOption.ts';
import type { Terminal } from './terminal.ts';
import { usage } from './usage.ts';

export const CATALOG_HELP = commandHelpTexts.catalog(EXPORT_FORMATS.join(', '));

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const OPTIONS = {
  out: text,
  rejected: text,
  illuminant: text,
  observer: text,
  geometry: text,
  substrate: text,
  ...STORED_OPTIONS,
  json: flag,
  help: flag,
} as const;

interface Asked {
  readonly out?: string;
  readonly rejected?: string;
  readonly json?: boolean;
  readonly answers: Answers;
  readonly stored: StoredAsked | null;
}

function problemLine({ level, path, row, column, found, expected, fix }: Problem): string {
  const place =
    [row === undefined ? '' : commandLineTexts.rowPlace(row), column ?? path].filter(Boolean).join(', ') || 'file';
  return commandLineTexts.foundExpected(level, place, found, expected, fix);
}

const countErrors = (problems: readonly Problem[]) => problems.filter(({ level }) => level === 'error').length;

async function open(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new StippleError('SMP_OPTION_INVALID', commandLineTexts.fileCannotBeRead(file), { cause });
  }
}

async function readAny(file: string, answers: Answers): Promise<CatalogFile> {
  return readCatalogFile(await open(file), basename(file), answers);
}

async function oneCatalog(name: string | undefined, { stored }: Asked): Promise<Catalog> {
  if (stored) {
    const { env, as, catalog: id, version } = stored;
    return await withStoredCatalogs(env, as, (services, actor) =>
      readStored(services, actor, id, version ?? undefined),
    );
  }
  const [catalog] = await catalogsFor(name!);
  return catalog!;
}

function problemsOf(bytes: Buffer, file: string, answers: Answers, today: string): readonly Problem[] {
  const read = readCatalogFile(bytes, basename(file), answers);
  if (read.format !== 'json' || countErrors(read.problems) > 0) {
    const asked = read.questions.map(({ field, ask }): Problem => {
      return {
        path: field,
        level: 'error',
        found: 'nothing',
        expected: ask,
        fix: commandLineTexts.nameItOnTheCommandLine,
      };
    });
    return [...read.problems, ...asked, ...read.rows.flatMap((row) => row.problems)];
  }
  return validateCatalog(JSON.parse(bytes.toString('utf8')), { today }).problems;
}

async function validate(files: readonly string[], asked: Asked, terminal: Terminal): Promise<number> {
  let errors = 0;
  for (const file of files) {
    const problems = problemsOf(await open(file), file, asked.answers, terminal.today());
    errors += countErrors(problems);
    if (asked.json) terminal.print(`${JSON.stringify({ file, problems })}\n`);
    else {
      const count =
        problems.length === 0 ? commandLineTexts.noProblems : commandLineTexts.problemCount(problems.length);
      terminal.print(`${file}: ${count}\n${problems.map(problemLine).join('')}`);
    }
  }
  return errors > 0 ? 1 : 0;
}

async function health([name]: readonly string[], asked: Asked, terminal: Terminal): Promise<number> {
  const report = catalogHealth(await oneCatalog(name, asked), { today: terminal.today() });
  if (asked.json) terminal.print(`${JSON.stringify(report)}\n`);
  else {
    const close = [...report.spacing].sort((one, other) => one.deltaE00 - other.deltaE00).slice(0, 5);
    terminal.print(
      [
        `Health: ${report.level}`,
        ...close.map(({ code, nearest, deltaE00 }) => commandLineTexts.shadeFrom(code, deltaE00.toFixed(2), nearest)),
        ...report.lotDrift.map(({ code, lot, deltaE00 }) =>
          commandLineTexts.lotDrifted(code, lot, deltaE00.toFixed(2)),
        ),
        '',
      ].join('\n') + report.problems.map(problemLine).join(''),
    );
  }
  return report.level === 'fail' ? 1 : 0;
}

/** @param published the version this became, where it was published */
function printDiff(
  diff: CatalogDiff,
  file: CatalogFile,
  asked: Asked,
  terminal: Terminal,
  published: number | null = null,
): number {
  const problems = [...file.problems, ...diff.problems, ...diff.rejected.flatMap((row) => row.problems)];
  const counts = {
    new: diff.added.length,
    changed: diff.changed.length,
    same: diff.same.length,
    rejected: diff.rejected.length,
    untouched: diff.untouched.length,
  };
  if (asked.json) {
    const changes = diff.changed.map(({ shade, fields }) => ({ code: shade.code, fields }));
    terminal.print(
      `${JSON.stringify({ ...counts, questions: file.questions, changes, problems, ...(published !== null && { published }) })}\n`,
    );
  } else {
    terminal.print(
      commandLineTexts.changeCounts(counts.new, counts.changed, counts.same, counts.rejected, counts.untouched),
    );
    for (const { shade } of diff.added) terminal.print(commandLineTexts.newShade(shade.code, shade.name));
    for (const { shade, fields } of diff.changed) {
      for (const field of fields)
        terminal.print(
          `  ${shade.code} ${field.field}: ${JSON.stringify(field.from)} -> ${JSON.stringify(field.to)}\n`,
        );
    }
    for (const question of file.questions) terminal.print(`  question: ${question.ask}\n`);
    terminal.print(problems.map(problemLine).join(''));
    if (published !== null) terminal.print(commandLineTexts.publishedAsVersion(published));
  }
  return diff.rejected.length > 0 || file.questions.length > 0 || countErrors(problems) > 0 ? 1 : 0;
}

async function diff(operands: readonly string[], asked: Asked, terminal: Terminal): Promise<number> {
  const file = await readAny(operands.at(-1)!, asked.answers);
  const catalog = await oneCatalog(operands[0], asked);
  return printDiff(diffCatalogs(catalog, file, { today: terminal.today() }), file, asked, terminal);
}

async function importInto(operands: readonly string[], asked: Asked, terminal: Terminal): Promise<number> {
  const file = await readAny(operands.at(-1)!, asked.answers);
  if (asked.stored) return await importStored(file, asked, asked.stored, terminal);
  const catalog = await oneCatalog(operands[0], asked);
  const found = diffCatalogs(catalog, file, { today: terminal.today() });
  const exit = printDiff(found, file, asked, terminal);
  if (asked.rejected) await writeFile(asked.rejected, writeRejectedRows(file, found));
  if (!hasChanges(found)) {
    terminal.complain(commandLineTexts.nothingChangesSoNothingWasWritten);
    return exit;
  }
  const result = { ...found.result, version: catalog.version + 1 };
  await writeFile(asked.out!, writeCatalogAs(result, asked.out!, terminal.today()));
  return exit;
}

const hasChanges = ({ added, changed }: CatalogDiff): boolean => added.length + changed.length > 0;

/** The same steps as on the pages: whose catalog it is, dry run, then the next version unless another came meanwhile. */
async function importStored(file: CatalogFile, asked: Asked, stored: StoredAsked, terminal: Terminal): Promise<number> {
  const { catalog: catalogId, answers } = { ...stored, ...asked };
  return await withStoredCatalogs(stored.env, stored.as, async (services, actor) => {
    const editor = authorize(actor, 'catalog:edit');
    const checked = await checkFile(services, editor, { catalogId, file, answers });
    const { diff: found } = checked;
    if (asked.rejected) await writeFile(asked.rejected, writeRejectedRows(file, found));
    const isWhole = found.rejected.length === 0 && file.questions.length === 0;
    if (!stored.publish || !hasChanges(found) || !(isWhole || stored.acceptedOnly)) {
      const exit = printDiff(found, file, asked, terminal);
      if (stored.publish) {
        terminal.complain(
          hasChanges(found)
            ? commandLineTexts.nothingWasPublished
            : commandLineTexts.nothingChangesSoNothingWasPublished,
        );
      }
      return exit;
    }
    if (stored.after !== null && stored.after !== checked.after) {
      const sentence = commandLineTexts.otherVersionIsLatest(checked.after, stored.after);
      throw new StippleError('SMP_CATALOG_CONFLICT', sentence);
    }
    const version = await publishFile(services, authorize(actor, 'catalog:publish'), checked, stored.note);
    return printDiff(found, file, asked, terminal, version);
  });
}

async function exportTo([name]: readonly string[], asked: Asked, terminal: Terminal): Promise<number> {
  await writeFile(asked.out!, writeCatalogAs(await oneCatalog(name, asked), asked.out!, terminal.today()));
  return 0;
}

interface Verb {
  readonly operands: number;
  readonly needsOut: boolean;
  run(operands: readonly string[], asked: Asked, terminal: Terminal): Promise<number>;
}

const VERBS: Record<string, Verb> = {
  health: { operands: 1, needsOut: false, run: health },
  diff: { operands: 2, needsOut: false, run: diff },
  import: { operands: 2, needsOut: true, run: importInto },
  export: { operands: 1, needsOut: true, run: exportTo },
  template: {
    operands: 0,
    needsOut: true,
    async run(_, asked) {
      await writeFile(asked.out!, csvTemplate());
      return 0;
    },
  },
};

/** `stipple catalog …`. */
export async function catalogCommand(
  args: readonly string[],
  terminal: Terminal,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const { values, positionals } = usage(() => parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true }));
  const [name, ...operands] = positionals;
  if (values.help) {
    terminal.print(CATALOG_HELP);
    return 0;
  }
  const { out, rejected, json, illuminant, observer, geometry, substrate } = values;
  const answers = { illuminant, observer, geometry, substrate };
  const asked: Asked = {
    answers: Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== undefined)) as Answers,
    stored: storedOf(values, env),
    ...(out === undefined ? {} : { out }),
    ...(rejected === undefined ? {} : { rejected }),
    ...(json === undefined ? {} : { json }),
  };
  if (name === 'validate' && operands.length > 0) return validate(operands, asked, terminal);
  const verb = VERBS[name ?? ''];
  const isStored = asked.stored !== null;
  const wanted = verb && verb.operands - (isStored ? 1 : 0);
  const needsOut = verb?.needsOut && !(isStored && name === 'import');
  if (!verb || operands.length !== wanted || (needsOut && out === undefined)) {
    throw new StippleError('SMP_OPTION_INVALID', commandLineTexts.seeCatalogHelp);
  }
  return verb.run(operands, asked, terminal);
}
