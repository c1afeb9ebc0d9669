/**
 * The sending side of a feed (docs/protocol.md, "Feeds"): the sink names chunks, what is wanted is batched and sent as in a sync, what
 * can not be given or was taken back in time is named absent. Every want is answered once.
 */
import type { ChunkId, ObjectId, ObjectRecord } from '../../store/index.ts';
import type { Clock } from '../clock.ts';
import type { Connection } from '../connection.ts';
import { fromErrorMessage } from '../error-codes.ts';
import { Change } from '../flow/change.ts';
import type { SendMemory } from '../flow/send-memory.ts';
import { StallWatch } from '../flow/stall-watch.ts';
import { runTogether } from '../flow/task-group.ts';
import type { Message, MessageBody } from '../messages/message.ts';
import { invalidMessage } from '../messages/wire-fields.ts';
import { ProtocolError } from '../protocol-error.ts';
import type { MessageChannel } from '../session/message-channel.ts';
import { SYNC_STALL_MAX_MS } from '../session/session-limits.ts';
import { BatchSender } from '../sync/batch-sender.ts';
import { BatchPlanner, type PlannedBatch } from '../sync/candidate.ts';
import { SourceTotals } from '../sync/source-totals.ts';
import type { FeedShelf } from './feed-shelf.ts';
import {
  FEED_BATCH_BYTES,
  FEED_BATCH_MAX_BYTES,
  FEED_BATCH_SHARE,
  FEED_IDLE_MAX_MS,
  FEED_STREAMS,
  FEED_WANTS_MAX,
  TURN_CHOICE_COUNT,
} from './swarm-limits.ts';
import type { UploadTurns } from './upload-turns.ts';

export type FeedSourceDeps = {
  readonly shelf: FeedShelf;
  readonly connection: Connection;
  /** The feed's own stream, after FEED_OPEN and FEED_OPENED. */
  readonly channel: MessageChannel;
  readonly clock: Clock;
  /** Shared by all feeds that go over the same link. */
  readonly turns: UploadTurns;
  /** Shared by everything that the node sends. */
  readonly memory: SendMemory;
};

export type FeedSourceOptions = {
  readonly requestId: number;
  readonly windowBytes: number;
  /** Most ids in one message to the sink. */
  readonly batchIdsMax: number;
  /** Most prefixes that the sink takes. */
  readonly announcedMax: number;
  readonly signal?: AbortSignal | undefined;
};

/** Gives what is wanted until the sink ends the feed. */
export async function runFeedSource(
  deps: FeedSourceDeps,
  options: FeedSourceOptions,
): Promise<void> {
  await new FeedSource(deps, options).run();
}

class FeedSource {
  readonly #deps: FeedSourceDeps;
  readonly #options: FeedSourceOptions;
  readonly #totals = new SourceTotals();
  readonly #sender: BatchSender;
  /** Wanted and in no batch yet, with their raw bytes, in the order of the wants. */
  readonly #queue = new Map<ObjectId, number>();
  #queueBytes = 0;
  /** To be named absent. With the queue at most `FEED_WANTS_MAX`. */
  #absent: ChunkId[] = [];
  readonly #changed = new Change();
  readonly #stall: StallWatch;
  readonly #idle: StallWatch;
  /** Ends of the turns under way, the oldest first. */
  readonly #turns: (() => void)[] = [];
  #isLast = false;
  #isEndSent = false;

  constructor(deps: FeedSourceDeps, options: FeedSourceOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#sender = new BatchSender(
      { reader: deps.shelf.reader, connection: deps.connection, memory: deps.memory },
      {
        requestId: options.requestId,
        windowBytes: options.windowBytes,
        streamCount: FEED_STREAMS,
        onSent: (records) => this.#onSent(records),
      },
    );
    const isIdle = (): boolean =>
      deps.connection.isHeldBack === true ||
      (this.#queue.size === 0 && this.#sender.openCount === 0);
    this.#stall = new StallWatch(deps.clock, SYNC_STALL_MAX_MS, {
      isIdle,
      tell: () => this.#tellHeldBack(),
    });
    const isHeldBack = (): boolean => deps.connection.isHeldBack === true;
    this.#idle = new StallWatch(deps.clock, FEED_IDLE_MAX_MS, { isIdle: isHeldBack });
  }

  async run(): Promise<void> {
    const leave = this.#deps.turns.enter();
    try {
      await this.#serve();
    } finally {
      leave();
    }
  }

  async #serve(): Promise<void> {
    await runTogether(
      {
        tasks: [() => this.#receive(), (signal) => this.#plan(signal), () => this.#sendAll()],
        watchers: [
          (signal) => this.#announce(signal),
          (signal) => this.#tell(signal),
          (signal) => this.#stall.run(signal),
          (signal) => this.#idle.run(signal),
        ],
        onStop: (reason) => this.#stop(reason),
      },
      this.#options.signal,
    );
  }

  /** Batches of what is wanted, as long as the streams have room; the rest can still be taken back. */
  async #plan(signal: AbortSignal): Promise<void> {
    const { turns } = this.#deps;
    for (;;) {
      if (this.#queue.size === 0) {
        if (this.#isLast) break;
        await this.#changed.wait(signal);
        continue;
      }
      const end = await turns.acquire(() => this.#urgency(), signal);
      this.#turns.push(end);
      const batch = this.#takeBatch();
      if (batch === undefined) this.#turns.pop()?.();
      else await this.#sender.push(batch, signal);
    }
    this.#sender.close();
  }

  /** The wants that are chosen from, what was sent least first. */
  #choice(): (readonly [ObjectId, number])[] {
    const { turns } = this.#deps;
    const choice: [ObjectId, number][] = [];
    for (const want of this.#queue) {
      choice.push(want);
      if (choice.length === TURN_CHOICE_COUNT) break;
    }
    return choice.sort(([a], [b]) => turns.sentCount(a) - turns.sentCount(b));
  }

  #urgency(): number {
    const [first] = this.#choice();
    return first === undefined ? Infinity : this.#deps.turns.sentCount(first[0]);
  }

  #takeBatch(): PlannedBatch | undefined {
    const planner = new BatchPlanner(this.#batchBytes());
    let batch: PlannedBatch | undefined;
    for (const [id, rawSize] of this.#choice()) {
      batch = planner.add({ id, kind: 'chunk', rawSize });
      if (batch !== undefined) break;
    }
    batch ??= planner.take();
    const ids = batch?.ids ?? [];
    for (const id of ids) this.#strike(id);
    this.#deps.turns.note(ids);
    return batch;
  }

  /** Big batches cost less, where nobody else waits and so much is wanted that each is a small part of it. */
  #batchBytes(): number {
    if (!this.#deps.turns.isAlone) return FEED_BATCH_BYTES;
    const share = this.#queueBytes * FEED_BATCH_SHARE;
    return Math.min(FEED_BATCH_MAX_BYTES, Math.max(FEED_BATCH_BYTES, share));
  }

  #strike(id: ObjectId): boolean {
    this.#queueBytes -= this.#queue.get(id) ?? 0;
    return this.#queue.delete(id);
  }

  async #sendAll(): Promise<void> {
    await this.#sender.run();
    await this.#tellAbsent();
    this.#isEndSent = true;
    await this.#deps.channel.send('SYNC_END', this.#options.requestId, {
      batches: this.#sender.lastNumber,
      totals: this.#totals.snapshot(),
    });
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- what a sender tells may have to be awaited
  async #onSent(records: readonly ObjectRecord[]): Promise<void> {
    this.#turns.shift()?.();
    this.#totals.sent(records);
    this.#stall.touch();
  }

  /** Says what is held, until nothing more is wanted. */
  async #announce(signal: AbortSignal): Promise<void> {
    const { shelf, channel } = this.#deps;
    const { announcedMax, requestId } = this.#options;
    for await (const have of shelf.announcements?.(announcedMax, signal) ?? []) {
      if (this.#isLast) return;
      await channel.send('FEED_HAVE', requestId, have);
    }
  }

  /** Names what is absent. Not while receiving: acknowledgements must not wait for a sink that does not read. */
  async #tell(signal: AbortSignal): Promise<void> {
    for (;;) {
      await this.#tellAbsent();
      await this.#changed.wait(signal);
    }
  }

  /** The sink would take the silence for the end. */
  async #tellHeldBack(): Promise<void> {
    const { channel, connection } = this.#deps;
    if (this.#isEndSent || connection.isHeldBack !== true) return;
    const totals = this.#totals.snapshot();
    await channel.send('SYNC_PROGRESS', this.#options.requestId, { totals });
  }

  async #tellAbsent(): Promise<void> {
    const { channel } = this.#deps;
    const { batchIdsMax, requestId } = this.#options;
    while (this.#absent.length > 0) {
      const ids = this.#absent.splice(0, batchIdsMax);
      await channel.send('FEED_ABSENT', requestId, { ids });
    }
  }

  async #receive(): Promise<void> {
    for (;;) {
      const received = await this.#deps.channel.receive();
      if (received === undefined) {
        throw new ProtocolError('DITS_PROTOCOL_STREAM_RESET', 'the peer ended the feed early');
      }
      if (received.requestId !== this.#options.requestId) {
        throw invalidMessage(`belongs to request ${received.requestId} on another's stream`);
      }
      this.#stall.touch();
      this.#idle.touch();
      if (received.message !== undefined && (await this.#handle(received.message))) return;
    }
  }

  /** Whether this was the last message. */
  async #handle(message: Message): Promise<boolean> {
    switch (message.name) {
      case 'FEED_WANT':
        await this.#want(message.body);
        return false;
      case 'FEED_CANCEL':
        this.#cancel(message.body.ids);
        return false;
      case 'SYNC_PROGRESS':
        // The sink holds back what comes, and is there.
        return false;
      case 'CHUNK_UPLOAD_ACK':
        this.#sender.acknowledge(message.name, message.body);
        return false;
      case 'SYNC_DONE':
        if (!this.#isEndSent || this.#sender.openCount > 0) {
          throw invalidMessage('says the feed is done while batches are under way');
        }
        return true;
      case 'ERROR':
        throw fromErrorMessage(message.body);
      default:
        throw invalidMessage(`of type ${message.name} has no place in a feed`);
    }
  }

  async #want({ ids, last }: MessageBody<'FEED_WANT'>): Promise<void> {
    if (this.#isLast) throw invalidMessage('wants more after the last want');
    if (this.#queue.size + this.#absent.length + ids.length > FEED_WANTS_MAX) {
      const what = `the peer wants more than ${FEED_WANTS_MAX} chunks at a time`;
      throw new ProtocolError('DITS_PROTOCOL_TOO_LARGE', what);
    }
    const sizes = await this.#deps.shelf.sizes(ids, { signal: this.#options.signal });
    ids.forEach((id, index) => {
      if (this.#queue.has(id)) throw invalidMessage('wants a chunk that is wanted already');
      const size = sizes[index];
      if (size === undefined) this.#absent.push(id);
      else {
        this.#queue.set(id, size);
        this.#queueBytes += size;
      }
    });
    this.#isLast = last;
    this.#changed.notify();
  }

  /** What is in a batch already comes; for the rest the answer is that it will not. */
  #cancel(ids: readonly ChunkId[]): void {
    for (const id of ids) if (this.#strike(id)) this.#absent.push(id);
    this.#changed.notify();
  }

  #stop(reason: unknown): void {
    for (const end of this.#turns.splice(0)) end();
    this.#sender.fail(reason);
    this.#deps.channel.interrupt(this.#options.requestId, reason);
  }
}
