/** The peers that are connected to this node: serves each, and makes the connections follow what the peers file grants. */
import { randomBytes } from 'node:crypto';
import {
  SendMemory,
  ReceiveMemory,
  UploadTurns,
  serveConnection,
  type Connection,
  type ServedConnection,
} from '../../protocol/index.ts';
import { CLOSE_CODE } from '../close-codes.ts';
import type { BandwidthLimits } from '../limits/bandwidth-limits.ts';
import type { AcceptedConnection } from '../listen/peer-listener.ts';
import type { Logger } from '../logger.ts';
import type { ConnectionStatus } from '../node-status.ts';
import type { Reception } from '../pair/reception.ts';
import type { RelayService } from '../relay/relay-service.ts';
import { UpgradableCircuit } from '../relay/upgradable-connection.ts';
import type { RotationDesk } from '../rotation/rotation-desk.ts';
import type { SwarmRegistry } from '../swarm/swarm-registry.ts';
import { systemClock } from '../system-clock.ts';
import type { TrustFile } from '../trust/trust-file.ts';
import { MemoryReclaim } from './memory-reclaim.ts';
import type { RepositoryHost } from './repository-host.ts';

export type ServedPeersDeps = {
  readonly host: RepositoryHost;
  readonly trust: TrustFile;
  readonly logger: Logger;
  readonly swarms: SwarmRegistry;
  readonly keys: RotationDesk;
  readonly limits: BandwidthLimits;
  readonly reception: Reception;
  readonly relay: RelayService;
};

type Served = { readonly connection: AcceptedConnection; readonly session: ServedConnection };

export class ServedPeers {
  readonly #deps: ServedPeersDeps;
  readonly #software: string;
  readonly #turns = new UploadTurns(systemClock);
  readonly #served = new Set<Served>();
  readonly #sendMemory = new SendMemory(systemClock);
  readonly #intake = new ReceiveMemory(systemClock);
  readonly #memory = new MemoryReclaim();
  /** Work started on the side, awaited by `close`. */
  readonly #tasks = new Set<Promise<void>>();

  /** `software`: name and version of this program, for peers' logs. */
  constructor(deps: ServedPeersDeps, software: string) {
    this.#deps = deps;
    this.#software = software;
  }

  /** Serves a newcomer, or receives it in the lobby when nobody here knows it. The connection belongs to this object. */
  accept(connection: AcceptedConnection): void {
    const { host, reception } = this.#deps;
    if (host.isKnown(connection.remotePeerId)) this.serve(connection);
    else this.#track('stranger.ended-badly', reception.receive(connection));
  }

  /** Serves a peer that is known here. */
  serve(connection: AcceptedConnection): void {
    const { logger, trust } = this.#deps;
    const { remotePeerId: peerId, remoteAddress: address, path } = connection;
    logger.info('peer.connected', { peerId, address, path });
    const session = this.#open(connection);
    const served = { connection, session };
    this.#served.add(served);
    this.#track('trust.not-noted', trust.noteSeen(peerId));
    const over = session.done.finally(() => {
      this.#served.delete(served);
      this.#memory.onGone();
      const { bytesSent, bytesReceived } = connection.stats();
      logger.info('peer.disconnected', { peerId, bytesSent, bytesReceived });
    });
    this.#track('peer.ended-badly', over);
  }

  /** Makes live connections follow the peers file: strangers must go, the rest is asked about again. */
  obeyTrust(): void {
    this.#track('trust.not-obeyed', this.#obeyTrust());
  }

  /** What is connected. `nameOf` finds the name of a peer in the peers file. */
  status(nameOf: (peerId: string) => string | undefined): readonly ConnectionStatus[] {
    return [...this.#served].map(({ connection }) => {
      const { remotePeerId: peerId, remoteAddress: address, path } = connection;
      const { laneCount: bulkLanes = 0, pathReason } = connection;
      const name = nameOf(peerId);
      return { peerId, name, address, path, pathReason, bulkLanes, ...connection.stats() };
    });
  }

  /** Ends every connection, telling the peers. */
  async endAll(code: number, reason: string): Promise<void> {
    const served = [...this.#served];
    await Promise.all(served.map(({ session }) => session.close(code, reason)));
  }

  /** Resolves when everything that was started for connections has ended. */
  async settled(): Promise<void> {
    await Promise.all(this.#tasks);
    this.#memory.stop();
  }

  #open(connection: AcceptedConnection): ServedConnection {
    const { host, logger, swarms, keys, limits, reception, relay } = this.#deps;
    const peerId = connection.remotePeerId;
    return serveConnection(
      limits.wrap(connection),
      {
        clock: systemClock,
        host: swarms.hostFor(connection, host),
        keys,
        random: randomBytes,
        turns: this.#turns,
        memory: this.#sendMemory,
        intake: this.#intake,
        lobby: reception.answerFor(connection),
        circuits: host.isKnown(peerId) ? relay.circuits : undefined,
        punch: punchOver(connection),
      },
      {
        software: this.#software,
        onProblem: (error) => {
          logger.info('peer.problem', { peerId, reason: messageOf(error) });
        },
      },
    );
  }

  async #obeyTrust(): Promise<void> {
    const { host, logger } = this.#deps;
    await Promise.all(
      [...this.#served].map(async ({ connection, session }) => {
        const peerId = connection.remotePeerId;
        if (host.isKnown(peerId)) {
          await session.recheck();
          return;
        }
        logger.info('peer.revoked', { peerId });
        await session.close(CLOSE_CODE.permissionDenied, 'this peer is no longer known here');
      }),
    );
  }

  #track(eventOnFailure: string, work: Promise<void>): void {
    const task = work
      .catch((error: unknown) => {
        this.#deps.logger.info(eventOnFailure, { reason: messageOf(error) });
      })
      .finally(() => this.#tasks.delete(task));
    this.#tasks.add(task);
  }
}

/** How a direct way is looked for beside a circuit; undefined for a connection that is direct already. */
function punchOver(
  connection: Connection,
): ((addresses: readonly string[]) => ReturnType<UpgradableCircuit['answerPunch']>) | undefined {
  if (!(connection instanceof UpgradableCircuit)) return undefined;
  return (addresses) => connection.answerPunch(addresses);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
