/**
 * Datagrams on their way to one receiver, packed back to back so that one call sends them. A batch is of one size; its last
 * datagram may be shorter.
 */
import { UDP_PAYLOAD_BASE_BYTES, UDP_PAYLOAD_MAX_BYTES } from './quic-limits.ts';
import { encodeSocketAddress, type SocketAddress } from './socket-address.ts';
import {
  BATCH_MAX_BYTES,
  PACKET_HEADERS_BYTES,
  SEGMENTS_MAX,
  type BatchSender,
} from './udp-offload.ts';

/** What a batch needs of its socket. */
export interface BatchSocket {
  /** Sends one datagram the usual way, when the system has room; `done` follows. */
  sendSingle(bytes: Buffer, to: SocketAddress, done: () => void): void;
  /** A datagram was too big for the path, or the network reported that nobody listens. */
  onTrouble(trouble: 'too-big' | 'refused'): void;
  /** Batches do not work here: nothing of this one is left, and there are to be no more. */
  onUnsupported(): void;
  /** There is room again after the socket was full. */
  onRoom(): void;
}

export class DatagramBatch {
  readonly #sender: BatchSender;
  readonly #socket: BatchSocket;
  readonly #isConnected: boolean;
  readonly #bytes = Buffer.allocUnsafeSlow(BATCH_MAX_BYTES + UDP_PAYLOAD_MAX_BYTES);
  readonly #addresses = new WeakMap<SocketAddress, Uint8Array>();
  #to: SocketAddress | undefined;
  /** Not sent yet: datagrams of `#segmentBytes` in [#start, #end). */
  #start = 0;
  #end = 0;
  #segmentBytes = 0;
  #countMax = 0;
  #isBlocked = false;

  constructor(sender: BatchSender, socket: BatchSocket, isConnected: boolean) {
    this.#sender = sender;
    this.#socket = socket;
    this.#isConnected = isConnected;
  }

  /** Whether a buffer is one that `room` handed out. */
  owns(buffer: Buffer): boolean {
    return buffer.buffer === this.#bytes.buffer;
  }

  get #isOfBaseSize(): boolean {
    return this.#segmentBytes <= UDP_PAYLOAD_BASE_BYTES;
  }

  /** Nothing waits to be sent. */
  get isEmpty(): boolean {
    return this.#start === this.#end;
  }

  /** Room for the next datagram, at least `UDP_PAYLOAD_MAX_BYTES`; undefined while the socket is full. */
  room(): Buffer | undefined {
    if (this.#end + UDP_PAYLOAD_MAX_BYTES > this.#bytes.length) this.flush();
    return this.#isBlocked ? undefined : this.#bytes.subarray(this.#end);
  }

  /** Adds the first `length` bytes of the room just handed out. */
  add(length: number, to: SocketAddress): void {
    if (!this.isEmpty && (to !== this.#to || length > this.#segmentBytes)) {
      const from = this.#end;
      this.flush();
      // What has just been written begins the next batch, where it lies; or is lost, when the socket is full.
      if (this.#isBlocked) return;
      this.#start = from;
      this.#end = from;
    }
    if (this.isEmpty) {
      this.#segmentBytes = length;
      const fitting = Math.floor(BATCH_MAX_BYTES / (length + PACKET_HEADERS_BYTES));
      this.#countMax = Math.min(fitting, SEGMENTS_MAX);
      this.#to = to;
    }
    this.#end += length;
    const count = (this.#end - this.#start) / this.#segmentBytes;
    // Nothing may follow a datagram that is shorter than the others.
    if (count >= this.#countMax || length < this.#segmentBytes) this.flush();
  }

  /** Hands everything to the system. */
  flush(): void {
    if (this.#isBlocked) return;
    const to = this.#to;
    if (to !== undefined && !this.isEmpty) this.#send(to);
    if (!this.isEmpty) return;
    this.#start = 0;
    this.#end = 0;
  }

  #send(to: SocketAddress): void {
    const address = this.#isConnected ? undefined : this.#addressOf(to);
    if (address === undefined && !this.#isConnected) {
      // An address with a zone: rare enough to go the usual way.
      this.#sendSingles(to);
      return;
    }
    const bytes = this.#bytes.subarray(this.#start, this.#end);
    const outcome = this.#sender.send(bytes, this.#segmentBytes, address);
    if (outcome === 'full') {
      this.#waitForRoom(to);
    } else if (outcome === 'unsupported' || (outcome === 'too-big' && this.#isOfBaseSize)) {
      // Smaller than the safe size they do not get: what the system says it cannot cut, it can still fragment.
      this.#sendSingles(to);
      this.#socket.onUnsupported();
    } else {
      this.#start = this.#end;
      if (outcome === 'too-big' || outcome === 'refused') this.#socket.onTrouble(outcome);
    }
  }

  /** The usual way knows when the system has room again: the first datagram takes it, the others follow. */
  #waitForRoom(to: SocketAddress): void {
    this.#isBlocked = true;
    this.#sendFirst(to, () => {
      this.#isBlocked = false;
      this.flush();
      if (this.isEmpty) this.#socket.onRoom();
    });
  }

  /** Sends everything the usual way; nothing may follow until it has left. */
  #sendSingles(to: SocketAddress): void {
    let left = Math.ceil((this.#end - this.#start) / this.#segmentBytes);
    this.#isBlocked = true;
    while (this.#start < this.#end) {
      this.#sendFirst(to, () => {
        left--;
        if (left > 0) return;
        this.#isBlocked = false;
        this.#socket.onRoom();
      });
    }
  }

  #sendFirst(to: SocketAddress, done: () => void): void {
    const next = Math.min(this.#start + this.#segmentBytes, this.#end);
    // The bytes are copied: those of the batch may be written again before the system has taken them.
    const first = Buffer.from(this.#bytes.subarray(this.#start, next));
    this.#start = next;
    this.#sender.reset();
    this.#socket.sendSingle(first, to, done);
  }

  #addressOf(to: SocketAddress): Uint8Array | undefined {
    const known = this.#addresses.get(to);
    if (known !== undefined) return known;
    const encoded = encodeSocketAddress(to);
    if (encoded !== undefined) this.#addresses.set(to, encoded);
    return encoded;
  }
}
