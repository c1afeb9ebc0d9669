/** Asks each source of a fetch for what it should give next, and keeps the books about what came of it. */
import type { ChunkId } from '../../store/index.ts';
import type { FeedHave } from '../messages/feed.ts';
import { ChunkClaims } from './chunk-claims.ts';
import type { ChunkList } from './chunk-list.ts';
import type { FeedSink } from './feed-sink.ts';
import type { HeldLog } from './held-log.ts';
import { pickAgain, pickInOrder, pickRarest, type PickState } from './pick-chunks.ts';
import type { RandomNumbers } from './random-numbers.ts';
import { FEED_BATCH_BYTES, FEED_STREAMS, FEED_WANTS_MAX } from './swarm-limits.ts';
import type { SwarmSource } from './swarm-source.ts';

export type SwarmSchedulerDeps = {
  readonly list: ChunkList;
  readonly held: HeldLog;
  readonly random: RandomNumbers;
};

/** A source is asked for more when this share of what it may be asked for is free: wants travel in bundles. */
const REFILL_SHARE_MIN = 0.25;

/** What a source was asked for first is in batches already, as many as are read ahead and under way. */
const COMMITTED_BYTES: number = (2 + FEED_STREAMS) * FEED_BATCH_BYTES;

export class SwarmScheduler {
  readonly #list: ChunkList;
  readonly #held: HeldLog;
  readonly #random: RandomNumbers;
  readonly #claims: ChunkClaims;
  readonly #holders: Uint16Array;
  readonly #sources = new Set<SwarmSource>();

  constructor({ list, held, random }: SwarmSchedulerDeps) {
    this.#list = list;
    this.#held = held;
    this.#random = random;
    this.#claims = new ChunkClaims(list, held);
    this.#holders = new Uint16Array(list.count);
  }

  /** Sources that can be asked. */
  get sources(): ReadonlySet<SwarmSource> {
    return this.#sources;
  }

  /** Whether everything that is missing is under way from somebody. */
  get isEndgame(): boolean {
    return this.#claims.openCount === 0;
  }

  /** A source is ready. */
  join(source: SwarmSource, feed: FeedSink, isComplete: boolean): void {
    source.feed = feed;
    source.isComplete = isComplete;
    this.#sources.add(source);
    this.refill(source);
  }

  /** A source is gone: what it was asked for is open again. */
  leave(source: SwarmSource): void {
    if (!this.#sources.delete(source)) return;
    for (const index of source.offered) if (!this.#held.has(index)) this.#holders[index]!--;
    const claimed = [...source.asked.keys(), ...source.arriving];
    for (const index of [...source.asked.keys()]) source.cancel(index);
    source.arriving.clear();
    for (const index of claimed) this.#claims.release(index);
    this.refillAll();
  }

  have(source: SwarmSource, { prefixes, complete }: FeedHave): void {
    if (!this.#sources.has(source)) return;
    const fresh = new Set<number>();
    for (const index of this.#list.indexesOf(prefixes)) {
      if (this.#held.has(index) || !source.announce(index)) continue;
      this.#holders[index]!++;
      fresh.add(index);
    }
    if (complete) source.isComplete = true;
    else this.#reroute(source, fresh);
    this.refill(source);
  }

  /**
   * Takes back from complete sources what a peer that is fetching, too, holds now, as much as it can be asked for, and only what has
   * waited least: the rest is on its way. Otherwise neighbours that ask at the same time would have the same chunks sent to all of them.
   */
  #reroute(source: SwarmSource, fresh: ReadonlySet<number>): void {
    let room = source.rate.aheadBytes - source.askedBytes;
    for (const other of this.#sources) {
      if (!other.isComplete || fresh.size === 0) continue;
      let aheadBytes = 0;
      const waiting: number[] = [];
      for (const [index, size] of other.asked) {
        aheadBytes += size;
        if (aheadBytes <= COMMITTED_BYTES || !fresh.has(index) || size > room) continue;
        if (this.#claims.askers(index) > 1) continue;
        waiting.push(index);
        room -= size;
      }
      this.#cancel(other, waiting);
      if (waiting.length > 0) this.refill(other);
    }
  }

  arrived(source: SwarmSource, ids: readonly ChunkId[], bytes: number): void {
    // Who was dropped may still be heard for a moment; what it was asked for is open again.
    if (!this.#sources.has(source)) return;
    source.bytes += bytes;
    source.chunks += ids.length;
    const indexes = this.#indexesOf(ids);
    for (const index of indexes) {
      source.came(this.#list.sizeAt(index));
      // What was taken back and comes nevertheless is claimed again until it is durable.
      if (!source.answer(index)) this.#claims.claim(index);
      source.arriving.add(index);
    }
    this.#cancelElsewhere(source, indexes);
    this.refill(source);
  }

  durable(source: SwarmSource, ids: readonly ChunkId[]): void {
    for (const index of this.#indexesOf(ids)) {
      this.#held.add(index);
      if (source.arriving.delete(index)) this.#claims.release(index);
    }
  }

  absent(source: SwarmSource, ids: readonly ChunkId[]): void {
    if (!this.#sources.has(source)) return;
    for (const index of this.#indexesOf(ids)) {
      if (!source.answer(index)) continue;
      source.lack(index);
      this.#claims.release(index);
    }
    this.refillAll();
  }

  refillAll(): void {
    for (const source of this.#sources) this.refill(source);
  }

  /** Asks a source for more, if it has room and there is anything to ask for. */
  refill(source: SwarmSource): void {
    const { feed, rate, askedBytes, asked, cancelled } = source;
    if (feed === undefined || !this.#sources.has(source)) return;
    const { aheadBytes } = rate;
    const room = {
      bytes: aheadBytes - askedBytes,
      count: FEED_WANTS_MAX - asked.size - cancelled.size,
    };
    if (room.count <= 0 || (asked.size > 0 && room.bytes < aheadBytes * REFILL_SHARE_MIN)) return;
    const picked = this.#pick(source, room);
    if (picked.length === 0) return;
    for (const index of picked) {
      this.#claims.claim(index);
      source.ask(index, this.#list.sizeAt(index));
    }
    feed.want(picked.map((index) => this.#list.idAt(index)));
  }

  #pick(source: SwarmSource, room: { bytes: number; count: number }): number[] {
    const state: PickState = {
      list: this.#list,
      claims: this.#claims,
      holders: this.#holders,
      sources: this.#sources,
      random: this.#random,
    };
    if (this.#held.isComplete) return [];
    if (this.isEndgame) return pickAgain(state, source, room);
    const isPlain = [...this.#sources].every(({ isComplete }) => isComplete);
    return isPlain ? pickInOrder(state, source, room) : pickRarest(state, source, room);
  }

  #cancelElsewhere(source: SwarmSource, indexes: readonly number[]): void {
    const doubled = indexes.filter((index) => this.#claims.askers(index) > 1);
    if (doubled.length === 0) return;
    for (const other of this.#sources) {
      if (other === source) continue;
      this.#cancel(
        other,
        doubled.filter((index) => other.asked.has(index)),
      );
    }
  }

  #cancel(source: SwarmSource, indexes: readonly number[]): void {
    if (indexes.length === 0) return;
    for (const index of indexes) {
      source.cancel(index);
      this.#claims.release(index);
    }
    source.feed?.cancel(indexes.map((index) => this.#list.idAt(index)));
  }

  #indexesOf(ids: readonly ChunkId[]): number[] {
    // A source can only answer what it was asked for, and that was in the list.
    return ids.map((id) => this.#list.indexOf(id)!);
  }
}
