/**
 * Gives back what connections leave behind. V8 does not see what the QUIC library holds for a connection, lets the heap grow
 * several times over before it collects everything (docs/performance.md), and an idle node allocates next to nothing: what a
 * crowd has left would stay, and the next crowd would come on top.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Connections whose remains are worth a collection, which takes some 30 ms: about 20 MB. */
const GONE_PER_COLLECTION = 256;
/** From then until the collection: a crowd leaves together, and says goodbye first. Also the least time between two. */
const COLLECTION_DELAY_MS = 1_000;

export type MemoryReclaimOptions = {
  readonly collect?: (() => void) | undefined;
  readonly delayMs?: number | undefined;
};

export class MemoryReclaim {
  readonly #collect: () => void;
  readonly #delayMs: number;
  #goneCount = 0;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(options: MemoryReclaimOptions = {}) {
    this.#collect = options.collect ?? collectGarbage;
    this.#delayMs = options.delayMs ?? COLLECTION_DELAY_MS;
  }

  /** To be called for each connection that has ended. */
  onGone(): void {
    this.#goneCount++;
    if (this.#goneCount < GONE_PER_COLLECTION || this.#timer !== undefined) return;
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#goneCount = 0;
      this.#collect();
    }, this.#delayMs);
  }

  /** Collects no more. */
  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }
}

/** The collector of this process. The flag only gives it a name, in contexts that are made afterwards. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') (collect as () => void)();
}
