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
import { fromErrorMessage } from '../error-codes.ts';
import { AsyncQueue } from '../flow/async-queue.ts';
import { CreditWindow } from '../flow/credit-window.ts';
import type { SendMemory } from '../flow/send-memory.ts';
import { StallWatch } from '../flow/stall-watch.ts';
import { runTogether } from '../flow/task-group.ts';
import type { Message } from '../messages/message.ts';
import type { SyncTotals } from '../messages/sync.ts';
import { invalidMessage } from '../messages/wire-fields.ts';
import { ProtocolError } from '../protocol-error.ts';
import type { MessageChannel } from '../session/message-channel.ts';
import { OFFERED_IDS_MAX, SYNC_STALL_MAX_MS } from '../session/session-limits.ts';
import { BatchSender } from './batch-sender.ts';
import { BatchPlanner, type Candidate, type PlannedBatch } from './candidate.ts';
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
  readonly memory: SendMemory;
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
  /** Everything but chunks. */
  readonly structureOnly?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: SyncProgressCallback | undefined;
};

/**
 * `all`: the sink holds nothing. `check`: ask about everything. A filter: ask only where it says "maybe". A difference: ask
 * only about what is in it.
 */
export type SourceMode = 'all' | 'check' | BloomFilter | SketchDifference;

/** Sends what the sink lacks; resolves when the sink has confirmed that everything is durable. */
export async function runSyncSource(
  deps: SyncSourceDeps,
  options: SyncSourceOptions,
): Promise<SyncReport> {
  return new SyncSource(deps, options).run();
}

class SyncSource {
  readonly #deps: SyncSourceDeps;
  readonly #options: SyncSourceOptions;
  readonly #totals = new SourceTotals();
  readonly #checks = new CheckLedger();
  readonly #ids = new CreditWindow(OFFERED_IDS_MAX);
  /** Bounded by `#ids`, so that the stage that reads acknowledgements never waits for the one that sends. */
  readonly #missing = new AsyncQueue<readonly Candidate[]>(Infinity);
  readonly #sender: BatchSender;
  readonly #stall: StallWatch;
  readonly #progress: SourceProgress;
  #isWalkDone = false;
  #isEndSent = false;

  constructor(deps: SyncSourceDeps, options: SyncSourceOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#sender = new BatchSender(deps, {
      requestId: options.requestId,
      windowBytes: options.windowBytes,
      onSent: (records) => this.#onSent(records),
    });
    this.#progress = new SourceProgress({
      clock: deps.clock,
      totals: this.#totals,
      onProgress: options.onProgress,
      sendTotals: (totals) => this.#sendTotals(totals),
    });
    this.#stall = new StallWatch(deps.clock, SYNC_STALL_MAX_MS, {
      isIdle: () => !this.#isEndSent && deps.connection.isHeldBack === true,
      tell: () => this.#sendTotals(this.#totals.snapshot()),
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

  #sendTotals(totals: SyncTotals): Promise<void> {
    return this.#deps.channel.send('SYNC_PROGRESS', this.#options.requestId, { totals });
  }

  /** Stage 1: what may be missing, asked about where that is needed. */
  async #find(signal: AbortSignal): Promise<void> {
    const { wants, common, structureOnly = false } = this.#options;
    for await (const reached of walkReachable(
      this.#deps.reader,
      { wants, haves: common },
      { signal },
    )) {
      const batch = structureOnly ? reached.filter(({ kind }) => kind !== 'chunk') : reached;
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
    const read = async (batch: PlannedBatch | undefined): Promise<void> => {
      if (batch !== undefined) await this.#sender.push(batch, signal);
    };
    for (let next = await this.#missing.next(); next; next = await this.#missing.next()) {
      for (const candidate of next) await read(planner.add(candidate));
      // The ids of a batch that waits for company hold credit that the walk may need: never wait for more.
      if (this.#missing.length === 0) await read(planner.take());
    }
    this.#sender.close();
  }

  /** Stage 3: streams take batches as they come, then the end is announced. */
  async #sendAll(): Promise<void> {
    await this.#sender.run();
    this.#isEndSent = true;
    await this.#deps.channel.send('SYNC_END', this.#options.requestId, {
      batches: this.#sender.lastNumber,
      totals: this.#totals.snapshot(),
    });
    await this.#progress.report('committing');
  }

  async #onSent(records: readonly ObjectRecord[]): Promise<void> {
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
        this.#ids.release(this.#sender.acknowledge(message.name, message.body));
        return false;
      case 'SYNC_PROGRESS':
        // The sink holds the transfer back, and is there.
        return false;
      case 'SYNC_DONE':
        if (!this.#isEndSent || this.#sender.openCount > 0) {
          throw invalidMessage('says the transfer is done while batches are under way');
        }
        return true;
      case 'ERROR':
        throw fromErrorMessage(message.body);
      default:
        throw invalidMessage(`of type ${message.name} has no place in a transfer`);
    }
  }

  #stop(reason: unknown): void {
    this.#ids.fail(reason);
    this.#missing.fail(reason);
    this.#sender.fail(reason);
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
