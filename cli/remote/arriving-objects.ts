/**
 * A store while a transfer fills it: what has arrived can be read at once, and a read of something else waits until it
 * comes. So a clone writes files while the rest is still on its way.
 */
import {
  StoreError,
  type ObjectId,
  type ObjectReader,
  type ObjectStore,
  type PutResult,
} from '../../store/index.ts';

/** A read that waits for objects. */
type Waiter = { readonly missing: Set<ObjectId>; readonly resolve: () => void };

export class ArrivingObjects {
  readonly #store: ObjectStore;
  readonly #waiters = new Map<ObjectId, Set<Waiter>>();
  #isOver = false;
  #failure: Error | undefined;

  constructor(store: ObjectStore) {
    this.#store = store;
  }

  /** The store for the transfer: what is put wakes the reads that wait for it. */
  get sink(): ObjectStore {
    const store = this.#store;
    return {
      has: (ids, options) => store.has(ids, options),
      info: (ids, options) => store.info(ids, options),
      get: (ids, options) => store.get(ids, options),
      getRecords: (ids, options) => store.getRecords(ids, options),
      list: (options) => store.list(options),
      listIdRows: (options) => store.listIdRows(options),
      count: () => store.count(),
      flush: () => store.flush(),
      put: async (objects, options) => this.#note(await store.put(objects, options)),
      putRecords: async (records, options) => this.#note(await store.putRecords(records, options)),
    };
  }

  /** The store for whoever reads alongside. Reads of what never comes end with the transfer, as in any other store. */
  get reader(): ObjectReader {
    const store = this.#store;
    return {
      has: (ids, options) => store.has(ids, options),
      info: async (ids, options) => {
        const infos = await store.info(ids, options);
        if (!infos.includes(undefined)) return infos;
        await this.#arrival(ids, options?.signal);
        return store.info(ids, options);
      },
      get: (ids, options) => this.#whenThere(ids, options?.signal, () => store.get(ids, options)),
      getRecords: (ids, options) =>
        this.#whenThere(ids, options?.signal, () => store.getRecords(ids, options)),
      list: (options) => store.list(options),
      listIdRows: (options) => store.listIdRows(options),
      count: () => store.count(),
    };
  }

  /** The transfer is over; reads that wait go on, or reject with the error that it failed with. Idempotent. */
  end(failure?: Error): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#failure = failure;
    for (const waiters of this.#waiters.values()) for (const waiter of waiters) waiter.resolve();
    this.#waiters.clear();
  }

  #note(results: PutResult[]): PutResult[] {
    for (const { id } of results) {
      const waiters = this.#waiters.get(id);
      if (waiters === undefined) continue;
      this.#waiters.delete(id);
      for (const waiter of waiters) found(waiter, id);
    }
    return results;
  }

  async #whenThere<T>(
    ids: readonly ObjectId[],
    signal: AbortSignal | undefined,
    read: () => Promise<T>,
  ): Promise<T> {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof StoreError && error.code === 'DITS_STORE_NOT_FOUND')) throw error;
    }
    await this.#arrival(ids, signal);
    return read();
  }

  /** Resolves when all of them have arrived, or nothing more will. */
  async #arrival(ids: readonly ObjectId[], signal: AbortSignal | undefined): Promise<void> {
    if (!this.#isOver) await this.#wait(ids, signal);
    signal?.throwIfAborted();
    if (this.#failure !== undefined) throw this.#failure;
  }

  async #wait(ids: readonly ObjectId[], signal: AbortSignal | undefined): Promise<void> {
    const { promise, resolve } = deferred();
    const waiter: Waiter = { missing: new Set(ids), resolve };
    // Listed before the store is asked, so that nothing comes unseen in between.
    for (const id of waiter.missing) {
      const waiters = this.#waiters.get(id);
      if (waiters === undefined) this.#waiters.set(id, new Set([waiter]));
      else waiters.add(waiter);
    }
    signal?.addEventListener('abort', resolve, { once: true });
    try {
      const present = await this.#store.has(ids, { signal });
      for (const [at, id] of ids.entries()) if (present[at] === true) found(waiter, id);
      await promise;
    } finally {
      signal?.removeEventListener('abort', resolve);
      for (const id of ids) this.#forget(waiter, id);
    }
  }

  #forget(waiter: Waiter, id: ObjectId): void {
    const waiters = this.#waiters.get(id);
    if (waiters?.delete(waiter) === true && waiters.size === 0) this.#waiters.delete(id);
  }
}

function found(waiter: Waiter, id: ObjectId): void {
  waiter.missing.delete(id);
  if (waiter.missing.size === 0) waiter.resolve();
}

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve!: () => void;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
