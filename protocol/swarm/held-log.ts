/** Chunks of a fetch in the order in which they became durable here: each feed that announces them reads along at its own pace. */
import { Change } from '../flow/change.ts';
import type { ChunkList } from './chunk-list.ts';

export class HeldLog {
  readonly #order: Uint32Array;
  readonly #isHeld: Uint8Array;
  readonly #grown = new Change();
  #length = 0;

  constructor(list: ChunkList) {
    this.#order = new Uint32Array(list.count);
    this.#isHeld = new Uint8Array(list.count);
    for (let index = 0; index < list.count; index++) if (list.wasHeld(index)) this.add(index);
  }

  get length(): number {
    return this.#length;
  }

  get isComplete(): boolean {
    return this.#length === this.#order.length;
  }

  has(index: number): boolean {
    return this.#isHeld[index] === 1;
  }

  /** The chunk that came at this place. */
  at(place: number): number {
    return this.#order[place]!;
  }

  /** Notes a chunk; false when it was there. */
  add(index: number): boolean {
    if (this.has(index)) return false;
    this.#isHeld[index] = 1;
    this.#order[this.#length++] = index;
    this.#grown.notify();
    return true;
  }

  /** Resolves when another chunk is there. */
  grown(signal: AbortSignal): Promise<void> {
    return this.#grown.wait(signal);
  }
}
