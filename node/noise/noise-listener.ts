/** Takes connections with Noise from the TCP port: the way in when UDP does not get through, and for any libp2p program. */
import type { Socket } from 'node:net';
import type { Identity } from '../identity/identity.ts';
import type { Admission } from '../listen/admission.ts';
import type { Logger } from '../logger.ts';
import { formatHostPort } from '../address.ts';
import { plainAddress } from '../quic/path-size.ts';
import { tcpDuplex } from '../tcp/tcp-duplex.ts';
import { FIRST_BYTE_LIBP2P } from '../tcp/tcp-limits.ts';
import type { TcpCustomer } from '../tcp/tcp-listener.ts';
import type { NoiseConnection } from './noise-connection.ts';
import { secureChannel } from './secure-channel.ts';

export type NoiseListenerDeps = {
  readonly identity: Identity;
  readonly logger: Logger;
  readonly admission: Admission;
  /** Takes an authenticated, admitted connection. */
  readonly onConnection: (connection: NoiseConnection) => void;
};

export class NoiseListener implements TcpCustomer {
  readonly firstByte = FIRST_BYTE_LIBP2P;
  readonly #deps: NoiseListenerDeps;
  readonly #idleTimeoutMs: number;
  readonly #open = new Set<NoiseConnection>();

  constructor(deps: NoiseListenerDeps, options: { readonly idleTimeoutMs: number }) {
    this.#deps = deps;
    this.#idleTimeoutMs = options.idleTimeoutMs;
  }

  /** Takes a guest that begins as libp2p does. @throws NodeError as `secureChannel` does */
  async accept(tcp: Socket): Promise<void> {
    const { identity, logger, admission, onConnection } = this.#deps;
    const host = plainAddress(tcp.remoteAddress ?? '');
    const connection = await secureChannel(tcpDuplex(tcp), {
      role: 'acceptor',
      identity,
      path: 'tcp',
      remoteAddress: formatHostPort({ host, port: tcp.remotePort ?? 0 }),
      idleTimeoutMs: this.#idleTimeoutMs,
    });
    const { remotePeerId: peerId, remoteAddress: address } = connection;
    await admission.consider(peerId);
    const refusal = admission.refusal(peerId);
    if (refusal !== undefined) {
      logger.warn('peer.refused', { peerId, address, reason: refusal.reason });
      await connection.close(refusal.code, refusal.reason);
      return;
    }
    admission.enter(connection);
    this.#open.add(connection);
    void connection.closed.then(() => this.#open.delete(connection));
    onConnection(connection);
  }

  /** Closes every connection with this reason. */
  async close(code: number, reason: string): Promise<void> {
    await Promise.all([...this.#open].map((connection) => connection.close(code, reason)));
  }
}
