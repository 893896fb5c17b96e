import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffCatalogs } from '../../../src/catalog/diffCatalogs.ts';
import { fieldChanges } from '../../../src/catalog/fieldChanges.ts';
import { readCatalogFile } from '../../../src/catalog/formats/readCatalogFile.ts';
import { CXF_TAGS } from '../../../src/catalog/formats/readCxf.ts';
import { writeCxf } from '../../../src/catalog/formats/writeCxf.ts';
import { loadPalettes } from '../../../src/catalog/loadPalettes.ts';
import { mergeShade } from '../../../src/catalog/mergeShade.ts';
import { projectRoot } from '../../../src/projectRoot.ts';
import { arbitraryCatalog } from '../arbitraryCatalog.ts';

const NOW = '2026-01-02T03:04:05Z';
const read = (text: string) => readCatalogFile(new TextEncoder().encode(text), 'a.cxf');

const object = (values: string, name = 'P-1') =>
  `<cc:Object ObjectType="Standard" Name="${name}" Id="1"><cc:CreationDate>${NOW}</cc:CreationDate>` +
  `<cc:ColorValues>${values}</cc:ColorValues></cc:Object>`;
const specification = (
  id: string,
  illuminant: string,
  observer: string,
  geometry: string,
  range = 'StartWL="400" Increment="10"',
) =>
  `<cc:ColorSpecification Id="${id}"><cc:TristimulusSpec><cc:Illuminant>${illuminant}</cc:Illuminant>` +
  `<cc:Observer>${observer}</cc:Observer></cc:TristimulusSpec><cc:MeasurementSpec>` +
  `<cc:GeometryChoice>${geometry}</cc:GeometryChoice><cc:WavelengthRange ${range}/></cc:MeasurementSpec></cc:ColorSpecification>`;
const cxf = (objects: string, specifications = '') =>
  '<?xml version="1.0"?><cc:CxF xmlns:cc="http://colorexchangeformat.com/CxF3-core"><cc:Resources>' +
  `<cc:ObjectCollection>${objects}</cc:ObjectCollection>` +
  `<cc:ColorSpecificationCollection>${specifications}</cc:ColorSpecificationCollection></cc:Resources></cc:CxF>`;
const lab = (id: string, [L, a, b]: readonly number[]) =>
  `<cc:ColorCIELab ColorSpecification="${id}"><cc:L>${L}</cc:L><cc:A>${a}</cc:A><cc:B>${b}</cc:B></cc:ColorCIELab>`;
const ANNULAR =
  '<cc:SingleAngle><cc:IlluminationAngle>45</cc:IlluminationAngle><cc:MeasurementAngle>0.0</cc:MeasurementAngle></cc:SingleAngle>';

describe('CxF3 round trip', () => {
  it('changes nothing when an export is imported again', async () => {
    for (const catalog of await loadPalettes(join(projectRoot, 'palettes'))) {
      const diff = diffCatalogs(catalog, read(writeCxf(catalog, NOW)));
      expect(diff.same).toHaveLength(catalog.shades.length);
      expect(diff.result).toEqual(catalog);
    }
  });

  it('gives back every measurement the schema accepts', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML cannot hold these in any way
    const impossible = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/u;
    fc.assert(
      fc.property(
        arbitraryCatalog.filter((catalog) => !impossible.test(JSON.stringify(catalog.shades).replaceAll('\\n', ''))),
        (catalog) => {
          const file = read(writeCxf(catalog, NOW));
          expect(file.problems).toEqual([]);
          for (const [at, shade] of catalog.shades.entries()) {
            const { masstone, letDowns } = mergeShade(undefined, file.rows[at]!.patch, 'file');
            expect(fieldChanges(shade.masstone, masstone)).toEqual([]);
            expect(fieldChanges(shade.letDowns, letDowns)).toEqual([]);
          }
        },
      ),
      { numRuns: 80, seed: 13 },
    );
  });
});

describe('CxF3 of other programs', () => {
  it('takes the Lab for D65/2° among several, and the conditions it names', () => {
    const specifications =
      specification('a', 'D50', '2_Degree', ANNULAR) +
      specification('b', 'D65', '2_Degree', ANNULAR) +
      specification('c', 'D65', '10_Degree', ANNULAR);
    const file = read(cxf(object(lab('c', [1, 0, 0]) + lab('a', [2, 0, 0]) + lab('b', [3, 0, 0])), specifications));
    expect(file.rows[0]!.patch).toEqual({
      code: 'P-1',
      masstone: { lab: [3, 0, 0], illuminant: 'D65', observer: '2', geometry: '45/0' },
    });
    expect(file.questions.map(({ field }) => field)).toEqual(['substrate']);
  });

  it('cuts a spectrum of 380–730 nm to 400–700 nm', () => {
    const values = Array.from({ length: 36 }, (_, i) => ((380 + 10 * i) / 1000).toFixed(3)).join(' ');
    const spectrum = `<cc:ReflectanceSpectrum ColorSpecification="a" StartWL="380">${values}</cc:ReflectanceSpectrum>`;
    const sphere = '<cc:SphereGeometry>Specular_Included</cc:SphereGeometry>';
    const { rows } = read(
      cxf(object(spectrum), specification('a', 'D50', '2_Degree', sphere, 'StartWL="380" Increment="10"')),
    );
    expect(rows[0]!.patch.masstone!.spectrum!.at(0)).toBe(0.4);
    expect(rows[0]!.patch.masstone!.spectrum!.at(-1)).toBe(0.7);
    expect(rows[0]!.patch.masstone!.geometry).toBe('d/8 SCI');
  });

  it('refuses a spectrum that does not reach 700 nm', () => {
    const spectrum =
      '<cc:ReflectanceSpectrum ColorSpecification="a" StartWL="400">0.1 0.2 0.3</cc:ReflectanceSpectrum>';
    const [problem] = read(cxf(object(spectrum), specification('a', 'D50', '2_Degree', ANNULAR))).rows[0]!.problems;
    expect(problem).toMatchObject({ row: 1, found: '3 values from 400 nm', level: 'error' });
  });

  it('says what is wrong with an object without numbers', () => {
    const found = (values: string) => read(cxf(object(values))).rows[0]!.problems.map((problem) => problem.found);
    expect(found('')).toEqual(['no Lab and no spectrum']);
    expect(found('<cc:ColorCIELab><cc:L>40</cc:L><cc:A>1</cc:A></cc:ColorCIELab>')).toEqual([
      'a Lab that is no three numbers',
    ]);
    expect(found('<cc:ReflectanceSpectrum>0.1 none</cc:ReflectanceSpectrum>')).toEqual(['2 values from NaN nm']);
    expect(read(cxf('<cc:Object Name="P-1" Id="1"/>')).rows[0]!.problems).toHaveLength(1);
  });

  it('joins a ladder with a masstone that comes later, and keeps a repeated code apart', () => {
    const tags = (parts: string) =>
      `<cc:TagCollection Name="${CXF_TAGS}"><cc:Tag Name="PartsDiluent" Value="${parts}"/></cc:TagCollection>`;
    const step = object(lab('a', [60, 1, 2])).replace('</cc:Object>', `${tags('10')}</cc:Object>`);
    const objects = step + object(lab('a', [20, 0, 0])) + object(lab('a', [21, 0, 0]));
    const { rows } = read(cxf(objects, specification('a', 'D65', '2_Degree', ANNULAR)));
    expect(rows.map(({ row, patch }) => [row, patch.code, patch.masstone!.lab])).toEqual([
      [1, 'P-1', [20, 0, 0]],
      [3, 'P-1', [21, 0, 0]],
    ]);
    expect(rows[0]!.patch.letDowns).toMatchObject([{ partsDiluent: 10, measurement: { lab: [60, 1, 2] } }]);
  });

  it('reads character data and references as the letters they stand for', () => {
    const named = object(lab('a', [40, 1, 2]), '&#x41;&#66;&amp;&#x1F3A8;');
    expect(read(cxf(named)).rows[0]!.patch.code).toBe('AB&🎨');
    const cdata = lab('a', [40, 1, 2]).replace('>40<', '><![CDATA[40]]><').replaceAll('"', "'");
    expect(read(cxf(object(cdata))).rows[0]!.patch.masstone!.lab).toEqual([40, 1, 2]);
  });

  it('asks for the conditions of a Lab that names none', () => {
    const { questions } = read(cxf(object(lab('nowhere', [40, 1, 2]))));
    expect(questions.map(({ field }) => field)).toEqual(['illuminant', 'observer', 'geometry', 'substrate']);
  });
});

describe('XML that is refused', () => {
  const bomb =
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;">]><lolz>&lol2;</lolz>';
  it.each([
    ['entity expansion', bomb, 'a document type'],
    ['an external entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', 'a document type'],
    ['an unknown reference', '<a>&nbsp;</a>', 'the reference "&nbsp;"'],
    ['half of a surrogate pair', '<a>&#xD800;</a>', 'the reference "&#xD800;"'],
    ['character data outside the root', '<![CDATA[a]]><a/>', 'text outside'],
    ['an end without a start', '</a>', '"</a>" where "nothing" ends'],
    ['a prologue alone', '<?xml version="1.0"?><!-- a -->', 'no element'],
    ['CxF without resources', '<CxF xmlns="http://colorexchangeformat.com/CxF3-core"/>', 'CxF without objects'],
    ['an impossible character', '<a>&#0;</a>', 'the reference "&#0;"'],
    ['a missing end', '<a><b></b>', 'no end of "a"'],
    ['crossed tags', '<a><b></a></b>', '"</a>" where "b" ends'],
    ['a repeated attribute', '<a x="1" x="2"/>', 'the attribute "x" twice'],
    ['an attribute without quotes', '<a x=1/>', 'no ">"'],
    ['two roots', '<a/><b/>', 'two root elements'],
    ['text after the root', '<a/>x', 'text outside'],
    ['endless depth', '<a>'.repeat(100_000), 'more than 64 levels'],
    ['an unclosed comment', '<!-- a', 'no "-->"'],
    ['another kind of XML', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'XML of the kind "svg"'],
    ['CxF without objects', cxf(''), 'CxF without objects'],
  ])('%s', (_name, text, found) => {
    const file = read(text);
    expect(file.rows).toEqual([]);
    expect(file.problems[0]!.found).toContain(found);
  });
});
