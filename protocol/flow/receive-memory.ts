/**
 * Memory for what peers have sent and this side is not done with: payloads that are still coming in, and batches on their way to
 * the disk. Each transfer has a window, but a node may have thousands of transfers, and a peer can begin what it never finishes. So
 * all connections of a node share this: who asks for more waits unread, where flow control holds its peer up. A peer may hold an
 * equal part of all; more only as long as it leaves as much free. When somebody has to wait for its part for long, the connection
 * that holds most has to go.
 */
import type { Clock } from '../clock.ts';
import type { Connection } from '../connection.ts';
import { ProtocolError, type ProtocolErrorCode } from '../protocol-error.ts';
import {
  RECEIVE_LOOK_INTERVAL_MS,
  RECEIVE_MEMORY_MAX_BYTES,
  RECEIVE_WAITING_PER_PEER_MAX,
  RECEIVE_WAIT_MAX_MS,
} from '../session/session-limits.ts';

type Wanted = { readonly share: ReceiveShare; readonly bytes: number };
type Waiting = Wanted & { readonly sinceMs: number; readonly grant: () => void };

export class ReceiveMemory {
  readonly #clock: Clock;
  readonly #bytesMax: number;
  readonly #shares = new Set<ReceiveShare>();
  readonly #heldByPeer = new Map<string, number>();
  readonly #waiting = new Set<Waiting>();
  #heldBytes = 0;
  #watch: AbortController | undefined;

  constructor(clock: Clock, bytesMax: number = RECEIVE_MEMORY_MAX_BYTES) {
    this.#clock = clock;
    this.#bytesMax = bytesMax;
  }

  /** Bytes held now. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** For one connection, which calls `leave` at its end. `onEvict` has to end it. */
  enter(
    connection: Pick<Connection, 'remotePeerId'>,
    onEvict: (reason: ProtocolError) => void,
  ): ReceiveShare {
    const share = new ReceiveShare(this, connection.remotePeerId, onEvict);
    this.#shares.add(share);
    return share;
  }

  /** For `ReceiveShare`. */
  async take(share: ReceiveShare, bytes: number): Promise<void> {
    if (this.#waiting.size === 0 && this.#hasRoom({ share, bytes })) {
      this.hold(share, bytes);
      return;
    }
    const others = [...this.#waiting].filter((one) => one.share.peerId === share.peerId);
    if (others.length >= RECEIVE_WAITING_PER_PEER_MAX) {
      throw share.evict('DITS_PROTOCOL_RATE_LIMITED', 'too much from here waits for memory');
    }
    await new Promise<void>((resolve) => {
      this.#waiting.add({ share, bytes, sinceMs: this.#clock.now(), grant: resolve });
      this.#grantAll();
      if (this.#waiting.size > 0 && this.#watch === undefined) void this.#lookAround();
    });
  }

  /** For `ReceiveShare`; a negative number gives back. */
  hold(share: ReceiveShare, bytes: number): void {
    // What a connection that has left still has in its hands was given back with it.
    if (!this.#shares.has(share)) return;
    const held = (this.#heldByPeer.get(share.peerId) ?? 0) + bytes;
    if (held === 0) this.#heldByPeer.delete(share.peerId);
    else this.#heldByPeer.set(share.peerId, held);
    share.heldBytes += bytes;
    this.#heldBytes += bytes;
    if (bytes < 0) this.#grantAll();
  }

  /** For `ReceiveShare`. */
  remove(share: ReceiveShare): void {
    for (const waiting of this.#waiting) {
      if (waiting.share !== share) continue;
      this.#waiting.delete(waiting);
      waiting.grant();
    }
    this.hold(share, -share.heldBytes);
    this.#shares.delete(share);
    if (this.#waiting.size === 0) this.#watch?.abort();
  }

  /** Whether a peer would hold no more than an equal part of all, or nothing but this. */
  #isModest({ share, bytes }: Wanted): boolean {
    const held = this.#heldByPeer.get(share.peerId);
    return held === undefined || held + bytes <= this.#bytesMax / this.#peerCount();
  }

  /** Peers that hold something, or wait. */
  #peerCount(): number {
    const peers = new Set(this.#heldByPeer.keys());
    for (const { share } of this.#waiting) peers.add(share.peerId);
    return peers.size;
  }

  #hasRoom(wanted: Wanted): boolean {
    // A single payload beyond the whole memory would wait for ever.
    if (this.#heldBytes === 0) return true;
    const { share, bytes } = wanted;
    const freeBytes = this.#bytesMax - this.#heldBytes - bytes;
    if (this.#isModest(wanted)) return freeBytes >= 0;
    return (this.#heldByPeer.get(share.peerId) ?? 0) + bytes <= freeBytes;
  }

  /** Those who ask for no more than their part come first; what does not fit for one of them is kept free for it. */
  #grantAll(): void {
    for (const waiting of this.#waiting) {
      if (this.#isModest(waiting) && !this.#grant(waiting)) return;
    }
    for (const waiting of this.#waiting) this.#grant(waiting);
    if (this.#waiting.size === 0) this.#watch?.abort();
  }

  #grant(waiting: Waiting): boolean {
    if (!this.#hasRoom(waiting)) return false;
    this.#waiting.delete(waiting);
    this.hold(waiting.share, waiting.bytes);
    waiting.grant();
    return true;
  }

  /** While somebody waits: looks whether that has gone on for too long. */
  async #lookAround(): Promise<void> {
    const watch = new AbortController();
    this.#watch = watch;
    try {
      for (;;) {
        await this.#clock.sleep(RECEIVE_LOOK_INTERVAL_MS, watch.signal);
        const latestMs = this.#clock.now() - RECEIVE_WAIT_MAX_MS;
        const isStarving = (one: Waiting): boolean =>
          one.sinceMs <= latestMs && this.#isModest(one);
        if ([...this.#waiting].some(isStarving)) this.#evictLargest();
      }
    } catch (error) {
      if (!watch.signal.aborted) throw error;
    } finally {
      this.#watch = undefined;
    }
  }

  #evictLargest(): void {
    const peerHolds = (share: ReceiveShare): number => this.#heldByPeer.get(share.peerId) ?? 0;
    const [largest] = [...this.#shares]
      .filter(({ heldBytes, isEvicted }) => heldBytes > 0 && !isEvicted)
      .sort((a, b) => peerHolds(b) - peerHolds(a) || b.heldBytes - a.heldBytes);
    if (largest === undefined) return;
    const what = `${largest.heldBytes} bytes from here were not finished while others waited for the memory`;
    largest.evict('DITS_PROTOCOL_TIMEOUT', what);
  }
}

/** What one connection holds. */
export class ReceiveShare {
  readonly peerId: string;
  /** Kept by `ReceiveMemory`. */
  heldBytes = 0;
  isEvicted = false;
  readonly #memory: ReceiveMemory;
  readonly #onEvict: (reason: ProtocolError) => void;

  /** Use `ReceiveMemory.enter`. */
  constructor(memory: ReceiveMemory, peerId: string, onEvict: (reason: ProtocolError) => void) {
    this.#memory = memory;
    this.peerId = peerId;
    this.#onEvict = onEvict;
  }

  /**
   * Waits until so many bytes may be received; resolves as well when the connection leaves meanwhile.
   * @throws ProtocolError DITS_PROTOCOL_RATE_LIMITED when too much of its peer waits already
   */
  async take(bytes: number): Promise<void> {
    await this.#memory.take(this, bytes);
  }

  /** They are not needed any more. */
  give(bytes: number): void {
    this.#memory.hold(this, -bytes);
  }

  /** Gives back what is left, and lets nobody wait any longer. Idempotent. */
  leave(): void {
    this.#memory.remove(this);
  }

  /** For `ReceiveMemory`: ends the connection, for the reason returned. */
  evict(code: ProtocolErrorCode, what: string): ProtocolError {
    this.isEvicted = true;
    const hint = 'run the command again: what arrived is kept';
    const error = new ProtocolError(code, what, { hint });
    this.#onEvict(error);
    return error;
  }
}
