/** Finished nodes on their way into a store: written in batches, because a put per node costs more than the node. */
import { objectId } from '../hash/blake3.ts';
import type { ObjectId, ObjectKind } from '../ids.ts';
import type { AbortOptions, NewObject, ObjectWriter } from '../object-store.ts';

/** A batch is written when it holds so much, in bytes and nodes: what one put handles at full speed. */
const BATCH_SIZE_MAX_BYTES: number = 1024 * 1024;
const BATCH_COUNT_MAX = 1024;

export class NodeBatch {
  readonly #writer: ObjectWriter;
  readonly #options: AbortOptions;
  #pending: NewObject[] = [];
  #pendingBytes = 0;

  constructor(writer: ObjectWriter, options: AbortOptions = {}) {
    this.#writer = writer;
    this.#options = options;
  }

  /** Takes an object in and returns its id. Nothing is written before `flush`. */
  add<T extends ObjectId>(kind: ObjectKind, bytes: Uint8Array): T {
    const id = objectId<T>(kind, bytes);
    // Ids are noise, so only the names in trees can shrink.
    const compressible = kind === 'manifest' ? false : undefined;
    this.#pending.push({ kind, bytes, id, compressible });
    this.#pendingBytes += bytes.length;
    return id;
  }

  /** Whether the owner should flush before it adds more. */
  get isFull(): boolean {
    return this.#pendingBytes >= BATCH_SIZE_MAX_BYTES || this.#pending.length >= BATCH_COUNT_MAX;
  }

  async flush(): Promise<void> {
    if (this.#pending.length === 0) return;
    const objects = this.#pending;
    this.#pending = [];
    this.#pendingBytes = 0;
    await this.#writer.put(objects, this.#options);
  }
}
