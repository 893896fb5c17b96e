import { describe, expect, it } from 'vitest';
import { lotStatus } from '../../src/catalog/lotStatus.ts';
import { measurementToLab65 } from '../../src/catalog/measurementToLab65.ts';
import { regulatoryCompleteness } from '../../src/catalog/regulatoryCompleteness.ts';
import { lab50ToLab65 } from '../../src/colour/adaptBradford.ts';
import { deltaE00 } from '../../src/colour/deltaE00.ts';
import { spectrumToLab, spectrumToLab65 } from '../../src/colour/integrateSpectrum.ts';
import { lab65 } from '../../src/colour/lab65.ts';
import { sampleMeasurement, sampleShade } from './sampleShade.ts';

const brown = Array.from({ length: 31 }, (_, i) => 0.05 + 0.25 / (1 + Math.exp((18 - i) / 3)));

describe('measurement to D65/2°', () => {
  it('leaves D65/2° as it is and adapts D50 by Bradford', () => {
    expect(measurementToLab65(sampleMeasurement([40, 5, 10])).map((v) => Number(v.toFixed(9)))).toEqual([40, 5, 10]);
    expect(measurementToLab65(sampleMeasurement([40, 5, 10], { illuminant: 'D50' }))).toEqual(
      lab50ToLab65([40, 5, 10]),
    );
  });

  it('takes the spectrum before the Lab, under any illuminant and observer', () => {
    const measurement = sampleMeasurement([1, 2, 3], { spectrum: brown, illuminant: 'A', observer: '10' });
    expect(measurementToLab65(measurement)).toEqual(spectrumToLab65(Float64Array.from(brown)));
  });

  it.each([
    ['D50', 'D50', 0.6],
    ['A', 'A', 3],
  ] as const)('comes near the spectrum from a Lab under %s', (illuminant, table, limit) => {
    const reflectance = Float64Array.from(brown);
    const lab = spectrumToLab(reflectance, table);
    const truth = spectrumToLab65(reflectance);
    const adapted = measurementToLab65(sampleMeasurement(lab, { illuminant }));
    expect(deltaE00(adapted, truth)).toBeLessThan(limit);
    expect(deltaE00(adapted, truth)).toBeLessThan(deltaE00(lab65(...lab), truth));
  });

  it('refuses a 10° Lab alone in plain words', () => {
    expect(() => measurementToLab65(sampleMeasurement([40, 5, 10], { observer: '10' }))).toThrow('10° observer');
  });
});

describe('lots and labels', () => {
  const lots = (...dates: string[]) => ({ lots: dates.map((expires, i) => ({ lot: `${i}`, expires })) });
  it('is good through the day of expiry and needs one valid lot', () => {
    expect(lotStatus(lots('2026-01-01'), '2026-01-01')).toBe('ok');
    expect(lotStatus(lots('2026-01-01'), '2026-01-02')).toBe('expired');
    expect(lotStatus(lots('2020-01-01', '2030-01-01'), '2026-01-02')).toBe('ok');
    expect(lotStatus(lots(), '2026-01-02')).toBe('none');
  });

  it('counts recorded statements and names the missing ones', () => {
    const [record] = sampleShade().regulatory;
    const open = { ...record!, chromiumStatement: null, intendedUse: null };
    const [complete] = regulatoryCompleteness(sampleShade());
    expect(complete).toMatchObject({ region: 'EU', missing: [], recorded: 6, asked: 6 });
    const [partial] = regulatoryCompleteness(sampleShade({ regulatory: [open], ingredients: [] }));
    expect(partial!.recorded).toBe(3);
    expect(partial!.missing.join()).toContain('chromium');
  });
});
