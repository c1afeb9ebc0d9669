/** Open stores, shared between the connections that use them, and closed some time after the last one has gone. */
import type { Store } from '../../store/index.ts';
import { NodeError } from '../node-error.ts';

/** How long an unused store stays open: commands of one user come in bursts, and opening one costs an index. */
const IDLE_CLOSE_MS = 5_000;

export type SharedStore = {
  readonly store: Store;
  /** Idempotent. */
  readonly release: () => Promise<void>;
};

type Entry = {
  readonly opening: Promise<Store>;
  /** Once it is open. */
  store: Store | undefined;
  users: number;
  idleTimer: NodeJS.Timeout | undefined;
};

export type StorePoolDeps = {
  readonly open: (directory: string) => Promise<Store>;
  /** Told of a store that could not be closed in good order. What it had not flushed was promised to nobody. */
  readonly onCloseFailed: (error: unknown) => void;
};

export class StorePool {
  readonly #deps: StorePoolDeps;
  readonly #entries = new Map<string, Entry>();
  readonly #closings = new Set<Promise<void>>();
  #isClosed = false;

  constructor(deps: StorePoolDeps) {
    this.#deps = deps;
  }

  /**
   * Opens the store in a directory, or shares the one that is open, unless that takes no more writes: then those who
   * use it may read on.
   */
  async acquire(directory: string): Promise<SharedStore> {
    if (this.#isClosed) throw new NodeError('DITS_NODE_CLOSED', 'the node is stopping');
    const known = this.#entries.get(directory);
    const entry = known?.store?.takesWrites === false ? undefined : known;
    if (known !== undefined && entry === undefined) this.#giveUp(directory, known);
    return this.#use(directory, entry ?? this.#open(directory));
  }

  async #use(directory: string, entry: Entry): Promise<SharedStore> {
    entry.users++;
    clearTimeout(entry.idleTimer);
    let isReleased = false;
    const release = (): Promise<void> => {
      if (!isReleased) this.#leave(directory, entry);
      isReleased = true;
      return Promise.resolve();
    };
    try {
      entry.store = await entry.opening;
      return { store: entry.store, release };
    } catch (error) {
      this.#entries.delete(directory);
      throw error;
    }
  }

  /** Closes every store. The users must have gone. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const [directory, entry] of this.#entries) this.#retire(directory, entry);
    await Promise.all(this.#closings);
  }

  #open(directory: string): Entry {
    const opening = this.#deps.open(directory);
    const entry: Entry = { opening, store: undefined, users: 0, idleTimer: undefined };
    this.#entries.set(directory, entry);
    return entry;
  }

  /** Whoever comes next gets another one. */
  #giveUp(directory: string, entry: Entry): void {
    this.#entries.delete(directory);
    if (entry.users === 0) this.#retire(directory, entry);
  }

  #leave(directory: string, entry: Entry): void {
    entry.users--;
    if (entry.users > 0) return;
    const isGivenUp = this.#entries.get(directory) !== entry;
    if (isGivenUp) this.#retire(directory, entry);
    if (isGivenUp || this.#isClosed) return;
    entry.idleTimer = setTimeout(() => {
      this.#retire(directory, entry);
    }, IDLE_CLOSE_MS);
  }

  #retire(directory: string, entry: Entry): void {
    clearTimeout(entry.idleTimer);
    if (this.#entries.get(directory) === entry) this.#entries.delete(directory);
    const closing = entry.opening
      .then(
        (store) => store.close(),
        // It never opened: whoever asked for it has been told why.
        () => undefined,
      )
      .catch((error: unknown) => this.#deps.onCloseFailed(error))
      .finally(() => this.#closings.delete(closing));
    this.#closings.add(closing);
  }
}
