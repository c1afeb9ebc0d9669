/**
 * Stores batches of records: several are verified at a time, and as soon as one flush ends the next begins with all that
 * was stored meanwhile (group commit). A batch is acknowledged only after the flush that covers it.
 */
import { StoreError, type ObjectRecord, type ObjectStore } from '../../store/index.ts';
import { AsyncQueue } from '../flow/async-queue.ts';
import { runTogether } from '../flow/task-group.ts';
import { BATCH_RESULTS_MAX } from '../messages/limits.ts';
import { RECORD_STATUS, type BatchAck, type BatchResult } from '../messages/records.ts';
import { ProtocolError } from '../protocol-error.ts';
import { ACK_OF, type AckMessage, type BatchMessage } from './batch-ledger.ts';

/** Batches verified and stored at a time: hashing and inflating overlap with writing. */
const PUTS_AT_A_TIME = 4;

/** The frame that a batch came in. */
export type BatchFrame = {
  /** What it takes of the window. */
  readonly bytes: number;
  /** Gives the memory back that the records lie in. Called once, when they are stored. */
  readonly release: () => void;
};

/** A batch to store. */
export type IntakeBatch = BatchFrame & {
  readonly message: BatchMessage;
  readonly batch: number;
  readonly records: readonly ObjectRecord[];
};

export type IntakeTotals = {
  readonly storedCount: number;
  readonly duplicateCount: number;
  readonly storedBytes: number;
};

/** What is still of interest of a batch whose records are in the store. */
type StoredBatch = Pick<IntakeBatch, 'message' | 'batch' | 'bytes'> & {
  readonly statuses: Uint8Array;
  /** Payload bytes of the records that were new. */
  readonly newBytes: number;
};

/** Called with what became durable, and the window bytes it frees. */
export type Acknowledge = (name: AckMessage, ack: BatchAck, bytes: number) => Promise<void>;

export class RecordIntake {
  readonly #store: ObjectStore;
  readonly #acknowledge: Acknowledge;
  /** Bounded by the window: what it holds was reserved. */
  readonly #waiting = new AsyncQueue<IntakeBatch>(Infinity);
  /** Bounded by the window too. */
  readonly #stored = new AsyncQueue<StoredBatch>(Infinity);
  #received = { objectCount: 0, chunkCount: 0, bytes: 0 };
  #totals: IntakeTotals = { storedCount: 0, duplicateCount: 0, storedBytes: 0 };
  #resolveFinished!: (totals: IntakeTotals) => void;
  #rejectFinished!: (error: unknown) => void;
  /** Settles when everything up to `close` is durable and acknowledged, or never will be. */
  readonly finished: Promise<IntakeTotals>;

  constructor(store: ObjectStore, acknowledge: Acknowledge) {
    this.#store = store;
    this.#acknowledge = acknowledge;
    this.finished = new Promise((resolve, reject) => {
      this.#resolveFinished = resolve;
      this.#rejectFinished = reject;
    });
    // Whoever awaits it gets the error; a transfer that failed before that must not bring the process down.
    this.finished.catch(() => undefined);
  }

  get received(): { objectCount: number; chunkCount: number; bytes: number } {
    return this.#received;
  }

  add(batch: IntakeBatch): void {
    const { objectCount, chunkCount, bytes } = this.#received;
    const count = batch.records.length;
    this.#received = {
      objectCount: objectCount + count,
      chunkCount: chunkCount + (batch.message === 'CHUNK_UPLOAD' ? count : 0),
      bytes: bytes + batch.records.reduce((sum, record) => sum + record.stored.length, 0),
    };
    this.#waiting.offer(batch);
  }

  /** No more batches will come. */
  close(): void {
    this.#waiting.close();
  }

  fail(error: unknown): void {
    this.#waiting.fail(error);
    this.#stored.fail(error);
    this.#rejectFinished(error);
  }

  /** Stores until closed. */
  async run(signal: AbortSignal): Promise<void> {
    const putAll = async (): Promise<void> => {
      await Promise.all(Array.from({ length: PUTS_AT_A_TIME }, () => this.#put(signal)));
      this.#stored.close();
    };
    await runTogether(
      { tasks: [putAll, () => this.#commit()], onStop: (reason) => this.fail(reason) },
      signal,
    );
    this.#resolveFinished(this.#totals);
  }

  async #put(signal: AbortSignal): Promise<void> {
    for (let next = await this.#waiting.next(); next; next = await this.#waiting.next()) {
      const { message, batch, bytes, records } = next;
      const statuses = await this.#putBatch(next, signal);
      const newBytes = records.reduce(
        (sum, { stored }, index) =>
          statuses[index] === RECORD_STATUS.accepted ? sum + stored.length : sum,
        0,
      );
      next.release();
      this.#stored.offer({ message, batch, bytes, statuses, newBytes });
    }
  }

  async #putBatch(source: IntakeBatch, signal: AbortSignal): Promise<Uint8Array> {
    try {
      const results = await this.#store.putRecords(source.records, { signal });
      return Uint8Array.from(results, (result) =>
        result.isNew ? RECORD_STATUS.accepted : RECORD_STATUS.duplicate,
      );
    } catch (error) {
      const status = refusalStatus(error);
      if (status === undefined) throw error;
      const statuses = new Uint8Array(source.records.length).fill(status);
      await this.#acknowledge(
        ACK_OF[source.message],
        { results: [{ batch: source.batch, statuses }], reason: refusalReason(error) },
        0,
      );
      throw status === RECORD_STATUS.hashMismatch ? badData(error) : error;
    }
  }

  async #commit(): Promise<void> {
    for (let first = await this.#stored.next(); first; first = await this.#stored.next()) {
      const group = [first];
      while (this.#stored.length > 0 && group.length < BATCH_RESULTS_MAX) {
        const next = await this.#stored.next();
        if (next !== undefined) group.push(next);
      }
      await this.#store.flush();
      await this.#acknowledgeGroup(group, 'CHUNK_UPLOAD');
      await this.#acknowledgeGroup(group, 'MANIFEST_PUSH');
    }
  }

  async #acknowledgeGroup(group: readonly StoredBatch[], message: BatchMessage): Promise<void> {
    const batches = group.filter((stored) => stored.message === message);
    if (batches.length === 0) return;
    const results: BatchResult[] = [];
    let bytes = 0;
    for (const stored of batches) {
      results.push({ batch: stored.batch, statuses: stored.statuses });
      bytes += stored.bytes;
      this.#count(stored);
    }
    await this.#acknowledge(ACK_OF[message], { results }, bytes);
  }

  #count({ statuses, newBytes }: StoredBatch): void {
    const newCount = statuses.filter((status) => status === RECORD_STATUS.accepted).length;
    const { storedCount, duplicateCount, storedBytes } = this.#totals;
    this.#totals = {
      storedCount: storedCount + newCount,
      duplicateCount: duplicateCount + statuses.length - newCount,
      storedBytes: storedBytes + newBytes,
    };
  }
}

/** How a failure to store is told in an acknowledgement; undefined for failures that are not about the records. */
function refusalStatus(error: unknown): number | undefined {
  if (isQuota(error)) return RECORD_STATUS.quota;
  if (!(error instanceof StoreError)) return undefined;
  switch (error.code) {
    case 'DITS_STORE_HASH_MISMATCH':
    case 'DITS_STORE_BAD_COMPRESSION':
    case 'DITS_STORE_INVALID_OBJECT':
      return RECORD_STATUS.hashMismatch;
    case 'DITS_STORE_NO_SPACE':
      return RECORD_STATUS.quota;
    default:
      return undefined;
  }
}

function isQuota(error: unknown): error is ProtocolError {
  return error instanceof ProtocolError && error.code === 'DITS_PROTOCOL_QUOTA_EXCEEDED';
}

/** Which quota it is; the other refusals say enough by their status. */
function refusalReason(error: unknown): string | undefined {
  return isQuota(error) ? error.message : undefined;
}

/** Names the object, so that the peer's owner can look for it. */
function badData(cause: unknown): ProtocolError {
  const id = cause instanceof StoreError ? cause.details['id'] : undefined;
  const what = typeof id === 'string' ? `${id}, which is` : 'an object that is';
  return new ProtocolError('DITS_PROTOCOL_BAD_DATA', `the peer sent ${what} not what its id says`, {
    cause,
    ...(typeof id === 'string' ? { details: { id } } : {}),
  });
}
