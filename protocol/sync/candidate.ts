/** Objects on their way from a walk to a batch, and how they are grouped. */
import type { ObjectId, ObjectKind } from '../../store/index.ts';
import { RECORDS_PER_BATCH_MAX } from '../messages/limits.ts';

/** An object that the sink may lack. */
export type Candidate = {
  readonly id: ObjectId;
  readonly kind: ObjectKind;
  /** Raw bytes, when the walk knew them. */
  readonly rawSize?: number | undefined;
};

/** Raw bytes of records that go into one batch, unless a single one is bigger: amortises a frame, bounds a retry. */
const BATCH_TARGET_BYTES: number = 1024 * 1024;
/** Assumed for objects whose size the walk did not know: trees, manifests and commits are about this big at most. */
const ASSUMED_SIZE_BYTES: number = 16 * 1024;

/** Objects that go into one batch, and about how many raw bytes they have. */
export type PlannedBatch = { readonly ids: readonly ObjectId[]; readonly bytes: number };

/** Groups candidates into batches of about so many raw bytes, in order. */
export class BatchPlanner {
  readonly #targetBytes: number;
  #ids: ObjectId[] = [];
  #bytes = 0;

  constructor(targetBytes: number = BATCH_TARGET_BYTES) {
    this.#targetBytes = targetBytes;
  }

  /** Adds a candidate; returns the batch that was full before it, if any. */
  add(candidate: Candidate): PlannedBatch | undefined {
    const size = candidate.rawSize ?? ASSUMED_SIZE_BYTES;
    const isFull =
      this.#ids.length >= RECORDS_PER_BATCH_MAX ||
      (this.#ids.length > 0 && this.#bytes + size > this.#targetBytes);
    const full = isFull ? this.take() : undefined;
    this.#ids.push(candidate.id);
    this.#bytes += size;
    return full;
  }

  /** The batch so far, if any, which starts anew. */
  take(): PlannedBatch | undefined {
    if (this.#ids.length === 0) return undefined;
    const batch = { ids: this.#ids, bytes: this.#bytes };
    this.#ids = [];
    this.#bytes = 0;
    return batch;
  }
}
