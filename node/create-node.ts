/** A running peer: listens, knows who may do what, serves repositories. The composition root of this layer. */
import { randomInt } from 'node:crypto';
import type { Connection } from '../protocol/index.ts';
import { openStore } from '../store/index.ts';
import { formatHostPort, parseHostPort, PORT_DEFAULT } from './address.ts';
import { CLOSE_CODE } from './close-codes.ts';
import { resolveNodeSettings, type NodeSettings } from './config.ts';
import { ControlServer } from './control/control-server.ts';
import { resolveHost } from './dial/resolve-host.ts';
import type { Identity } from './identity/identity.ts';
import { PeerListener } from './listen/peer-listener.ts';
import type { Logger } from './logger.ts';
import type { NodeStatus } from './node-status.ts';
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
import { RepositoryHost } from './serve/repository-host.ts';
import { ServedFolders, type ServedFoldersOptions } from './serve/served-folders.ts';
import { ServedPeers } from './serve/served-peers.ts';
import { StorePool } from './serve/store-pool.ts';
import { SwarmRegistry } from './swarm/swarm-registry.ts';
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

class Node implements RunningNode {
  readonly peerId: string;
  readonly stopped: Promise<void>;
  readonly #deps: NodeDeps;
  readonly #options: NodeOptions;
  readonly #settings: NodeSettings;
  readonly #pool: StorePool;
  readonly #swarms: SwarmRegistry;
  readonly #keys: RotationDesk;
  readonly #startedMs = performance.now();
  #folders: ServedFolders | undefined;
  #relay: RelayService | undefined;
  #memberships: readonly RelayMembership[] = [];
  #host: RepositoryHost | undefined;
  #peers: ServedPeers | undefined;
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
        openStore(directory, {
          logger: (event) => {
            // Damage that has been mended: the owner should look after the disk.
            if (event === 'index.remade') logger.warn(`store.${event}`, { path: directory });
            else logger.debug(`store.${event}`);
          },
        }),
      onCloseFailed: (error) => {
        logger.warn('store.not-closed', { reason: error instanceof Error ? error.message : '' });
      },
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
    const { logger, trust } = this.#deps;
    if (this.#options.hasControl !== false) this.#control = await this.#openControl();
    this.#folders = await ServedFolders.open(this.#options);
    this.#relay = await this.#openRelay(this.#folders);
    const watcher = await TrustWatcher.start({
      trust,
      logger,
      now: () => new Date(),
      onChange: () => {
        this.#peers?.obeyTrust();
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
    const peers = new ServedPeers(
      {
        ...{ host, trust, logger, swarms: this.#swarms, keys: this.#keys, relay: this.#relay },
        ...{ limits: this.#limits, reception: this.#reception },
      },
      this.#options.software,
    );
    this.#peers = peers;
    this.#listener = await this.#listen(host, peers);
    if (this.#settings.discovery) {
      this.#discovery = Discovery.start(
        { logger, isKnown: (peerId) => host.isKnown(peerId) },
        { peerId: this.peerId, announce: this.#listener.address },
      );
    }
    this.#memberships = this.#joinRelays(host, peers);
    const { buffers } = this.#listener;
    if (buffers !== undefined && buffers.receive < buffers.asked) {
      logger.info('quic.small-buffers', { asked: buffers.asked, receive: buffers.receive });
    }
    logger.info('node.ready', { peerId: this.peerId, addresses: this.addresses.join(' ') });
  }

  async status(): Promise<NodeStatus> {
    const nameOf = (peerId: string): string | undefined => this.#watcher?.book.get(peerId)?.name;
    return {
      peerId: this.peerId,
      pid: process.pid,
      addresses: this.addresses,
      uptimeMs: Math.round(performance.now() - this.#startedMs),
      repositories: (await this.#folders?.names()) ?? [],
      connections: this.#peers?.status(nameOf) ?? [],
      storage: this.#relay?.storageStatus(nameOf),
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
  #joinRelays(host: RepositoryHost, peers: ServedPeers): readonly RelayMembership[] {
    const { identity, trust, logger } = this.#deps;
    const deps = {
      ...{ identity, trust, logger, settings: this.#settings },
      software: this.#options.software,
      random: Math.random,
      admit: (peerId: string) => host.isKnown(peerId),
      onConnection: (connection: Connection) => {
        peers.serve(connection);
      },
    };
    return this.#settings.relays.map((text) => new RelayMembership(deps, parseRelayAddress(text)));
  }

  async #listen(host: RepositoryHost, peers: ServedPeers): Promise<PeerListener> {
    const address = parseHostPort(this.#settings.listen, PORT_DEFAULT);
    const [literal = address.host] = await resolveHost(address.host);
    return await PeerListener.open(
      {
        identity: this.#deps.identity,
        logger: this.#deps.logger,
        admit: (peerId) => host.isKnown(peerId) || this.#reception?.isOpen === true,
        refresh: async (peerId) => {
          if (host.isKnown(peerId)) return;
          await Promise.all([this.#watcher?.refresh(), this.#reception?.refresh()]);
        },
        onConnection: (connection) => {
          peers.accept(connection);
        },
      },
      { address: { host: literal, port: address.port }, settings: this.#settings },
    );
  }

  async #stop(): Promise<void> {
    this.#listener?.refuseNew();
    await this.#discovery?.close();
    await this.#watcher?.stop();
    await this.#host?.settled(STOP_GRACE_MS);
    const reason = 'the node is stopping';
    await this.#peers?.endAll(CLOSE_CODE.stopping, reason);
    await this.#reception?.close(CLOSE_CODE.stopping, reason);
    await Promise.all(this.#memberships.map((membership) => membership.close()));
    await this.#listener?.close(CLOSE_CODE.stopping, reason);
    await this.#limits?.stop();
    await this.#peers?.settled();
    await this.#relay?.close();
    await this.#pool.close();
    await this.#control?.close();
    this.#deps.logger.info('node.stopped');
  }
}
