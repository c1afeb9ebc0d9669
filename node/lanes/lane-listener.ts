/**
 * Accepts bulk lanes on the TCP port of the same number as the UDP port. Nobody is let in who is not connected already:
 * a lane must come from the address of a live connection, prove the identity of its peer, and name it.
 */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { TLSSocket, createSecureContext } from 'node:tls';
import type { Credentials } from '../identity/certificate.ts';
import type { Logger } from '../logger.ts';
import type { SocketAddress } from '../quic/socket-address.ts';
import { plainAddress } from '../quic/path-size.ts';
import { CONNECTION_ID_BYTES } from '../quic/quic-limits.ts';
import { closeSignal, laneTlsOptions, peerIdOf, readGreeting } from './lane-handshake.ts';
import {
  LANES_HALF_OPEN_MAX,
  LANE_ALPN,
  LANE_HANDSHAKE_MAX_MS,
  LANE_MAGIC,
} from './lane-limits.ts';
import type { LanedConnection } from './laned-connection.ts';

/** A connection that may get lanes. */
export type LaneCandidate = {
  readonly connection: LanedConnection;
  /** The connection below: where its peer's packets come from at the moment, and what its lanes call it. */
  readonly link: {
    readonly remote: SocketAddress;
    /** `CONNECTION_ID_BYTES` long. */
    readonly connectionId: Uint8Array;
  };
};

export type LaneListenerOptions = {
  /** Literal address and port. */
  readonly address: SocketAddress;
  readonly credentials: Credentials;
  readonly logger: Logger;
  /** How long a lane may take to greet. */
  readonly handshakeMaxMs?: number | undefined;
};

export class LaneListener {
  readonly #server: Server;
  readonly #logger: Logger;
  readonly #handshakeMaxMs: number;
  readonly #context: ReturnType<typeof createSecureContext>;
  readonly #candidates = new Map<string, LaneCandidate>();
  readonly #halfOpen = new Set<Socket>();

  private constructor(server: Server, options: LaneListenerOptions) {
    this.#server = server;
    this.#logger = options.logger;
    this.#handshakeMaxMs = options.handshakeMaxMs ?? LANE_HANDSHAKE_MAX_MS;
    this.#context = createSecureContext(laneTlsOptions(options.credentials));
    server.on('connection', (tcp) => {
      void this.#admit(tcp);
    });
  }

  /** Listens at a literal address; undefined, with a line in the log, when the port is taken by another program. */
  static async open(options: LaneListenerOptions): Promise<LaneListener | undefined> {
    const { address, logger } = options;
    const server = createServer({ pauseOnConnect: true, noDelay: true });
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen({ host: address.host, port: address.port }, resolve);
      });
    } catch (error) {
      logger.warn('lanes.not-listening', { port: address.port, reason: String(error) });
      return undefined;
    }
    return new LaneListener(server, options);
  }

  /** Where it listens, with the port the system has chosen. */
  get address(): SocketAddress {
    const { address, port } = this.#server.address() as AddressInfo;
    return { host: address, port };
  }

  /** Lets lanes of a connection in until it ends. */
  expect(candidate: LaneCandidate): void {
    const key = keyOf(candidate.link.connectionId);
    this.#candidates.set(key, candidate);
    void candidate.connection.closed.then(() => this.#candidates.delete(key));
  }

  /** Stops listening and drops what has not greeted. Lanes in use belong to their connections. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const tcp of this.#halfOpen) tcp.destroy();
    await closed;
  }

  async #admit(tcp: Socket): Promise<void> {
    tcp.on('error', () => tcp.destroy());
    const host = plainAddress(tcp.remoteAddress ?? '');
    const isExpected = [...this.#candidates.values()].some(
      (candidate) => plainAddress(candidate.link.remote.host) === host,
    );
    if (!isExpected || this.#halfOpen.size >= LANES_HALF_OPEN_MAX) {
      tcp.destroy();
      return;
    }
    this.#halfOpen.add(tcp);
    const timer = setTimeout(() => tcp.destroy(), this.#handshakeMaxMs);
    try {
      await this.#greet(tcp);
    } catch (error) {
      this.#logger.info('lane.refused', { address: host, reason: String(error) });
      tcp.destroy();
    } finally {
      clearTimeout(timer);
      this.#halfOpen.delete(tcp);
    }
  }

  async #greet(tcp: Socket): Promise<void> {
    const tls = new TLSSocket(tcp, {
      isServer: true,
      requestCert: true,
      rejectUnauthorized: false,
      secureContext: this.#context,
      ALPNProtocols: [LANE_ALPN],
    });
    tls.on('error', () => tls.destroy());
    await once(tls, 'secure', { signal: closeSignal(tls) });
    const peerId = peerIdOf(tls);
    const greeting = await readGreeting(tls, LANE_MAGIC.length + CONNECTION_ID_BYTES);
    const candidate = this.#candidates.get(keyOf(greeting.subarray(LANE_MAGIC.length)));
    const isGreeting = greeting.subarray(0, LANE_MAGIC.length).equals(LANE_MAGIC);
    if (!isGreeting || candidate === undefined || candidate.connection.remotePeerId !== peerId) {
      throw new Error('it belongs to no connection');
    }
    tls.write(LANE_MAGIC);
    if (!candidate.connection.addLane({ tls, tcp })) throw new Error('there are enough lanes');
  }
}

function keyOf(connectionId: Uint8Array): string {
  return Buffer.from(connectionId).toString('hex');
}
