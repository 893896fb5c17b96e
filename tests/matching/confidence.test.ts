import { describe, expect, it } from 'vitest';
import type { ConfidenceCap, MatchInput, Target } from '../../src/matching/matchTypes.ts';
import { rankShades } from '../../src/matching/rankShades.ts';
import { carbon, DARK_BROWN, FAIR, matchInput, prepared, STUDIO, stubbleTarget, tableFor } from './fixtures.ts';

/** Two blacks so far apart in strength that one recipe is clear. */
const shades = [prepared('S-1', carbon(26)), prepared('S-2', carbon(1))];
const assess = (changes: Partial<MatchInput> = {}) =>
  rankShades(matchInput(FAIR, DARK_BROWN, { shades, ...changes }), tableFor(FAIR)).confidence;

describe('confidence', () => {
  it('is high with a card, measured stubble and one clear shade, with reasons and a next step', () => {
    const confidence = assess();
    expect(confidence.level).toBe('high');
    expect(confidence.reasons.length).toBeGreaterThan(0);
    expect(confidence.next).toContain('healed');
  });

  it.each(['white', 'estimated', 'none'] as const)('is at most medium for colours by "%s"', (method) => {
    const confidence = assess({ calibration: { method, expectedDeltaE00: 2 } });
    expect(confidence.level).toBe('medium');
    expect(confidence.next).toContain('colour card');
  });

  it('is low for a large colour error and for a poor photo used anyway', () => {
    expect(assess({ calibration: { method: 'estimated', expectedDeltaE00: 9 } }).level).toBe('low');
    const blurred: ConfidenceCap = { level: 'low', reason: 'Blurry near the crown.', fix: 'Hold the phone still.' };
    expect(assess({ caps: [blurred] })).toMatchObject({ level: 'low', next: 'Hold the phone still.' });
  });

  it('is low on fresh work and asks to wait', () => {
    const confidence = assess({ existingWork: 'fresh' });
    expect(confidence.level).toBe('low');
    expect(confidence.next).toContain('28 days');
  });

  it('is at most medium for a chosen hair colour or a single swatch', () => {
    expect(assess({ target: { ...stubbleTarget(FAIR, DARK_BROWN), basis: 'chosen' } }).level).toBe('medium');
    const swatch = [prepared('S-1', carbon(26, { basis: 'swatch' }))];
    expect(assess({ shades: swatch }).level).toBe('medium');
  });

  it('doubts a skin type that the measured skin can hardly be', () => {
    const settings = { ...STUDIO, fitzpatrick: 6 } as const;
    expect(assess({ settings })).toMatchObject({ level: 'medium', next: expect.stringContaining('skin type') });
  });

  it('counts measured earlier work as a strength, without a dot to compare', () => {
    const target: Target = { ...stubbleTarget(FAIR, DARK_BROWN), dot: null, basis: 'earlierWork' };
    const { confidence, recommendations, why } = rankShades(
      matchInput(FAIR, DARK_BROWN, { shades, target }),
      tableFor(FAIR),
    );
    expect(recommendations[0]!.deltaE00).toBeLessThan(1);
    expect(confidence.reasons).toContain('The target is measured earlier work on this skin.');
    expect(why.join(' ')).not.toContain('half a metre');
  });

  it('never shows a percentage or promises', () => {
    for (const confidence of [
      assess(),
      assess({ calibration: { method: 'none', expectedDeltaE00: 8 } }),
      assess({ shades: [] }),
    ]) {
      const text = [...confidence.reasons, confidence.next].join(' ');
      expect(text).not.toMatch(/%|guarantee|safe for you|diagnos/i);
    }
  });
});
