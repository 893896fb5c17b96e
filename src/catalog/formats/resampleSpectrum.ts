import { WAVELENGTHS_NM } from '../../colour/spectrum.ts';

/**
 * Reflectances at 400–700 nm in 10 nm steps from another even sampling, linear between its points (ISO 13655 allows
 * steps up to 20 nm). Undefined when the sampling is coarser or does not reach over the range.
 */
export function resampleSpectrum(values: readonly number[], startNm: number, stepNm: number): number[] | undefined {
  const end = startNm + stepNm * (values.length - 1);
  if (!(stepNm > 0 && stepNm <= 20) || !(startNm <= 400) || !(end >= 700)) return undefined;
  return WAVELENGTHS_NM.map((wavelength) => {
    const at = (wavelength - startNm) / stepNm;
    const below = Math.min(Math.floor(at + 1e-9), values.length - 1);
    const share = at - below;
    const lower = values[below]!;
    return share < 1e-9 ? lower : lower + share * (values[below + 1]! - lower);
  });
}
