/**
 * Takes bulk lanes from the TCP port of the same number as the UDP port. Nobody is let in who is not connected already: a
 * lane must come from the address of a live connection, prove the identity of its peer, and name it.
 */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { TLSSocket, createSecureContext } from 'node:tls';
import type { Credentials } from '../identity/certificate.ts';
import type { SocketAddress } from '../quic/socket-address.ts';
import { plainAddress } from '../quic/path-size.ts';
import { CONNECTION_ID_BYTES } from '../quic/quic-limits.ts';
import { FIRST_BYTE_TLS } from '../tcp/tcp-limits.ts';
import type { TcpCustomer } from '../tcp/tcp-listener.ts';
import { closeSignal, laneTlsOptions, peerIdOf, readGreeting } from './lane-handshake.ts';
import { LANE_ALPN, LANE_HANDSHAKE_MAX_MS, LANE_MAGIC } from './lane-limits.ts';
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

export class LaneListener implements TcpCustomer {
  readonly firstByte = FIRST_BYTE_TLS;
  readonly #context: ReturnType<typeof createSecureContext>;
  readonly #candidates = new Map<string, LaneCandidate>();

  constructor(credentials: Credentials) {
    this.#context = createSecureContext(laneTlsOptions(credentials));
  }

  /** Lets lanes of a connection in until it ends. */
  expect(candidate: LaneCandidate): void {
    const key = keyOf(candidate.link.connectionId);
    this.#candidates.set(key, candidate);
    void candidate.connection.closed.then(() => this.#candidates.delete(key));
  }

  /** Takes a guest that begins with TLS. @throws Error when it belongs to no connection, or says so too late */
  async accept(tcp: Socket): Promise<void> {
    const host = plainAddress(tcp.remoteAddress ?? '');
    const isExpected = [...this.#candidates.values()].some(
      (candidate) => plainAddress(candidate.link.remote.host) === host,
    );
    if (!isExpected) throw new Error('no connection comes from there');
    const timer = setTimeout(() => tcp.destroy(), LANE_HANDSHAKE_MAX_MS);
    try {
      await this.#greet(tcp);
    } finally {
      clearTimeout(timer);
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
