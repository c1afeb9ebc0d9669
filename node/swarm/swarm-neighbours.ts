/**
 * A fetching process among others that fetch the same: listens for them, seeks them, opens the repository at each that
 * answers, and hands it over as one more source (docs/adr/0015-many-sources.md).
 */
import {
  connectSession,
  type Connection,
  type Clock,
  type LinkPath,
  type RemoteRepository,
  type ServedRepository,
  type Session,
} from '../../protocol/index.ts';
import type { NodeSettings } from '../config.ts';
import { dialPeer, type DialDeps } from '../dial/dial-peer.ts';
import type { Logger } from '../logger.ts';
import { MemberSeeker, type Introduction, type MemberEnd, type Seed } from './member-seeker.ts';
import { ShareListener } from './share-listener.ts';
import {
  LINGER_BYTES_MIN,
  LINGER_LOOK_MS,
  LINGER_MAX_MS,
  LINGER_QUIET_MS,
  MEMBER_DIAL_TIMEOUT_MS,
} from './swarm-limits.ts';

/** Another peer that fetches the same, with the repository open there for feeds. */
export type Neighbour = {
  readonly repository: RemoteRepository;
  readonly peerId: string;
  readonly address: string;
  readonly path: LinkPath;
};

export type SwarmNeighboursDeps = DialDeps & {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Holds connections to limits on bandwidth. */
  readonly limits?: { wrap(connection: Connection): Connection } | undefined;
  /** What is open to the others: the fetch under way. */
  readonly shared: ServedRepository & { readonly isFeedOnly: true };
  /** Uses a neighbour until it is over. */
  readonly onNeighbour: (neighbour: Neighbour, signal: AbortSignal) => Promise<MemberEnd>;
};

export type SwarmNeighboursOptions = {
  readonly settings: NodeSettings;
  /** Name and version of this program. */
  readonly software: string;
};

export class SwarmNeighbours {
  readonly #deps: SwarmNeighboursDeps;
  readonly #options: SwarmNeighboursOptions;
  readonly #listener: ShareListener;
  readonly #seeker: MemberSeeker;
  readonly #sessions = new Set<Session>();
  /** Bytes of sessions that are over. */
  #pastBytes = 0;

  private constructor(
    deps: SwarmNeighboursDeps,
    options: SwarmNeighboursOptions,
    listener: ShareListener,
  ) {
    this.#deps = deps;
    this.#options = options;
    this.#listener = listener;
    this.#seeker = new MemberSeeker({
      clock: deps.clock,
      logger: deps.logger,
      own: { peerId: deps.identity.peerId, port: listener.port },
      onSeed: ({ peerId, repository }, now) => listener.trust(peerId, repository, now),
      dial: (introduction, signal) => this.#dial(introduction, signal),
    });
  }

  /** @throws NodeError DITS_NODE_LISTEN_FAILED */
  static async open(
    deps: SwarmNeighboursDeps,
    options: SwarmNeighboursOptions,
  ): Promise<SwarmNeighbours> {
    const { identity, logger, shared, limits } = deps;
    // Somebody new has found us: the seed can tell of them at once.
    const onMember = (): void => neighbours.#seeker.hurry();
    const listener = await ShareListener.open(
      { identity, logger, shared, limits, onMember },
      options,
    );
    const neighbours = new SwarmNeighbours(deps, options, listener);
    return neighbours;
  }

  /** Bytes that crossed the links to neighbours, both ways, both those dialled and those that dialled. */
  get wireBytes(): number {
    let bytes = this.#pastBytes + this.#listener.wireBytes;
    for (const session of this.#sessions) bytes += bytesOf(session);
    return bytes;
  }

  /** Seeks at a seed until the signal fires. */
  async seek(seed: Seed, signal: AbortSignal): Promise<void> {
    await this.#seeker.run(seed, signal);
  }

  /** Waits as long as somebody takes from here, within bounds. */
  async linger(signal: AbortSignal): Promise<void> {
    const { clock } = this.#deps;
    const startMs = clock.now();
    let sent = { bytes: this.#listener.wireBytes, atMs: startMs };
    while (this.#listener.connectionCount > 0 && clock.now() - startMs < LINGER_MAX_MS) {
      await clock.sleep(LINGER_LOOK_MS, signal);
      const bytes = this.#listener.wireBytes;
      if (bytes - sent.bytes >= LINGER_BYTES_MIN) sent = { bytes, atMs: clock.now() };
      else if (clock.now() - sent.atMs > LINGER_QUIET_MS) return;
    }
  }

  /** Stops listening. Idempotent. */
  async close(): Promise<void> {
    await this.#listener.close();
  }

  async #dial(
    { member, repository: name, pass }: Introduction,
    signal: AbortSignal,
  ): Promise<{ readonly over: Promise<MemberEnd> }> {
    const { identity, trust, clock } = this.#deps;
    const { settings, software } = this.#options;
    const connection = await dialPeer({ identity, trust }, member, {
      // What members listen with.
      settings: { ...settings, bulkLanes: 'never', transports: 'quic' },
      timeoutMs: MEMBER_DIAL_TIMEOUT_MS,
      signal,
    });
    const limited = this.#deps.limits?.wrap(connection) ?? connection;
    const session = await connectSession(limited, { clock }, { software, signal });
    this.#sessions.add(session);
    try {
      const repository = await session.openRepository(name, { access: 'read', pass, signal });
      const { remotePeerId: peerId, remoteAddress: address, path } = connection;
      const neighbour = { repository, peerId, address, path };
      const over = this.#deps.onNeighbour(neighbour, signal).finally(() => this.#end(session));
      return { over };
    } catch (error) {
      await this.#end(session);
      throw error;
    }
  }

  async #end(session: Session): Promise<void> {
    if (!this.#sessions.delete(session)) return;
    await session.close();
    this.#pastBytes += bytesOf(session);
  }
}

function bytesOf(session: Session): number {
  const { bytesSent, bytesReceived } = session.stats();
  return bytesSent + bytesReceived;
}
