/** Everything that a node does as a relay: repositories kept within quotas, and circuits between peers. */
import { CircuitSwitch, type CircuitEvent } from '../../protocol/index.ts';
import type { NodeSettings } from '../config.ts';
import type { Logger } from '../logger.ts';
import type { ServedFolders } from '../serve/served-folders.ts';
import { systemClock } from '../system-clock.ts';
import { circuitLimitsOf } from './circuit-settings.ts';
import { PeerRates } from './peer-rates.ts';
import { relayQuotasOf } from './relay-quotas.ts';
import { RelayStorage } from './relay-storage.ts';
import type { StorageStatus } from './usage-status.ts';

export type RelayServiceDeps = {
  readonly settings: NodeSettings;
  readonly ownPeerId: string;
  readonly logger: Logger;
  readonly folders: ServedFolders;
};

export type RelayServiceOptions = {
  /** Where repositories are kept; undefined keeps none. */
  readonly dataDirectory: string | undefined;
  /** Whether peers may reach each other through this node. */
  readonly isRelay: boolean;
};

/** What a relay's owner sees of its circuits. */
export type CircuitsStatus = {
  readonly open: number;
  readonly openMax: number;
  /** Peers that can be reached through this node. */
  readonly reachable: readonly string[];
  /** Since the start. */
  readonly total: number;
  readonly bytes: number;
};

export class RelayService {
  readonly storage: RelayStorage | undefined;
  /** Undefined where nobody is relayed. */
  readonly circuits: CircuitSwitch | undefined;
  readonly #logger: Logger;
  #circuitCount = 0;
  #circuitBytes = 0;

  private constructor(
    deps: RelayServiceDeps,
    parts: { readonly storage: RelayStorage | undefined; readonly rates: PeerRates },
    isRelay: boolean,
  ) {
    this.#logger = deps.logger;
    this.storage = parts.storage;
    if (!isRelay) return;
    this.circuits = new CircuitSwitch(
      {
        clock: systemClock,
        pay: (peerId, bytes, signal) => parts.rates.pay(peerId, bytes, signal),
        onEvent: (event) => {
          this.#onCircuit(event);
        },
      },
      circuitLimitsOf(deps.settings),
    );
  }

  static async open(deps: RelayServiceDeps, options: RelayServiceOptions): Promise<RelayService> {
    const { settings, ownPeerId, logger, folders } = deps;
    const { dataDirectory, isRelay } = options;
    const quotas = relayQuotasOf(settings);
    const rates = new PeerRates(systemClock, quotas.peerRateMax);
    const storage =
      dataDirectory === undefined
        ? undefined
        : await RelayStorage.open(
            { dataDirectory, quotas, rates, ownPeerId, logger },
            await folders.kept(),
          );
    return new RelayService(deps, { storage, rates }, isRelay);
  }

  storageStatus(nameOf: (peerId: string) => string | undefined): StorageStatus | undefined {
    return this.storage?.status(nameOf);
  }

  circuitsStatus(): CircuitsStatus | undefined {
    const { circuits } = this;
    if (circuits === undefined) return undefined;
    return {
      open: circuits.circuitCount,
      openMax: circuits.limits.circuitsMax,
      reachable: circuits.memberIds,
      total: this.#circuitCount,
      bytes: this.#circuitBytes,
    };
  }

  async close(): Promise<void> {
    await this.storage?.close();
  }

  #onCircuit(event: CircuitEvent): void {
    const { from, to } = event;
    if (event.kind === 'opened') {
      this.#circuitCount++;
      this.#logger.info('circuit.opened', { from, to });
      return;
    }
    const { bytes, problem } = event;
    this.#circuitBytes += bytes;
    const reason = problem instanceof Error ? problem.message : undefined;
    const elapsedMs = Math.round(event.elapsedMs);
    this.#logger.info('circuit.closed', { from, to, bytes, elapsedMs, reason });
  }
}
