/**
 * Drives one quiche connection: datagrams in, datagrams out, timers, the end. What is sent and received on streams is
 * the owner's business. Everything that happened in one turn of the event loop is handled in one step: packets are fed
 * in as they come, then the owner reads and writes, then packets are sent until quiche has none left.
 */
import type { CloseReason } from '../../protocol/index.ts';
import type { DatagramSocket } from './datagram-socket.ts';
import { endOf, reasonBytes } from './close-reason.ts';
import { ConnectionIds, type IdHandlers } from './connection-ids.ts';
import { joinedLength } from './joined-datagrams.ts';
import { PathSizeGuard } from './path-size.ts';
import { PeerAddress, quicheHost } from './peer-address.ts';
import {
  CLOSE_FLUSH_MAX_MS,
  DATAGRAMS_PER_TURN_MAX,
  UDP_PAYLOAD_BASE_BYTES,
  UDP_PAYLOAD_MAX_BYTES,
} from './quic-limits.ts';
import type { QuicheConnection, QuicheHost } from './quiche.ts';
import type { SocketAddress } from './socket-address.ts';

/** quiche rounds its timeouts down to whole milliseconds. */
const TIMER_SLACK_MS = 1;
/** A probe timer is shorter than this; the idle timer, freshly set, is longer. */
const PROBE_TIMER_MAX_MS = 5_000;
/** Looks for signs of life per idle timeout. A silence between two looks draws a ping, so the second of three may be lost. */
const LIFE_CHECKS_PER_IDLE_TIMEOUT = 6;
/** Datagrams between two looks at the share that was lost. */
const LOSS_CHECK_INTERVAL_COUNT = 256;

export type EngineOptions = {
  readonly native: QuicheConnection;
  readonly socket: DatagramSocket;
  /** Where packets go, as the socket names it (with an IPv6 zone where there is one). */
  readonly remote: SocketAddress;
  readonly local: SocketAddress;
  readonly idleTimeoutMs: number;
  /** Told of the ids by which the peer may call this connection, beside the first. */
  readonly ids?: IdHandlers | undefined;
};

/** Who is told what happens. Called from the event loop, never from inside a call to the engine. */
export interface EngineOwner {
  /** Packets came in: streams may have become readable or ended, and there may be new ones. Comes before `onProgress`. */
  onReceived(): void;
  /** Streams may have become writable or closed. */
  onProgress(): void;
  /** Whether a stream holds data that quiche has not accepted yet. */
  hasPendingWrites(): boolean;
  /** The connection has ended. Called once. What has been received can still be read. */
  onEnded(reason: CloseReason): void;
}

export class QuicEngine {
  readonly native: QuicheConnection;
  /** Called when the connection's ids are free again, after the end. */
  onGone: () => void = () => undefined;
  /** Called when packets go another way from now on: either side has another address. */
  onPathChanged: () => void = () => undefined;
  readonly #ids: ConnectionIds;
  readonly #idleTimeoutMs: number;
  #socket: DatagramSocket;
  readonly #peer: PeerAddress;
  #quicheLocal: QuicheHost;
  /** Packets came from an address that is not the peer's yet. */
  #hasStrangePath = false;
  readonly #guard = new PathSizeGuard();
  #owner: EngineOwner | undefined;
  #ended: CloseReason | undefined;
  #isGone = false;
  #isScheduled = false;
  #isOutOfRoom = false;
  #payloadMax = UDP_PAYLOAD_BASE_BYTES;
  #isPathSized = false;
  #timer: NodeJS.Timeout | undefined;
  #timerDueMs = 0;
  #keepAlive: NodeJS.Timeout | undefined;
  #hasReceivedSincePing = false;
  /** Packets were fed in that the owner has not been told of. */
  #hasNews = false;
  #quietWaiters: (() => void)[] = [];
  #closing: Promise<void> | undefined;
  bytesSent = 0;
  bytesReceived = 0;
  #datagramsSent = 0;

  constructor(options: EngineOptions) {
    this.native = options.native;
    this.#peer = new PeerAddress(options.remote);
    this.#ids = new ConnectionIds(options.native, options.ids);
    this.#socket = options.socket;
    this.#idleTimeoutMs = options.idleTimeoutMs;
    this.#quicheLocal = quicheHost(options.local);
    this.#keepAlive = setInterval(() => {
      this.#ping();
    }, options.idleTimeoutMs / LIFE_CHECKS_PER_IDLE_TIMEOUT);
  }

  /** Where the peer's packets come from, as the socket names it. */
  get remote(): SocketAddress {
    return this.#peer.current;
  }

  /** Why the connection ended, undefined while it lasts. */
  get ended(): CloseReason | undefined {
    return this.#ended;
  }

  /** Datagram size in use towards the peer. */
  get payloadBytes(): number {
    return Math.min(this.#payloadMax, this.native.maxSendUdpPayloadSize());
  }

  /** Whether everything that has left has been acknowledged: then only the idle timer runs. */
  get isAllAcknowledged(): boolean {
    const timeout = this.native.timeout();
    return timeout === null || timeout > Math.min(this.#idleTimeoutMs / 2, PROBE_TIMER_MAX_MS);
  }

  setOwner(owner: EngineOwner): void {
    this.#owner = owner;
    // What came in before is news to a new owner.
    this.#hasNews = true;
    if (this.#ended !== undefined) owner.onEnded(this.#ended);
    else this.schedule();
  }

  /** Feeds datagrams in, one or several joined ones. The bytes are decrypted in place. */
  receive(bytes: Uint8Array, from: SocketAddress): void {
    this.bytesReceived += bytes.length;
    this.#hasReceivedSincePing = true;
    this.#hasNews = true;
    this.#guard.onReceived();
    const isKnown = this.#peer.isCurrent(from);
    if (!isKnown) this.#hasStrangePath = true;
    const path = { from: isKnown ? this.#peer.quiche : quicheHost(from), to: this.#quicheLocal };
    const length = joinedLength(bytes);
    for (let offset = 0; offset < bytes.length; offset += length) {
      try {
        this.native.recv(bytes.subarray(offset, offset + length), path);
      } catch {
        // quiche drops what it cannot use and closes the connection by itself where the protocol demands it; the step
        // that follows sees that in its state.
      }
    }
    this.schedule();
  }

  /** Asks for a step in this turn of the event loop. */
  schedule(): void {
    if (this.#isScheduled || this.#isGone) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#step();
    });
  }

  /** Hands what quiche has to send to the socket in this very call, as far as there is room. */
  sendNow(): void {
    if (!this.#isGone && this.#ended === undefined) this.#send();
  }

  /** The socket has room again. */
  onRoom(): void {
    if (this.#isOutOfRoom) this.schedule();
  }

  /** Asks the peer for a sign of life, now. */
  probe(): void {
    if (this.#ended !== undefined || !this.native.isEstablished()) return;
    this.native.sendAckEliciting();
    this.schedule();
  }

  /**
   * Goes on from another socket, whose address is `local`. Returns the socket that is not used any more, undefined when
   * the peer has given no id to be called by on another path; then nothing has changed.
   */
  moveTo(socket: DatagramSocket, local: SocketAddress): DatagramSocket | undefined {
    if (this.#ended !== undefined || !this.#ids.migrate(local, this.#peer.quiche)) return undefined;
    const before = this.#socket;
    this.#ids.askOnLeftPath(this.#quicheLocal, this.#peer.quiche);
    this.#socket = socket;
    this.#quicheLocal = quicheHost(local);
    this.#isOutOfRoom = false;
    this.#pathChanged();
    return before;
  }

  /** The operating system refused a datagram as too big for the path. */
  onTooBig(): void {
    this.#guard.shrink();
    this.#sizePayload();
    this.schedule();
  }

  /** Waits until what was written has been acknowledged, within a bound, then closes. Idempotent. */
  close(code: number, reason: string): Promise<void> {
    this.#closing ??= this.#flushAndClose(code, reason);
    return this.#closing;
  }

  /** Closes at once, without waiting for what was written. */
  abort(code: number, reason: string): void {
    if (this.#ended !== undefined) return;
    this.native.close(true, code, reasonBytes(reason));
    this.#send();
    this.#end({ by: 'local', code, reason });
  }

  /** Ends without a word to the peer: the socket is gone, or the peer is. */
  destroy(reason: CloseReason): void {
    this.#end(reason);
    this.#gone();
  }

  async #flushAndClose(code: number, reason: string): Promise<void> {
    if (this.#ended !== undefined) return;
    if (this.native.isEstablished() && !this.#isQuiet()) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#quietWaiters.push(resolve);
        timer = setTimeout(resolve, CLOSE_FLUSH_MAX_MS);
        this.schedule();
      });
      clearTimeout(timer);
    }
    this.abort(code, reason);
  }

  /** Whether everything written has been sent and acknowledged. */
  #isQuiet(): boolean {
    if (this.#ended !== undefined) return true;
    if (this.#isScheduled || this.#isOutOfRoom || this.#owner?.hasPendingWrites() === true) {
      return false;
    }
    return this.isAllAcknowledged;
  }

  #step(): void {
    if (this.#isGone) return;
    if (!this.#isPathSized && this.native.isEstablished()) {
      this.#isPathSized = true;
      this.#sizePayload();
      this.#ids.supply();
    }
    if (this.#hasNews) this.#ids.replaceRetired();
    if (this.#hasStrangePath) this.#readPathEvents();
    if (this.#ended === undefined) this.#tellOwner();
    this.#send();
    this.#checkEnd();
    this.#armTimer();
    if (this.#quietWaiters.length > 0 && this.#isQuiet()) {
      const waiters = this.#quietWaiters;
      this.#quietWaiters = [];
      for (const resolve of waiters) resolve();
    }
  }

  #tellOwner(): void {
    if (this.#owner === undefined) return;
    if (this.#hasNews) {
      this.#hasNews = false;
      this.#owner.onReceived();
    }
    this.#owner.onProgress();
  }

  #send(): void {
    this.#sendPackets();
    this.#socket.flush();
  }

  #sendPackets(): void {
    this.#isOutOfRoom = false;
    for (let count = 0; count < DATAGRAMS_PER_TURN_MAX; count++) {
      const buffer = this.#socket.acquire();
      if (buffer === undefined) {
        this.#isOutOfRoom = true;
        return;
      }
      const sent = this.#nextPacket(buffer);
      if (sent === null) {
        this.#socket.release(buffer);
        return;
      }
      const [length, { to }] = sent;
      this.bytesSent += length;
      if (++this.#datagramsSent % LOSS_CHECK_INTERVAL_COUNT === 0) this.#checkLoss();
      this.#socket.send(buffer, length, this.#peer.routeOf(to));
    }
    this.schedule();
  }

  #nextPacket(buffer: Buffer): ReturnType<QuicheConnection['send']> {
    const room = this.#payloadMax < buffer.length ? buffer.subarray(0, this.#payloadMax) : buffer;
    try {
      return this.native.send(room);
    } catch {
      // quiche has closed the connection over it (a failed handshake, a packet it could not build): `#checkEnd` sees it.
      return null;
    }
  }

  /** The peer has another address once quiche says so; what is sent before only asks whether it can be reached there. */
  #readPathEvents(): void {
    this.#hasStrangePath = false;
    const moved = this.#ids.peerMovedTo();
    if (moved === undefined) return;
    this.#ids.askOnLeftPath(this.#quicheLocal, this.#peer.quiche);
    this.#peer.moveTo(moved);
    this.#pathChanged();
  }

  /** Nothing is known of the new path: the safe size first, and a sign of life. */
  #pathChanged(): void {
    this.#guard.shrink();
    this.#sizePayload();
    this.onPathChanged();
    this.probe();
  }

  #checkLoss(): void {
    const { sent, lost } = this.native.stats();
    this.#guard.onCheck(sent, lost);
    this.#sizePayload();
  }

  #sizePayload(): void {
    if (!this.#isPathSized) return;
    this.#payloadMax = this.#guard.isBig ? UDP_PAYLOAD_MAX_BYTES : UDP_PAYLOAD_BASE_BYTES;
  }

  #checkEnd(): void {
    const isClosed = this.native.isClosed();
    if (isClosed || this.native.isDraining()) this.#end(endOf(this.native));
    if (isClosed) this.#gone();
  }

  #end(reason: CloseReason): void {
    if (this.#ended !== undefined) return;
    this.#ended = reason;
    clearInterval(this.#keepAlive);
    for (const resolve of this.#quietWaiters.splice(0)) resolve();
    this.#owner?.onEnded(reason);
    this.schedule();
  }

  #gone(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    clearTimeout(this.#timer);
    this.onGone();
  }

  #ping(): void {
    if (!this.#hasReceivedSincePing) this.probe();
    this.#hasReceivedSincePing = false;
  }

  /** Keeps a timer that fires no later than quiche wants; one that fires early finds nothing due and is set again. */
  #armTimer(): void {
    if (this.#isGone) return;
    const timeout = this.native.timeout();
    if (timeout === null) return;
    const dueMs = performance.now() + timeout + TIMER_SLACK_MS;
    if (this.#timer !== undefined && this.#timerDueMs <= dueMs) return;
    clearTimeout(this.#timer);
    this.#timerDueMs = dueMs;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#onTimer();
    }, timeout + TIMER_SLACK_MS);
  }

  #onTimer(): void {
    const isDue = this.native.timeout() === 0;
    this.native.onTimeout();
    if (isDue && this.#isPathSized) {
      this.#guard.onTimeout();
      this.#sizePayload();
    }
    this.#step();
  }
}
