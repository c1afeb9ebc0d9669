/**
 * The receiving side of a transfer (docs/protocol.md, "Sync"): answers checks, takes batches from any bulk stream,
 * verifies and stores several at a time, and acknowledges what one flush after the other made durable.
 */
import type { ObjectId, ObjectStore } from '../../store/index.ts';
import type { BloomFilter } from '../bloom/bloom-filter.ts';
import type { Clock } from '../clock.ts';
import type { Connection } from '../connection.ts';
import { fromErrorMessage } from '../error-codes.ts';
import { StallWatch } from '../flow/stall-watch.ts';
import { runTogether } from '../flow/task-group.ts';
import type { BatchCheck } from '../messages/checks.ts';
import type { Message } from '../messages/message.ts';
import type { Records } from '../messages/records.ts';
import type { SyncEnd, SyncTotals } from '../messages/sync.ts';
import { invalidMessage } from '../messages/wire-fields.ts';
import { ProtocolError } from '../protocol-error.ts';
import type { MessageChannel } from '../session/message-channel.ts';
import { SYNC_STALL_MAX_MS } from '../session/session-limits.ts';
import type { BatchMessage } from './batch-ledger.ts';
import { checkKinds, type BatchTaker } from './batch-taker.ts';
import { IntakeLedger } from './intake-ledger.ts';
import { OfferLedger } from './offer-ledger.ts';
import { RecordIntake, type BatchFrame } from './record-intake.ts';
import {
  NO_TOTALS,
  reportOf,
  type SyncPhase,
  type SyncProgressCallback,
  type SyncReport,
} from './sync-progress.ts';

export type SyncSinkDeps = {
  readonly store: ObjectStore;
  /** The sync's own stream, after SYNC_REQUEST and SYNC_RESPONSE. */
  readonly channel: MessageChannel;
  readonly clock: Clock;
  /** Where the batches come from. */
  readonly connection: Pick<Connection, 'isHeldBack'>;
};

export type SyncSinkOptions = {
  readonly requestId: number;
  /** What this side told the source to do; a batch that does not fit it ends the connection. */
  readonly mode: SinkMode;
  readonly windowBytes: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: SyncProgressCallback | undefined;
};

/** `all`: nothing was held, everything is welcome. `check`: only what was asked about. A filter: or is not in it. */
export type SinkMode = 'all' | 'check' | BloomFilter;

/** Receives one transfer. Bulk streams call `reserve` and `accept`; `run` is done when everything is durable. */
export class SyncSink implements BatchTaker {
  readonly #deps: SyncSinkDeps;
  readonly #options: SyncSinkOptions;
  readonly #offers: OfferLedger;
  readonly #ledger: IntakeLedger;
  readonly #intake: RecordIntake;
  readonly #stall: StallWatch;
  readonly #startMs: number;
  #totals: SyncTotals = NO_TOTALS;
  #end: SyncEnd | undefined;
  #lastCheck = 0;
  #isDoneSent = false;

  constructor(deps: SyncSinkDeps, options: SyncSinkOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#offers = new OfferLedger(options.mode);
    this.#ledger = new IntakeLedger(options.windowBytes);
    this.#stall = new StallWatch(deps.clock, SYNC_STALL_MAX_MS, {
      isIdle: () => !this.#isDoneSent && deps.connection.isHeldBack === true,
      tell: () => deps.channel.send('SYNC_PROGRESS', options.requestId, { totals: this.#totals }),
    });
    this.#startMs = deps.clock.now();
    this.#intake = new RecordIntake(deps.store, async (name, ack, bytes) => {
      this.#ledger.release(bytes);
      this.#stall.touch();
      await deps.channel.send(name, options.requestId, ack);
    });
  }

  reserve(bytes: number): void {
    this.#ledger.reserve(bytes);
  }

  accept(message: BatchMessage, batch: Records, frame: BatchFrame): void {
    this.#ledger.arrived(batch.batch);
    checkKinds(message, batch);
    this.#offers.redeem(batch.records);
    this.#stall.touch();
    this.#intake.add({ message, batch: batch.batch, records: batch.records, ...frame });
    this.#report('transferring');
    this.#closeWhenComplete();
  }

  fail(error: unknown): void {
    this.#intake.fail(error);
  }

  /** Resolves with the report when the source's end was reached and everything is on stable storage. */
  async run(): Promise<SyncReport> {
    await runTogether(
      {
        tasks: [() => this.#receive(), (signal) => this.#intake.run(signal), () => this.#finish()],
        watchers: [(signal) => this.#stall.run(signal)],
        onStop: (reason) => {
          this.#intake.fail(reason);
          this.#deps.channel.interrupt(this.#options.requestId, reason);
        },
      },
      this.#options.signal,
    );
    this.#report('done');
    return reportOf(this.#totals, this.#deps.clock.now() - this.#startMs);
  }

  async #receive(): Promise<void> {
    while (this.#end === undefined) {
      const received = await this.#deps.channel.receive();
      if (received === undefined) {
        throw new ProtocolError('DITS_PROTOCOL_STREAM_RESET', 'the peer ended the transfer early', {
          hint: 'run the command again: what arrived is kept',
        });
      }
      if (received.requestId !== this.#options.requestId) {
        throw invalidMessage(`belongs to request ${received.requestId} on another's stream`);
      }
      this.#stall.touch();
      if (received.message !== undefined) await this.#handle(received.message);
    }
  }

  async #handle(message: Message): Promise<void> {
    switch (message.name) {
      case 'CHUNK_BATCH_CHECK':
        await this.#answer(message.body);
        return;
      case 'SYNC_PROGRESS':
        this.#totals = message.body.totals;
        this.#report('transferring');
        return;
      case 'SYNC_END':
        this.#end = message.body;
        this.#totals = message.body.totals;
        this.#closeWhenComplete();
        return;
      case 'ERROR':
        throw fromErrorMessage(message.body);
      default:
        throw invalidMessage(`of type ${message.name} has no place in a transfer`);
    }
  }

  async #answer(check: BatchCheck): Promise<void> {
    if (check.number !== this.#lastCheck + 1 || check.handle !== 0) {
      throw invalidMessage(`numbers a check ${check.number} after ${this.#lastCheck}`);
    }
    this.#lastCheck = check.number;
    const present = await this.#deps.store.has(check.ids);
    const absent: ObjectId[] = check.ids.filter((_, index) => present[index] === false);
    this.#offers.offer(absent);
    const { channel } = this.#deps;
    await channel.send('CHUNK_BATCH_RESP', this.#options.requestId, {
      number: check.number,
      present,
    });
  }

  #closeWhenComplete(): void {
    if (this.#end === undefined) return;
    if (this.#ledger.count > this.#end.batches) {
      throw invalidMessage(`ends after ${this.#end.batches} batches, ${this.#ledger.count} came`);
    }
    if (this.#ledger.count === this.#end.batches) this.#intake.close();
  }

  async #finish(): Promise<void> {
    const { storedCount, duplicateCount, storedBytes } = await this.#intake.finished;
    this.#report('committing');
    // The source was told to leave out what another transfer had brought, which need not be durable yet.
    await this.#deps.store.flush();
    this.#isDoneSent = true;
    await this.#deps.channel.send('SYNC_DONE', this.#options.requestId, {
      stored: storedCount,
      duplicates: duplicateCount,
      bytes: storedBytes,
    });
  }

  #report(phase: SyncPhase): void {
    const { objectCount, chunkCount, bytes } = this.#intake.received;
    this.#options.onProgress?.({
      phase,
      totals: this.#totals,
      isTotalKnown: this.#end !== undefined,
      objects: objectCount,
      chunks: chunkCount,
      bytes,
      elapsedMs: this.#deps.clock.now() - this.#startMs,
    });
  }
}
