/** A running peer: listens, knows who may do what, serves repositories. The composition root of this layer. */
import { randomBytes, randomInt } from 'node:crypto';
import {
  UploadTurns,
  serveConnection,
  type Connection,
  type ServedConnection,
} from '../protocol/index.ts';
import { openStore } from '../store/index.ts';
import { formatHostPort, parseHostPort, PORT_DEFAULT } from './address.ts';
import { CLOSE_CODE } from './close-codes.ts';
import { resolveNodeSettings, type NodeSettings } from './config.ts';
import { ControlServer } from './control/control-server.ts';
import { resolveHost } from './dial/resolve-host.ts';
import type { Identity } from './identity/identity.ts';
import { PeerListener, type AcceptedConnection } from './listen/peer-listener.ts';
import type { Logger } from './logger.ts';
import type { ConnectionStatus, NodeStatus } from './node-status.ts';
import { BandwidthLimits } from './limits/bandwidth-limits.ts';
import { LimitsFile } from './limits/limits-file.ts';
import { Discovery } from './near/discovery.ts';
import { openReception, type Reception } from './pair/reception.ts';
import { reachableAt } from './reachable-addresses.ts';
import { parseRelayAddress } from './relay/relay-address.ts';
import { RelayMembership } from './relay/relay-membership.ts';
import { RelayService } from './relay/relay-service.ts';
import { RotationDesk } from './rotation/rotation-desk.ts';
import { RotationFile } from './rotation/rotation-file.ts';
import { UpgradableCircuit } from './relay/upgradable-connection.ts';
import { RepositoryHost } from './serve/repository-host.ts';
import { ServedFolders, type ServedFoldersOptions } from './serve/served-folders.ts';
import { StorePool } from './serve/store-pool.ts';
import { SwarmRegistry } from './swarm/swarm-registry.ts';
import { systemClock } from './system-clock.ts';
import type { TrustFile } from './trust/trust-file.ts';
import { TrustWatcher } from './trust/trust-watcher.ts';

/** How long running transfers may go on after a stop was asked for. */
const STOP_GRACE_MS = 1_500;

export type NodeDeps = {
  readonly identity: Identity;
  readonly trust: TrustFile;
  readonly logger: Logger;
};

export type NodeOptions = ServedFoldersOptions & {
  /** The home folder: where the control socket is announced. */
  readonly home: string;
  readonly settings?: NodeSettings | undefined;
  /** Name and version of this program, for peers' logs. */
  readonly software: string;
  /** Whether peers may reach each other through this node, and strangers meet here. */
  readonly isRelay?: boolean | undefined;
  /** False for a node beside the one of this home: commands neither see nor stop it. */
  readonly hasControl?: boolean | undefined;
};

export interface RunningNode {
  readonly peerId: string;
  /** `dits://PEERID@HOST:PORT`, without a repository. */
  readonly addresses: readonly string[];
  status(): Promise<NodeStatus>;
  /** Turns newcomers away, lets running transfers end within a bound, then closes everything. Idempotent. */
  stop(): Promise<void>;
  /** Resolves when the node has stopped, also when it was asked to from outside. */
  readonly stopped: Promise<void>;
}

/**
 * Starts a node.
 * @throws NodeError DITS_NODE_ALREADY_RUNNING, DITS_NODE_PORT_BUSY, DITS_NODE_LISTEN_FAILED, DITS_NODE_BAD_REPOSITORY,
 *   DITS_NODE_HOST_NOT_FOUND, DITS_NODE_TRUST_CORRUPT
 */
export async function createNode(deps: NodeDeps, options: NodeOptions): Promise<RunningNode> {
  const node = new Node(deps, options);
  try {
    await node.start();
  } catch (error) {
    await node.stop();
    throw error;
  }
  return node;
}

type Served = { readonly connection: AcceptedConnection; readonly session: ServedConnection };

class Node implements RunningNode {
  readonly peerId: string;
  readonly stopped: Promise<void>;
  readonly #deps: NodeDeps;
  readonly #options: NodeOptions;
  readonly #turns = new UploadTurns(systemClock);
  readonly #settings: NodeSettings;
  readonly #pool: StorePool;
  readonly #swarms: SwarmRegistry;
  readonly #keys: RotationDesk;
  readonly #served = new Set<Served>();
  /** Work started on the side, awaited before the node has stopped. */
  readonly #tasks = new Set<Promise<void>>();
  readonly #startedMs = performance.now();
  #folders: ServedFolders | undefined;
  #relay: RelayService | undefined;
  #memberships: readonly RelayMembership[] = [];
  #host: RepositoryHost | undefined;
  #watcher: TrustWatcher | undefined;
  #listener: PeerListener | undefined;
  #control: ControlServer | undefined;
  #discovery: Discovery | undefined;
  #reception: Reception | undefined;
  #limits: BandwidthLimits | undefined;
  #stopping: Promise<void> | undefined;
  #resolveStopped: () => void = () => undefined;

  constructor(deps: NodeDeps, options: NodeOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#settings = options.settings ?? resolveNodeSettings();
    this.peerId = deps.identity.peerId;
    const { logger } = deps;
    this.#pool = new StorePool({
      open: (directory) =>
        openStore(directory, { logger: (event) => logger.debug(`store.${event}`) }),
    });
    const file = new RotationFile(options.home);
    this.#keys = new RotationDesk({
      trust: deps.trust,
      logger,
      file,
      onRotated: async () => this.#watcher?.reread(),
    });
    this.#swarms = new SwarmRegistry({
      identity: deps.identity,
      nowMs: () => performance.now(),
      nowSeconds: () => Math.floor(Date.now() / 1000),
      randomBelow: randomInt,
    });
    this.stopped = new Promise((resolve) => {
      this.#resolveStopped = resolve;
    });
  }

  get addresses(): readonly string[] {
    if (this.#listener === undefined) return [];
    return reachableAt(this.#listener.address).map(
      (address) => `dits://${this.peerId}@${formatHostPort(address)}`,
    );
  }

  async start(): Promise<void> {
    const { logger, trust, identity } = this.#deps;
    if (this.#options.hasControl !== false) this.#control = await this.#openControl();
    this.#folders = await ServedFolders.open(this.#options);
    this.#relay = await this.#openRelay(this.#folders);
    const watcher = await TrustWatcher.start({
      trust,
      logger,
      now: () => new Date(),
      onChange: () => {
        this.#track('trust.not-obeyed', this.#obeyTrust());
      },
    });
    this.#watcher = watcher;
    const host = new RepositoryHost({
      folders: this.#folders,
      pool: this.#pool,
      logger,
      ownPeerId: this.peerId,
      book: () => watcher.book,
      refresh: () => watcher.refresh(),
      now: () => new Date(),
      storage: this.#relay.storage,
    });
    this.#host = host;
    this.#reception = await openReception(
      { logger, ownPeerId: this.peerId, trust, discovery: () => this.#discovery },
      this.#options,
    );
    this.#limits = await BandwidthLimits.start({
      file: new LimitsFile(this.#options.home),
      trust,
      ownPeerId: this.peerId,
      logger,
      nowMs: () => performance.now(),
    });
    this.#listener = await this.#listen(host, identity);
    if (this.#settings.discovery) {
      this.#discovery = Discovery.start(
        { logger, isKnown: (peerId) => host.isKnown(peerId) },
        { peerId: this.peerId, announce: this.#listener.address },
      );
    }
    this.#memberships = this.#joinRelays(host);
    const { buffers } = this.#listener;
    if (buffers !== undefined && buffers.receive < buffers.asked) {
      logger.info('quic.small-buffers', { asked: buffers.asked, receive: buffers.receive });
    }
    logger.info('node.ready', { peerId: this.peerId, addresses: this.addresses.join(' ') });
  }

  async status(): Promise<NodeStatus> {
    return {
      peerId: this.peerId,
      pid: process.pid,
      addresses: this.addresses,
      uptimeMs: Math.round(performance.now() - this.#startedMs),
      repositories: (await this.#folders?.names()) ?? [],
      connections: [...this.#served].map(({ connection }) => this.#statusOf(connection)),
      storage: this.#relay?.storageStatus((peerId) => this.#watcher?.book.get(peerId)?.name),
      circuits: this.#relay?.circuitsStatus(),
      relays: this.#memberships.map(({ status }) => status),
      near: this.#discovery?.peers(),
      limits: this.#limits?.limits,
    };
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop().finally(() => {
      this.#resolveStopped();
    });
    return this.#stopping;
  }

  async #openControl(): Promise<ControlServer> {
    return await ControlServer.open(this.#options.home, {
      logger: this.#deps.logger,
      status: () => this.status(),
      onStop: () => {
        void this.stop();
      },
    });
  }

  async #openRelay(folders: ServedFolders): Promise<RelayService> {
    const { logger } = this.#deps;
    const { dataDirectory, isRelay = false } = this.#options;
    const deps = { settings: this.#settings, ownPeerId: this.peerId, logger, folders };
    return await RelayService.open(deps, { dataDirectory, isRelay });
  }

  /** Makes this node reachable through the relays of its settings. */
  #joinRelays(host: RepositoryHost): readonly RelayMembership[] {
    const { identity, trust, logger } = this.#deps;
    const deps = {
      ...{ identity, trust, logger, settings: this.#settings },
      software: this.#options.software,
      random: Math.random,
      admit: (peerId: string) => host.isKnown(peerId),
      onConnection: (connection: Connection) => {
        this.#serve(connection, host);
      },
    };
    return this.#settings.relays.map((text) => new RelayMembership(deps, parseRelayAddress(text)));
  }

  async #listen(host: RepositoryHost, identity: Identity): Promise<PeerListener> {
    const address = parseHostPort(this.#settings.listen, PORT_DEFAULT);
    const [literal = address.host] = await resolveHost(address.host);
    return await PeerListener.open(
      {
        identity,
        logger: this.#deps.logger,
        admit: (peerId) => host.isKnown(peerId) || this.#reception?.isOpen === true,
        refresh: async (peerId) => {
          if (host.isKnown(peerId)) return;
          await Promise.all([this.#watcher?.refresh(), this.#reception?.refresh()]);
        },
        onConnection: (connection) => {
          if (host.isKnown(connection.remotePeerId)) this.#serve(connection, host);
          else this.#receiveStranger(connection);
        },
      },
      { address: { host: literal, port: address.port }, settings: this.#settings },
    );
  }

  #serve(connection: AcceptedConnection, host: RepositoryHost): void {
    const { logger, trust } = this.#deps;
    const peerId = connection.remotePeerId;
    logger.info('peer.connected', {
      peerId,
      address: connection.remoteAddress,
      path: connection.path,
    });
    const session = serveConnection(
      this.#limits?.wrap(connection) ?? connection,
      {
        clock: systemClock,
        host: this.#swarms.hostFor(connection, host),
        keys: this.#keys,
        random: randomBytes,
        turns: this.#turns,
        lobby: this.#reception?.answerFor(connection),
        circuits: host.isKnown(peerId) ? this.#relay?.circuits : undefined,
        punch:
          connection instanceof UpgradableCircuit
            ? (addresses) => connection.answerPunch(addresses)
            : undefined,
      },
      {
        software: this.#options.software,
        onProblem: (error) => {
          logger.info('peer.problem', { peerId, reason: messageOf(error) });
        },
      },
    );
    const served = { connection, session };
    this.#served.add(served);
    this.#track('trust.not-noted', trust.noteSeen(peerId));
    const over = session.done.finally(() => {
      this.#served.delete(served);
      const { bytesSent, bytesReceived } = connection.stats();
      logger.info('peer.disconnected', { peerId, bytesSent, bytesReceived });
    });
    this.#track('peer.ended-badly', over);
  }

  #receiveStranger(connection: Connection): void {
    const received = this.#reception?.receive(connection);
    if (received !== undefined) this.#track('stranger.ended-badly', received);
  }

  #track(eventOnFailure: string, work: Promise<void>): void {
    const task = work
      .catch((error: unknown) => {
        this.#deps.logger.info(eventOnFailure, { reason: messageOf(error) });
      })
      .finally(() => this.#tasks.delete(task));
    this.#tasks.add(task);
  }

  /** Makes live connections follow the peers file: strangers must go, the rest is asked about again. */
  async #obeyTrust(): Promise<void> {
    const host = this.#host;
    await Promise.all(
      [...this.#served].map(async ({ connection, session }) => {
        const peerId = connection.remotePeerId;
        if (host?.isKnown(peerId) === true) {
          await session.recheck();
          return;
        }
        this.#deps.logger.info('peer.revoked', { peerId });
        await session.close(CLOSE_CODE.permissionDenied, 'this peer is no longer known here');
      }),
    );
  }

  async #stop(): Promise<void> {
    this.#listener?.refuseNew();
    await this.#discovery?.close();
    await this.#watcher?.stop();
    await this.#host?.settled(STOP_GRACE_MS);
    const reason = 'the node is stopping';
    const served = [...this.#served];
    await Promise.all(served.map(({ session }) => session.close(CLOSE_CODE.stopping, reason)));
    await this.#reception?.close(CLOSE_CODE.stopping, reason);
    await Promise.all(this.#memberships.map((membership) => membership.close()));
    await this.#listener?.close(CLOSE_CODE.stopping, reason);
    await this.#limits?.stop();
    await Promise.all(this.#tasks);
    await this.#relay?.close();
    await this.#pool.close();
    await this.#control?.close();
    this.#deps.logger.info('node.stopped');
  }

  #statusOf(connection: AcceptedConnection): ConnectionStatus {
    const { remotePeerId: peerId, remoteAddress: address, path } = connection;
    const name = this.#watcher?.book.get(peerId)?.name;
    const { laneCount: bulkLanes = 0, pathReason } = connection;
    return { peerId, name, address, path, pathReason, bulkLanes, ...connection.stats() };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
