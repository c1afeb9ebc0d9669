/** Pairs of connections with bulk lanes on 127.0.0.1, for tests. Everything is closed by `close`. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { generateIdentity, type Identity } from '../../../node/identity/identity.ts';
import { laneDialler, type LaneTarget } from '../../../node/lanes/lane-dial.ts';
import { LaneListener } from '../../../node/lanes/lane-listener.ts';
import type { LaneSockets } from '../../../node/lanes/lane.ts';
import { LanedConnection } from '../../../node/lanes/laned-connection.ts';
import { silentLogger } from '../../../node/logger.ts';
import type { QuicConnection } from '../../../node/quic/quic-connection.ts';
import { TcpListener, type TcpListenerOptions } from '../../../node/tcp/tcp-listener.ts';
import { QuicBench } from '../quic/quic-bench.ts';

/** Both ends of a connection, and the QUIC connections below them. */
export type LanedPair = {
  readonly client: LanedConnection;
  readonly server: LanedConnection;
  readonly clientQuic: QuicConnection;
  readonly serverQuic: QuicConnection;
  readonly identity: Identity;
};

export class LanesBench {
  readonly quic: QuicBench;
  readonly listener: TcpListener;
  readonly #lanes: LaneListener;

  private constructor(quic: QuicBench, listener: TcpListener, lanes: LaneListener) {
    this.quic = quic;
    this.listener = listener;
    this.#lanes = lanes;
  }

  static async open(options: Partial<TcpListenerOptions> = {}): Promise<LanesBench> {
    const quic = await QuicBench.open();
    const lanes = new LaneListener(quic.identity.credentials);
    const listener = await TcpListener.open({
      address: { host: '127.0.0.1', port: 0 },
      customers: [lanes],
      logger: silentLogger,
      ...options,
    });
    return new LanesBench(quic, listener, lanes);
  }

  /** A connection that opens lanes by itself when bulk first moves. */
  async connect(): Promise<LanedPair> {
    const identity = generateIdentity();
    const ends = await this.quic.connect({ credentials: identity.credentials });
    const { client: clientQuic, server: serverQuic } = ends;
    const dialler = laneDialler(identity.credentials, this.target(clientQuic), 'always');
    const client = new LanedConnection(clientQuic, dialler);
    const server = new LanedConnection(serverQuic);
    this.#lanes.expect({ connection: server, link: serverQuic });
    return { client, server, clientQuic, serverQuic, identity };
  }

  /** A connection whose lanes are there already. */
  async connectWithLanes(): Promise<LanedPair> {
    const pair = await this.connect();
    const { client, server } = pair;
    await this.dialLanes(pair.identity, pair.clientQuic, (sockets) => client.addLane(sockets));
    while (server.laneCount < client.laneCount) await nextTurn();
    return pair;
  }

  async dialLanes(
    identity: Identity,
    connection: LaneTarget,
    onLane: (sockets: LaneSockets) => void,
  ): Promise<void> {
    const dial = laneDialler(identity.credentials, this.target(connection), 'always');
    await dial?.(onLane, new AbortController().signal);
  }

  /** The connection, with lanes at the listener of this bench. */
  target(connection: LaneTarget): LaneTarget {
    const { remotePeerId, connectionId, roundTripMs } = connection;
    return { remotePeerId, connectionId, roundTripMs, remote: this.listener.address };
  }

  async close(): Promise<void> {
    await this.quic.close();
    await this.listener.close();
  }
}
