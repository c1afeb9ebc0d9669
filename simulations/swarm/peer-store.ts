/** A peer's objects: the structure that all share, and which of the shared chunks this peer holds. */
import {
  StoreError,
  type AbortOptions,
  type IdRows,
  type ObjectId,
  type ObjectInfo,
  type ObjectRecord,
  type ObjectStore,
  type PutResult,
  type StoredObject,
} from '../../store/index.ts';
import type { VirtualClock } from '../virtual-clock.ts';
import type { SwarmContent } from './swarm-content.ts';

/** What a flush takes on a disk that is worth its money. */
const FLUSH_MS = 10;

export class PeerStore implements ObjectStore {
  readonly #content: SwarmContent;
  readonly #clock: VirtualClock;
  readonly #held = new Set<ObjectId>();

  constructor(content: SwarmContent, clock: VirtualClock) {
    this.#content = content;
    this.#clock = clock;
  }

  /** Chunks held. */
  get heldCount(): number {
    return this.#held.size;
  }

  /** Holds everything from here on. */
  fill(): void {
    for (const id of this.#content.chunks.keys()) this.#held.add(id);
  }

  async has(ids: readonly ObjectId[], options?: AbortOptions): Promise<boolean[]> {
    const structure = await this.#content.structure.has(ids, options);
    return ids.map((id, index) => structure[index] === true || this.#held.has(id));
  }

  async info(
    ids: readonly ObjectId[],
    options?: AbortOptions,
  ): Promise<(ObjectInfo | undefined)[]> {
    const structure = await this.#content.structure.info(ids, options);
    return ids.map((id, index) => structure[index] ?? this.#infoOf(id));
  }

  get(ids: readonly ObjectId[], options?: AbortOptions): Promise<StoredObject[]> {
    return this.#content.structure.get(ids, options);
  }

  getRecords(ids: readonly ObjectId[]): Promise<ObjectRecord[]> {
    const missing = ids.find((id) => !this.#held.has(id));
    if (missing !== undefined) {
      const error = new StoreError('DITS_STORE_NOT_FOUND', `chunk ${missing} is not held`);
      return Promise.reject(error);
    }
    return Promise.resolve(ids.map((id) => this.#content.chunks.get(id)!));
  }

  /** Takes what is what its id says: equal to the one that was made under it. */
  putRecords(records: readonly ObjectRecord[]): Promise<PutResult[]> {
    const results: PutResult[] = [];
    for (const { id, stored } of records) {
      const made = this.#content.chunks.get(id);
      if (made === undefined || Buffer.compare(made.stored, stored) !== 0) {
        const error = new StoreError('DITS_STORE_HASH_MISMATCH', `${id} is something else`);
        return Promise.reject(error);
      }
      const isNew = !this.#held.has(id);
      this.#held.add(id);
      results.push({ id, isNew, storedSize: isNew ? stored.length : 0 });
    }
    return Promise.resolve(results);
  }

  flush(): Promise<void> {
    return this.#clock.sleep(FLUSH_MS);
  }

  put(): Promise<PutResult[]> {
    return Promise.reject(new Error('nothing is made in a swarm simulation'));
  }

  async *list(): AsyncIterable<readonly ObjectInfo[]> {
    yield* this.#content.structure.list();
    yield [...this.#held].map((id) => this.#infoOf(id)!);
  }

  async *listIdRows(options?: AbortOptions): AsyncIterable<IdRows> {
    yield* this.#content.structure.listIdRows(options);
  }

  async count(): Promise<number> {
    return (await this.#content.structure.count()) + this.#held.size;
  }

  #infoOf(id: ObjectId): ObjectInfo | undefined {
    const record = this.#held.has(id) ? this.#content.chunks.get(id) : undefined;
    if (record === undefined) return undefined;
    const { kind, rawSize, stored } = record;
    return { id, kind, rawSize, storedSize: stored.length };
  }
}
