import { observeStrength } from '../../src/app/learning/observeStrength.ts';
import { deltaE00 } from '../../src/colour/deltaE00.ts';
import { lab65 } from '../../src/colour/lab65.ts';
import { type BiasCase, learnBias } from '../../src/matching/learnBias.ts';
import type { PreparedShade } from '../../src/matching/matchTypes.ts';
import { type SeededRandom, seededRandom } from '../../src/matching/seededRandom.ts';
import { buildClientTable } from '../../src/optics/clientTable.ts';
import { DEFAULT_APPLICATION } from '../../src/optics/pigmentDose.ts';
import { predictHealed } from '../../src/optics/predictHealed.ts';
import type { EvaluationSection } from './section.ts';
import { CLASSES, drawSkin, loadPalette } from './simulatedClients.ts';
import { median } from './statistics.ts';

const STUDIOS = 40;
const FOLLOW_UPS = 12;
const LATER_CLIENTS = 10;
/** How much of a studio's strength is its own, before anything is learned: as uncertain as a catalog's from swatches. */
const STUDIO_SD = 0.5;
const SHADE_SD = 0.12;
const LOT_SD = 0.08;
/** Between clients of one hand and bottle: skin, depth, aftercare. Nothing a studio learns can remove it. */
const CLIENT_SD = 0.12;
/** Of L* of a healed area against the skin beside it. */
const PHOTO_SD = 0.7;

interface Studio {
  readonly bias: number;
  readonly ofShade: ReadonlyMap<string, number>;
  readonly ofLot: ReadonlyMap<string, number>;
}

interface Treatment {
  readonly shade: PreparedShade;
  readonly lot: string;
  readonly truth: number;
  readonly partsDiluent: number;
  readonly table: ReturnType<typeof buildClientTable>;
}

/** Skins of all classes that pigment is made for; each serves many clients, because a table takes long to build. */
const SKINS = 15;
const skinSource = seededRandom(3);
const skinTables = Array.from({ length: SKINS }, (_, i) => buildClientTable(drawSkin(skinSource, CLASSES[i % 5]!)));

function drawStudio(random: SeededRandom, shades: readonly PreparedShade[], isBiased: boolean): Studio {
  const sd = (value: number) => (isBiased ? value * random.normal() : 0);
  return {
    bias: sd(STUDIO_SD),
    ofShade: new Map(shades.map(({ shade }) => [shade.code, sd(SHADE_SD)])),
    ofLot: new Map(shades.flatMap(({ shade }) => ['A', 'B'].map((lot) => [shade.code + lot, sd(LOT_SD)]))),
  };
}

function treat(random: SeededRandom, studio: Studio, shades: readonly PreparedShade[]): Treatment {
  const shade = shades[Math.floor(random.uniform() * shades.length)]!;
  const lot = shade.shade.code + (random.uniform() < 0.5 ? 'A' : 'B');
  const { minParts, maxParts, typicalParts = (minParts + maxParts) / 2 } = shade.shade;
  const strength = studio.bias + studio.ofShade.get(shade.shade.code)! + studio.ofLot.get(lot)!;
  return {
    shade,
    lot,
    truth: strength + CLIENT_SD * random.normal(),
    partsDiluent: Math.min(maxParts, Math.max(minParts, typicalParts * Math.exp(0.3 * random.normal()))),
    table: skinTables[Math.floor(random.uniform() * skinTables.length)]!,
  };
}

function healed({ table, shade, partsDiluent }: Treatment, logStrength: number) {
  const pigment = { ...shade.pigment, neatTau: shade.pigment.neatTau * Math.exp(logStrength) };
  return predictHealed(table, pigment, { ...DEFAULT_APPLICATION, partsDiluent }).area;
}

/** The follow-up as Stipple sees it: a photo with its error, and no word about the truth. */
function observe(random: SeededRandom, treatment: Treatment): BiasCase {
  const { shade, lot, truth, partsDiluent, table } = treatment;
  const [L, a, b] = healed(treatment, truth);
  const observed = observeStrength(
    {
      healedArea: lab65(L + PHOTO_SD * random.normal(), a, b),
      pigment: shade.pigment,
      application: { ...DEFAULT_APPLICATION, partsDiluent },
    },
    table,
  );
  return { shade: shade.shade.code, lot, technician: 'one', ...observed };
}

interface StudioErrors {
  readonly before: number[];
  readonly after: number[];
  /** What is left when the studio's own strength is known exactly: the scatter between clients. */
  readonly least: number[];
}

function simulate(
  random: SeededRandom,
  shades: readonly PreparedShade[],
  isBiased: boolean,
  count: number,
): StudioErrors {
  const used = shades.filter(({ shade }) => shade.status === 'active').slice(0, 4);
  const studio = drawStudio(random, used, isBiased);
  const cases = Array.from({ length: count }, () => observe(random, treat(random, studio, used)));
  const model = learnBias(cases);
  const errors: StudioErrors = { before: [], after: [], least: [] };
  for (let i = 0; i < LATER_CLIENTS; i++) {
    const later = treat(random, studio, used);
    const seen = healed(later, later.truth);
    const { code } = later.shade.shade;
    const { logStrength } = model.estimate({ shade: code, lot: later.lot, technician: 'one' });
    const own = studio.bias + studio.ofShade.get(code)! + studio.ofLot.get(later.lot)!;
    errors.before.push(deltaE00(healed(later, 0), seen));
    errors.after.push(deltaE00(healed(later, logStrength), seen));
    errors.least.push(deltaE00(healed(later, own), seen));
  }
  return errors;
}

function run(shades: readonly PreparedShade[], isBiased: boolean, count: number) {
  const random = seededRandom(isBiased ? 12 : 21);
  const studios = Array.from({ length: STUDIOS }, () => simulate(random, shades, isBiased, count));
  const of = (name: keyof StudioErrors) => median(studios.flatMap((errors) => errors[name]));
  return { before: of('before'), after: of('after'), least: of('least') };
}

/** What a studio's own healed results do to the predictions after them. */
export const learningSection: EvaluationSection = {
  name: 'Learning from healed results (simulated studios)',
  async run() {
    const shades = loadPalette('demo-ash');
    const lines = ['median ΔE00 of predicted against true healed area   before   after   with the truth known'];
    const row = (text: string, { before, after, least }: ReturnType<typeof run>) =>
      lines.push(`${text.padEnd(50)} ${[before, after, least].map((value) => value.toFixed(2).padStart(7)).join('')}`);
    for (const count of [1, 3, 6]) row(`${count} follow-up${count === 1 ? '' : 's'}`, run(shades, true, count));
    const biased = run(shades, true, FOLLOW_UPS);
    row(`${FOLLOW_UPS} follow-ups`, biased);
    const fair = run(shades, false, FOLLOW_UPS);
    row(`studio without bias, ${FOLLOW_UPS} follow-ups`, fair);
    const failures: string[] = [];
    if (biased.after > 0.5 * biased.before) {
      failures.push(
        `median error after ${FOLLOW_UPS} follow-ups ${biased.after.toFixed(2)} against ${biased.before.toFixed(2)} before (target: half)`,
      );
    }
    // A twentieth of the smallest difference anybody sees (0.59 ΔE00 on light skin).
    if (fair.after > fair.before + 0.03) {
      failures.push(`studio without bias made worse: ${fair.after.toFixed(2)} after, ${fair.before.toFixed(2)} before`);
    }
    return { lines, failures };
  },
};
