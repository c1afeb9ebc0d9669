/**
 * Memory for what a node has read from its stores for its peers and the links have not taken yet, shared by all transfers of the
 * node. A peer that asks for much and reads nothing leaves some megabytes lying here, and a thousand of them would take all there
 * is. So every peer with a transfer may hold an equal part; more only as long as it leaves as much free as it holds; and when somebody
 * has to wait for its part, the transfers that do not move have to go.
 */
import type { Clock } from '../clock.ts';
import type { Connection } from '../connection.ts';
import { PayloadPool } from '../frames/payload-pool.ts';
import { ProtocolError } from '../protocol-error.ts';
import {
  SEND_LOOK_INTERVAL_MS,
  SEND_MEMORY_MAX_BYTES,
  SEND_MOVED_MIN_BYTES,
  SEND_STANDSTILL_MAX_MS,
} from '../session/session-limits.ts';

/** What is to be known of the link that takes what was read. */
export type SendLink = Pick<Connection, 'remotePeerId' | 'stats' | 'isHeldBack'>;

type Wanted = { readonly share: SendShare; readonly bytes: number };
type Waiting = Wanted & { readonly grant: () => void };

export class SendMemory {
  /** Buffers to read into, for all transfers. */
  readonly pool: PayloadPool = new PayloadPool();
  readonly #clock: Clock;
  readonly #bytesMax: number;
  readonly #shares = new Set<SendShare>();
  /** Transfers under way, by peer. */
  readonly #sharesOfPeer = new Map<string, number>();
  readonly #heldByPeer = new Map<string, number>();
  readonly #waiting = new Set<Waiting>();
  #heldBytes = 0;
  #isWatching = false;

  constructor(clock: Clock, bytesMax: number = SEND_MEMORY_MAX_BYTES) {
    this.#clock = clock;
    this.#bytesMax = bytesMax;
  }

  /** Bytes held now. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** For one transfer, which calls `leave` at its end. */
  enter(link: SendLink): SendShare {
    const share = new SendShare(this, link);
    this.#shares.add(share);
    this.#countShare(link.remotePeerId, 1);
    return share;
  }

  /** Waits for room; for `SendShare`. */
  async take(share: SendShare, bytes: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#waiting.size === 0 && this.#hasRoom({ share, bytes })) {
      this.#hold(share, bytes);
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const onAbort = (): void => {
        this.#waiting.delete(waiting);
        reject(signal.reason as Error);
      };
      const grant = (): void => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      };
      const waiting: Waiting = { share, bytes, grant };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#waiting.add(waiting);
      this.#grant();
      if (!this.#isWatching) void this.#watch();
    });
  }

  /** Counts what is held beyond, or short of, what was taken; for `SendShare`. */
  hold(share: SendShare, bytes: number): void {
    this.#hold(share, bytes);
  }

  /** Takes memory back; for `SendShare`. */
  give(share: SendShare, bytes: number): void {
    this.#hold(share, -bytes);
    this.#grant();
  }

  /** For `SendShare`. */
  remove(share: SendShare): void {
    if (!this.#shares.has(share)) return;
    this.#hold(share, -share.heldBytes);
    this.#shares.delete(share);
    this.#countShare(share.link.remotePeerId, -1);
    this.#grant();
    if (this.#shares.size === 0) this.pool.clear();
  }

  #countShare(peerId: string, change: number): void {
    const count = (this.#sharesOfPeer.get(peerId) ?? 0) + change;
    if (count === 0) this.#sharesOfPeer.delete(peerId);
    else this.#sharesOfPeer.set(peerId, count);
  }

  #heldBy({ link }: SendShare): number {
    return this.#heldByPeer.get(link.remotePeerId) ?? 0;
  }

  /** Whether a peer would hold no more than an equal part of all, or nothing but this. */
  #isModest({ share, bytes }: Wanted): boolean {
    const held = this.#heldBy(share);
    return held === 0 || held + bytes <= this.#bytesMax / this.#sharesOfPeer.size;
  }

  #hasRoom(wanted: Wanted): boolean {
    const { share, bytes } = wanted;
    // A single batch beyond the whole memory would wait for ever.
    if (this.#heldBytes === 0) return true;
    const freeBytes = this.#bytesMax - this.#heldBytes - bytes;
    if (this.#isModest(wanted)) return freeBytes >= 0;
    return this.#heldBy(share) + bytes <= freeBytes;
  }

  #hold(share: SendShare, bytes: number): void {
    // What a transfer that has left still has in its hands goes with it.
    if (!this.#shares.has(share)) return;
    const { remotePeerId } = share.link;
    const held = this.#heldBy(share) + bytes;
    if (held === 0) this.#heldByPeer.delete(remotePeerId);
    else this.#heldByPeer.set(remotePeerId, held);
    if (share.heldBytes === 0) share.watch(this.#clock.now());
    share.heldBytes += bytes;
    this.#heldBytes += bytes;
  }

  /** Those who ask for no more than their part come first, in the order of coming: what does not fit for one is kept free for it. */
  #grant(): void {
    for (const waiting of this.#waiting) {
      if (this.#isModest(waiting) && !this.#grantOne(waiting)) return;
    }
    for (const waiting of this.#waiting) this.#grantOne(waiting);
  }

  #grantOne(waiting: Waiting): boolean {
    if (!this.#hasRoom(waiting)) return false;
    this.#waiting.delete(waiting);
    this.#hold(waiting.share, waiting.bytes);
    waiting.grant();
    return true;
  }

  /** Looks who stands still, again and again while somebody waits. */
  async #watch(): Promise<void> {
    this.#isWatching = true;
    const { signal } = new AbortController();
    while (this.#waiting.size > 0) {
      this.#evictIdle();
      await this.#clock.sleep(SEND_LOOK_INTERVAL_MS, signal);
    }
    this.#isWatching = false;
  }

  /** While somebody has to wait for its part: ends the transfers that have stood still for the longest time. */
  #evictIdle(): void {
    const nowMs = this.#clock.now();
    const shortCount = [...this.#waiting].filter((one) => this.#isModest(one)).length;
    const standing = [...this.#shares]
      .map((share) => ({ share, ms: share.standstillMs(nowMs) }))
      .filter(({ ms }) => ms >= SEND_STANDSTILL_MAX_MS)
      .sort((a, b) => b.ms - a.ms);
    for (const { share } of standing.slice(0, shortCount)) share.evict();
  }
}

/** What one transfer holds. */
export class SendShare {
  readonly link: SendLink;
  /** Rejects when the transfer has to go. */
  readonly evicted: Promise<never>;
  /** Kept by `SendMemory`. */
  heldBytes = 0;
  readonly #memory: SendMemory;
  #reject: (error: ProtocolError) => void = () => undefined;
  #watchedMs = 0;
  #watchedBytes = 0;

  /** Use `SendMemory.enter`. */
  constructor(memory: SendMemory, link: SendLink) {
    this.#memory = memory;
    this.link = link;
    this.evicted = new Promise((_resolve, reject) => {
      this.#reject = reject;
    });
    // A transfer that has ended by itself does not listen any more.
    this.evicted.catch(() => undefined);
  }

  /** Waits until so many bytes may be read. @throws the signal's reason */
  async take(bytes: number, signal: AbortSignal): Promise<void> {
    await this.#memory.take(this, bytes, signal);
  }

  /** What was taken turned out to be so much more, or less. */
  correct(bytes: number): void {
    this.#memory.hold(this, bytes);
  }

  /** The link has taken it. */
  give(bytes: number): void {
    this.#memory.give(this, bytes);
  }

  /** Gives back what is left. Idempotent. */
  leave(): void {
    this.#memory.remove(this);
  }

  /** Begins to watch whether the link takes anything. */
  watch(nowMs: number): void {
    this.#watchedMs = nowMs;
    this.#watchedBytes = this.link.stats().bytesSent;
  }

  /** For how long it has held memory that the link does not take. */
  standstillMs(nowMs: number): number {
    const movedBytes = this.link.stats().bytesSent - this.#watchedBytes;
    const isHeldBack = this.link.isHeldBack === true;
    if (movedBytes >= SEND_MOVED_MIN_BYTES || isHeldBack) this.watch(nowMs);
    return this.heldBytes === 0 ? 0 : nowMs - this.#watchedMs;
  }

  /** Makes the transfer fail. */
  evict(): void {
    this.#reject(
      new ProtocolError(
        'DITS_PROTOCOL_TIMEOUT',
        `nothing was taken for ${SEND_STANDSTILL_MAX_MS / 1_000} s while others waited for the memory`,
        { hint: 'run the command again: what arrived is kept' },
      ),
    );
  }
}
