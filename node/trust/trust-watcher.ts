/** Follows the peers file while a node runs, so that a change holds within a second. */
import { HomeWatch } from '../home-watch.ts';
import type { Logger } from '../logger.ts';
import type { PeerBook } from './peer-book.ts';
import type { TrustFile } from './trust-file.ts';

export type TrustWatcherDeps = {
  readonly trust: TrustFile;
  readonly logger: Logger;
  readonly now: () => Date;
  /** Told when the file has changed, and when a grant has ended. */
  readonly onChange: (book: PeerBook) => void;
};

export class TrustWatcher {
  readonly #deps: TrustWatcherDeps;
  readonly #watch = new HomeWatch(() => this.#look());
  #book: PeerBook;
  #version: string;
  #lookedMs: number;

  private constructor(deps: TrustWatcherDeps, book: PeerBook, version: string) {
    this.#deps = deps;
    this.#book = book;
    this.#version = version;
    this.#lookedMs = deps.now().getTime();
    this.#watch.start();
  }

  /** @throws NodeError DITS_NODE_TRUST_CORRUPT, DITS_NODE_IO */
  static async start(deps: TrustWatcherDeps): Promise<TrustWatcher> {
    const version = await deps.trust.version();
    return new TrustWatcher(deps, await deps.trust.read(), version);
  }

  /** What holds now. */
  get book(): PeerBook {
    return this.#book;
  }

  /** Looks at the file now: what another process has just written holds when this resolves. */
  refresh(): Promise<void> {
    return this.#watch.refresh();
  }

  /** Reads the file now, and lets `onChange` be told at the next look: who asked can be answered before. */
  async reread(): Promise<void> {
    this.#book = await this.#deps.trust.read();
  }

  stop(): Promise<void> {
    return this.#watch.stop();
  }

  async #look(): Promise<void> {
    const lookedMs = this.#lookedMs;
    this.#lookedMs = this.#deps.now().getTime();
    const hasExpired = this.#book.hasExpired(lookedMs, this.#lookedMs);
    try {
      const version = await this.#deps.trust.version();
      if (version === this.#version && !hasExpired) return;
      this.#book = await this.#deps.trust.read();
      this.#version = version;
    } catch (error) {
      // A file that cannot be read gives nobody access, and takes away none but what ends by itself, until it is repaired.
      const reason = error instanceof Error ? error.message : String(error);
      this.#deps.logger.warn('trust.unreadable', { reason });
      if (!hasExpired) return;
    }
    this.#deps.onChange(this.#book);
  }
}
