/**
 * Every way into a node: QUIC over UDP, and on the TCP port of the same number bulk lanes and Noise. Which of them are open
 * is a setting; who may come in, and how often, is decided once for all of them.
 */
import type { Connection } from '../../protocol/index.ts';
import type { NodeSettings } from '../config.ts';
import type { Identity } from '../identity/identity.ts';
import { LaneListener } from '../lanes/lane-listener.ts';
import { LanedConnection } from '../lanes/laned-connection.ts';
import type { Logger } from '../logger.ts';
import { NodeError } from '../node-error.ts';
import { NoiseListener } from '../noise/noise-listener.ts';
import type { SocketBuffers } from '../quic/datagram-socket.ts';
import { QuicListener } from '../quic/quic-listener.ts';
import type { SocketAddress } from '../quic/socket-address.ts';
import { TcpListener, type TcpCustomer } from '../tcp/tcp-listener.ts';
import { Admission } from './admission.ts';

/** Ports tried when any will do and the one that UDP got is taken for TCP. */
const PORT_PICKS_MAX = 8;

/** A peer that came in. */
export interface AcceptedConnection extends Connection {
  /** Bulk lanes in use; only QUIC has them. */
  readonly laneCount?: number;
}

export type PeerListenerDeps = {
  readonly identity: Identity;
  readonly logger: Logger;
  /** Whether a proven identity may connect at all. */
  readonly admit: (peerId: string) => boolean;
  /** Looks whether a peer was made known a moment ago. */
  readonly refresh: (peerId: string) => Promise<void>;
  /** Takes an authenticated, admitted connection. */
  readonly onConnection: (connection: AcceptedConnection) => void;
};

export type PeerListenerOptions = {
  /** Literal address; port 0 picks a free one. */
  readonly address: SocketAddress;
  readonly settings: NodeSettings;
};

export class PeerListener {
  readonly #deps: PeerListenerDeps;
  readonly #settings: NodeSettings;
  readonly #admission: Admission;
  readonly #lanes: LaneListener;
  readonly #noise: NoiseListener;
  #quic: QuicListener | undefined;
  #tcp: TcpListener | undefined;

  private constructor(deps: PeerListenerDeps, settings: NodeSettings) {
    this.#deps = deps;
    this.#settings = settings;
    this.#admission = new Admission(deps, settings);
    this.#lanes = new LaneListener(deps.identity.credentials);
    this.#noise = new NoiseListener({ ...deps, admission: this.#admission }, settings);
  }

  /** @throws NodeError DITS_NODE_PORT_BUSY, DITS_NODE_LISTEN_FAILED */
  static async open(deps: PeerListenerDeps, options: PeerListenerOptions): Promise<PeerListener> {
    const listener = new PeerListener(deps, options.settings);
    try {
      await listener.#open(options.address);
    } catch (error) {
      await listener.#quic?.close(0, '');
      throw error;
    }
    return listener;
  }

  /** Where it listens, with the port the system has chosen: the same for UDP and TCP. */
  get address(): SocketAddress {
    return (this.#quic ?? this.#tcp!).address;
  }

  /** Buffers of the UDP socket, when there is one. */
  get buffers(): SocketBuffers | undefined {
    return this.#quic?.buffers;
  }

  /** Turns newcomers away from now on; connections that exist go on. */
  refuseNew(): void {
    this.#admission.refuseNew();
  }

  /** Closes every connection with this reason, then the sockets. */
  async close(code: number, reason: string): Promise<void> {
    this.refuseNew();
    await Promise.all([this.#quic?.close(code, reason), this.#noise.close(code, reason)]);
    await this.#tcp?.close();
  }

  async #open(address: SocketAddress): Promise<void> {
    if (this.#settings.transports === 'tcp') {
      this.#tcp = await this.#openTcp(address);
      return;
    }
    for (let picksLeft = PORT_PICKS_MAX; ; picksLeft--) {
      this.#quic = await this.#openQuic(address);
      const customers = this.#customers();
      if (customers.length === 0) return;
      try {
        this.#tcp = await this.#openTcp(this.#quic.address);
        return;
      } catch (error) {
        const isPicked = address.port === 0 && picksLeft > 1;
        if (!(error instanceof NodeError)) throw error;
        if (!isPicked || error.code !== 'DITS_NODE_PORT_BUSY') {
          // UDP alone is enough to be reached by most.
          this.#deps.logger.warn('tcp.not-listening', { reason: error.message });
          return;
        }
        await this.#quic.close(0, '');
      }
    }
  }

  #customers(): readonly TcpCustomer[] {
    const { bulkLanes, transports } = this.#settings;
    const lanes = bulkLanes === 'never' || transports === 'tcp' ? [] : [this.#lanes];
    return transports === 'quic' ? lanes : [...lanes, this.#noise];
  }

  async #openTcp(address: SocketAddress): Promise<TcpListener> {
    const { logger } = this.#deps;
    return await TcpListener.open({ address, logger, customers: this.#customers() });
  }

  async #openQuic(address: SocketAddress): Promise<QuicListener> {
    const { logger, admit, identity, onConnection } = this.#deps;
    const { datagramBytes, congestionControl, idleTimeoutMs } = this.#settings;
    return await QuicListener.open(
      {
        logger,
        nowMs: () => performance.now(),
        admit,
        admission: this.#admission,
        onConnection: (quic) => {
          const connection = new LanedConnection(quic);
          this.#lanes.expect({ connection, link: quic });
          onConnection(connection);
        },
      },
      {
        address,
        credentials: identity.credentials,
        idleTimeoutMs,
        congestionControl,
        payloadBytes: datagramBytes === 'auto' ? undefined : datagramBytes,
      },
    );
  }
}
