/** Colorants as columns of linear RGB -> XYZ under the ICC's D50, row-major, from the profiles' makers. */
export const COLORANTS = {
  srgb: [0.43607, 0.38515, 0.14307, 0.22249, 0.71687, 0.06061, 0.01392, 0.09708, 0.7141],
  displayP3: [0.51512, 0.29198, 0.1571, 0.2412, 0.69225, 0.06657, -0.00105, 0.04189, 0.78407],
  adobeRgb: [0.60974, 0.20528, 0.14919, 0.31111, 0.62567, 0.06322, 0.01947, 0.06087, 0.74457],
  proPhoto: [0.79767, 0.13519, 0.03135, 0.28804, 0.71188, 0.00009, 0, 0, 0.82491],
  rec2020: [0.67346, 0.16566, 0.12508, 0.27904, 0.67534, 0.04562, -0.00193, 0.02998, 0.79685],
} as const;

function ascii(text: string): number[] {
  return [...text].map((letter) => letter.charCodeAt(0));
}

function u16(value: number): number[] {
  return [(value >> 8) & 255, value & 255];
}

function u32(value: number): number[] {
  return [...u16(value >>> 16), ...u16(value & 65535)];
}

function s15Fixed16(value: number): number[] {
  return u32(Math.round(value * 65536) >>> 0);
}

/** `curv` with one gamma value. */
export function gammaCurve(gamma: number): number[] {
  return [...ascii('curv'), ...u32(0), ...u32(1), ...u16(Math.round(gamma * 256)), 0, 0];
}

/** `curv` with evenly spaced samples of a curve. */
export function sampledCurve(curve: (v: number) => number, count: number): number[] {
  const samples = Array.from({ length: count }, (_, i) => u16(Math.round(65535 * curve(i / (count - 1)))));
  return [...ascii('curv'), ...u32(0), ...u32(count), ...samples.flat(), ...(count % 2 === 1 ? [0, 0] : [])];
}

/** `para` of a form 0–4. */
export function parametricCurve(form: number, values: readonly number[]): number[] {
  return [...ascii('para'), ...u32(0), ...u16(form), 0, 0, ...values.flatMap(s15Fixed16)];
}

export const SRGB_PARAMETRIC = parametricCurve(3, [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045]);

function nameTag(name: string): number[] {
  const text = [...name].flatMap((letter) => u16(letter.charCodeAt(0)));
  return [
    ...ascii('mluc'),
    ...u32(0),
    ...u32(1),
    ...u32(12),
    ...ascii('enUS'),
    ...u32(text.length),
    ...u32(28),
    ...text,
  ];
}

function xyzTag(xyz: readonly number[]): number[] {
  return [...ascii('XYZ '), ...u32(0), ...xyz.flatMap(s15Fixed16)];
}

/** A profile of any tags; `colourSpace` and `connection` are four letters. */
export function assembleIcc(tags: Record<string, number[]>, colourSpace = 'RGB ', connection = 'XYZ '): Uint8Array {
  const names = Object.keys(tags);
  let at = 132 + 12 * names.length;
  const directory: number[] = [];
  const body: number[] = [];
  for (const name of names) {
    const content = [...tags[name]!];
    directory.push(...ascii(name), ...u32(at), ...u32(content.length));
    while (content.length % 4 !== 0) content.push(0);
    body.push(...content);
    at += content.length;
  }
  const header = [
    ...[
      ...u32(at),
      ...ascii('none'),
      ...u32(0x04300000),
      ...ascii('mntr'),
      ...ascii(colourSpace),
      ...ascii(connection),
    ],
    ...[...u16(2026), ...u16(1), ...u16(1), ...u16(0), ...u16(0), ...u16(0), ...ascii('acsp'), ...u32(0)],
    ...Array<number>(24).fill(0),
    ...[0.9642, 1, 0.8249].flatMap(s15Fixed16),
    ...Array<number>(48).fill(0),
  ];
  return Uint8Array.from([...header, ...u32(names.length), ...directory, ...body]);
}

/** An RGB matrix profile with one tone curve for all channels. */
export function buildMatrixIcc(name: string, toXyzD50: readonly number[], curve: number[]): Uint8Array {
  const column = (c: number): number[] => xyzTag([toXyzD50[c]!, toXyzD50[c + 3]!, toXyzD50[c + 6]!]);
  return assembleIcc({
    desc: nameTag(name),
    wtpt: xyzTag([0.9642, 1, 0.8249]),
    rXYZ: column(0),
    gXYZ: column(1),
    bXYZ: column(2),
    rTRC: curve,
    gTRC: curve,
    bTRC: curve,
  });
}

/** A profile that knows its colours only by a conversion table (`mft2`): linear values of the given colorants. */
export function buildTableIcc(name: string, toXyzD50: readonly number[]): Uint8Array {
  const toXyz: number[] = [];
  for (const r of [0, 1]) {
    for (const g of [0, 1]) {
      for (const b of [0, 1]) {
        for (const row of [0, 3, 6]) {
          const value = toXyzD50[row]! * r + toXyzD50[row + 1]! * g + toXyzD50[row + 2]! * b;
          toXyz.push(...u16(Math.round(32768 * Math.max(0, value))));
        }
      }
    }
  }
  const identity = [1, 0, 0, 0, 1, 0, 0, 0, 1].flatMap(s15Fixed16);
  const straight = [...u16(0), ...u16(65535)];
  const threeStraight = [...straight, ...straight, ...straight];
  const table = [
    ...[...ascii('mft2'), ...u32(0), 3, 3, 2, 0, ...identity, ...u16(2), ...u16(2)],
    ...[...threeStraight, ...toXyz, ...threeStraight],
  ];
  return assembleIcc({ desc: nameTag(name), wtpt: xyzTag([0.9642, 1, 0.8249]), A2B0: table });
}
