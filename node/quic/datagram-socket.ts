/**
 * One UDP socket: bound, with big buffers, a bounded number of sends in flight, and send buffers that are used again. Once
 * it is busy, and where the system can, datagrams are sent and received in batches. Knows nothing of QUIC.
 */
import dgram from 'node:dgram';
import { isIP } from 'node:net';
import { isErrno } from '../errno.ts';
import { NodeError } from '../node-error.ts';
import { DatagramBatch, type BatchSocket } from './datagram-batch.ts';
import {
  BATCHES_AFTER_COUNT,
  DATAGRAMS_IN_FLIGHT_MAX,
  SOCKET_BUFFER_BYTES,
  UDP_PAYLOAD_MAX_BYTES,
} from './quic-limits.ts';
import type { SocketAddress } from './socket-address.ts';
import { openBatchSender, type BatchSender } from './udp-offload.ts';

export type DatagramHandlers = {
  /**
   * What came in: one datagram, or several of one sender that the system has joined, all of one length but the last. The
   * owner of the protocol knows where they begin.
   */
  onDatagrams(bytes: Uint8Array, from: SocketAddress): void;
  /** There is room for sends again after `acquire` returned undefined. */
  onRoom(): void;
  /** A datagram was too big for the path, or the network reported that nobody listens (connected sockets only). */
  onTrouble(trouble: 'too-big' | 'refused'): void;
};

/** What the operating system granted of the buffers asked for, in bytes. */
export type SocketBuffers = {
  readonly asked: number;
  readonly receive: number;
  readonly send: number;
};

/** Switches batches on for a bound socket; undefined where the system cannot do it. */
export type OpenBatchSender = (local: SocketAddress) => Promise<BatchSender | undefined>;

export class DatagramSocket {
  readonly #socket: dgram.Socket;
  readonly #openBatchSender: OpenBatchSender;
  readonly #free: Buffer[] = [];
  #buffersMade = 0;
  /** Datagrams handed to `node:dgram` that it has not sent yet. */
  #inFlightCount = 0;
  #movedCount = 0;
  #batch: DatagramBatch | undefined;
  /** A batch that waits until nothing is in flight: single datagrams and batches must not mix at the system. */
  #nextBatch: DatagramBatch | undefined;
  #opening: Promise<void> | undefined;
  #isWaitingForRoom = false;
  #isConnected = false;
  #isClosed = false;
  #closing: Promise<void> | undefined;
  #onAllSent: (() => void) | undefined;
  #handlers: DatagramHandlers | undefined;

  private constructor(socket: dgram.Socket, open: OpenBatchSender) {
    this.#socket = socket;
    this.#openBatchSender = open;
    socket.on('message', (bytes, info) => {
      this.#onMoved();
      this.#handlers?.onDatagrams(bytes, { host: info.address, port: info.port });
    });
    socket.on('error', (error) => {
      this.#reportTrouble(error);
    });
  }

  /**
   * Binds to a literal IP address; port 0 picks a free one.
   * @throws NodeError DITS_NODE_PORT_BUSY, DITS_NODE_LISTEN_FAILED
   */
  static async bind(
    address: SocketAddress,
    open: OpenBatchSender = openBatchSender,
  ): Promise<DatagramSocket> {
    const isV6 = isIP(address.host) === 6;
    const socket = dgram.createSocket({
      type: isV6 ? 'udp6' : 'udp4',
      // Only literal addresses are ever sent to: resolving them would cost a tick per datagram.
      lookup: (host, _options, done) => {
        done(null, host, isV6 ? 6 : 4);
      },
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.bind(address.port, address.host, () => {
        socket.off('error', reject);
        resolve();
      });
    }).catch((cause: unknown) => {
      socket.close();
      throw bindError(address, cause);
    });
    growBuffers(socket);
    return new DatagramSocket(socket, open);
  }

  /** Binds to any port and fixes the other end, so that the network's error messages reach this socket. */
  static async connect(remote: SocketAddress): Promise<DatagramSocket> {
    const socket = await DatagramSocket.bind({
      host: isIP(remote.host) === 6 ? '::' : '0.0.0.0',
      port: 0,
    });
    try {
      await new Promise<void>((resolve, reject) => {
        // The callback gets the error, if there is one; the type definitions do not know.
        socket.#socket.connect(remote.port, remote.host, (error?: unknown) => {
          if (error instanceof Error) reject(error);
          else resolve();
        });
      });
    } catch (cause) {
      await socket.close();
      throw new NodeError('DITS_NODE_UNREACHABLE', `no route to ${remote.host}`, { cause });
    }
    socket.#isConnected = true;
    return socket;
  }

  setHandlers(handlers: DatagramHandlers): void {
    this.#handlers = handlers;
  }

  get localAddress(): SocketAddress {
    const { address, port } = this.#socket.address();
    return { host: address, port };
  }

  get buffers(): SocketBuffers {
    return {
      asked: SOCKET_BUFFER_BYTES,
      receive: this.#socket.getRecvBufferSize(),
      send: this.#socket.getSendBufferSize(),
    };
  }

  /** A buffer to fill and pass to `send` or `release`; undefined when enough is in flight (then `onRoom` follows). */
  acquire(): Buffer | undefined {
    // Asking for room may send, and sending may find out that there are to be no batches.
    const room = this.#batch?.room();
    if (this.#batch === undefined && this.#nextBatch === undefined) return this.#acquireSingle();
    if (room === undefined) this.#isWaitingForRoom = true;
    return room;
  }

  release(buffer: Buffer): void {
    if (this.#batch?.owns(buffer) === true) return;
    this.#free.push(buffer);
    this.#tellRoom();
  }

  /**
   * Sends the first `length` bytes of an acquired buffer, which is taken back. It may wait for others like it, until
   * `flush` at the latest.
   */
  send(buffer: Buffer, length: number, to: SocketAddress): void {
    this.#onMoved();
    if (this.#batch !== undefined) {
      this.#batch.add(length, to);
      return;
    }
    this.#sendSingle(buffer.subarray(0, length), to, () => {
      this.#free.push(buffer);
    });
  }

  /** Hands what was sent to the system. */
  flush(): void {
    this.#batch?.flush();
  }

  /** Closes after the sends in flight. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#closeWhenSent();
    return this.#closing;
  }

  #acquireSingle(): Buffer | undefined {
    const buffer = this.#free.pop();
    if (buffer !== undefined) return buffer;
    if (this.#buffersMade < DATAGRAMS_IN_FLIGHT_MAX && this.#closing === undefined) {
      this.#buffersMade++;
      return Buffer.allocUnsafeSlow(UDP_PAYLOAD_MAX_BYTES);
    }
    this.#isWaitingForRoom = true;
    return undefined;
  }

  #sendSingle(bytes: Buffer, to: SocketAddress, done: () => void): void {
    const onSent = (error: Error | null): void => {
      if (error !== null) this.#reportTrouble(error);
      this.#inFlightCount--;
      done();
      this.#onSent();
    };
    this.#inFlightCount++;
    if (this.#isClosed) onSent(null);
    else if (this.#isConnected) this.#socket.send(bytes, onSent);
    else this.#socket.send(bytes, to.port, to.host, onSent);
  }

  #onSent(): void {
    if (this.#inFlightCount === 0) {
      if (this.#nextBatch !== undefined) {
        this.#batch = this.#nextBatch;
        this.#nextBatch = undefined;
      }
      this.#onAllSent?.();
    }
    // While batches are about to begin, room comes with the last of the singles.
    if (this.#nextBatch === undefined) this.#tellRoom();
  }

  #tellRoom(): void {
    if (!this.#isWaitingForRoom) return;
    this.#isWaitingForRoom = false;
    this.#handlers?.onRoom();
  }

  /** Counts what is sent and received: a socket that is not busy is not worth loading the library for. */
  #onMoved(): void {
    if (++this.#movedCount === BATCHES_AFTER_COUNT) this.#opening = this.#openBatches();
  }

  async #openBatches(): Promise<void> {
    const sender = await this.#openBatchSender(this.localAddress);
    if (sender === undefined || this.#closing !== undefined) return;
    const batchSocket: BatchSocket = {
      sendSingle: (bytes, to, done) => {
        this.#sendSingle(bytes, to, done);
      },
      onTrouble: (trouble) => this.#handlers?.onTrouble(trouble),
      onUnsupported: () => {
        this.#batch = undefined;
      },
      onRoom: () => {
        this.#tellRoom();
      },
    };
    const batch = new DatagramBatch(sender, batchSocket, this.#isConnected);
    if (this.#inFlightCount === 0) this.#batch = batch;
    else this.#nextBatch = batch;
  }

  async #closeWhenSent(): Promise<void> {
    await this.#opening;
    this.#batch?.flush();
    // A goodbye may still be among the sends in flight: closing the handle would drop it.
    while (this.#inFlightCount > 0) {
      await new Promise<void>((resolve) => {
        this.#onAllSent = resolve;
      });
    }
    this.#batch = undefined;
    this.#isClosed = true;
    await new Promise<void>((resolve) => {
      this.#socket.close(resolve);
    });
  }

  #reportTrouble(error: Error): void {
    if (isErrno(error, 'EMSGSIZE')) this.#handlers?.onTrouble('too-big');
    else if (isErrno(error, 'ECONNREFUSED')) this.#handlers?.onTrouble('refused');
    // Anything else (no route for the moment, no buffers) is a lost datagram to QUIC, which sends again or times out.
  }
}

function bindError({ host, port }: SocketAddress, cause: unknown): NodeError {
  if (isErrno(cause, 'EADDRINUSE')) {
    return new NodeError('DITS_NODE_PORT_BUSY', `UDP port ${port} on ${host} is in use`, {
      cause,
      hint: 'Stop the other program, or choose another port with --listen (port 0 picks a free one).',
      details: { host, port },
    });
  }
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new NodeError('DITS_NODE_LISTEN_FAILED', `cannot listen on ${host}:${port}: ${reason}`, {
    cause,
    details: { host, port },
  });
}

/** Asks for big buffers. The operating system may cap or refuse them; `buffers` tells what was granted. */
function growBuffers(socket: dgram.Socket): void {
  for (let bytes = SOCKET_BUFFER_BYTES; bytes >= SOCKET_BUFFER_BYTES / 8; bytes /= 2) {
    try {
      socket.setRecvBufferSize(bytes);
      socket.setSendBufferSize(bytes);
      return;
    } catch {
      // Linux caps silently; macOS and the BSDs refuse with ENOBUFS. Then half as much is asked for.
    }
  }
}
