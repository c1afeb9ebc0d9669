/** Bytes that can be written at any place, as a file's can: a gap before them reads as zeros. */
export class GrowingBytes {
  #bytes: Buffer;
  #length: number;

  constructor(content: Uint8Array = new Uint8Array(0)) {
    this.#bytes = Buffer.from(content);
    this.#length = content.length;
  }

  get length(): number {
    return this.#length;
  }

  /** The content now. Changes with it. */
  get view(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  write(bytes: Uint8Array, offset: number): void {
    const end = offset + bytes.length;
    if (end > this.#bytes.length) {
      const grown = Buffer.alloc(Math.max(end, 2 * this.#bytes.length));
      this.view.copy(grown);
      this.#bytes = grown;
    }
    this.#bytes.set(bytes, offset);
    this.#length = Math.max(this.#length, end);
  }

  resize(length: number): void {
    if (length > this.#length) {
      this.write(Buffer.alloc(length - this.#length), this.#length);
    } else {
      // What is cut off must not come back when the file grows again.
      this.#bytes.fill(0, length, this.#length);
      this.#length = length;
    }
  }
}
