import { beforeAll, describe, expect, it } from 'vitest';
import type { MatchResult } from '../../../src/app/matchResult.ts';
import { reportHtml } from '../../../src/app/report/reportHtml.ts';
import { reportModel } from '../../../src/app/report/reportModel.ts';
import { printable, reportPdf } from '../../../src/app/report/reportPdf.ts';
import { sampleResult } from './sampleResult.ts';

const FORBIDDEN = /guarantee|safe for you|diagnosis/i;

const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;

describe('the report', () => {
  let html: string;
  const model = reportModel(sampleResult());
  beforeAll(async () => {
    html = await reportHtml(model, { kind: 'file' });
  });

  it('says what was measured, the recipe, the plan, the reasons, what to check and where it comes from', () => {
    const text = JSON.stringify(model);
    for (const part of ['60.8 / 10.4 / 13.0', '11 : 1, 2 pigment : 22 diluent', 'DA-04', 'Risk of turning blue']) {
      expect(text).toContain(part);
    }
    expect(model.sessions.map(([session, , ratio]) => [session, ratio])).toEqual([
      ['1', '16 : 1'],
      ['2', '13 : 1'],
      ['3', '11 : 1'],
    ]);
    const facts = Object.fromEntries(model.facts.map(({ name, value }) => [name, value]));
    expect(facts).toMatchObject({ Catalog: 'demo-ash, version 3', 'Photo hash': 'ab'.repeat(32) });
    expect(facts.Engine).toContain('9.9.9');
    expect(facts['Chance to be the best shade']).toMatch(/^41 %; among the best three 83 %/);
  });

  it('is one document without navigation that carries its style, swatches as drawn colour, and the disclaimer', () => {
    expect(html).not.toMatch(/<nav|<header|<form|<link|<script|<a /);
    expect(html).toMatch(/<style>[^<]*print-color-adjust: exact/);
    expect(html.match(/<rect [^>]*fill="#[0-9a-f]{6}"/g)).toHaveLength(5);
    expect(html).toContain('not a promise');
    expect(html).not.toMatch(FORBIDDEN);
    expect(html).not.toContain('Simulation');
  });

  it('escapes what people typed', async () => {
    const typed = { catalogId: 'demo-ash', code: 'DA-05', reason: '<script>alert(1)</script>' };
    const page = await reportHtml(reportModel(sampleResult(), typed), { kind: 'file' });
    expect(page).toContain('&lt;script&gt;');
    expect(page).not.toContain('<script>');
  });

  it('is about the chosen shade, names the suggested one and leaves out its plan', () => {
    const chosen = reportModel(sampleResult(), { catalogId: 'demo-ash', code: 'DA-05', reason: 'warmer beard' });
    expect(chosen.shade?.code).toBe('DA-05');
    expect(chosen.outcome).toBe('Chosen by the technician instead of DA-04 because: warmer beard');
    expect(chosen.sessions).toEqual([]);
  });

  it('keeps digits to itself that the photo cannot tell', () => {
    const result = sampleResult();
    const estimated: MatchResult = { ...result, calibration: { method: 'estimated', expectedDeltaE00: 5 } };
    expect(reportModel(estimated).reasons.join(' ')).not.toMatch(/ΔE00 [\d.]/);
    expect(reportModel(result).reasons.join(' ')).toMatch(/ΔE00 1\.3/);
  });

  it('has a sentence and no shade where nothing could be recommended', async () => {
    const refused: MatchResult = {
      ...sampleResult(),
      ...{ skin: null, target: null, recommendations: [], sessions: [], why: [], outcome: 'refused' },
    };
    const empty = reportModel(refused);
    expect(empty.shade).toBeNull();
    expect(empty.outcome).toMatch(/^No recommendation/);
    expect(pagesOf(await reportPdf(empty))).toBe(1);
  });
});

describe('the PDF', () => {
  it('has one page, the same bytes each time, and no time of its making', async () => {
    const [one, other] = [await reportPdf(reportModel(sampleResult())), await reportPdf(reportModel(sampleResult()))];
    expect(one.equals(other)).toBe(true);
    expect(one.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pagesOf(one)).toBe(1);
    expect(one.toString('latin1')).toContain('D:20261122000000Z');
  });

  it('stays on one page however much there is to say', async () => {
    const result = sampleResult();
    const long = 'a long reason that goes on and on about dots and stubs and tones '.repeat(6);
    const many: MatchResult = { ...result, why: Array.from({ length: 20 }, () => long) };
    expect(pagesOf(await reportPdf(reportModel(many)))).toBe(1);
  });

  it('writes what its fonts can show', () => {
    expect(printable('ΔE00 1.3 · “ash” – 100 dots/cm²')).toBe('dE00 1.3 · “ash” – 100 dots/cm²');
    expect(printable('Žluťoučký')).toBe('Žlutoucký');
    expect(printable('黒')).toBe('?');
  });
});
