import * as z from 'zod';

/** What a studio's healed results changed about one shade, or about all that have no entry of their own ("*"). */
export interface Correction {
  /** Catalog and code, "demo-ash/DA-03", or "*". */
  readonly key: string;
  /** Factor on the pigment's strength, on top of the studio's calibration. */
  readonly factor: number;
  /** Healed results behind it. */
  readonly cases: number;
}

export const EVERY_SHADE = '*';
export const shadeKey = (catalogId: string, code: string): string => `${catalogId}/${code}`;

const FORM = /^(\*|[^/=]{1,64}\/[^=]{1,64})=(\d{1,2}(?:\.\d{1,4})?),(\d{1,4})$/;

/** "demo-ash/DA-03=1.18,5": shade, factor, cases. The same text in the options of page, command line and API. */
export const correctionText = z
  .string()
  .regex(FORM)
  .transform((text): Correction => {
    const [, key, factor, cases] = FORM.exec(text)!;
    return { key: key!, factor: Number(factor), cases: Number(cases) };
  })
  .refine(({ factor }) => factor > 0);

export function printCorrection({ key, factor, cases }: Correction): string {
  return `${key}=${Number(factor.toFixed(4))},${cases}`;
}

/** The correction that holds for a shade, if any. */
export function correctionFor(
  corrections: readonly Correction[] | undefined,
  catalogId: string,
  code: string,
): Correction | null {
  const own = corrections?.find(({ key }) => key === shadeKey(catalogId, code));
  return own ?? corrections?.find(({ key }) => key === EVERY_SHADE) ?? null;
}
