import { measurementToLab65 } from '../catalog/measurementToLab65.ts';
import type { Catalog, Measurement, Shade } from '../catalog/shade.ts';
import { lab65 } from '../colour/lab65.ts';
import { StippleError } from '../errors.ts';
import { matchingTexts } from '../language/texts/matching.ts';
import type { Pigment } from '../optics/pigment.ts';
import type { PigmentGround, PigmentReading } from '../optics/pigmentData.ts';
import { pigmentFromData } from '../optics/pigmentFromData.ts';
import type { PreparedShade } from './matchTypes.ts';

const SKIN_SUBSTRATE = /^skin\s+([-\d.]+)[,\s]+([-\d.]+)[,\s]+([-\d.]+)$/i;
/** White board of drawdown cards, and their black half, when the catalog does not say. */
const WHITE_CARD = 0.84;
const BLACK_CARD = 0.03;

function groundOf({ substrate, filmUm, substrateReflectance }: Measurement): PigmentGround {
  const skin = SKIN_SUBSTRATE.exec(substrate.trim());
  if (skin) return { kind: 'skin', lab: lab65(Number(skin[1]), Number(skin[2]), Number(skin[3])) };
  if (filmUm === undefined) return { kind: 'opaque' };
  const assumed = /black/i.test(substrate) ? BLACK_CARD : WHITE_CARD;
  return { kind: 'film', thicknessMm: filmUm / 1000, substrateReflectance: substrateReflectance ?? assumed };
}

function readingOf(field: string, partsDiluent: number, measurement: Measurement): PigmentReading {
  return {
    field,
    partsDiluent,
    lab: measurementToLab65(measurement),
    ...(measurement.spectrum ? { spectrum: Float64Array.from(measurement.spectrum) } : {}),
    gloss: measurement.geometry === 'd/8 SCI' ? 'included' : 'excluded',
    ground: groundOf(measurement),
  };
}

function pigmentOf(shade: Shade): Pigment {
  const { optics } = shade;
  const readings = [
    readingOf('masstone', 0, shade.masstone),
    ...shade.letDowns.map(({ partsDiluent, measurement }, i) => readingOf(`letDowns[${i}]`, partsDiluent, measurement)),
  ];
  if (!optics) return pigmentFromData({ readings });
  const shape = optics.shape === 'carbon' ? optics.shape : Float64Array.from(optics.shape);
  const { neatTau, scatterRatio } = optics;
  return pigmentFromData({ known: { neatTau, shape, scatterRatio }, readings });
}

/**
 * Works out the pigment of every shade of a catalog; keep the result, it does not depend on the client.
 * @throws StippleError SMP_CATALOG_INVALID naming shade and field for numbers that no pigment can have
 */
export function preparePalette(catalog: Catalog): PreparedShade[] {
  return catalog.shades.map((shade) => {
    try {
      return { catalog: { id: catalog.id, version: catalog.version }, shade, pigment: pigmentOf(shade) };
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new StippleError('SMP_CATALOG_INVALID', matchingTexts.shadeCannotBeUsed(shade.code, catalog.name, why), {
        cause,
      });
    }
  });
}
