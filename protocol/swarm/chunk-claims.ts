/** Which chunks of a fetch nobody has been asked for, and how many sources have been asked for the others. */
import type { ChunkList } from './chunk-list.ts';
import type { HeldLog } from './held-log.ts';

const NOWHERE = 0xffff_ffff;

export class ChunkClaims {
  readonly #list: ChunkList;
  readonly #held: HeldLog;
  readonly #askers: Uint8Array;
  /** Open chunks in no order, and where each stands in it. */
  readonly #open: Uint32Array;
  readonly #place: Uint32Array;
  #openCount = 0;
  #openBytes = 0;
  /** Every open chunk is at this index or a later one. */
  #firstOpen = 0;

  constructor(list: ChunkList, held: HeldLog) {
    this.#list = list;
    this.#held = held;
    this.#askers = new Uint8Array(list.count);
    this.#open = new Uint32Array(list.count);
    this.#place = new Uint32Array(list.count).fill(NOWHERE);
    for (let index = 0; index < list.count; index++) if (!held.has(index)) this.#reopen(index);
  }

  /** Chunks that are neither held nor asked for. */
  get openCount(): number {
    return this.#openCount;
  }

  /** Their raw bytes. */
  get openBytes(): number {
    return this.#openBytes;
  }

  isOpen(index: number): boolean {
    return this.#place[index] !== NOWHERE;
  }

  /** Sources that are asked for a chunk, or have sent it and it is not durable yet. */
  askers(index: number): number {
    return this.#askers[index]!;
  }

  /** One of the open chunks; `place` below `openCount`. Claims change the order. */
  openAt(place: number): number {
    return this.#open[place]!;
  }

  /** The open chunks in the order of the list. Those that are claimed meanwhile are passed over. */
  *inOrder(): Iterable<number> {
    while (this.#firstOpen < this.#list.count && !this.isOpen(this.#firstOpen)) this.#firstOpen++;
    for (let index = this.#firstOpen; index < this.#list.count; index++) {
      if (this.isOpen(index)) yield index;
    }
  }

  /** A source is asked for a chunk. */
  claim(index: number): void {
    this.#askers[index]!++;
    this.#close(index);
  }

  /** A source will not give what it was asked for. */
  release(index: number): void {
    this.#askers[index]!--;
    if (this.#askers[index] === 0 && !this.#held.has(index)) this.#reopen(index);
  }

  #reopen(index: number): void {
    this.#place[index] = this.#openCount;
    this.#open[this.#openCount++] = index;
    this.#openBytes += this.#list.sizeAt(index);
    this.#firstOpen = Math.min(this.#firstOpen, index);
  }

  #close(index: number): void {
    const place = this.#place[index]!;
    if (place === NOWHERE) return;
    const last = this.#open[--this.#openCount]!;
    this.#open[place] = last;
    this.#place[last] = place;
    this.#place[index] = NOWHERE;
    this.#openBytes -= this.#list.sizeAt(index);
  }
}
