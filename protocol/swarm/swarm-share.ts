/**
 * What a peer that is fetching serves to others meanwhile: the chunks of its current fetch that it holds, and what it holds, as it grows.
 * Nothing else of its store.
 */
import {
  MemoryObjectStore,
  MemoryRefStore,
  type ObjectId,
  type ObjectReader,
} from '../../store/index.ts';
import type { Clock } from '../clock.ts';
import type { FeedHave } from '../messages/feed.ts';
import { ID_PREFIX_BYTES, PREFIXES_PER_MESSAGE_MAX } from '../messages/limits.ts';
import type { ServedRepository } from '../session/served-repository.ts';
import type { ChunkList } from './chunk-list.ts';
import type { FeedShelf } from './feed-shelf.ts';
import type { HeldLog } from './held-log.ts';
import { ANNOUNCE_INTERVAL_MS } from './swarm-limits.ts';

export type SwarmShareDeps = {
  readonly reader: ObjectReader;
  readonly clock: Clock;
  readonly list: ChunkList;
  readonly held: HeldLog;
};

export class SwarmShare {
  readonly #deps: SwarmShareDeps;
  readonly #wants: ReadonlySet<ObjectId>;

  constructor(deps: SwarmShareDeps, wants: readonly ObjectId[]) {
    this.#deps = deps;
    this.#wants = new Set(wants);
  }

  /** To be granted for reading to whoever may have the fetched repository. It has no refs and no objects, but feeds of this fetch. */
  get repository(): ServedRepository {
    return {
      objects: new MemoryObjectStore(),
      refs: new MemoryRefStore({ now: () => this.#deps.clock.now() }),
      openShelf: (wants) => this.#openShelf(wants),
    };
  }

  #openShelf(wants: readonly ObjectId[]): FeedShelf {
    const { reader, list, held } = this.#deps;
    // With tips that are not ours there is more to it than we fetch, and "everything" would be wrong.
    const isSame = wants.every((id) => this.#wants.has(id));
    return {
      reader,
      isComplete: isSame && held.isComplete,
      sizes: (ids) => {
        const found = ids.map((id) => list.indexOf(id));
        return Promise.resolve(
          found.map((index) =>
            index !== undefined && held.has(index) ? list.sizeAt(index) : undefined,
          ),
        );
      },
      announcements: (max, signal) => this.#announcements({ isSame, max }, signal),
    };
  }

  async *#announcements(
    { isSame, max }: { readonly isSame: boolean; readonly max: number },
    signal: AbortSignal,
  ): AsyncIterable<FeedHave> {
    const { held, clock } = this.#deps;
    for (let told = 0; ;) {
      if (isSame && held.isComplete) {
        yield { prefixes: new Uint8Array(), complete: true };
        return;
      }
      const end = Math.min(held.length, max, told + PREFIXES_PER_MESSAGE_MAX);
      if (end > told) {
        yield { prefixes: this.#prefixes(told, end), complete: false };
        told = end;
      } else if (held.isComplete) return;
      else await held.grown(signal);
      if (told === held.length) await clock.sleep(ANNOUNCE_INTERVAL_MS, signal);
    }
  }

  #prefixes(from: number, to: number): Uint8Array {
    const { held, list } = this.#deps;
    const prefixes = Buffer.alloc((to - from) * ID_PREFIX_BYTES);
    for (let place = from; place < to; place++) {
      prefixes.set(list.prefixAt(held.at(place)), (place - from) * ID_PREFIX_BYTES);
    }
    return prefixes;
  }
}
