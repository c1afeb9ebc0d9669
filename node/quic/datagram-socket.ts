/**
 * One UDP socket: bound, with big buffers, a bounded number of sends in flight, and send buffers that are used again.
 * Knows nothing of QUIC.
 */
import dgram from 'node:dgram';
import { isIP } from 'node:net';
import { isErrno } from '../errno.ts';
import { NodeError } from '../node-error.ts';
import {
  DATAGRAMS_IN_FLIGHT_MAX,
  SOCKET_BUFFER_BYTES,
  UDP_PAYLOAD_MAX_BYTES,
} from './quic-limits.ts';

export type SocketAddress = { readonly host: string; readonly port: number };

export type DatagramHandlers = {
  onDatagram(bytes: Uint8Array, from: SocketAddress): void;
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

export class DatagramSocket {
  readonly #socket: dgram.Socket;
  readonly #free: Buffer[] = [];
  #buffersMade = 0;
  #isWaitingForRoom = false;
  #isConnected = false;
  #closing: Promise<void> | undefined;
  #onAllSent: (() => void) | undefined;
  #handlers: DatagramHandlers | undefined;

  private constructor(socket: dgram.Socket) {
    this.#socket = socket;
    socket.on('message', (bytes, info) => {
      this.#handlers?.onDatagram(bytes, { host: info.address, port: info.port });
    });
    socket.on('error', (error) => {
      this.#reportTrouble(error);
    });
  }

  /**
   * Binds to a literal IP address; port 0 picks a free one.
   * @throws NodeError DITS_NODE_PORT_BUSY, DITS_NODE_LISTEN_FAILED
   */
  static async bind(address: SocketAddress): Promise<DatagramSocket> {
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
    return new DatagramSocket(socket);
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
    const buffer = this.#free.pop();
    if (buffer !== undefined) return buffer;
    if (this.#buffersMade < DATAGRAMS_IN_FLIGHT_MAX && this.#closing === undefined) {
      this.#buffersMade++;
      return Buffer.allocUnsafeSlow(UDP_PAYLOAD_MAX_BYTES);
    }
    this.#isWaitingForRoom = true;
    return undefined;
  }

  release(buffer: Buffer): void {
    this.#free.push(buffer);
    if (this.#free.length === this.#buffersMade) this.#onAllSent?.();
    if (this.#isWaitingForRoom) {
      this.#isWaitingForRoom = false;
      this.#handlers?.onRoom();
    }
  }

  /** Sends the first `length` bytes of an acquired buffer, which is taken back. */
  send(buffer: Buffer, length: number, to: SocketAddress): void {
    const onSent = (error: Error | null): void => {
      if (error !== null) this.#reportTrouble(error);
      this.release(buffer);
    };
    if (this.#closing !== undefined) this.release(buffer);
    else if (this.#isConnected) this.#socket.send(buffer, 0, length, onSent);
    else this.#socket.send(buffer, 0, length, to.port, to.host, onSent);
  }

  /** Closes after the sends in flight. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#closeWhenSent();
    return this.#closing;
  }

  async #closeWhenSent(): Promise<void> {
    // A goodbye may still be among the sends in flight: closing the handle would drop it.
    if (this.#free.length < this.#buffersMade) {
      await new Promise<void>((resolve) => {
        this.#onAllSent = resolve;
      });
    }
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
