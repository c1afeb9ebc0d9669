/**
 * Accepts TCP connections on one port for several customers: the first byte that a guest sends says whose it is. Guests
 * whose handshake is not finished are bounded in number, in all and by address, and in time.
 */
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Logger } from '../logger.ts';
import { NodeError } from '../node-error.ts';
import { isErrno } from '../errno.ts';
import { plainAddress } from '../quic/path-size.ts';
import type { SocketAddress } from '../quic/socket-address.ts';
import {
  TCP_HALF_OPEN_MAX,
  TCP_HALF_OPEN_PER_ADDRESS_MAX,
  TCP_HANDSHAKE_MAX_MS,
} from './tcp-limits.ts';

/** Who takes the guests that begin with a certain byte. */
export type TcpCustomer = {
  readonly firstByte: number;
  /**
   * Takes over a socket from which nothing has been read yet. Resolves, or rejects, when its handshake is over; the socket
   * is destroyed when it rejects, and when it takes too long.
   */
  readonly accept: (socket: Socket) => Promise<void>;
};

export type TcpListenerOptions = {
  /** Literal address; port 0 picks a free one. */
  readonly address: SocketAddress;
  readonly customers: readonly TcpCustomer[];
  readonly logger: Logger;
  /** How long a guest's handshake may take, in milliseconds. */
  readonly handshakeMaxMs?: number | undefined;
};

export class TcpListener {
  readonly #server: Server;
  readonly #options: TcpListenerOptions;
  /** Guests whose handshake is not finished, and where they come from. */
  readonly #halfOpen = new Map<Socket, string>();
  readonly #handshakes = new Set<Promise<void>>();

  private constructor(server: Server, options: TcpListenerOptions) {
    this.#server = server;
    this.#options = options;
    server.on('connection', (socket) => this.#admit(socket));
  }

  /** @throws NodeError DITS_NODE_PORT_BUSY, DITS_NODE_LISTEN_FAILED */
  static async open(options: TcpListenerOptions): Promise<TcpListener> {
    const { host, port } = options.address;
    const server = createServer({ pauseOnConnect: true, noDelay: true });
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen({ host, port }, resolve);
      });
    } catch (cause) {
      const isBusy = isErrno(cause, 'EADDRINUSE');
      const what = isBusy
        ? `TCP port ${port} is in use`
        : `cannot listen at ${host}, TCP port ${port}`;
      const code = isBusy ? 'DITS_NODE_PORT_BUSY' : 'DITS_NODE_LISTEN_FAILED';
      throw new NodeError(code, what, { cause, details: { host, port } });
    }
    return new TcpListener(server, options);
  }

  /** Where it listens, with the port the system has chosen. */
  get address(): SocketAddress {
    const { address, port } = this.#server.address() as AddressInfo;
    return { host: address, port };
  }

  /** Guests whose handshake is not finished. */
  get halfOpenCount(): number {
    return this.#halfOpen.size;
  }

  /**
   * Stops listening and drops who has not finished its handshake. What was taken over belongs to the customers: resolves
   * when they have closed theirs, too.
   */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const socket of this.#halfOpen.keys()) socket.destroy();
    await Promise.all(this.#handshakes);
    await closed;
  }

  #admit(socket: Socket): void {
    socket.on('error', () => socket.destroy());
    const host = plainAddress(socket.remoteAddress ?? '');
    const fromThere = [...this.#halfOpen.values()].filter((other) => other === host);
    if (
      this.#halfOpen.size >= TCP_HALF_OPEN_MAX ||
      fromThere.length >= TCP_HALF_OPEN_PER_ADDRESS_MAX
    ) {
      socket.destroy();
      return;
    }
    this.#halfOpen.set(socket, host);
    const handshake = this.#shakeHands(socket, host).finally(() => {
      this.#halfOpen.delete(socket);
      this.#handshakes.delete(handshake);
    });
    this.#handshakes.add(handshake);
  }

  async #shakeHands(socket: Socket, address: string): Promise<void> {
    const { customers, logger, handshakeMaxMs = TCP_HANDSHAKE_MAX_MS } = this.#options;
    const timer = setTimeout(() => socket.destroy(), handshakeMaxMs);
    try {
      const first = await firstByteOf(socket);
      const customer = customers.find(({ firstByte }) => firstByte === first);
      if (customer === undefined) throw new Error('it speaks no protocol of this port');
      await customer.accept(socket);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      logger.info('tcp.refused', { address, reason });
      socket.destroy();
    } finally {
      clearTimeout(timer);
    }
  }
}

/** The first byte that comes, which is put back; the socket is left paused. */
async function firstByteOf(socket: Socket): Promise<number> {
  return await new Promise<number>((resolve, reject) => {
    const finish = (): void => {
      socket.off('readable', onReadable);
      socket.off('close', onClose);
      socket.off('end', onClose);
    };
    const onReadable = (): void => {
      const byte = socket.read(1) as Buffer | null;
      if (byte === null) return;
      finish();
      socket.unshift(byte);
      resolve(byte[0]!);
    };
    const onClose = (): void => {
      finish();
      reject(new Error('it said nothing'));
    };
    socket.on('readable', onReadable);
    socket.on('close', onClose);
    socket.on('end', onClose);
  });
}
