/**
 * Memory for batches of objects that are read, used and done with one after the other. Fresh memory for each would
 * make the collector run over and over, because memory outside the JavaScript heap counts towards its limit.
 */

/** Memory of one batch; what it hands out is valid until it is given back. */
export class BatchPiece {
  readonly #memory: Buffer;
  #used = 0;

  constructor(memory: Buffer) {
    this.#memory = memory;
  }

  /** Memory of exactly so many bytes, its content undefined; freshly allocated once the piece is used up. */
  readonly allocate = (bytes: number): Buffer => {
    const start = this.#used;
    if (start + bytes > this.#memory.length) return Buffer.allocUnsafeSlow(bytes);
    this.#used += bytes;
    return this.#memory.subarray(start, start + bytes);
  };

  /** Forgets everything handed out. */
  clear(): void {
    this.#used = 0;
  }
}

export class BatchMemory {
  readonly #pieceBytes: number;
  readonly #countMax: number;
  readonly #free: BatchPiece[] = [];

  /** Pieces of so many bytes each, of which at most `countMax` are kept while nobody uses them. */
  constructor(pieceBytes: number, countMax: number) {
    this.#pieceBytes = pieceBytes;
    this.#countMax = countMax;
  }

  take(): BatchPiece {
    return this.#free.pop() ?? new BatchPiece(Buffer.allocUnsafeSlow(this.#pieceBytes));
  }

  /** Takes a piece back of which nobody reads any more. */
  give(piece: BatchPiece): void {
    piece.clear();
    if (this.#free.length < this.#countMax) this.#free.push(piece);
  }
}
