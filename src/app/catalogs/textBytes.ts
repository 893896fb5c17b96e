/** A text as UTF-8 in memory of its own, so that it can move to another thread instead of being copied. */
export function textBytes(text: string): Buffer & { readonly buffer: ArrayBuffer } {
  const bytes = Buffer.from(new ArrayBuffer(Buffer.byteLength(text, 'utf8')));
  bytes.write(text, 'utf8');
  return bytes;
}

/** The bytes as they came to this thread. */
export function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
