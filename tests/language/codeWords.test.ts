import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../../src/projectRoot.ts';
import { sentencesIn } from './codeWords.ts';

/**
 * Modules whose texts are not this catalogue's: the catalogue itself; the description of the API, of which English is the
 * one language, as of its fields; metrics, logs and the answer to a probe, which programs read.
 */
const NOT_SAID = /^language\/|penapi\.ts$|^web\/(?:metrics|logger|readiness)\.ts$/;

/** Names that no language translates, by the module that has them. */
const NAMES: Readonly<Record<string, RegExp>> = {
  // Fonts, and the program itself.
  'app/catalogs/testCard.ts': /^Helvetica/,
  'app/report/reportPdf.ts': /^(?:Helvetica|Stipple)/,
  'web/clientSummaryPdf.ts': /^Helvetica/,
  // Elements, attributes, tags and magic words of file formats.
  'catalog/catalogText.ts': /^packed lines\n$/,
  'catalog/formats/readCxf.ts': /^[A-Z][a-z]+$/,
  'catalog/formats/writeCxf.ts': /^<[\s\S]+>$|^(?:Code|Source)$/,
  'catalog/formats/csvColumns.ts': /^Lab$/,
  'photo/strip/stripJpeg.ts': /^Adobe$/,
  'storage/s3Photos.ts': /^(?:Code|Key|Size)$/,
  // Colour spaces.
  'catalog/formats/aco.ts': /^Gray$/,
  'photo/decode/nclxEncoding.ts': /^Display P3$/,
  'photo/decode/readExifColourSpace.ts': /^Adobe RGB$/,
  'photo/decode/resolveEncoding.ts': /^Adobe RGB$/,
  // A class of skin as results name it.
  'colour/ita.ts': /^very light$/,
  // Where numbers come from, and fields of programmers' faults.
  'matching/hairColours.ts': /^(?:tress measured|estimate of this project) /,
  'optics/calibrateStudio.ts': /^cases\./,
  'optics/fitSkin.ts': /^skin [Lab]\*$/,
  'storage/jsonText.ts': /^Expected the text of a JSON object$/,
  'web/upload.ts': /^The request is over\.$/,
  // SQL, and what a database says.
  'storage/dialect.ts': /^begin |^no transaction is active$/,
  'storage/migrate.ts': /^is missing$/,
  // Headers, settings of express, keys of a limit.
  'web/app.ts': /^(?:trust proxy|query parser)$/,
  'web/guessLimit.ts': /^guess \{\}$/,
  'web/routes/privacyRoutes.ts': /^private, no-store$/,
  'web/routes/reportRoutes.ts': /^private, no-store$/,
};

it.each([
  ["const a = { title: 'Photo check' };", ['Photo check']],
  [`const a = \`\${n} of the rows\`;`, ['{} of the rows']],
  ["throw new StippleError('SMP_NOT_FOUND', 'Expected a photo.');", ['Expected a photo.']],
  [`throw new StippleError("A", \`The shade \${code} is gone.\`);`, ['The shade {} is gone.']],
  [`return problem(path, 'nothing', 'a number', \`Correct \${field}.\`);`, ['a number', 'Correct {}.']],
  ["const NAMES = { a: { text: 'light brown' } } as const;", ['light brown']],
  [`const say = () => \`\${count} drops\`;`, ['{} drops']],
  ["reasons.set(place, 'It shows other hair.');", ['It shows other hair.']],
  ["throw new Error('The database is away.');", ['The database is away.']],
  [
    "throw new Error('Expected a number.'); res.set('Cache-Control', 'no store at all'); if (a === 'Some thing') b('x');",
    [],
  ],
])('finds the sentences of %s', (source, sentences) => {
  expect(sentencesIn('a.ts', source)).toEqual(sentences);
});

const folder = join(projectRoot, 'src');
const said = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !NOT_SAID.test(path))
  .map((path) => ({ path, sentences: sentencesIn(path, readFileSync(join(folder, path), 'utf8')) }));

it('leaves no sentence outside the catalogue', () => {
  expect(said.length).toBeGreaterThan(500);
  const found = said.flatMap(({ path, sentences }) =>
    sentences.filter((text) => !NAMES[path]?.test(text)).map((text) => `${path}: ${text}`),
  );
  expect(found).toEqual([]);
});

it('excepts no name that is gone', () => {
  const gone = Object.entries(NAMES).filter(
    ([path, name]) => !said.some((module) => module.path === path && module.sentences.some((text) => name.test(text))),
  );
  expect(gone.map(([path]) => path)).toEqual([]);
});
