/**
 * Objects in memory: for tests, simulations and short-lived stores. Same contract as the store on disk, verification
 * included; `flush` has nothing to do. Bounded only by what is put in.
 */
import { compress, decompress } from '../compression/zstd.ts';
import { objectId } from '../hash/blake3.ts';
import { ID_BYTES, type ObjectId } from '../ids.ts';
import {
  OBJECT_SIZE_MAX_BYTES,
  type AbortOptions,
  type IdRows,
  type NewObject,
  type ObjectInfo,
  type ObjectRecord,
  type ObjectStore,
  type PutResult,
  type StoredObject,
} from '../object-store.ts';
import { STRUCTURE_SIZE_MAX_BYTES } from '../objects/object-limits.ts';
import { StoreError } from '../store-error.ts';

/** Entries per batch of a listing. */
const LIST_BATCH_COUNT = 1024;

export class MemoryObjectStore implements ObjectStore {
  readonly #records = new Map<ObjectId, ObjectRecord>();

  has(ids: readonly ObjectId[], options: AbortOptions = {}): Promise<boolean[]> {
    return settle(options, () => ids.map((id) => this.#records.has(id)));
  }

  info(ids: readonly ObjectId[], options: AbortOptions = {}): Promise<(ObjectInfo | undefined)[]> {
    return settle(options, () =>
      ids.map((id) => {
        const record = this.#records.get(id);
        return record && infoOf(record);
      }),
    );
  }

  async get(ids: readonly ObjectId[], options: AbortOptions = {}): Promise<StoredObject[]> {
    const records = await this.getRecords(ids, options);
    const objects: StoredObject[] = [];
    for (const record of records) {
      const { id, kind } = record;
      const bytes = await inflate(record);
      if (objectId(kind, bytes) !== id) throw corrupt(id);
      objects.push({ id, kind, bytes: record.codec === 'none' ? copyOf(bytes) : bytes });
    }
    return objects;
  }

  getRecords(ids: readonly ObjectId[], options: AbortOptions = {}): Promise<ObjectRecord[]> {
    return settle(options, () =>
      ids.map((id) => {
        const record = this.#records.get(id);
        if (record === undefined) throw notFound(id);
        return { ...record, stored: copyOf(record.stored) };
      }),
    );
  }

  async *list(options: AbortOptions = {}): AsyncIterable<readonly ObjectInfo[]> {
    const all = await settle(options, () => Array.from(this.#records.values(), infoOf));
    for (let at = 0; at < all.length; at += LIST_BATCH_COUNT) {
      options.signal?.throwIfAborted();
      yield all.slice(at, at + LIST_BATCH_COUNT);
    }
  }

  async *listIdRows(options: AbortOptions = {}): AsyncIterable<IdRows> {
    for await (const batch of this.list(options)) {
      const digits = batch.map(({ id }) => id).join('');
      yield { bytes: Buffer.from(digits, 'hex'), strideBytes: ID_BYTES };
    }
  }

  count(): Promise<number> {
    return Promise.resolve(this.#records.size);
  }

  async put(objects: readonly NewObject[], options: AbortOptions = {}): Promise<PutResult[]> {
    const results: PutResult[] = [];
    for (const object of objects) {
      options.signal?.throwIfAborted();
      results.push(await this.#putOne(object));
    }
    return results;
  }

  async putRecords(
    records: readonly ObjectRecord[],
    options: AbortOptions = {},
  ): Promise<PutResult[]> {
    const results: PutResult[] = [];
    for (const record of records) {
      options.signal?.throwIfAborted();
      await verifyRecord(record);
      results.push(this.#keep({ ...record, stored: copyOf(record.stored) }));
    }
    return results;
  }

  flush(): Promise<void> {
    return Promise.resolve();
  }

  /** Replaces or removes what is stored under an id, unverified: for tests of damage. */
  damage(id: ObjectId, bytes: Uint8Array | undefined): void {
    const record = this.#records.get(id);
    if (record === undefined) throw notFound(id);
    if (bytes === undefined) this.#records.delete(id);
    else this.#records.set(id, { ...record, codec: 'none', stored: bytes });
  }

  async #putOne(object: NewObject): Promise<PutResult> {
    const { kind, bytes } = object;
    checkSize(object.kind, bytes.length);
    const id = objectId(kind, bytes);
    if (object.id !== undefined && object.id !== id) throw mismatch(object.id);
    if (this.#records.has(id)) return { id, isNew: false, storedSize: 0 };
    const packed = object.compressible === false ? undefined : await compress(bytes);
    return this.#keep({
      id,
      kind,
      codec: packed === undefined ? 'none' : 'zstd',
      rawSize: bytes.length,
      stored: packed ?? copyOf(bytes),
    });
  }

  #keep(record: ObjectRecord): PutResult {
    const { id } = record;
    if (this.#records.has(id)) return { id, isNew: false, storedSize: 0 };
    this.#records.set(id, record);
    return { id, isNew: true, storedSize: record.stored.length };
  }
}

/** Runs a synchronous answer as a promise, so that its errors reject and an abort comes first. */
async function settle<T>(options: AbortOptions, answer: () => T): Promise<T> {
  options.signal?.throwIfAborted();
  return Promise.resolve(answer());
}

async function inflate(record: ObjectRecord): Promise<Uint8Array> {
  return record.codec === 'none' ? record.stored : decompress(record.stored, record.rawSize);
}

/** Bounds and verifies a record from elsewhere. */
async function verifyRecord(record: ObjectRecord): Promise<void> {
  const { id, kind, codec, rawSize, stored } = record;
  checkSize(kind, rawSize);
  if (codec === 'none' && stored.length !== rawSize) {
    throw new StoreError(
      'DITS_STORE_HASH_MISMATCH',
      `object ${id} has ${stored.length} bytes, ${rawSize} were declared`,
      { details: { id } },
    );
  }
  let bytes: Uint8Array;
  try {
    bytes = await inflate(record);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    const { code, message, hint } = error;
    throw new StoreError(code, message, { hint, details: { id }, cause: error });
  }
  if (objectId(kind, bytes) !== id) throw mismatch(id);
}

function checkSize(kind: ObjectRecord['kind'], rawSize: number): void {
  const max = kind === 'chunk' ? OBJECT_SIZE_MAX_BYTES : STRUCTURE_SIZE_MAX_BYTES;
  if (!Number.isSafeInteger(rawSize) || rawSize < 0 || rawSize > max) {
    throw new StoreError(
      'DITS_STORE_INVALID_OBJECT',
      `a ${kind} of ${rawSize} bytes is out of range (at most ${max})`,
      { details: { kind, rawSize } },
    );
  }
}

function infoOf(record: ObjectRecord): ObjectInfo {
  const { id, kind, rawSize, stored } = record;
  return { id, kind, rawSize, storedSize: stored.length };
}

function notFound(id: ObjectId): StoreError {
  return new StoreError('DITS_STORE_NOT_FOUND', `object ${id} is not in the store`, {
    hint: 'run `dits fsck`, or fetch from a peer that has it',
    details: { id },
  });
}

function mismatch(id: ObjectId): StoreError {
  return new StoreError('DITS_STORE_HASH_MISMATCH', `the bytes offered as ${id} are not it`, {
    hint: 'the sender is faulty or hostile; fetch the object from another peer',
    details: { id },
  });
}

function corrupt(id: ObjectId): StoreError {
  return new StoreError('DITS_STORE_CORRUPT', `object ${id} does not match its id`, {
    hint: 'run `dits fsck --repair-from <peer>`',
    details: { id },
  });
}

/** A real copy: `slice` of a Buffer shares its memory. */
function copyOf(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}
