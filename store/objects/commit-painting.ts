/**
 * Walks history from two sides at once, newest commits first, and notes which side reaches each commit: the base of
 * ahead and behind, merge bases and have/want. Stops as soon as what is left cannot change the answer.
 */
import type { CommitId, TreeId } from '../ids.ts';
import type { AbortOptions, ObjectReader } from '../object-store.ts';
import type { StoreError } from '../store-error.ts';
import { decodeCommit } from './commit-codec.ts';
import { CommitQueue } from './commit-queue.ts';
import { asFault, tryReadStructures, type StructureRef } from './structure-reader.ts';

/** Sides that reach a commit; `stale` marks what came before a commit that both reach. */
export const PAINT = { left: 1, right: 2, stale: 4 } as const;
const BOTH: number = PAINT.left | PAINT.right;

export type PaintedCommit = {
  readonly id: CommitId;
  readonly parents: readonly CommitId[];
  readonly tree: TreeId;
  readonly timeMs: number;
  paint: number;
};

export type PaintOptions = AbortOptions & {
  readonly left: readonly CommitId[];
  readonly right: readonly CommitId[];
  /** Passes over commits of the right side that are absent or damaged: it is then what somebody else claims to have. */
  readonly isRightPartial?: boolean | undefined;
  /** What to do with any other commit that is absent or damaged; throwing is the default. */
  readonly onFault?: ((ref: StructureRef, fault: StoreError) => void) | undefined;
};

/**
 * Commits looked at after nothing open is left, per commit that would be older still: clocks that ran wrong by less
 * than that many commits cannot make a shared commit look like one of the left side alone.
 */
const SLOP_COUNT = 64;

/**
 * Paints as far as needed to know, for each commit that only the left side reaches, that it is so.
 * Wrong clocks can leave a shared commit unpainted by the right side; never the other way round.
 * @throws StoreError DITS_STORE_NOT_FOUND, DITS_STORE_CORRUPT, DITS_STORE_INVALID_OBJECT
 */
export async function paintLeftOnly(
  reader: ObjectReader,
  options: PaintOptions,
): Promise<readonly PaintedCommit[]> {
  const painting = new Painting(reader, options, (paint) => (paint & PAINT.right) !== 0);
  return painting.run();
}

/** Paints as far as needed to know the best commits that both sides reach. @throws as `paintLeftOnly` */
export async function paintShared(
  reader: ObjectReader,
  options: PaintOptions,
): Promise<readonly PaintedCommit[]> {
  const painting = new Painting(reader, options, (paint) => (paint & PAINT.stale) !== 0);
  return painting.run();
}

type Known = PaintedCommit & { isQueued: boolean };

class Painting {
  readonly #reader: ObjectReader;
  readonly #options: PaintOptions;
  readonly #isSettled: (paint: number) => boolean;
  readonly #known = new Map<CommitId, Known>();
  readonly #absent = new Set<CommitId>();
  readonly #queue = new CommitQueue<Known>();
  #openCount = 0;
  #oldestOpenMs = Infinity;

  constructor(reader: ObjectReader, options: PaintOptions, isSettled: (paint: number) => boolean) {
    this.#reader = reader;
    this.#options = options;
    this.#isSettled = isSettled;
  }

  async run(): Promise<readonly PaintedCommit[]> {
    const { left, right, signal } = this.#options;
    // The right side first: what both name is read under its milder rules, and painted by both.
    await this.#reach(right, PAINT.right);
    await this.#reach(left, PAINT.left);
    let slop = SLOP_COUNT;
    for (let next = this.#queue.pop(); next !== undefined; next = this.#queue.pop()) {
      signal?.throwIfAborted();
      next.isQueued = false;
      if (!this.#isSettled(next.paint)) {
        this.#openCount--;
        this.#oldestOpenMs = Math.min(this.#oldestOpenMs, next.timeMs);
      }
      if (this.#openCount === 0 && this.#isSettled(next.paint)) {
        slop = next.timeMs >= this.#oldestOpenMs ? SLOP_COUNT : slop - 1;
        if (slop <= 0) break;
      }
      await this.#reach(next.parents, inherited(next.paint));
    }
    return [...this.#known.values()];
  }

  /** Paints commits, and through them whatever is known of their history; reads the ones not known. */
  async #reach(ids: readonly CommitId[], paint: number): Promise<void> {
    const unknown = [...new Set(ids)].filter((id) => !this.#known.has(id));
    for (const commit of await this.#read(unknown, paint)) {
      this.#known.set(commit.id, commit);
      this.#queue.push(commit, commit.timeMs);
      if (!this.#isSettled(commit.paint)) this.#openCount++;
    }
    for (const id of ids) this.#repaint(id, paint);
  }

  #repaint(start: CommitId, startPaint: number): void {
    const work: [CommitId, number][] = [[start, startPaint]];
    for (let item = work.pop(); item !== undefined; item = work.pop()) {
      const [id, paint] = item;
      const commit = this.#known.get(id);
      if (commit === undefined || (commit.paint | paint) === commit.paint) continue;
      const wasOpen = !this.#isSettled(commit.paint);
      commit.paint |= paint;
      if (commit.isQueued) {
        if (wasOpen && this.#isSettled(commit.paint)) this.#openCount--;
        continue;
      }
      for (const parent of commit.parents) work.push([parent, inherited(commit.paint)]);
    }
  }

  async #read(ids: readonly CommitId[], paint: number): Promise<Known[]> {
    const refs = ids
      .filter((id) => !this.#absent.has(id))
      .map((id) => ({ id, kind: 'commit' as const }));
    const results = await tryReadStructures(this.#reader, refs, this.#options);
    const commits: Known[] = [];
    refs.forEach((ref, index) => {
      const result = results[index]!;
      try {
        if (result.fault !== undefined) throw result.fault;
        const { parents, tree, committer } = decodeCommit(result.bytes);
        const { timeMs } = committer;
        commits.push({ id: ref.id, parents, tree, timeMs, paint, isQueued: true });
      } catch (error) {
        this.#absent.add(ref.id);
        this.#pass(ref, asFault(error), paint);
      }
    });
    return commits;
  }

  #pass(ref: StructureRef, fault: StoreError, paint: number): void {
    if (this.#options.isRightPartial === true && (paint & PAINT.right) !== 0) return;
    if (this.#options.onFault === undefined) throw fault;
    this.#options.onFault(ref, fault);
  }
}

function inherited(paint: number): number {
  return (paint & BOTH) === BOTH ? paint | PAINT.stale : paint;
}
