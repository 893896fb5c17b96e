import { describe, expect, it } from 'vitest';
import { type BiasCase, learnBias } from '../../src/matching/learnBias.ts';
import { seededRandom } from '../../src/matching/seededRandom.ts';

const oneCase = (logStrength: number, change: Partial<BiasCase> = {}): BiasCase => ({
  shade: 'ash/3',
  lot: null,
  technician: 'ada',
  logStrength,
  sd: 0.3,
  ...change,
});
const ASKED = { shade: 'ash/3', lot: null, technician: 'ada' };

function draw(count: number, bias: number, seed: number): BiasCase[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, i) => oneCase(bias + 0.33 * random.normal(), { shade: `ash/${i % 3}` }));
}

describe('learnBias', () => {
  it('expects nothing without cases and is sure of nothing', () => {
    expect(learnBias([]).estimate(ASKED)).toEqual({ logStrength: 0, sd: 0.6 });
  });

  it('believes little of one case, more of several, and never more than they say', () => {
    const learned = (count: number) => learnBias(Array.from({ length: count }, () => oneCase(0.5))).estimate(ASKED);
    const means = [1, 3, 9, 27].map((count) => learned(count).logStrength);
    expect(means[0]).toBeLessThan(0.25);
    expect([...means].sort((a, b) => a - b)).toEqual(means);
    expect(means[3]).toBeGreaterThan(0.4);
    expect(means[3]).toBeLessThan(0.5);
    expect(learned(27).sd).toBeLessThan(learned(3).sd);
  });

  it('is a mirror: darker and lighter are learned alike', () => {
    const cases = draw(12, 0.4, 1);
    const mirrored = cases.map((one) => ({ ...one, logStrength: -one.logStrength }));
    expect(learnBias(mirrored).estimate(ASKED).logStrength).toBeCloseTo(
      -learnBias(cases).estimate(ASKED).logStrength,
      12,
    );
  });

  it('does not depend on the order of the cases', () => {
    const cases = draw(12, 0.4, 2);
    const turned = [...cases].reverse();
    expect(learnBias(turned).estimate(ASKED).logStrength).toBeCloseTo(learnBias(cases).estimate(ASKED).logStrength, 10);
  });

  it('gives a group of cases the same say as the plain normal model', () => {
    // One spread combination at a time is the textbook posterior: check against it through the average of all of them.
    const y = [0.3, 0.6];
    const studio = [0, 0.08, 0.15, 0.25, 0.4, 0.6];
    const client = [0.1, 0.2, 0.35];
    let mean = 0;
    let total = 0;
    for (const t of studio) {
      for (const c of client) {
        const v = c * c + 0.09;
        // Two observations of one effect: covariance t² with v on the diagonal, by hand.
        const determinant = (t * t + v) ** 2 - t ** 4;
        const quadratic = ((t * t + v) * (y[0]! ** 2 + y[1]! ** 2) - 2 * t * t * y[0]! * y[1]!) / determinant;
        const before = t === 0 ? 0.5 : 0.1;
        const likelihood = (before * Math.exp(-0.5 * quadratic)) / Math.sqrt(determinant);
        mean += (likelihood * (t * t * (y[0]! + y[1]!))) / (2 * t * t + v);
        total += likelihood;
      }
    }
    expect(learnBias(y.map((value) => oneCase(value))).estimate(ASKED).logStrength).toBeCloseTo(mean / total, 12);
  });

  it.each([
    ['shade', 'ash/7', [0, 0.1, 0.2, 0.35]],
    ['lot', 'B2', [0, 0.1, 0.2]],
    ['technician', 'bob', [0, 0.1, 0.2, 0.35]],
  ] as const)('tells two values of the %s apart as the plain normal model does', (cause, other, spreads) => {
    const y = [0.5, -0.1] as const;
    let mean = 0;
    let total = 0;
    for (const t of [0, 0.08, 0.15, 0.25, 0.4, 0.6]) {
      for (const s of spreads) {
        for (const c of [0.1, 0.2, 0.35]) {
          // Both share the studio's t²; each has its own s² besides, and the noise v. The first one's effect is asked.
          const own = t * t + s * s;
          const diagonal = own + c * c + 0.09;
          const determinant = diagonal ** 2 - t ** 4;
          const inverse = (one: number, two: number) => (diagonal * one - t * t * two) / determinant;
          const [first, second] = [inverse(y[0], y[1]), inverse(y[1], y[0])];
          const before = (t === 0 ? 0.5 : 0.1) * (s === 0 ? 0.5 : 0.5 / (spreads.length - 1));
          const likelihood = (before * Math.exp(-0.5 * (y[0] * first + y[1] * second))) / Math.sqrt(determinant);
          mean += likelihood * (own * first + t * t * second);
          total += likelihood;
        }
      }
    }
    const one = { lot: 'B1' };
    const model = learnBias([oneCase(y[0], one), oneCase(y[1], { ...one, [cause]: other })]);
    expect(model.estimate({ ...ASKED, ...one }).logStrength).toBeCloseTo(mean / total, 12);
  });

  it('tells a shade that runs dark from the others', () => {
    const cases = [
      ...Array.from({ length: 6 }, () => oneCase(0.6)),
      ...Array.from({ length: 6 }, () => oneCase(0, { shade: 'ash/5' })),
    ];
    const model = learnBias(cases);
    const dark = model.estimate(ASKED).logStrength;
    const plain = model.estimate({ ...ASKED, shade: 'ash/5' }).logStrength;
    const unseen = model.estimate({ ...ASKED, shade: 'ash/9' }).logStrength;
    expect(dark).toBeGreaterThan(0.35);
    expect(Math.abs(plain)).toBeLessThan(0.2);
    expect(unseen).toBeGreaterThan(plain);
    expect(unseen).toBeLessThan(dark);
  });

  it('tells a strong lot and a heavy hand apart from their neighbours', () => {
    const lots = learnBias([
      ...Array.from({ length: 8 }, () => oneCase(0.5, { lot: 'L1' })),
      ...Array.from({ length: 8 }, () => oneCase(0, { lot: 'L2' })),
    ]);
    expect(lots.estimate({ ...ASKED, lot: 'L1' }).logStrength).toBeGreaterThan(
      lots.estimate({ ...ASKED, lot: 'L2' }).logStrength + 0.08,
    );
    const hands = learnBias([
      ...Array.from({ length: 8 }, () => oneCase(0.5)),
      ...Array.from({ length: 8 }, () => oneCase(0, { technician: 'bo' })),
    ]);
    expect(hands.estimate(ASKED).logStrength).toBeGreaterThan(
      hands.estimate({ ...ASKED, technician: 'bo' }).logStrength + 0.2,
    );
  });

  it('answers for many groups without falling over', () => {
    const many = Array.from({ length: 300 }, (_, i) => oneCase(0.2, { shade: `s/${i % 80}`, technician: `t${i % 7}` }));
    expect(learnBias(many).estimate({ ...ASKED, shade: null, technician: null }).logStrength).toBeGreaterThan(0.1);
  });

  it('weighs an uncertain photo less', () => {
    const pull = (sd: number) => learnBias([...draw(6, 0, 3), oneCase(2, { sd })]).estimate(ASKED).logStrength;
    expect(pull(2)).toBeLessThan(pull(0.2));
  });
});
