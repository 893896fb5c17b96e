declare module 'heic-decode' {
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
  interface HeicDecode {
    (input: { buffer: Uint8Array }): Promise<HeicPixels>;
    all(input: { buffer: Uint8Array }): Promise<HeicPicture[] & { dispose(): void }>;
  }
  const decode: HeicDecode;
  export default decode;
}
