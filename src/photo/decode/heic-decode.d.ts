/** An instance of the decoder with memory of its own. */
declare module 'libheif-js/libheif-wasm/libheif-bundle.js' {
  const makeLibheif: () => object;
  export default makeLibheif;
}

declare module 'heic-decode/lib.js' {
  interface HeicPixels {
    readonly width: number;
    readonly height: number;
    /** RGBA, 8 bits. */
    readonly data: Uint8ClampedArray;
  }
  interface HeicPicture {
    readonly width: number;
    readonly height: number;
    decode(): Promise<HeicPixels>;
  }
  interface HeicDecoder {
    all(input: { buffer: Uint8Array }): Promise<HeicPicture[] & { dispose(): void }>;
  }
  const decoderOf: (libheif: object) => HeicDecoder;
  export default decoderOf;
}
