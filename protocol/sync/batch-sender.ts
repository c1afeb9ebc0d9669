/**
 * The last stage of every source: batches are read ahead, spread over several bulk streams and counted against the window
 * until they are acknowledged. What goes into a batch is decided by whoever pushes it.
 */
import type { ObjectReader, ObjectRecord } from '../../store/index.ts';
import type { Connection } from '../connection.ts';
import { applicationCodeOf } from '../error-codes.ts';
import { AsyncQueue } from '../flow/async-queue.ts';
import { CreditWindow } from '../flow/credit-window.ts';
import type { SendMemory, SendShare } from '../flow/send-memory.ts';
import { pooledBytes } from '../frames/payload-pool.ts';
import { encodeMessage } from '../messages/message.ts';
import { BULK_STREAMS } from '../session/session-limits.ts';
import { BatchLedger, type AckMessage, type BatchMessage } from './batch-ledger.ts';
import { BulkStream } from './bulk-sender.ts';
import type { PlannedBatch } from './candidate.ts';

export type BatchSenderDeps = {
  readonly reader: ObjectReader;
  readonly connection: Connection;
  readonly memory: SendMemory;
};

export type BatchSenderOptions = {
  readonly requestId: number;
  readonly windowBytes: number;
  /** Streams that batches are spread over, at most `BULK_STREAMS`. */
  readonly streamCount?: number | undefined;
  /** Told of every batch that was handed to the link. */
  readonly onSent: (records: readonly ObjectRecord[]) => Promise<void>;
};

/** Batches being read ahead of the streams: hides the store's latency at a few MiB of memory. */
const READ_AHEAD_BATCHES = 2;

/** A batch being read, and the memory to use again once it has been sent. */
type ReadBatch = {
  readonly reading: Promise<ObjectRecord[]>;
  readonly memory: readonly Buffer[];
  /** What it was counted for in the memory of the node. */
  readonly takenBytes: number;
};

export class BatchSender {
  readonly #deps: BatchSenderDeps;
  readonly #options: BatchSenderOptions;
  readonly #batches = new BatchLedger();
  readonly #bytes: CreditWindow;
  readonly #reads = new AsyncQueue<ReadBatch>(READ_AHEAD_BATCHES);
  readonly #share: SendShare;
  readonly #streams: readonly BulkStream[];

  constructor(deps: BatchSenderDeps, options: BatchSenderOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#share = deps.memory.enter(deps.connection);
    this.#bytes = new CreditWindow(options.windowBytes);
    this.#streams = Array.from(
      { length: options.streamCount ?? BULK_STREAMS },
      () => new BulkStream(deps.connection, options.requestId),
    );
  }

  /** Number of the last batch sent. */
  get lastNumber(): number {
    return this.#batches.lastNumber;
  }

  /** Batches that are not acknowledged. */
  get openCount(): number {
    return this.#batches.openCount;
  }

  /** Begins to read a batch, waiting while enough are read ahead, or the node has no memory for it. */
  async push({ ids, bytes }: PlannedBatch, signal: AbortSignal): Promise<void> {
    const takenBytes = pooledBytes(bytes);
    await this.#share.take(takenBytes, signal);
    const { reader, memory } = this.#deps;
    const pieces: Buffer[] = [];
    const allocate = (length: number): Buffer => {
      const piece = memory.pool.take(length);
      pieces.push(piece);
      return piece;
    };
    const reading = reader.getRecords(ids, { signal, allocate });
    // Awaited by the stream that takes it; until then a failure must not count as unhandled.
    reading.catch(() => undefined);
    await this.#reads.push({ reading, memory: pieces, takenBytes });
  }

  /** No more batches will come. */
  close(): void {
    this.#reads.close();
  }

  /** Sends until closed. @throws ProtocolError DITS_PROTOCOL_TIMEOUT when the peer takes nothing and others need the memory */
  async run(): Promise<void> {
    try {
      const sending = Promise.all(this.#streams.map((stream) => this.#sendOn(stream)));
      await Promise.race([sending, this.#share.evicted]);
    } finally {
      this.#share.leave();
    }
  }

  /** Takes an acknowledgement; returns how many records it covers. @throws ProtocolError as `BatchLedger.acknowledge` */
  acknowledge(name: AckMessage, ack: Parameters<BatchLedger['acknowledge']>[1]): number {
    const freed = this.#batches.acknowledge(name, ack);
    this.#bytes.release(freed.bytes);
    return freed.recordCount;
  }

  /** Wakes whoever waits here, and gives the streams up. */
  fail(reason: unknown): void {
    this.#bytes.fail(reason);
    this.#reads.fail(reason);
    const code = applicationCodeOf(reason);
    for (const stream of this.#streams) stream.abandon(code);
    this.#share.leave();
  }

  async #sendOn(stream: BulkStream): Promise<void> {
    for (let next = await this.#reads.next(); next; next = await this.#reads.next()) {
      const records = await next.reading;
      const heldBytes = bytesHeld(next.memory, records);
      this.#share.correct(heldBytes - next.takenBytes);
      const chunks = records.filter((record) => record.kind === 'chunk');
      const others = records.filter((record) => record.kind !== 'chunk');
      if (others.length > 0) await this.#sendBatch(stream, 'MANIFEST_PUSH', others);
      if (chunks.length > 0) await this.#sendBatch(stream, 'CHUNK_UPLOAD', chunks);
      for (const piece of next.memory) this.#deps.memory.pool.give(piece);
      this.#share.give(heldBytes);
    }
    await stream.end();
  }

  async #sendBatch(
    stream: BulkStream,
    message: BatchMessage,
    records: readonly ObjectRecord[],
  ): Promise<void> {
    const batch = this.#batches.number();
    const parts = encodeMessage(message, { batch, records, absent: [], last: false });
    const bytes = parts.reduce((sum, part) => sum + part.length, 0);
    await this.#bytes.acquire(bytes);
    this.#batches.sent(batch, { message, recordCount: records.length, bytes });
    await stream.send({ message, parts });
    await this.#options.onSent(records);
  }
}

/** Memory that records lie in: the pieces that were allocated for them, and what had to be inflated. */
function bytesHeld(pieces: readonly Buffer[], records: readonly ObjectRecord[]): number {
  const allocated = new Set(pieces.map(({ buffer }) => buffer));
  const others = records.filter(({ stored }) => !allocated.has(stored.buffer));
  return (
    [...allocated].reduce((sum, { byteLength }) => sum + byteLength, 0) +
    others.reduce((sum, { stored }) => sum + stored.length, 0)
  );
}
