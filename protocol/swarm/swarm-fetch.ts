/**
 * Fetches chunks from many sources at once (docs/protocol.md, "Feeds"). Sources join and leave while it runs; it fails only when nobody
 * is left who can give what is missing. Structure must be there already: pull it with `structureOnly`, then `listChunks`.
 */
import assert from 'node:assert/strict';
import type { ObjectId, ObjectStore } from '../../store/index.ts';
import type { Clock } from '../clock.ts';
import { isViolation } from '../error-codes.ts';
import { Change } from '../flow/change.ts';
import { runTogether } from '../flow/task-group.ts';
import { SYNC_TIPS_MAX } from '../messages/limits.ts';
import { ProtocolError } from '../protocol-error.ts';
import type { RandomBytes } from '../random-bytes.ts';
import type { RemoteRepository } from '../session/remote-repository.ts';
import {
  NO_TOTALS,
  reportOf,
  type SyncPhase,
  type SyncProgressCallback,
  type SyncReport,
} from '../sync/sync-progress.ts';
import type { SyncTotals } from '../messages/sync.ts';
import type { ChunkList } from './chunk-list.ts';
import type { FeedEvents } from './feed-sink.ts';
import { HeldLog } from './held-log.ts';
import { RandomNumbers } from './random-numbers.ts';
import {
  FEED_ANNOUNCED_SLACK,
  SOURCES_MAX,
  STARVED_MAX_MS,
  SWARM_END_MAX_MS,
  SWARM_TICK_MS,
} from './swarm-limits.ts';
import { judgeSource } from './swarm-health.ts';
import { SwarmScheduler } from './swarm-scheduler.ts';
import { SwarmShare } from './swarm-share.ts';
import { SwarmSource, type DropReason } from './swarm-source.ts';

export type SwarmFetchDeps = {
  /** Where chunks go, and from where they are shared. */
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly random: RandomBytes;
};

export type SwarmFetchOptions = {
  /** Tips of what is fetched. */
  readonly wants: readonly ObjectId[];
  /** From `listChunks`. */
  readonly chunks: ChunkList;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: SyncProgressCallback | undefined;
};

/** What became of one source. */
export type SwarmSourceReport = {
  readonly peerId: string;
  /** Payload bytes that came, in stored form. */
  readonly bytes: number;
  readonly chunks: number;
  /** Raw bytes a second while it was asked for something; 0 when it gave nothing. */
  readonly bytesPerSecond: number;
  /** Null for one that was there to the end. */
  readonly dropped: { readonly reason: DropReason; readonly error: unknown } | null;
};

export type SwarmReport = {
  readonly sync: SyncReport;
  /** In the order in which they ended; one that joined twice is listed twice. */
  readonly sources: readonly SwarmSourceReport[];
};

const DROP_TEXT: Readonly<Record<'silent' | 'slow', string>> = {
  silent: 'the peer owes chunks and sends nothing',
  slow: 'the peer sends far less than others do',
};

export class SwarmFetch {
  /** Serves what this fetch holds to others, from now until its owner stops serving it. */
  readonly share: SwarmShare;
  readonly #deps: SwarmFetchDeps;
  readonly #options: SwarmFetchOptions;
  readonly #held: HeldLog;
  readonly #scheduler: SwarmScheduler;
  readonly #running = new Map<SwarmSource, AbortController>();
  readonly #ended = new Set<Promise<SwarmSourceReport>>();
  readonly #reports: SwarmSourceReport[] = [];
  readonly #changed = new Change();
  readonly #startMs: number;
  #lastMoveMs: number;
  #expected = 0;
  #lastError: unknown;
  #isOver = false;

  constructor(deps: SwarmFetchDeps, options: SwarmFetchOptions) {
    const { chunks: list, wants } = options;
    this.#deps = deps;
    this.#options = options;
    this.#held = new HeldLog(list);
    const random = new RandomNumbers(deps.random);
    this.#scheduler = new SwarmScheduler({ list, held: this.#held, random });
    const shareDeps = { reader: deps.store, clock: deps.clock, list, held: this.#held };
    this.share = new SwarmShare(shareDeps, wants);
    this.#startMs = deps.clock.now();
    this.#lastMoveMs = this.#startMs;
  }

  /** Sources that are asked, or are being opened. At most `SOURCES_MAX`. */
  get sourceCount(): number {
    return this.#running.size;
  }

  /**
   * Lets a source join. The repository must have been opened for reading and stays the caller's. Resolves, never rejects, when the source is
   * asked no more, with what it gave.
   */
  add(repository: RemoteRepository): Promise<SwarmSourceReport> {
    assert.ok(this.#running.size < SOURCES_MAX, 'too many sources');
    const { chunks } = this.#options;
    const source = new SwarmSource(repository, chunks.count, this.#deps.clock);
    if (this.#isOver) return Promise.resolve(reportOn(source, null));
    const controller = new AbortController();
    this.#running.set(source, controller);
    const ended = this.#runSource(source, repository, controller.signal);
    this.#ended.add(ended);
    return ended;
  }

  /**
   * Says that sources may still come, so that the fetch does not fail for want of them. Call what it returns when none will: a caller must
   * not expect for ever.
   */
  expectSources(): () => void {
    this.#expected++;
    let isExpecting = true;
    return () => {
      if (isExpecting) this.#expected--;
      isExpecting = false;
      this.#changed.notify();
    };
  }

  /**
   * Resolves when every chunk is on stable storage.
   * @throws ProtocolError DITS_PROTOCOL_INCOMPLETE when nobody has what is missing, and the last source's failure when none is left
   */
  async run(): Promise<SwarmReport> {
    try {
      await runTogether(
        {
          tasks: [(signal) => this.#untilHeld(signal)],
          watchers: [(signal) => this.#watch(signal)],
        },
        this.#options.signal,
      );
      this.#report('committing');
      await this.#end();
    } finally {
      this.#isOver = true;
      for (const controller of this.#running.values()) controller.abort(new Error('fetch is over'));
      await Promise.all(this.#ended);
    }
    this.#report('done');
    const sync = reportOf(this.#totals(), this.#deps.clock.now() - this.#startMs);
    return { sync, sources: this.#reports };
  }

  async #untilHeld(signal: AbortSignal): Promise<void> {
    while (!this.#held.isComplete) {
      if (this.#running.size === 0 && this.#expected === 0) {
        throw this.#lastError instanceof Error ? this.#lastError : this.#nobodyHasIt();
      }
      await this.#changed.wait(signal);
    }
  }

  async #watch(signal: AbortSignal): Promise<void> {
    for (;;) {
      await this.#deps.clock.sleep(SWARM_TICK_MS, signal);
      this.#judge();
      this.#scheduler.refillAll();
      if (this.#isStarved()) throw this.#nobodyHasIt();
      this.#report('transferring');
    }
  }

  #judge(): void {
    const nowMs = this.#deps.clock.now();
    const { sources } = this.#scheduler;
    for (const source of [...sources]) {
      if (source.isHeldBack()) {
        source.waitForUs();
        this.#moved();
      }
      const reason = judgeSource(source, sources, nowMs);
      if (reason !== 'silent' && reason !== 'slow') continue;
      const error = new ProtocolError('DITS_PROTOCOL_TIMEOUT', DROP_TEXT[reason], {
        hint: 'run the command again: what arrived is kept',
        details: { peerId: source.peerId, dropped: reason },
      });
      this.#running.get(source)?.abort(error);
      this.#scheduler.leave(source);
    }
  }

  /** Nothing is under way, and nobody has told of anything for long, or nobody ever will. */
  #isStarved(): boolean {
    const sources = [...this.#scheduler.sources];
    if (this.#expected > 0 || this.#running.size > sources.length) return false;
    if (sources.some(({ asked, arriving }) => asked.size + arriving.size > 0)) return false;
    const quietMs = this.#deps.clock.now() - this.#lastMoveMs;
    return quietMs > STARVED_MAX_MS || sources.every(({ isComplete }) => isComplete);
  }

  #nobodyHasIt(): ProtocolError {
    const missing = this.#options.chunks.count - this.#held.length;
    return new ProtocolError(
      'DITS_PROTOCOL_INCOMPLETE',
      `no peer that can be reached has the last ${missing} chunks`,
      {
        hint: 'run the command again when a peer that has everything is back: what arrived is kept',
        details: { missing },
        ...(this.#lastError === undefined ? {} : { cause: this.#lastError }),
      },
    );
  }

  /** Feeds end in good order, within a time; those on which something is still under way are broken off. */
  async #end(): Promise<void> {
    this.#isOver = true;
    for (const source of this.#scheduler.sources) {
      if (source.asked.size + source.cancelled.size === 0) source.feed?.finish();
      else this.#running.get(source)?.abort(new Error('everything is here'));
    }
    const timer = new AbortController();
    const expire = async (): Promise<void> => {
      try {
        await this.#deps.clock.sleep(SWARM_END_MAX_MS, timer.signal);
      } catch (error) {
        if (!timer.signal.aborted) throw error;
      }
    };
    try {
      await Promise.race([Promise.all(this.#ended), expire()]);
    } finally {
      timer.abort();
    }
  }

  async #runSource(
    source: SwarmSource,
    repository: RemoteRepository,
    signal: AbortSignal,
  ): Promise<SwarmSourceReport> {
    const { wants, chunks } = this.#options;
    let dropped: SwarmSourceReport['dropped'] = null;
    try {
      await repository.feed({
        store: this.#deps.store,
        wants: wants.slice(0, SYNC_TIPS_MAX),
        announcedMax: 2 * chunks.count + FEED_ANNOUNCED_SLACK,
        events: this.#eventsOf(source),
        onOpen: (feed, { complete }) => {
          this.#scheduler.join(source, feed, complete);
          this.#moved();
        },
        signal,
      });
    } catch (error) {
      if (!this.#isOver) {
        this.#lastError = error;
        dropped = { reason: dropReasonOf(error), error };
      }
    }
    this.#running.delete(source);
    this.#scheduler.leave(source);
    const report = reportOn(source, dropped);
    this.#reports.push(report);
    this.#changed.notify();
    return report;
  }

  #eventsOf(source: SwarmSource): FeedEvents {
    return {
      onHave: (have) => {
        this.#scheduler.have(source, have);
        this.#moved();
      },
      onHeldBack: () => source.holdBack(),
      onArrived: (ids, bytes) => {
        this.#scheduler.arrived(source, ids, bytes);
        this.#moved();
      },
      onDurable: (ids) => {
        this.#scheduler.durable(source, ids);
        if (this.#held.isComplete) this.#changed.notify();
      },
      onAbsent: (ids) => this.#scheduler.absent(source, ids),
    };
  }

  #moved(): void {
    this.#lastMoveMs = this.#deps.clock.now();
  }

  #totals(): SyncTotals {
    const { chunks } = this.#options;
    const sources = [...this.#reports, ...this.#running.keys()];
    const sentBytes = sources.reduce((sum, { bytes }) => sum + bytes, 0);
    const counts = { objects: chunks.count, chunks: chunks.count, logicalBytes: chunks.bytes };
    const sent = { objectsSent: chunks.missingCount, chunksSent: chunks.missingCount, sentBytes };
    return { ...NO_TOTALS, ...counts, ...sent };
  }

  #report(phase: SyncPhase): void {
    const { chunks, onProgress } = this.#options;
    if (onProgress === undefined) return;
    const totals = this.#totals();
    const arrived = this.#held.length - (chunks.count - chunks.missingCount);
    onProgress({
      phase,
      totals,
      isTotalKnown: true,
      objects: arrived,
      chunks: arrived,
      bytes: totals.sentBytes,
      elapsedMs: this.#deps.clock.now() - this.#startMs,
    });
  }
}

function reportOn(
  { peerId, bytes, chunks, rate }: SwarmSource,
  dropped: SwarmSourceReport['dropped'],
): SwarmSourceReport {
  const bytesPerSecond = Math.round((rate.bytesPerMs ?? 0) * 1_000);
  return { peerId, bytes, chunks, bytesPerSecond, dropped };
}

function dropReasonOf(error: unknown): DropReason {
  if (!(error instanceof ProtocolError)) return 'lost';
  const { dropped } = error.details;
  if (dropped === 'silent' || dropped === 'slow') return dropped;
  if (!isViolation(error)) return 'lost';
  return error.code === 'DITS_PROTOCOL_BAD_DATA' ? 'wrong-bytes' : 'broke-rules';
}
