/** A store in memory that settles a few turns later, like one on disk, and notes how it is used. */
import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  objectId,
  StoreError,
  type AbortOptions,
  type IdRows,
  type NewObject,
  type ObjectId,
  type ObjectInfo,
  type ObjectRecord,
  type ObjectStore,
  type PutResult,
  type StoredObject,
} from '../../store/index.ts';

export class WatchedStore implements ObjectStore {
  readonly objects: Map<ObjectId, StoredObject> = new Map<ObjectId, StoredObject>();
  /** Every batch that was put. */
  readonly puts: (readonly NewObject[])[] = [];
  /** Every id whose bytes were asked for. */
  readonly gotten: ObjectId[] = [];
  /** Calls that have not settled. */
  callsInFlight = 0;
  putsInFlight = 0;
  putsInFlightMax = 0;
  getsInFlightMax = 0;
  /** Runs at each put, before it takes anything. */
  beforePut: (() => void | Promise<void>) | undefined;

  async put(objects: readonly NewObject[], options: AbortOptions = {}): Promise<PutResult[]> {
    options.signal?.throwIfAborted();
    this.puts.push(objects);
    this.putsInFlight += 1;
    this.callsInFlight += 1;
    this.putsInFlightMax = Math.max(this.putsInFlightMax, this.putsInFlight);
    try {
      await this.beforePut?.();
      for (let turn = 0; turn < 4; turn++) await nextTurn();
      return objects.map((object) => this.#take(object));
    } finally {
      this.putsInFlight -= 1;
      this.callsInFlight -= 1;
    }
  }

  #take({ kind, bytes, id: given }: NewObject): PutResult {
    const id = objectId(kind, bytes);
    // The bytes must not have changed since the put.
    if (given !== undefined) assert.equal(id, given);
    if (this.objects.has(id)) return { id, isNew: false, storedSize: 0 };
    this.objects.set(id, { id, kind, bytes: Buffer.from(bytes) });
    return { id, isNew: true, storedSize: bytes.length };
  }

  putRecords(): Promise<PutResult[]> {
    return Promise.reject(new Error('not used'));
  }

  async flush(): Promise<void> {
    await nextTurn();
  }

  has(ids: readonly ObjectId[]): Promise<boolean[]> {
    return Promise.resolve(ids.map((id) => this.objects.has(id)));
  }

  async info(ids: readonly ObjectId[]): Promise<(ObjectInfo | undefined)[]> {
    await nextTurn();
    return ids.map((id) => {
      const object = this.objects.get(id);
      if (object === undefined) return undefined;
      const size = object.bytes.length;
      return { id, kind: object.kind, rawSize: size, storedSize: size };
    });
  }

  async get(ids: readonly ObjectId[], options: AbortOptions = {}): Promise<StoredObject[]> {
    options.signal?.throwIfAborted();
    this.callsInFlight += 1;
    this.getsInFlightMax = Math.max(this.getsInFlightMax, this.callsInFlight);
    try {
      for (let turn = 0; turn < 4; turn++) await nextTurn();
      this.gotten.push(...ids);
      return ids.map((id) => {
        const object = this.objects.get(id);
        if (object === undefined) throw new StoreError('DITS_STORE_NOT_FOUND', `no object ${id}`);
        return object;
      });
    } finally {
      this.callsInFlight -= 1;
    }
  }

  getRecords(): Promise<ObjectRecord[]> {
    return Promise.reject(new Error('not used'));
  }

  async *list(): AsyncIterable<readonly ObjectInfo[]> {
    yield (await this.info([...this.objects.keys()])).filter((info) => info !== undefined);
  }

  listIdRows(): AsyncIterable<IdRows> {
    throw new Error('not used');
  }

  count(): Promise<number> {
    return Promise.resolve(this.objects.size);
  }
}
