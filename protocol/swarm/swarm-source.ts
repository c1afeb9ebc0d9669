/** One source of a fetch: what it holds, what it is asked for, how fast it is. State only; `swarm-scheduler.ts` decides. */
import type { Clock } from '../clock.ts';
import type { FeedSink } from './feed-sink.ts';
import { HELD_BACK_SIGN_MS } from './swarm-limits.ts';
import { SourceRate } from './source-rate.ts';

/**
 * Why a source is asked no more. `wrong-bytes`: it sent bytes that are not what their id says, or that nobody asked for. `broke-rules`: of the
 * protocol. `silent`: it answered nothing. `slow`: a crawl, far below the others. `lost`: its connection ended, or it
 * refused or failed.
 */
export type DropReason = 'wrong-bytes' | 'broke-rules' | 'silent' | 'slow' | 'lost';

/** Who it is, and whether this side lets it send. */
export type SourcePeer = { readonly remotePeerId: string; readonly isHeldBack: boolean };

export class SwarmSource {
  readonly peerId: string;
  readonly rate: SourceRate;
  /** Undefined until the source has answered FEED_OPEN. */
  feed: FeedSink | undefined;
  /** It holds everything, as far as it knows. */
  isComplete = false;
  /** What a source that is not complete has announced: maybe held here by now, or asked of another. */
  readonly offered: number[] = [];
  /** Asked for and not answered, in the order of asking, with raw bytes. */
  readonly asked = new Map<number, number>();
  /** Taken back and not answered: can not be asked for again yet. */
  readonly cancelled = new Set<number>();
  /** Has come and is not durable yet. */
  readonly arriving = new Set<number>();
  /** Payload bytes and chunks that came. */
  bytes = 0;
  chunks = 0;
  /** When it last answered anything, or was asked while it had nothing to do. */
  lastMoveMs: number;
  /** When it last said that it holds back what it is asked for. */
  heldBackMs = -Infinity;
  readonly #peer: SourcePeer;
  #toldMs = -Infinity;
  readonly #clock: Clock;
  readonly #has: Uint8Array;
  readonly #lacks = new Set<number>();
  #askedBytes = 0;

  /** `chunkCount`: chunks of the fetch. */
  constructor(peer: SourcePeer, chunkCount: number, clock: Clock) {
    this.peerId = peer.remotePeerId;
    this.#peer = peer;
    this.rate = new SourceRate(clock);
    this.lastMoveMs = clock.now();
    this.#clock = clock;
    this.#has = new Uint8Array(Math.ceil(chunkCount / 8));
  }

  /** What it sends is held back on this side: its silence is not its fault. */
  isHeldBack(): boolean {
    return this.#peer.isHeldBack;
  }

  /** Raw bytes that it is asked for. */
  get askedBytes(): number {
    return this.#askedBytes;
  }

  /** Notes a chunk that it announced; false when it had. */
  announce(index: number): boolean {
    if (this.#hasAnnounced(index)) return false;
    this.#has[index >> 3]! |= 1 << (index & 7);
    this.offered.push(index);
    return true;
  }

  /** Whether it is thought to hold a chunk. */
  holds(index: number): boolean {
    return (this.isComplete || this.#hasAnnounced(index)) && !this.#lacks.has(index);
  }

  /** Whether a chunk may be asked of it now. */
  canGive(index: number): boolean {
    return this.holds(index) && !this.asked.has(index) && !this.cancelled.has(index);
  }

  /** It does not have what it was thought to have. */
  lack(index: number): void {
    this.#lacks.add(index);
  }

  /** What it sends is held back here: it is told so now and then, and its silence does not count. */
  waitForUs(): void {
    this.lastMoveMs = this.#clock.now();
    if (this.lastMoveMs - this.#toldMs < HELD_BACK_SIGN_MS) return;
    this.#toldMs = this.lastMoveMs;
    this.feed?.tellHeldBack();
  }

  /** It is there, and lets us wait on purpose. */
  holdBack(): void {
    this.heldBackMs = this.#clock.now();
  }

  ask(index: number, size: number): void {
    if (this.asked.size === 0) {
      this.lastMoveMs = this.#clock.now();
      this.rate.busy();
    }
    this.asked.set(index, size);
    this.#askedBytes += size;
  }

  /** Strikes a want off; false when it had been taken back. */
  answer(index: number): boolean {
    this.lastMoveMs = this.#clock.now();
    this.cancelled.delete(index);
    return this.#strike(index);
  }

  cancel(index: number): void {
    if (this.#strike(index)) this.cancelled.add(index);
  }

  /** Raw bytes of a chunk that came. Before `answer`. */
  came(size: number): void {
    this.rate.add(size);
  }

  #strike(index: number): boolean {
    const size = this.asked.get(index);
    if (size === undefined) return false;
    this.asked.delete(index);
    this.#askedBytes -= size;
    if (this.asked.size === 0) this.rate.idle();
    return true;
  }

  #hasAnnounced(index: number): boolean {
    return (this.#has[index >> 3]! & (1 << (index & 7))) !== 0;
  }
}
