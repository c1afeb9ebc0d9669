/** What a walk has found and what it still has to look at. Pure bookkeeping: reads nothing. */
import type { ChunkId, CommitId, ManifestId, ObjectId, ObjectKind, TreeId } from '../../ids.ts';
import type { ManifestNodeRef } from '../manifest-reader.ts';
import type { TreeNodeRef } from '../tree-nodes.ts';
import { IdSet } from './id-set.ts';

/** An object that a walk came to. */
export type Reachable = {
  readonly id: ObjectId;
  readonly kind: ObjectKind;
  /** Bytes, for chunks: whatever lists a chunk says how large it is. */
  readonly rawSize?: number | undefined;
};

/**
 * Nodes to open. `news` have been found already; `olds` are at the same place in a tree or file that the other side has,
 * and everything in them is known to it.
 */
export type WalkItem =
  | { readonly kind: 'commit'; readonly id: CommitId }
  | {
      readonly kind: 'tree';
      readonly news: readonly TreeNodeRef[];
      readonly olds: readonly TreeNodeRef[];
    }
  | {
      readonly kind: 'manifest';
      readonly news: readonly ManifestNodeRef[];
      readonly olds: readonly ManifestNodeRef[];
    };

/** What an entry holds, and what the entry of the same name held before. */
export type WalkContent =
  | { readonly kind: 'chunk'; readonly id: ChunkId; readonly size: number }
  | {
      readonly kind: 'manifest';
      readonly id: ManifestId;
      readonly size: number;
      readonly olds: readonly ManifestId[];
    }
  | { readonly kind: 'tree'; readonly id: TreeId };

/**
 * Contents put off until every changed folder has been looked at, so that what was only moved is recognised. At about
 * 200 bytes each this is 25 MB; past it, moved content may be found twice, which costs a check and no more.
 */
const POSTPONED_MAX = 131_072;

export class WalkState {
  readonly #seen = new IdSet();
  readonly #work: WalkItem[] = [];
  /** Pushed since the last `pop`, in order. */
  readonly #pushed: WalkItem[] = [];
  #found: Reachable[] = [];
  #postponed: WalkContent[] = [];
  #isPostponing: boolean;

  constructor(options: { readonly isPostponing: boolean }) {
    this.#isPostponing = options.isPostponing;
  }

  /** Takes an object as found, unless it was or the other side has it. */
  find(object: Reachable): boolean {
    if (!this.#seen.add(object.id, object.kind)) return false;
    this.#found.push(object);
    return true;
  }

  /** Notes that the other side has an object and all it leads to. */
  know(id: ObjectId, kind: ObjectKind): void {
    this.#seen.add(id, kind);
  }

  isSeen(id: ObjectId, kind: ObjectKind): boolean {
    return this.#seen.has(id, kind);
  }

  get foundCount(): number {
    return this.#found.length;
  }

  takeFound(): readonly Reachable[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }

  push(item: WalkItem): void {
    this.#pushed.push(item);
  }

  /**
   * The first item of those pushed last: depth first keeps the list of open work short, and files come out in the order
   * in which they are written at the other end.
   */
  pop(): WalkItem | undefined {
    for (let next = this.#pushed.pop(); next !== undefined; next = this.#pushed.pop()) {
      this.#work.push(next);
    }
    return this.#work.pop();
  }

  /** Content of a new or changed entry: looked at later, or now when nothing can turn out to be known any more. */
  content(content: WalkContent): void {
    if (this.#seen.has(content.id, content.kind)) return;
    if (!this.#isPostponing || this.#postponed.length >= POSTPONED_MAX) this.#enter(content);
    else this.#postponed.push(content);
  }

  /** All changed folders have been opened and compared: what was put off is decided now. */
  resume(): void {
    this.#isPostponing = false;
    const postponed = this.#postponed;
    this.#postponed = [];
    for (const content of postponed) this.#enter(content);
  }

  #enter(content: WalkContent): void {
    const { id, kind } = content;
    if (kind === 'chunk') {
      this.find({ id, kind, rawSize: content.size });
      return;
    }
    if (!this.find({ id, kind })) return;
    if (kind === 'tree') this.push({ kind, news: [{ id }], olds: [] });
    else {
      const olds = content.olds.map((old) => ({ id: old }));
      this.push({ kind, news: [{ id, size: content.size }], olds });
    }
  }
}
