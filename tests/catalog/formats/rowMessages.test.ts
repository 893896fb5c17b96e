import { expect, it } from 'vitest';
import { diffCatalogs } from '../../../src/catalog/diffCatalogs.ts';
import { readCatalogFile } from '../../../src/catalog/formats/readCatalogFile.ts';
import { sampleCatalog } from '../sampleShade.ts';

/** What a supplier is told about one cell of a table: "column: found, expected. fix" each. */
function told(cells: Readonly<Record<string, string>>): string[] {
  const columns = { code: 'T-01', ...cells };
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const lines = [Object.keys(columns), Object.values(columns)].map((line) => line.map(quote).join(','));
  const file = readCatalogFile(new TextEncoder().encode(lines.join('\n')), 'a.csv');
  const { rejected } = diffCatalogs(sampleCatalog(), file, { today: '2026-11-23' });
  return rejected.flatMap(({ row, problems }) => {
    expect(row).toBe(2);
    return problems.map(({ column, found, expected, fix }) => `${column}: ${found}, not ${expected}. ${fix}`);
  });
}

const LOT = 'not "lot; expiry; opened; ml" with dates as YYYY-MM-DD.';
const lab = { masstone_L: '40', masstone_a: '1', masstone_b: '2' };
const measured = { illuminant: 'D65', observer: '2', geometry: '45/0', substrate: 'card' };

it.each([
  ['B-2', `lots: "B-2" without an expiry, ${LOT} Write the expiry after the number, as in B-2; 2027-05-31.`],
  [
    'A; 2030-01-31 | B-2',
    `lots: "B-2" without an expiry, ${LOT} Write the expiry after the number, as in B-2; 2027-05-31.`,
  ],
  ['B-2, 2027-01-01', `lots: "B-2, 2027-01-01" without an expiry, ${LOT} Separate the parts by semicolons.`],
  ['; 2027-01-01', `lots: "; 2027-01-01" without a lot number, ${LOT} Write the number on the bottle first.`],
  ['B-2; 31.12.2027', `lots: "31.12.2027" as expiry of lot B-2, ${LOT} Write 2027-12-31.`],
  ['B-2; 12/31/2027', `lots: "12/31/2027" as expiry of lot B-2, ${LOT} Write the day as YYYY-MM-DD.`],
  [
    'B-2; 2027-12',
    `lots: "2027-12" as expiry of lot B-2, ${LOT} Give the day too: the last of the month where the label has none.`,
  ],
  ['B-2; 2027-12-31; soon', `lots: "soon" as day of opening of lot B-2, ${LOT} Write the day as YYYY-MM-DD.`],
  [
    'B-2; 2027-12-31; ; -5',
    `lots: "-5" as quantity of lot B-2, ${LOT} Give the quantity in ml as a number, or leave it out.`,
  ],
  ['B; 2027-12-31 |', `lots: an empty entry, ${LOT} Take away the | that has nothing beside it.`],
  ['B; 2027-12-31; ; 5; C', `lots: 5 parts in "B; 2027-12-31; ; 5; C", ${LOT} Put | between entries.`],
  [
    'B; 2027-12-31; 2028-01-01',
    'lots: lot B opened on 2028-01-01, not a day up to its expiry, 2027-12-31. Correct one of the two days.',
  ],
  ['B; 2027-12-31 | B; 2027-12-31', 'lots: lot B twice, not each lot once. Remove one of the two.'],
])('says what is wrong with the lots %s', (lots, message) => {
  expect(told({ lots })).toEqual([message]);
});

it('loses no part of an entry without a word', () => {
  expect(told({ diluents: 'W-1; W-2' })).toEqual([
    'diluents: 2 parts in "W-1; W-2", not codes separated by |. Put | between entries.',
  ]);
  expect(told({ ingredients: 'Carbon; CI 77266; 1333-86-4; Water' })[0]).toMatch(/^ingredients: 4 parts in/);
  expect(told({ ingredients: '; CI 77266' })[0]).toMatch(/^ingredients: "; CI 77266" without a name/);
  expect(told({ regulatory: 'EU; tattoo; yes; maybe' })[0]).toMatch(/^regulatory: "maybe" for the ingredients of EU/);
  expect(told({ regulatory: 'Mars; tattoo' })[0]).toMatch(/Start each entry with one of EU, GB, US, other\.$/);
});

it('tells a fault of a spectrum once, and what may be behind it', () => {
  const spectrum = (length: number, value: string) => Array(length).fill(value).join(' ');
  expect(told({ masstone_spectrum: spectrum(31, '50'), ...measured })).toEqual([
    'masstone_spectrum: 50 at 400 nm and 30 more, not reflectances from 0 to 1.2. Divide the percentages of masstone_spectrum by 100.',
  ]);
  expect(told({ masstone_spectrum: spectrum(36, '0.5'), ...measured })).toEqual([
    'masstone_spectrum: 36 numbers, not 31 reflectances, at 400–700 nm in steps of 10 nm. Give masstone_spectrum for each of these wavelengths. If they start at 380 nm, leave out the first two and the last three.',
  ]);
});

it('names columns of the table, not fields or places of the merged ladder', () => {
  expect(told({ min_parts: '30' })).toEqual([
    'min_parts: 30 to 20, not the smaller number first. Exchange min_parts and max_parts.',
  ]);
  // The catalog's own ladder has two steps; this is the table's first.
  const step = { letdown1_parts: '300', letdown1_L: '50', letdown1_a: '1', letdown1_b: '2', ...measured };
  expect(told(step)).toEqual(['letdown1_parts: 300, not at most 200. Bring letdown1_parts within its limits.']);
  const light = { ...step, letdown1_parts: '10', illuminant: 'D55', ...lab };
  expect(told(light)).toEqual([
    'illuminant: "D55", not one of D65, D50, A, C, F2, F11. Use one of the listed words for illuminant.',
  ]);
  expect(told({ letdown1_parts: 'few', letdown1_L: '40', ...measured })[0]).toMatch(/^letdown1_parts: "few"/);
  expect(told({ film_um: '0', ...measured })).toEqual([
    'film_um: 0, not more than 0. Bring film_um within its limits.',
  ]);
});
