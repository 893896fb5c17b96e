import { describe, expect, it } from 'vitest';
import { forgetAlias, optionsFromSettings } from '../../src/app/studioSettings.ts';

/** Settings nobody changed, with one healed result so that they can be read at all. */
const untouched = () => forgetAlias({ cases: [aCase('A.')] }, 'A.')!;
const aCase = (alias: string) => ({
  ...{ id: '0', alias, recordedAt: '2026-01-01T00:00:00.000Z', skin: [65, 12, 16], healedArea: [50, 10, 12] },
  ...{ catalogId: 'demo-ash', code: 'DA-03', partsDiluent: 12, densityPerCm2: 100, diameterMm: 0.3 },
});

describe('optionsFromSettings', () => {
  it('asks for the label statements of the studio’s region, and for all on record without one', () => {
    expect(optionsFromSettings({ ...untouched(), region: 'GB' }).region).toBe('GB');
    expect('region' in optionsFromSettings(untouched())).toBe(false);
  });

  it('turns counted drops into ml a drop and assumes none where nobody counted', () => {
    const counted = optionsFromSettings({ ...untouched(), pigmentDropsPerMl: 20, diluentDropsPerMl: 25 });
    expect([counted.dropPigment, counted.dropDiluent]).toEqual([0.05, 0.04]);
    expect('dropPigment' in optionsFromSettings(untouched())).toBe(false);
  });
});
