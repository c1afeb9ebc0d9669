/** Puts that run while the next batch is prepared: a few at a time, in order, and none forgotten. */
import type { ObjectWriter, NewObject, PutResult } from '../object-store.ts';
import { observed } from './observed-promise.ts';

/** Enough to keep the store busy while the next batch is hashed. */
const PUTS_IN_FLIGHT_MAX = 2;

type Put = { readonly results: Promise<PutResult[]>; done(results: readonly PutResult[]): void };

export class PutQueue {
  readonly #writer: Pick<ObjectWriter, 'put'>;
  readonly #signal: AbortSignal | undefined;
  readonly #inFlight: Put[] = [];

  constructor(writer: Pick<ObjectWriter, 'put'>, signal: AbortSignal | undefined) {
    this.#writer = writer;
    this.#signal = signal;
  }

  /**
   * Starts a put, after the oldest one when too many are under way. `done` runs when the put has succeeded: from
   * then on the objects' bytes may be overwritten. Rejects with the failure of an earlier put.
   */
  async add(objects: readonly NewObject[], done: Put['done']): Promise<void> {
    while (this.#inFlight.length >= PUTS_IN_FLIGHT_MAX) await this.#settleOldest();
    this.#signal?.throwIfAborted();
    const results = observed(this.#writer.put(objects, { signal: this.#signal }));
    this.#inFlight.push({ results, done });
  }

  /** Waits for all puts. */
  async drain(): Promise<void> {
    while (this.#inFlight.length > 0) await this.#settleOldest();
  }

  /** Waits until nothing is under way, whatever became of it: the caller is failing for another reason. */
  async abandon(): Promise<void> {
    await Promise.allSettled(this.#inFlight.splice(0).map((put) => put.results));
  }

  async #settleOldest(): Promise<void> {
    const oldest = this.#inFlight[0];
    if (oldest === undefined) return;
    const results = await oldest.results;
    this.#inFlight.shift();
    oldest.done(results);
  }
}
