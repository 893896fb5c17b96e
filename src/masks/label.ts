/** What a pixel of a label map may be; the values are those of the `--labels` PNG. */
export const LABEL = { other: 0, skin: 1, hair: 2, avoid: 3 } as const;

/** `hair` covers stubble and existing pigment dots too: the whole area, skin between the hairs included. */
export type Label = (typeof LABEL)[keyof typeof LABEL];

/** A label for every cell of a grid laid over a whole photo, row-major. */
export interface LabelMask {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly labels: Uint8Array;
}
