/**
 * The sending side of a transfer (docs/protocol.md, "Sync"). Its stages run side by side: the walk finds candidates,
 * checks ask the sink about them, records are read ahead, several streams send, acknowledgements free the window. What
 * can pile up between them is bounded by two windows: ids offered and bytes sent, both until acknowledged.
 */
import {
  walkReachable,
  type ObjectId,
  type ObjectReader,
  type ObjectRecord,
} from '../../store/index.ts';
import { BloomFilter } from '../bloom/bloom-filter.ts';
import type { Clock } from '../clock.ts';
import type { Connection } from '../connection.ts';
import { applicationCodeOf, fromErrorMessage } from '../error-codes.ts';
import { AsyncQueue } from '../flow/async-queue.ts';
import { CreditWindow } from '../flow/credit-window.ts';
import { StallWatch } from '../flow/stall-watch.ts';
import { runTogether } from '../flow/task-group.ts';
import { encodeMessage, type Message } from '../messages/message.ts';
import { invalidMessage } from '../messages/wire-fields.ts';
import { ProtocolError } from '../protocol-error.ts';
import type { MessageChannel } from '../session/message-channel.ts';
import { BULK_STREAMS, OFFERED_IDS_MAX, SYNC_STALL_MAX_MS } from '../session/session-limits.ts';
import { BatchLedger, type AckMessage, type BatchMessage } from './batch-ledger.ts';
import { PayloadPool } from '../frames/payload-pool.ts';
import { BulkStream } from './bulk-sender.ts';
import { BatchPlanner, type Candidate } from './candidate.ts';
import { CheckLedger } from './check-ledger.ts';
import type { SketchDifference } from './sketch-exchange.ts';
import { SourceProgress } from './source-progress.ts';
import { SourceTotals } from './source-totals.ts';
import { reportOf, type SyncProgressCallback, type SyncReport } from './sync-progress.ts';

export type SyncSourceDeps = {
  readonly reader: ObjectReader;
  readonly connection: Connection;
  /** The sync's own stream, after SYNC_REQUEST and SYNC_RESPONSE. */
  readonly channel: MessageChannel;
  readonly clock: Clock;
};

export type SyncSourceOptions = {
  readonly requestId: number;
  readonly wants: readonly ObjectId[];
  /** Complete at the sink. */
  readonly common: readonly ObjectId[];
  /** How it is found out what the sink lacks. */
  readonly mode: SourceMode;
  readonly windowBytes: number;
  readonly batchIdsMax: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: SyncProgressCallback | undefined;
};

/**
 * `all`: the sink holds nothing. `check`: ask about everything. A filter: ask only where it says "maybe". A difference: ask
 * only about what is in it.
 */
export type SourceMode = 'all' | 'check' | BloomFilter | SketchDifference;

/** Batches being read ahead of the streams: hides the store's latency at a few MiB of memory. */
const READ_AHEAD_BATCHES = 2;

/** Sends what the sink lacks; resolves when the sink has confirmed that everything is durable. */
export async function runSyncSource(
  deps: SyncSourceDeps,
  options: SyncSourceOptions,
): Promise<SyncReport> {
  return new SyncSource(deps, options).run();
}

/** A batch being read, and the memory to use again once it has been sent. */
type ReadBatch = {
  readonly reading: Promise<ObjectRecord[]>;
  readonly memory: readonly Buffer[];
};

class SyncSource {
  readonly #deps: SyncSourceDeps;
  readonly #options: SyncSourceOptions;
  readonly #totals = new SourceTotals();
  readonly #checks = new CheckLedger();
  readonly #batches = new BatchLedger();
  readonly #ids = new CreditWindow(OFFERED_IDS_MAX);
  readonly #bytes: CreditWindow;
  /** Bounded by `#ids`, so that the stage that reads acknowledgements never waits for the one that sends. */
  readonly #missing = new AsyncQueue<readonly Candidate[]>(Infinity);
  readonly #reads = new AsyncQueue<ReadBatch>(READ_AHEAD_BATCHES);
  readonly #pool = new PayloadPool();
  readonly #streams: readonly BulkStream[];
  readonly #stall: StallWatch;
  readonly #progress: SourceProgress;
  #isWalkDone = false;
  #isEndSent = false;

  constructor(deps: SyncSourceDeps, options: SyncSourceOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#bytes = new CreditWindow(options.windowBytes);
    this.#streams = Array.from(
      { length: BULK_STREAMS },
      () => new BulkStream(deps.connection, options.requestId),
    );
    this.#stall = new StallWatch(deps.clock, SYNC_STALL_MAX_MS);
    this.#progress = new SourceProgress({
      clock: deps.clock,
      totals: this.#totals,
      onProgress: options.onProgress,
      sendTotals: (totals) => deps.channel.send('SYNC_PROGRESS', options.requestId, { totals }),
    });
  }

  async run(): Promise<SyncReport> {
    await runTogether(
      {
        tasks: [
          (signal) => this.#find(signal),
          (signal) => this.#plan(signal),
          () => this.#sendAll(),
          () => this.#receive(),
        ],
        watchers: [(signal) => this.#stall.run(signal)],
        onStop: (reason) => this.#stop(reason),
      },
      this.#options.signal,
    );
    await this.#progress.report('done');
    return reportOf(this.#totals.snapshot(), this.#progress.elapsedMs);
  }

  /** Stage 1: what may be missing, asked about where that is needed. */
  async #find(signal: AbortSignal): Promise<void> {
    const { wants, common } = this.#options;
    for await (const batch of walkReachable(
      this.#deps.reader,
      { wants, haves: common },
      { signal },
    )) {
      this.#totals.found(batch);
      this.#stall.touch();
      const { certain, doubtful } = classify(this.#options.mode, batch);
      if (certain.length > 0) {
        await this.#ids.acquire(certain.length);
        this.#missing.offer(certain);
      }
      await this.#ask(doubtful);
      await this.#progress.report('transferring');
    }
    this.#isWalkDone = true;
    this.#progress.foundAll();
    this.#closeWhenAnswered();
  }

  async #ask(candidates: readonly Candidate[]): Promise<void> {
    const { batchIdsMax, requestId } = this.#options;
    for (let at = 0; at < candidates.length; at += batchIdsMax) {
      const part = candidates.slice(at, at + batchIdsMax);
      await this.#ids.acquire(part.length);
      const number = this.#checks.ask(part);
      const ids = part.map((candidate) => candidate.id);
      await this.#deps.channel.send('CHUNK_BATCH_CHECK', requestId, { handle: 0, number, ids });
    }
  }

  #closeWhenAnswered(): void {
    if (this.#isWalkDone && this.#checks.openCount === 0) this.#missing.close();
  }

  /** Stage 2: batches of what is missing, read ahead. */
  async #plan(signal: AbortSignal): Promise<void> {
    const planner = new BatchPlanner();
    const read = async (ids: readonly ObjectId[] | undefined): Promise<void> => {
      if (ids === undefined) return;
      const memory: Buffer[] = [];
      const allocate = (bytes: number): Buffer => {
        const piece = this.#pool.take(bytes);
        memory.push(piece);
        return piece;
      };
      const reading = this.#deps.reader.getRecords(ids, { signal, allocate });
      // Awaited by the stream that takes it; until then a failure must not count as unhandled.
      reading.catch(() => undefined);
      await this.#reads.push({ reading, memory });
    };
    for (let next = await this.#missing.next(); next; next = await this.#missing.next()) {
      for (const candidate of next) await read(planner.add(candidate));
      // The ids of a batch that waits for company hold credit that the walk may need: never wait for more.
      if (this.#missing.length === 0) await read(planner.take());
    }
    this.#reads.close();
  }

  /** Stage 3: streams take batches as they come, then the end is announced. */
  async #sendAll(): Promise<void> {
    await Promise.all(this.#streams.map((stream) => this.#sendOn(stream)));
    this.#isEndSent = true;
    await this.#deps.channel.send('SYNC_END', this.#options.requestId, {
      batches: this.#batches.lastNumber,
      totals: this.#totals.snapshot(),
    });
    await this.#progress.report('committing');
  }

  async #sendOn(stream: BulkStream): Promise<void> {
    for (let next = await this.#reads.next(); next; next = await this.#reads.next()) {
      const records = await next.reading;
      const chunks = records.filter((record) => record.kind === 'chunk');
      const others = records.filter((record) => record.kind !== 'chunk');
      if (others.length > 0) await this.#sendBatch(stream, 'MANIFEST_PUSH', others);
      if (chunks.length > 0) await this.#sendBatch(stream, 'CHUNK_UPLOAD', chunks);
      for (const piece of next.memory) this.#pool.give(piece);
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
    this.#totals.sent(records);
    this.#stall.touch();
    await this.#progress.report('transferring');
  }

  /** Stage 4: answers and acknowledgements, until the sink is done. Never waits for another stage. */
  async #receive(): Promise<void> {
    for (;;) {
      const received = await this.#deps.channel.receive();
      if (received === undefined) throw ended();
      if (received.requestId !== this.#options.requestId) {
        throw invalidMessage(`belongs to request ${received.requestId} on another's stream`);
      }
      if (received.message === undefined) continue;
      this.#stall.touch();
      if (this.#handle(received.message)) return;
    }
  }

  /** Whether this was the last message. */
  #handle(message: Message): boolean {
    switch (message.name) {
      case 'CHUNK_BATCH_RESP': {
        const { missing, presentCount } = this.#checks.answer(message.body);
        this.#ids.release(presentCount);
        if (missing.length > 0) this.#missing.offer(missing);
        this.#closeWhenAnswered();
        return false;
      }
      case 'CHUNK_UPLOAD_ACK':
      case 'MANIFEST_ACK':
        this.#acknowledge(message.name, message.body);
        return false;
      case 'SYNC_DONE':
        if (!this.#isEndSent || this.#batches.openCount > 0) {
          throw invalidMessage('says the transfer is done while batches are under way');
        }
        return true;
      case 'ERROR':
        throw fromErrorMessage(message.body);
      default:
        throw invalidMessage(`of type ${message.name} has no place in a transfer`);
    }
  }

  #acknowledge(name: AckMessage, ack: Parameters<BatchLedger['acknowledge']>[1]): void {
    const freed = this.#batches.acknowledge(name, ack);
    this.#bytes.release(freed.bytes);
    this.#ids.release(freed.recordCount);
  }

  #stop(reason: unknown): void {
    this.#ids.fail(reason);
    this.#bytes.fail(reason);
    this.#missing.fail(reason);
    this.#reads.fail(reason);
    const code = applicationCodeOf(reason);
    for (const stream of this.#streams) stream.abandon(code);
    this.#deps.channel.interrupt(this.#options.requestId, reason);
  }
}

/** Tells apart what the sink certainly lacks and what has to be asked. */
function classify(
  mode: SourceMode,
  candidates: readonly Candidate[],
): { certain: readonly Candidate[]; doubtful: readonly Candidate[] } {
  if (mode === 'all') return { certain: candidates, doubtful: [] };
  if (mode === 'check') return { certain: [], doubtful: candidates };
  if (!(mode instanceof BloomFilter)) {
    return { certain: [], doubtful: candidates.filter(({ id }) => mode.has(id)) };
  }
  const certain: Candidate[] = [];
  const doubtful: Candidate[] = [];
  for (const candidate of candidates) (mode.has(candidate.id) ? doubtful : certain).push(candidate);
  return { certain, doubtful };
}

function ended(): ProtocolError {
  return new ProtocolError('DITS_PROTOCOL_STREAM_RESET', 'the peer ended the transfer early', {
    hint: 'run the command again: what arrived is kept',
  });
}
