/** Asks each source of a fetch for what it should give next, and keeps the books about what came of it. */
import type { ChunkId } from '../../store/index.ts';
import type { FeedHave } from '../messages/feed.ts';
import { ChunkClaims } from './chunk-claims.ts';
import type { ChunkList } from './chunk-list.ts';
import type { FeedSink } from './feed-sink.ts';
import type { HeldLog } from './held-log.ts';
import {
  pickAgain,
  pickInOrder,
  pickRarest,
  type PickRoom,
  type PickState,
} from './pick-chunks.ts';
import type { RandomNumbers } from './random-numbers.ts';
import { COMMITTED_MS, FEED_WANTS_MAX, SEED_CHOICE_COUNT } from './swarm-limits.ts';
import type { SwarmSource } from './swarm-source.ts';

export type SwarmSchedulerDeps = {
  readonly list: ChunkList;
  readonly held: HeldLog;
  readonly random: RandomNumbers;
};

/** What a source may be asked for, in all and now. */
type Room = PickRoom & { readonly allBytes: number };

/** A source is asked for more when this share of what it may be asked for is free: wants travel in bundles. */
const REFILL_SHARE_MIN = 0.25;

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
    for (const index of this.#list.indexesOf(prefixes)) {
      if (this.#held.has(index) || !source.announce(index)) continue;
      this.#holders[index]!++;
    }
    if (complete) source.isComplete = true;
    this.refill(source);
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
    const { feed, asked } = source;
    if (feed === undefined || !this.#sources.has(source)) return;
    const room = this.#roomOf(source);
    const isFull = asked.size > 0 && room.bytes < room.allBytes * REFILL_SHARE_MIN;
    if (room.count <= 0 || isFull) return;
    if (!source.isComplete) this.#takeBackFor(source, room.bytes);
    const picked = this.#pick(source, room);
    if (picked.length === 0) return;
    for (const index of picked) {
      this.#claims.claim(index);
      source.ask(index, this.#list.sizeAt(index));
    }
    feed.want(picked.map((index) => this.#list.idAt(index)));
  }

  #roomOf({ rate, isComplete, asked, askedBytes, cancelled }: SwarmSource): Room {
    const { aheadBytes } = rate;
    const isChoice = isComplete && !this.#isPlain;
    const choiceBytes = (SEED_CHOICE_COUNT * this.#list.bytes) / Math.max(1, this.#list.count);
    const allBytes = isChoice ? Math.max(aheadBytes, choiceBytes) : aheadBytes;
    const count = FEED_WANTS_MAX - asked.size - cancelled.size;
    return { allBytes, bytes: allBytes - askedBytes, count };
  }

  /** Whether every source has everything. */
  get #isPlain(): boolean {
    for (const { isComplete } of this.#sources) if (!isComplete) return false;
    return true;
  }

  /**
   * Takes back from complete sources what a peer that is fetching, too, can give, but for what is on its way. Otherwise neighbours that ask
   * at the same time would have the same chunks sent to all of them.
   */
  #takeBackFor(source: SwarmSource, bytes: number): void {
    let room = bytes;
    for (const other of this.#sources) {
      if (!other.isComplete) continue;
      const committedBytes = (other.rate.bytesPerMs ?? 0) * COMMITTED_MS;
      let aheadBytes = 0;
      const waiting: number[] = [];
      for (const [index, size] of other.asked) {
        aheadBytes += size;
        if (room <= 0) break;
        const isOurs = aheadBytes > committedBytes && source.canGive(index);
        if (!isOurs || this.#claims.askers(index) > 1) continue;
        waiting.push(index);
        room -= size;
      }
      this.#cancel(other, waiting);
    }
  }

  #pick(source: SwarmSource, room: PickRoom): number[] {
    const state: PickState = {
      list: this.#list,
      claims: this.#claims,
      holders: this.#holders,
      sources: this.#sources,
      random: this.#random,
    };
    if (this.#held.isComplete) return [];
    if (this.isEndgame) return pickAgain(state, source, room);
    return this.#isPlain ? pickInOrder(state, source, room) : pickRarest(state, source, room);
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
