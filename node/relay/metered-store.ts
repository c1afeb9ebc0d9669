/** The objects of a kept repository as one peer sees them: what it stores is counted, what it moves is held to its rate. */
import {
  RECORD_OVERHEAD_BYTES,
  type AbortOptions,
  type IdRows,
  type NewObject,
  type ObjectId,
  type ObjectInfo,
  type ObjectRecord,
  type ObjectStore,
  type PutResult,
  type ReadOptions,
  type StoredObject,
} from '../../store/index.ts';
import type { PeerRates } from './peer-rates.ts';
import type { Account, UsageLedger } from './usage-ledger.ts';

export type MeteredStoreDeps = {
  readonly store: ObjectStore;
  readonly ledger: UsageLedger;
  readonly rates: PeerRates;
  /** Called when a put begins; what it returns, when it has ended. */
  readonly beginPut: () => () => void;
  /** Ends every wait. */
  readonly closing: AbortSignal;
};

export class MeteredStore implements ObjectStore {
  readonly #deps: MeteredStoreDeps;
  readonly #account: Account;

  constructor(deps: MeteredStoreDeps, account: Account) {
    this.#deps = deps;
    this.#account = account;
  }

  has(ids: readonly ObjectId[], options?: AbortOptions): Promise<boolean[]> {
    return this.#deps.store.has(ids, options);
  }

  info(ids: readonly ObjectId[], options?: AbortOptions): Promise<(ObjectInfo | undefined)[]> {
    return this.#deps.store.info(ids, options);
  }

  get(ids: readonly ObjectId[], options?: ReadOptions): Promise<StoredObject[]> {
    return this.#deps.store.get(ids, options);
  }

  async getRecords(ids: readonly ObjectId[], options?: ReadOptions): Promise<ObjectRecord[]> {
    const records = await this.#deps.store.getRecords(ids, options);
    await this.#pay(records, options);
    return records;
  }

  listIdRows(options?: AbortOptions): AsyncIterable<IdRows> {
    return this.#deps.store.listIdRows(options);
  }

  list(options?: AbortOptions): AsyncIterable<readonly ObjectInfo[]> {
    return this.#deps.store.list(options);
  }

  count(): Promise<number> {
    return this.#deps.store.count();
  }

  put(objects: readonly NewObject[], options?: AbortOptions): Promise<PutResult[]> {
    const cost = costOf(objects.map(({ bytes }) => bytes.length));
    const take = (): Promise<number> => {
      this.#deps.ledger.take(this.#account, cost);
      return Promise.resolve(cost);
    };
    return this.#metered(take, () => this.#deps.store.put(objects, options));
  }

  async putRecords(records: readonly ObjectRecord[], options?: AbortOptions): Promise<PutResult[]> {
    await this.#pay(records, options);
    return await this.#metered(
      () => this.#takeFor(records, options),
      () => this.#deps.store.putRecords(records, options),
    );
  }

  flush(): Promise<void> {
    return this.#deps.store.flush();
  }

  async #pay(records: readonly ObjectRecord[], options?: AbortOptions): Promise<void> {
    const { rates, closing } = this.#deps;
    const bytes = records.reduce((sum, { stored }) => sum + stored.length, 0);
    const { signal } = options ?? {};
    const either = signal === undefined ? closing : AbortSignal.any([signal, closing]);
    await rates.pay(this.#account.peerId, bytes, either);
  }

  /** Takes room for all records; when that is too much, for those that are not there already. */
  async #takeFor(records: readonly ObjectRecord[], options?: AbortOptions): Promise<number> {
    const { ledger, store } = this.#deps;
    const all = costOf(records.map(({ stored }) => stored.length));
    try {
      ledger.take(this.#account, all);
      return all;
    } catch (error) {
      const present = await store.has(
        records.map(({ id }) => id),
        options,
      );
      if (!present.includes(true)) throw error;
      const absent = records.filter((_, index) => present[index] === false);
      const taken = costOf(absent.map(({ stored }) => stored.length));
      ledger.take(this.#account, taken);
      return taken;
    }
  }

  /** Gives back what was there already. What a put that failed half way has left is found by the next measurement. */
  async #metered(
    take: () => Promise<number>,
    put: () => Promise<PutResult[]>,
  ): Promise<PutResult[]> {
    const { ledger, beginPut } = this.#deps;
    const endPut = beginPut();
    try {
      const taken = await take();
      const results = await put();
      const used = results.filter(({ isNew }) => isNew).map(({ storedSize }) => storedSize);
      ledger.giveBack(this.#account, taken - costOf(used));
      return results;
    } finally {
      endPut();
    }
  }
}

/** What payloads of these sizes take on the disk. */
function costOf(storedSizes: readonly number[]): number {
  return storedSizes.reduce((sum, size) => sum + size + RECORD_OVERHEAD_BYTES, 0);
}
