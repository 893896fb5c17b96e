/** Big-endian numbers and UTF-16 text, one after the other. */
export class ByteWriter {
  readonly #bytes: number[] = [];

  #put(size: number, set: (view: DataView) => void): this {
    const view = new DataView(new ArrayBuffer(size));
    set(view);
    this.#bytes.push(...new Uint8Array(view.buffer));
    return this;
  }

  uint16 = (value: number): this => this.#put(2, (view) => view.setUint16(0, value));
  int16 = (value: number): this => this.#put(2, (view) => view.setInt16(0, value));
  uint32 = (value: number): this => this.#put(4, (view) => view.setUint32(0, value));
  float32 = (value: number): this => this.#put(4, (view) => view.setFloat32(0, value));

  ascii(text: string): this {
    for (const sign of text) this.#bytes.push(sign.charCodeAt(0));
    return this;
  }

  /** The code units and the zero that ends them. */
  utf16(text: string): this {
    for (let i = 0; i < text.length; i++) this.uint16(text.charCodeAt(i));
    return this.uint16(0);
  }

  bytes(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}
