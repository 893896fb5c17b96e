import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeAco } from '../../../src/catalog/formats/aco.ts';
import { writeAse } from '../../../src/catalog/formats/ase.ts';
import { writeGpl } from '../../../src/catalog/formats/gpl.ts';
import { readCatalogFile } from '../../../src/catalog/formats/readCatalogFile.ts';
import { measurementToLab65 } from '../../../src/catalog/measurementToLab65.ts';
import type { Measurement } from '../../../src/catalog/shade.ts';
import { sampleCatalog, sampleMeasurement, sampleShade } from '../sampleShade.ts';

const d50 = { illuminant: 'D50', observer: '2', geometry: '45/0', substrate: 'white card' } as const;
const inGamut = fc.tuple(
  fc.double({ min: 20, max: 80, noNaN: true }),
  fc.double({ min: -12, max: 12, noNaN: true }),
  fc.double({ min: -12, max: 12, noNaN: true }),
);
const code = fc.stringMatching(/^[A-Za-z0-9-]{1,12}$|^Grün [0-9]{1,3}$/);
const catalogs = fc
  .uniqueArray(fc.record({ code, lab: inGamut }), { minLength: 1, maxLength: 6, selector: (entry) => entry.code })
  .map((entries) =>
    sampleCatalog(entries.map((e) => sampleShade({ code: e.code, masstone: sampleMeasurement(e.lab) }))),
  );
const bytesOf = (text: string) => new TextEncoder().encode(text);

const FORMATS = [
  { name: 'ASE', file: 'a.ase', write: writeAse, answers: d50, tolerance: 0.001 },
  { name: 'ACO', file: 'a.aco', write: writeAco, answers: d50, tolerance: 0.02 },
  {
    name: 'GPL',
    file: 'a.gpl',
    write: (catalog: Parameters<typeof writeGpl>[0]) => bytesOf(writeGpl(catalog)),
    answers: { ...d50, rgbSpace: 'sRGB' as const },
    tolerance: 0.7,
  },
];

describe.each(FORMATS)('$name', ({ file, write, answers, tolerance }) => {
  it('gives back codes and colours', () => {
    fc.assert(
      fc.property(catalogs, (catalog) => {
        const read = readCatalogFile(write(catalog), file, answers);
        expect(read.questions).toEqual([]);
        expect(read.rows.map((row) => row.patch.code)).toEqual(catalog.shades.map((shade) => shade.code));
        for (const [at, row] of read.rows.entries()) {
          const lab = measurementToLab65({ ...row.patch.masstone, source: 'file' } as Measurement);
          const expected = measurementToLab65(catalog.shades[at]!.masstone);
          for (const [axis, value] of lab.entries()) expect(Math.abs(value - expected[axis]!)).toBeLessThan(tolerance);
        }
      }),
      { numRuns: 60, seed: 5 },
    );
  });

  it('is refused when it is cut off anywhere, without an exception', () => {
    const whole = write(sampleCatalog([sampleShade(), sampleShade({ code: 'T-02' })]));
    for (let length = 1; length < whole.length; length++) {
      const { rows, problems } = readCatalogFile(whole.slice(0, length), file, answers);
      if (rows.length < 2) expect(problems.length + rows.length, `${length} bytes`).toBeGreaterThan(0);
    }
  });

  it('asks what it cannot say', () => {
    const { questions } = readCatalogFile(write(sampleCatalog()), file, {});
    const asked = questions.map(({ field }) => field);
    if (file === 'a.gpl') expect(asked).toEqual(['rgbSpace']);
    else expect(asked).toEqual(['illuminant', 'observer', 'geometry', 'substrate']);
  });
});

describe('ASE', () => {
  /** One colour block, as Adobe writes it. */
  function ase(model: string, values: readonly number[]): Uint8Array {
    const name = [0, 0x41, 0, 0];
    const floats = new DataView(new ArrayBuffer(4 * values.length));
    for (const [i, value] of values.entries()) floats.setFloat32(4 * i, value);
    const body = [0, 2, ...name, ...bytesOf(model), ...new Uint8Array(floats.buffer), 0, 0];
    return Uint8Array.from([...bytesOf('ASEF'), 0, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, body.length, ...body]);
  }

  it('reads L* as 0–1 beside a* and b* in full', () => {
    const { rows, problems } = readCatalogFile(ase('LAB ', [0.5, 10, -20]), 'a.ase');
    expect(rows[0]!.patch.masstone!.lab).toEqual([50, 10, -20]);
    expect(problems).toEqual([]);
  });

  it('recognises programs that write L* as 0–100, and says so', () => {
    const { rows, problems } = readCatalogFile(ase('LAB ', [50, 10, -20]), 'a.ase');
    expect(rows[0]!.patch.masstone!.lab).toEqual([50, 10, -20]);
    expect(problems.map(({ level }) => level)).toEqual(['warning']);
  });

  it('converts RGB only when told that it is sRGB', () => {
    const bytes = ase('RGB ', [1, 1, 1]);
    expect(readCatalogFile(bytes, 'a.ase').questions.map(({ field }) => field)).toEqual(['rgbSpace']);
    const { rows } = readCatalogFile(bytes, 'a.ase', { ...d50, rgbSpace: 'sRGB' });
    expect(rows[0]!.patch.masstone).toMatchObject({ lab: [100, 0, 0], illuminant: 'D65', observer: '2' });
  });

  it('refuses CMYK row by row', () => {
    const { rows } = readCatalogFile(ase('CMYK', [0, 0, 0, 1]), 'a.ase');
    expect(rows[0]!.problems[0]).toMatchObject({ row: 1, found: 'CMYK', level: 'error' });
  });

  it('refuses a count of blocks that cannot be', () => {
    const bytes = Uint8Array.from([...bytesOf('ASEF'), 0, 1, 0, 0, 255, 255, 255, 255]);
    expect(readCatalogFile(bytes, 'a.ase').problems[0]!.level).toBe('error');
  });
});

describe('ACO', () => {
  it('reads version 1 alone and names its colours by their place', () => {
    const whole = writeAco(sampleCatalog());
    const { rows, problems } = readCatalogFile(whole.slice(0, 14), 'a.aco', d50);
    expect(rows.map((row) => row.patch.code)).toEqual(['colour 1']);
    expect(problems.map(({ level }) => level)).toEqual(['warning']);
  });
});

describe('GPL', () => {
  it('is not held up by an endless line', () => {
    const { rows } = readCatalogFile(bytesOf(`GIMP Palette\n1 2 3 a${' '.repeat(2_000_000)}b\n`), 'a.gpl');
    expect(rows.map((row) => row.patch.code)).toEqual(['a']);
  });

  it('names the line that is no colour', () => {
    const text = 'GIMP Palette\nName: x\nColumns: 3\n#\n 10  20  30\tOne\n 10  20 300\tTwo\nred\n';
    const { rows } = readCatalogFile(bytesOf(text), 'a.gpl');
    expect(rows.map((row) => [row.row, row.problems.length])).toEqual([
      [5, 0],
      [6, 1],
      [7, 1],
    ]);
  });
});
