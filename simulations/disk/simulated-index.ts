/**
 * The index of one machine, shared by its processes as LevelDB is: one of them leads, and recovers before anyone is
 * answered. A batch is durable as a whole or not at all; a leader may die with one half done.
 */
import {
  StoreError,
  type IndexBatch,
  type IndexHealth,
  type IndexPage,
  type LocatedRecord,
  type Location,
  type LocationIndex,
  type ObjectId,
  type StoreIndex,
  type Watermark,
} from '../../store/index.ts';
import type { Steps } from '../machine/simulated-process.ts';
import type { SeededRandom } from '../seeded-random.ts';

/** Entries of one page: few, so that walks have several. */
const PAGE_ENTRIES = 64;
/** Milliseconds of a look and of a synced batch: at most. */
const LOOK_MAX_MS = 0.1;
const BATCH_MAX_MS = 8;

type Leadership = { readonly leader: Steps; readonly ready: Promise<void> };

/** What is on the disk. */
export class IndexContent {
  readonly entries = new Map<ObjectId, Location>();
  readonly marks = new Map<number, Watermark>();
  leadership: Leadership | undefined;

  apply({ puts = [], deletes = [], watermarks = [], forgotten = [] }: IndexBatch): void {
    for (const { id, location } of puts) this.entries.set(id, location);
    for (const id of deletes) this.entries.delete(id);
    for (const watermark of watermarks) this.marks.set(watermark.segment, watermark);
    for (const segment of forgotten) this.marks.delete(segment);
  }

  clear(): void {
    this.entries.clear();
    this.marks.clear();
  }

  page(after: ObjectId | undefined): IndexPage {
    const ids = [...this.entries.keys()].filter((id) => after === undefined || id > after).sort();
    const records = ids.slice(0, PAGE_ENTRIES).map((id): LocatedRecord => {
      return { id, location: this.entries.get(id)! };
    });
    return { records, more: ids.length > records.length };
  }

  watermarks(): readonly Watermark[] {
    return [...this.marks.values()].sort((a, b) => a.segment - b.segment);
  }
}

export type ProcessIndexDeps = {
  readonly content: IndexContent;
  readonly process: Steps;
  readonly random: SeededRandom;
  readonly recover: (index: LocationIndex) => Promise<void>;
};

/** The index as one process sees it. */
export class ProcessIndex implements StoreIndex {
  readonly #deps: ProcessIndexDeps;
  #isClosed = false;

  constructor(deps: ProcessIndexDeps) {
    this.#deps = deps;
  }

  getMany(ids: readonly ObjectId[]): Promise<(Location | undefined)[]> {
    return this.#ask((index) => index.getMany(ids));
  }

  apply(batch: IndexBatch): Promise<void> {
    return this.#ask((index) => index.apply(batch));
  }

  page(after: ObjectId | undefined): Promise<IndexPage> {
    return this.#ask((index) => index.page(after));
  }

  watermarks(segments: readonly number[]): Promise<(Watermark | undefined)[]> {
    return this.#ask((index) => index.watermarks(segments));
  }

  allWatermarks(): Promise<readonly Watermark[]> {
    return this.#ask((index) => index.allWatermarks());
  }

  /** What this index loses, it loses as a whole. */
  findDamage(): Promise<IndexHealth> {
    return Promise.resolve({ damage: [], healed: [] });
  }

  async discard(): Promise<void> {
    const { content, process } = this.#deps;
    if (content.leadership !== undefined && content.leadership.leader !== process) {
      throw new StoreError('DITS_STORE_LOCKED', 'another process is using the index');
    }
    content.leadership = undefined;
    await process.step({ what: 'discard index', ms: BATCH_MAX_MS }, () => content.clear());
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- the interface is asynchronous for real indexes
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stepDown();
  }

  /** Asks whoever leads; when that process dies with the question, asks the next one. */
  async #ask<T>(question: (index: LocationIndex) => Promise<T>): Promise<T> {
    for (;;) {
      // Whoever is dead asks nobody, and leads nobody.
      if (!this.#deps.process.isAlive) return new Promise(() => undefined);
      if (this.#isClosed) throw new StoreError('DITS_STORE_CLOSED', 'the store has been closed');
      const { leader, ready } = this.#leadership();
      const outcome = await Promise.race([
        ready.then(() => question(new LeadIndex(this.#deps, leader))).then((value) => ({ value })),
        leader.ended,
      ]);
      if (outcome !== undefined) return outcome.value;
    }
  }

  #leadership(): Leadership {
    const { content, process, recover } = this.#deps;
    if (content.leadership?.leader.isAlive === true) return content.leadership;
    const ready = recover(new LeadIndex(this.#deps, process));
    const leadership = { leader: process, ready };
    content.leadership = leadership;
    process.onEnd(() => this.#stepDown());
    ready.catch(() => {
      // A leader that cannot recover leads nobody; whoever asked has been told.
      if (content.leadership === leadership) content.leadership = undefined;
    });
    return leadership;
  }

  #stepDown(): void {
    const { content, process } = this.#deps;
    if (content.leadership?.leader === process) content.leadership = undefined;
  }
}

/** The work of the leader, which answers the others and goes on only while it lives. */
class LeadIndex implements LocationIndex {
  readonly #deps: ProcessIndexDeps;
  readonly #leader: Steps;

  constructor(deps: ProcessIndexDeps, leader: Steps) {
    this.#deps = deps;
    this.#leader = leader;
  }

  getMany(ids: readonly ObjectId[]): Promise<(Location | undefined)[]> {
    return this.#look((content) => ids.map((id) => content.entries.get(id)));
  }

  async apply(batch: IndexBatch): Promise<void> {
    const { content, random } = this.#deps;
    const apply = (): void => content.apply(batch);
    const ms = random.next() * BATCH_MAX_MS;
    await this.#leader.step({ what: 'apply to index', ms }, apply, () => {
      if (random.below(2) === 0) apply();
    });
  }

  page(after: ObjectId | undefined): Promise<IndexPage> {
    return this.#look((content) => content.page(after));
  }

  watermarks(segments: readonly number[]): Promise<(Watermark | undefined)[]> {
    return this.#look((content) => segments.map((segment) => content.marks.get(segment)));
  }

  allWatermarks(): Promise<readonly Watermark[]> {
    return this.#look((content) => content.watermarks());
  }

  #look<T>(answer: (content: IndexContent) => T): Promise<T> {
    const { content, random } = this.#deps;
    const step = { what: 'look into index', ms: random.next() * LOOK_MAX_MS };
    return this.#leader.step(step, () => answer(content));
  }
}
