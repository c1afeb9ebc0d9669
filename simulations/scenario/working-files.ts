/** The files that a person works on: changed a little at a time, so that versions share most of their content. */
import type { SeededRandom } from '../seeded-random.ts';

const FILES_MAX = 6;
/** Bytes of a file, at most: some chunks. */
const FILE_SIZE_MAX_BYTES = 40_000;

export class WorkingFiles {
  readonly #random: SeededRandom;
  readonly #files: Record<string, Buffer> = {};

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  /** All files after one more change. */
  change(): Readonly<Record<string, Buffer>> {
    const random = this.#random;
    const name = `f${random.below(FILES_MAX)}`;
    const file = this.#files[name];
    if (file === undefined || random.below(3) === 0) {
      this.#files[name] = random.bytes(1 + random.below(FILE_SIZE_MAX_BYTES));
    } else {
      const copy = Buffer.from(file);
      const at = random.below(copy.length);
      copy.writeUInt8(copy.readUInt8(at) ^ 1, at);
      this.#files[name] = copy;
    }
    return { ...this.#files };
  }
}
