import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PlannedShade, planSessions } from '../../src/matching/sessionPlan.ts';
import { tradeRatiosAround, weakerBy } from '../../src/matching/tradeRatio.ts';

const measures = { cupMl: 1.5, pigmentDropMl: 0.05, diluentDropMl: 0.05 };
const shade: PlannedShade = {
  code: 'T-3',
  name: 'Three',
  dilutable: true,
  minParts: 2,
  maxParts: 30,
  partsDiluent: 12,
};
const ready: PlannedShade = { ...shade, code: 'R-3', dilutable: false, minParts: 0, maxParts: 0, partsDiluent: 0 };

describe('session plan', () => {
  it('starts lighter and spaced out and ends with the matched recipe', () => {
    const plan = planSessions(shade, null, measures);
    expect(plan.map((step) => step.partsDiluent)).toEqual([18, 15, 12]);
    expect(plan.map((step) => step.spacingPercent)).toEqual([30, 70, 100]);
    expect(plan.map((step) => [step.pigmentDrops, step.diluentDrops])).toEqual([
      [1, 18],
      [1, 15],
      [2, 24],
    ]);
  });

  it('says what to look for and when to match again', () => {
    const notes = planSessions(shade, null, measures).map((step) => step.note);
    expect(notes[0]).toContain('bluer');
    expect(notes[2]).toContain('28 days');
  });

  it('notes the weakest allowed mix when a session cannot be lighter than the next', () => {
    const plan = planSessions({ ...shade, maxParts: 12 }, null, measures);
    expect(plan.map((step) => step.partsDiluent)).toEqual([12, 12, 12]);
    expect(plan[0]!.note).toContain('12:1 is the weakest mix allowed for T-3');
    expect(plan[2]!.note).not.toContain('As strong as');
  });

  it('starts a ready-to-use line with its next lighter shade', () => {
    const plan = planSessions(ready, { ...ready, code: 'R-2', name: 'Two' }, measures);
    expect(plan.map((step) => step.code)).toEqual(['R-2', 'R-3', 'R-3']);
    expect(plan[0]!.note).toContain('R-3 cannot be thinned, so session 1 uses the lighter R-2 (Two)');
    expect(plan[1]!.note).toContain('cannot be thinned');
    expect(plan.every((step) => step.diluentDrops === 0 && step.pigmentDrops > 0)).toBe(true);
  });

  it('is never stronger than the next session without a note, and stays in the limits', () => {
    const limits = fc.tuple(fc.double({ min: 0, max: 40, noNaN: true }), fc.double({ min: 0, max: 60, noNaN: true }));
    fc.assert(
      fc.property(limits, fc.double({ min: 0, max: 1, noNaN: true }), ([min, span], at) => {
        const planned = { ...shade, minParts: min, maxParts: min + span, partsDiluent: min + span * at };
        const plan = planSessions(planned, null, measures);
        for (const [index, step] of plan.entries()) {
          expect(step.partsDiluent).toBeGreaterThanOrEqual(planned.minParts);
          expect(step.partsDiluent).toBeLessThanOrEqual(planned.maxParts);
          const next = plan[index + 1];
          if (next && step.partsDiluent <= next.partsDiluent)
            expect(step.note).toContain('As strong as the next session');
        }
        expect(plan[2]!.partsDiluent).toBe(planned.partsDiluent);
      }),
      { seed: 20_261, numRuns: 300 },
    );
  });
});

describe('trade ratios', () => {
  it('step by what can be told apart', () => {
    expect(tradeRatiosAround(11.4, 1, 30)).toEqual({ stronger: 11, weaker: 12 });
    expect(tradeRatiosAround(2.2, 1, 30)).toEqual({ stronger: 2, weaker: 2.5 });
    expect(tradeRatiosAround(21, 1, 30)).toEqual({ stronger: 20, weaker: 22 });
    expect(tradeRatiosAround(12, 1, 30)).toEqual({ stronger: 12, weaker: 12 });
  });

  it('stay within the shade’s limits', () => {
    expect(tradeRatiosAround(11.4, 11.2, 11.8)).toEqual({ stronger: 11.2, weaker: 11.8 });
    expect(weakerBy(1.5, 10, 5, 12)).toBe(12);
    expect(weakerBy(1, 7.3, 5, 12)).toBe(7.3);
  });
});
