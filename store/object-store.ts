/**
 * What the rest of the system sees of stored objects. Two implementations: the segment store on disk
 * (`segments/segment-store.ts`) and one in memory (`memory-object-store.ts`); one contract suite runs on both.
 * Every method works on batches, because a call per chunk would cost more than the chunk.
 */
import type { ObjectId, ObjectKind } from './ids.ts';

/** How a payload is stored and sent. Numbers as documented on the wire: 0 none, 1 zstd. */
export const CODEC = { none: 0, zstd: 1 } as const;
export type Codec = keyof typeof CODEC;

/** Largest raw object: the largest chunk any profile may cut, and the most a decompressor may write. */
export const OBJECT_SIZE_MAX_BYTES: number = 8 * 1024 * 1024;

/** An object in memory: verified bytes. */
export type StoredObject = {
  readonly id: ObjectId;
  readonly kind: ObjectKind;
  /** Raw bytes. Owned by the receiver of this value. */
  readonly bytes: Uint8Array;
};

/** An object in the form it has on disk and on the wire: possibly compressed. */
export type ObjectRecord = {
  readonly id: ObjectId;
  readonly kind: ObjectKind;
  readonly codec: Codec;
  /** Bytes after decompression. */
  readonly rawSize: number;
  /** Payload as stored. */
  readonly stored: Uint8Array;
};

/** What is known of an object without reading it. */
export type ObjectInfo = {
  readonly id: ObjectId;
  readonly kind: ObjectKind;
  readonly rawSize: number;
  readonly storedSize: number;
};

/** An object to store. The bytes must stay unchanged until the returned promise settles. */
export type NewObject = {
  readonly kind: ObjectKind;
  readonly bytes: Uint8Array;
  /** The id, when the caller has computed it already with `objectId`. */
  readonly id?: ObjectId | undefined;
  /** False for bytes known not to shrink; undefined lets the store probe. */
  readonly compressible?: boolean | undefined;
};

/** What happened to one object of a put. */
export type PutResult = {
  readonly id: ObjectId;
  /** False when the store held it already. */
  readonly isNew: boolean;
  /** Payload bytes appended; 0 when not new. */
  readonly storedSize: number;
};

export type AbortOptions = { readonly signal?: AbortSignal | undefined };

export type ReadOptions = AbortOptions & {
  /**
   * Provides memory of exactly so many bytes for payloads, its content undefined: a caller that is done with what it read
   * can use it again. Several objects share one piece. Freshly allocated when left out, and for what has to be inflated.
   */
  readonly allocate?: ((bytes: number) => Buffer) | undefined;
  /**
   * The caller compares a hash over all of the bytes itself before it relies on any, so that hashing plain chunks here, too,
   * would be work done twice. Everything else is verified as ever. A store may take no notice.
   */
  readonly verifiesChunks?: boolean | undefined;
};

/** Many ids in one piece of memory: the first at byte 0, the next `strideBytes` later. Valid until more are asked for. */
export type IdRows = { readonly bytes: Buffer; readonly strideBytes: number };

export interface ObjectReader {
  /** Whether each id is present, in input order. Counts objects put but not yet flushed. */
  has(ids: readonly ObjectId[], options?: AbortOptions): Promise<boolean[]>;
  /** Kind and sizes of each id, undefined where absent, in input order. */
  info(ids: readonly ObjectId[], options?: AbortOptions): Promise<(ObjectInfo | undefined)[]>;
  /**
   * Raw bytes, each verified against its id (but see `verifiesChunks`), in input order. Holds at most the sum of the raw sizes in memory.
   * @throws StoreError DITS_STORE_NOT_FOUND, DITS_STORE_CORRUPT (details.id)
   */
  get(ids: readonly ObjectId[], options?: ReadOptions): Promise<StoredObject[]>;
  /**
   * Records as stored, each verified (a record's payload checksum, or the id itself when not compressed), in input order.
   * @throws as `get`
   */
  getRecords(ids: readonly ObjectId[], options?: ReadOptions): Promise<ObjectRecord[]>;
  /**
   * Ids of everything held, for filters: ten times as fast as `list`, since no object is made for an id. May name an id twice, and
   * one that is held no longer.
   */
  listIdRows(options?: AbortOptions): AsyncIterable<IdRows>;
  /** Ids and sizes of everything held, each once, in no promised order, in batches. */
  list(options?: AbortOptions): AsyncIterable<readonly ObjectInfo[]>;
  /** How many objects are held; exact or an upper bound. */
  count(): Promise<number>;
}

export interface ObjectWriter {
  /**
   * Takes objects in: hashes, skips what is held, compresses what shrinks, appends. Resolves when the bytes were
   * handed to the operating system and are readable through this store; they are durable only after `flush`.
   * @throws StoreError DITS_STORE_NO_SPACE, DITS_STORE_IO, DITS_STORE_CLOSED
   */
  put(objects: readonly NewObject[], options?: AbortOptions): Promise<PutResult[]>;
  /**
   * Takes records from a peer: bounds, inflates where needed, verifies every id, then appends the payload as received.
   * All or nothing per record: a bad record rejects the call and is not stored; the good ones before it are.
   * @throws StoreError DITS_STORE_HASH_MISMATCH, DITS_STORE_BAD_COMPRESSION (details.id), and as `put`
   */
  putRecords(records: readonly ObjectRecord[], options?: AbortOptions): Promise<PutResult[]>;
  /**
   * Group commit: everything put before the call is on stable storage when it resolves. Concurrent calls share one
   * sync. A failed sync is final: it rejects this and every later call of the writer, and is never retried.
   */
  flush(): Promise<void>;
}

export interface ObjectStore extends ObjectReader, ObjectWriter {}
