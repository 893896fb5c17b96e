/** Reading past the end, or a length that cannot be. */
export class CutOffError extends Error {}

/** Big-endian numbers and UTF-16 text from a byte array, never past its end. */
export class ByteReader {
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.#view.byteLength - this.#at;
  }

  #take(size: number): number {
    if (size > this.left) throw new CutOffError();
    this.#at += size;
    return this.#at - size;
  }

  uint16 = (): number => this.#view.getUint16(this.#take(2));
  int16 = (): number => this.#view.getInt16(this.#take(2));
  uint32 = (): number => this.#view.getUint32(this.#take(4));
  float32 = (): number => this.#view.getFloat32(this.#take(4));

  ascii(length: number): string {
    const start = this.#take(length);
    return Array.from({ length }, (_, i) => String.fromCharCode(this.#view.getUint8(start + i))).join('');
  }

  /** `units` UTF-16 code units, the last of which ends the text. */
  utf16(units: number): string {
    const start = this.#take(2 * units);
    const codes = Array.from({ length: units }, (_, i) => this.#view.getUint16(start + 2 * i));
    const end = codes.indexOf(0);
    return codes
      .slice(0, end === -1 ? units : end)
      .map((code) => String.fromCharCode(code))
      .join('');
  }

  /** A reader of the next `length` bytes, which this one skips. */
  part(length: number): ByteReader {
    const start = this.#take(length);
    return new ByteReader(new Uint8Array(this.#view.buffer, this.#view.byteOffset + start, length));
  }
}
