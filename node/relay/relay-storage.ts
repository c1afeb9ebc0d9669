/**
 * The repositories that a relay keeps for others, with their quotas: counts what peers store, slows those who move more
 * than their share, and remembers across restarts whose bytes they are.
 */
import { storedBytes, type ObjectStore } from '../../store/index.ts';
import type { Logger } from '../logger.ts';
import type { KeptFolder } from '../serve/served-folders.ts';
import { MeteredStore } from './metered-store.ts';
import type { PeerRates } from './peer-rates.ts';
import type { RelayQuotas } from './relay-quotas.ts';
import { NOBODY, UsageFile } from './usage-file.ts';
import { UsageLedger, type Account } from './usage-ledger.ts';
import { usageStatus, type StorageStatus } from './usage-status.ts';

/** How long a change of the counts may wait for its write: they are measured again after a crash. */
const SAVE_DELAY_MS = 2_000;
/** Least time between two measurements of one repository: each asks the system about every segment. */
const MEASURE_INTERVAL_MS = 30_000;

export type RelayStorageDeps = {
  readonly dataDirectory: string;
  readonly quotas: RelayQuotas;
  readonly rates: PeerRates;
  readonly ownPeerId: string;
  readonly logger: Logger;
};

export class RelayStorage {
  readonly #deps: RelayStorageDeps;
  readonly #file: UsageFile;
  readonly #ledger: UsageLedger;
  readonly #closing = new AbortController();
  readonly #measuredMs = new Map<string, number>();
  /** Repositories that are being written to, by the puts under way: these cannot be measured. */
  readonly #puts = new Map<string, number>();
  #putCount = 0;
  #saveTimer: NodeJS.Timeout | undefined;
  #saving: Promise<void> = Promise.resolve();

  private constructor(deps: RelayStorageDeps) {
    this.#deps = deps;
    this.#file = new UsageFile(deps.dataDirectory, deps.logger);
    this.#ledger = new UsageLedger(deps.quotas, deps.ownPeerId);
  }

  /** Counts what is there. */
  static async open(deps: RelayStorageDeps, kept: readonly KeptFolder[]): Promise<RelayStorage> {
    const storage = new RelayStorage(deps);
    const known = await storage.#file.read();
    for (const { name, storeDirectory } of kept) {
      const usage = known.get(name) ?? { madeBy: NOBODY, bytesByPeer: new Map() };
      storage.#ledger.add(name, usage);
      await storage.#measure(name, storeDirectory);
    }
    return storage;
  }

  /** What is kept, for the owner. `nameOf` tells the names of known peers. */
  status(nameOf: (peerId: string) => string | undefined): StorageStatus {
    return usageStatus(this.#ledger, nameOf);
  }

  /** Why a peer may make no more repositories, undefined when it may. */
  makingProblem(peerId: string): string | undefined {
    if (this.#ledger.canMake(peerId)) return undefined;
    const { peerRepositoriesMax } = this.#deps.quotas;
    return `you have made ${peerRepositoriesMax} repositories here, which is the quota`;
  }

  made({ peerId, repository }: Account): void {
    this.#ledger.add(repository, { madeBy: peerId, bytesByPeer: new Map() });
    this.#saveSoon();
  }

  /** Objects of a kept repository, for one peer. */
  async meter(account: Account, storeDirectory: string, store: ObjectStore): Promise<ObjectStore> {
    await this.#measureAtRest(account.repository, storeDirectory);
    const ledger = this.#ledger;
    const { signal: closing } = this.#closing;
    const beginPut = (): (() => void) => this.#beginPut(account.repository);
    return new MeteredStore({ store, ledger, rates: this.#deps.rates, closing, beginPut }, account);
  }

  /** Ends waits for a rate. */
  interrupt(): void {
    this.#closing.abort(new Error('the node is stopping'));
  }

  async close(): Promise<void> {
    this.interrupt();
    if (this.#saveTimer !== undefined) this.#saveNow();
    await this.#saving;
  }

  async #measureAtRest(repository: string, storeDirectory: string): Promise<void> {
    const ageMs = performance.now() - (this.#measuredMs.get(repository) ?? -Infinity);
    if (ageMs < MEASURE_INTERVAL_MS) return;
    await this.#measure(repository, storeDirectory);
  }

  async #measure(repository: string, storeDirectory: string): Promise<void> {
    const putCount = this.#putCount;
    const bytes = await storedBytes(storeDirectory);
    // What a put has taken room for need not be on the disk yet.
    if (this.#puts.has(repository) || putCount !== this.#putCount) return;
    this.#ledger.measured(repository, bytes);
    this.#measuredMs.set(repository, performance.now());
  }

  #beginPut(repository: string): () => void {
    this.#putCount++;
    this.#puts.set(repository, (this.#puts.get(repository) ?? 0) + 1);
    return () => {
      const left = (this.#puts.get(repository) ?? 1) - 1;
      if (left > 0) this.#puts.set(repository, left);
      else this.#puts.delete(repository);
      this.#saveSoon();
    };
  }

  #saveSoon(): void {
    this.#saveTimer ??= setTimeout(() => {
      this.#saveNow();
    }, SAVE_DELAY_MS);
  }

  #saveNow(): void {
    clearTimeout(this.#saveTimer);
    this.#saveTimer = undefined;
    const { logger } = this.#deps;
    this.#saving = this.#saving
      .then(() => this.#file.write(this.#ledger.usage))
      .catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        logger.warn('relay.usage-not-saved', { reason });
      });
  }
}
