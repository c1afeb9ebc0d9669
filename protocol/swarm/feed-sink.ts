/**
 * The receiving side of a feed (docs/protocol.md, "Feeds"): wants what it is told to want, stores what comes, acknowledges what is
 * durable. Which chunks to want of whom is decided above, in `swarm-fetch.ts`.
 */
import type { ChunkId, ObjectId, ObjectStore } from '../../store/index.ts';
import { fromErrorMessage } from '../error-codes.ts';
import { AsyncQueue } from '../flow/async-queue.ts';
import { runTogether } from '../flow/task-group.ts';
import { ID_PREFIX_BYTES } from '../messages/limits.ts';
import type { Message, MessageBody } from '../messages/message.ts';
import { RECORD_STATUS, type BatchAck, type Records } from '../messages/records.ts';
import type { SyncEnd } from '../messages/sync.ts';
import { NO_TOTALS } from '../sync/sync-progress.ts';
import { invalidMessage } from '../messages/wire-fields.ts';
import { ProtocolError } from '../protocol-error.ts';
import type { MessageChannel } from '../session/message-channel.ts';
import type { AckMessage, BatchMessage } from '../sync/batch-ledger.ts';
import { checkKinds, type BatchTaker } from '../sync/batch-taker.ts';
import { IntakeLedger } from '../sync/intake-ledger.ts';
import { RecordIntake, type BatchFrame } from '../sync/record-intake.ts';

/** What a feed tells whoever runs it. Called in the order in which things happen; must not throw. */
export interface FeedEvents {
  /** The source holds these, too: prefixes of `ID_PREFIX_BYTES` each, valid during the call. */
  onHave(have: MessageBody<'FEED_HAVE'>): void;
  /** The source holds back what it is asked for, and is there. */
  onHeldBack(): void;
  /** Wanted chunks have come, not verified yet; `bytes` in stored form. */
  onArrived(ids: readonly ChunkId[], bytes: number): void;
  /** They are verified and on stable storage. */
  onDurable(ids: readonly ChunkId[]): void;
  /** Wanted chunks will not come. */
  onAbsent(ids: readonly ChunkId[]): void;
}

export type FeedSinkDeps = {
  readonly store: ObjectStore;
  /** The feed's own stream, after FEED_OPEN and FEED_OPENED. */
  readonly channel: MessageChannel;
  readonly events: FeedEvents;
};

export type FeedSinkOptions = {
  readonly requestId: number;
  readonly windowBytes: number;
  /** Most ids in one message to the source. */
  readonly batchIdsMax: number;
  /** Most prefixes that the source was told to send. */
  readonly announcedMax: number;
  readonly signal?: AbortSignal | undefined;
};

type Outgoing = (channel: MessageChannel, requestId: number) => Promise<void>;

export class FeedSink implements BatchTaker {
  readonly #deps: FeedSinkDeps;
  readonly #options: FeedSinkOptions;
  readonly #ledger: IntakeLedger;
  readonly #intake: RecordIntake;
  /** Wanted and not answered. Bounded by whoever wants. */
  readonly #wanted = new Set<ObjectId>();
  /** Chunks of each batch that is not durable yet. Bounded by the window. */
  readonly #batches = new Map<number, readonly ChunkId[]>();
  /** Bounded by what is wanted. */
  readonly #outgoing = new AsyncQueue<Outgoing>(Infinity);
  #announced = 0;
  #end: SyncEnd | undefined;

  constructor(deps: FeedSinkDeps, options: FeedSinkOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#ledger = new IntakeLedger(options.windowBytes);
    this.#intake = new RecordIntake(deps.store, (name, ack, bytes) =>
      this.#acknowledge(name, ack, bytes),
    );
  }

  /** Asks for chunks, in this order. None of them may be wanted already. */
  want(ids: readonly ChunkId[]): void {
    const { batchIdsMax } = this.#options;
    for (const id of ids) this.#wanted.add(id);
    for (let at = 0; at < ids.length; at += batchIdsMax) {
      const body = { ids: ids.slice(at, at + batchIdsMax), last: false };
      this.#outgoing.offer((channel, requestId) => channel.send('FEED_WANT', requestId, body));
    }
  }

  /** Takes wants back: each is still answered, by the chunk or by its absence. */
  cancel(ids: readonly ChunkId[]): void {
    const { batchIdsMax } = this.#options;
    for (let at = 0; at < ids.length; at += batchIdsMax) {
      const body = { ids: ids.slice(at, at + batchIdsMax) };
      this.#outgoing.offer((channel, requestId) => channel.send('FEED_CANCEL', requestId, body));
    }
  }

  /** Tells the source that what it sends is held back on this side. Before `finish`. */
  tellHeldBack(): void {
    const body = { totals: NO_TOTALS };
    this.#outgoing.offer((channel, requestId) => channel.send('SYNC_PROGRESS', requestId, body));
  }

  /** Nothing more will be wanted: `run` ends when everything is answered and durable. */
  finish(): void {
    const body = { ids: [], last: true };
    this.#outgoing.offer((channel, requestId) => channel.send('FEED_WANT', requestId, body));
    this.#outgoing.close();
  }

  reserve(bytes: number): void {
    this.#ledger.reserve(bytes);
  }

  accept(message: BatchMessage, batch: Records, frame: BatchFrame): void {
    this.#ledger.arrived(batch.batch);
    checkKinds(message, batch);
    const ids = batch.records.map(({ id }) => id as ChunkId);
    for (const id of ids) this.#answered(id);
    if (message !== 'CHUNK_UPLOAD') throw invalidMessage('carries no chunks on a feed');
    this.#batches.set(batch.batch, ids);
    this.#deps.events.onArrived(
      ids,
      batch.records.reduce((sum, { stored }) => sum + stored.length, 0),
    );
    this.#intake.add({ message, batch: batch.batch, records: batch.records, ...frame });
    this.#closeWhenComplete();
  }

  fail(error: unknown): void {
    this.#intake.fail(error);
  }

  /** Runs until `finish` and everything after it, or until something breaks. */
  async run(): Promise<void> {
    await runTogether(
      {
        tasks: [
          () => this.#receive(),
          (signal) => this.#intake.run(signal),
          () => this.#tell(),
          () => this.#sayDone(),
        ],
        onStop: (reason) => {
          this.#intake.fail(reason);
          this.#outgoing.fail(reason);
          this.#deps.channel.interrupt(this.#options.requestId, reason);
        },
      },
      this.#options.signal,
    );
  }

  async #tell(): Promise<void> {
    const { channel } = this.#deps;
    const { requestId } = this.#options;
    for (let next = await this.#outgoing.next(); next; next = await this.#outgoing.next()) {
      await next(channel, requestId);
    }
  }

  async #receive(): Promise<void> {
    while (this.#end === undefined) {
      const received = await this.#deps.channel.receive();
      if (received === undefined) {
        throw new ProtocolError('DITS_PROTOCOL_STREAM_RESET', 'the peer ended the feed early', {
          hint: 'run the command again: what arrived is kept',
        });
      }
      if (received.requestId !== this.#options.requestId) {
        throw invalidMessage(`belongs to request ${received.requestId} on another's stream`);
      }
      if (received.message !== undefined) this.#handle(received.message);
    }
  }

  #handle(message: Message): void {
    switch (message.name) {
      case 'FEED_HAVE':
        this.#onHave(message.body);
        return;
      case 'FEED_ABSENT':
        for (const id of message.body.ids) this.#answered(id);
        this.#deps.events.onAbsent(message.body.ids);
        return;
      case 'SYNC_PROGRESS':
        this.#deps.events.onHeldBack();
        return;
      case 'SYNC_END':
        this.#end = message.body;
        this.#closeWhenComplete();
        return;
      case 'ERROR':
        throw fromErrorMessage(message.body);
      default:
        throw invalidMessage(`of type ${message.name} has no place in a feed`);
    }
  }

  #onHave(have: MessageBody<'FEED_HAVE'>): void {
    this.#announced += have.prefixes.length / ID_PREFIX_BYTES;
    const { announcedMax } = this.#options;
    if (this.#announced > announcedMax) {
      const what = `the peer announces more than ${announcedMax} chunks, which is all it was told to`;
      throw new ProtocolError('DITS_PROTOCOL_TOO_LARGE', what);
    }
    this.#deps.events.onHave(have);
  }

  /** Strikes a want off. @throws ProtocolError DITS_PROTOCOL_BAD_DATA for a chunk that is not wanted */
  #answered(id: ChunkId): void {
    if (this.#wanted.delete(id)) return;
    throw new ProtocolError('DITS_PROTOCOL_BAD_DATA', 'the peer sent an object nobody asked for', {
      details: { id },
    });
  }

  async #acknowledge(name: AckMessage, ack: BatchAck, bytes: number): Promise<void> {
    this.#ledger.release(bytes);
    for (const { batch, statuses } of ack.results) {
      const ids = this.#batches.get(batch) ?? [];
      this.#batches.delete(batch);
      const isDurable = statuses.every((status) => status <= RECORD_STATUS.duplicate);
      if (isDurable) this.#deps.events.onDurable(ids);
    }
    await this.#deps.channel.send(name, this.#options.requestId, ack);
  }

  #closeWhenComplete(): void {
    if (this.#end === undefined) return;
    if (this.#ledger.count > this.#end.batches) {
      throw invalidMessage(`ends after ${this.#end.batches} batches, ${this.#ledger.count} came`);
    }
    if (this.#ledger.count < this.#end.batches) return;
    if (this.#wanted.size > 0) {
      throw invalidMessage(`ends a feed with ${this.#wanted.size} wants unanswered`);
    }
    this.#intake.close();
  }

  async #sayDone(): Promise<void> {
    const { storedCount, duplicateCount, storedBytes } = await this.#intake.finished;
    await this.#deps.channel.send('SYNC_DONE', this.#options.requestId, {
      stored: storedCount,
      duplicates: duplicateCount,
      bytes: storedBytes,
    });
  }
}
