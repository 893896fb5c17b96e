import { type Lab65, lab65 } from '../colour/lab65.ts';
import { xyzToLab65 } from '../colour/xyzLab.ts';
import { buildClientTable, type ClientTable, pigmentedRatio } from './clientTable.ts';
import type { Pigment } from './pigment.ts';
import type { PigmentReading } from './pigmentData.ts';
import { DEFAULT_APPLICATION } from './pigmentDose.ts';
import { CARBON_SCATTER_RATIO, CARBON_SHAPE } from './pigmentShapes.ts';
import { fitPowderMix, pigmentOfMix } from './powderMix.ts';
import { weighOnSkin } from './predictHealed.ts';
import { PIGMENT_LAYER_MM } from './tissue.ts';

/** Below this a masstone looks black whatever toner it holds: carbon with a fifth of red oxide differs by 2.6 ΔEab. */
const BLACK_L = 20;
/** Optical depth assumed for a black bottle: the low end of .6–9.4 mg/cm² found in tattoos (Engel et al. 2008). */
const ASSUMED_BLACK_TAU = 6;
/** One swatch leaves the strength open by a factor of two either way. */
const SIGMA_LOG_TAU = Math.LN2;
/** Median of fair faces in ISSA (Lu et al., Sci. Data 12, 487, 2025, CC BY 4.0): skin of a swatch that names none. */
const REFERENCE_SKIN = lab65(65.7, 10.7, 13.4);

const MAX_TABLES = 8;
const tables = new Map<string, ClientTable>();

/** Tables of the few skins that swatches were shown on, kept because a line states the same one for every shade. */
function tableFor(skin: Lab65): ClientTable {
  const key = skin.join(' ');
  const known = tables.get(key);
  if (known) return known;
  const table = buildClientTable(skin);
  if (tables.size >= MAX_TABLES) tables.delete(tables.keys().next().value!);
  tables.set(key, table);
  return table;
}

/** Carbon of usual strength: what a black swatch that hides its undertone is taken for. */
export function assumedBlack(): Pigment {
  return {
    neatTau: ASSUMED_BLACK_TAU,
    shape: CARBON_SHAPE,
    scatterRatio: CARBON_SCATTER_RATIO,
    basis: 'swatch',
    sigmaLogTau: SIGMA_LOG_TAU,
  };
}

/**
 * A pigment from one colour. Darker than L* 20: black is assumed. Otherwise the colour is read as a healed unbroken layer
 * on the stated skin (a fair one where none is stated) and inverted for strength and toner.
 */
export function pigmentFromSwatch({ lab, ground, partsDiluent }: PigmentReading): Pigment {
  if (lab[0] < BLACK_L) return assumedBlack();
  const table = tableFor(ground.kind === 'skin' ? ground.lab : REFERENCE_SKIN);
  const share = DEFAULT_APPLICATION.healedFraction / (1 + partsDiluent) / PIGMENT_LAYER_MM;
  const { point } = fitPowderMix(({ absorption, scattering }) => {
    const ratio = absorption.map((value, i) => pigmentedRatio(table, i, share * value, share * scattering[i]!));
    return xyzToLab65(weighOnSkin(table, ratio)).map((value, i) => value - lab[i]!);
  });
  return pigmentOfMix(point, 'swatch', SIGMA_LOG_TAU);
}
