/** Compares two nested trees in step, skipping what has the same id (docs/store-format.md, "Tree"). */
import type { ObjectId, TreeId } from '../ids.ts';
import type { AbortOptions, ObjectReader } from '../object-store.ts';
import { compareNames } from '../paths/path-order.ts';
import type { ReadAhead } from './read-ahead.ts';
import { TreeCursor, type CursorPlace, type EntryPlace, type NodePlace } from './tree-cursor.ts';
import { treeReadAhead } from './tree-reader.ts';
import type { TreeEntry, TreeNode } from './tree.ts';

/** A path that differs: with only `new` it was added, with only `old` removed, with both changed. */
export type TreeDifference = {
  readonly path: string;
  readonly old?: TreeEntry | undefined;
  readonly new?: TreeEntry | undefined;
};

/** Places of either side looked at before a read, to leave out the nodes that both sides have. */
const LOOK_AHEAD_COUNT = 4096;

/**
 * The files and links that differ, in path order. Directories are not yielded: an added one shows as its files, a file that
 * became a directory as the file removed and the files added. An undefined tree is an empty one.
 * @throws StoreError DITS_STORE_NOT_FOUND, DITS_STORE_CORRUPT, DITS_STORE_INVALID_OBJECT
 */
export async function* diffTrees(
  reader: ObjectReader,
  oldTree: TreeId | undefined,
  newTree: TreeId | undefined,
  options: AbortOptions = {},
): AsyncIterable<TreeDifference> {
  const differ = new TreeDiffer(oldTree, newTree, treeReadAhead(reader, options));
  while (!differ.isDone) {
    const step = differ.step();
    if (step.opens !== undefined) await differ.open(step.opens);
    else if (step.found !== undefined) yield step.found;
  }
}

type Side = 'old' | 'new';
type Opening = { readonly side: Side; readonly place: NodePlace };
/** What one step came to: nodes that must be opened, a difference, or only a move. */
type Step = {
  readonly opens?: readonly Opening[];
  readonly found?: TreeDifference;
};

const MOVED: Step = {};

/** Two cursors, on the same folder or one of them in a folder that the other side does not have. */
class TreeDiffer {
  readonly #cursors: Readonly<Record<Side, TreeCursor>>;
  readonly #ahead: ReadAhead<TreeNode>;
  isDone = false;

  constructor(
    oldTree: TreeId | undefined,
    newTree: TreeId | undefined,
    ahead: ReadAhead<TreeNode>,
  ) {
    this.#cursors = { old: new TreeCursor(oldTree), new: new TreeCursor(newTree) };
    this.#ahead = ahead;
  }

  step(): Step {
    const before = this.#cursors.old.place();
    const after = this.#cursors.new.place();
    if (before === undefined) {
      if (after !== undefined) return this.#alone('new', after);
      this.isDone = true;
      return MOVED;
    }
    // The deeper cursor is in a folder of its own, which comes before whatever follows in the folder above.
    if (after === undefined || before.depth > after.depth) return this.#alone('old', before);
    if (after.depth > before.depth) return this.#alone('new', after);
    return this.#together(before, after);
  }

  async open(opens: readonly Opening[]): Promise<void> {
    const ids = opens.map(({ place }) => place.ref.id);
    const nodes = await this.#ahead.take(ids, () => this.#upcoming());
    opens.forEach(({ side, place }, index) => this.#cursors[side].open(place, nodes[index]!));
  }

  /** A node or entry that only one side has. */
  #alone(side: Side, place: CursorPlace): Step {
    if (place.kind === 'node') return { opens: [{ side, place }] };
    const { entry, prefix } = place;
    if (entry.kind === 'directory') {
      this.#cursors[side].descend(place, entry.tree);
      return MOVED;
    }
    this.#cursors[side].skip();
    return { found: { path: prefix + entry.name, [side]: entry } };
  }

  #together(before: CursorPlace, after: CursorPlace): Step {
    if (before.kind === 'node') {
      if (after.kind === 'node') return this.#nodes(before, after);
      return this.#nodeAndEntry({ side: 'old', place: before }, 'new', after);
    }
    if (after.kind === 'node') {
      return this.#nodeAndEntry({ side: 'new', place: after }, 'old', before);
    }
    return this.#entries(before, after);
  }

  #nodes(before: NodePlace, after: NodePlace): Step {
    if (before.ref.id === after.ref.id) return this.#skipBoth();
    const open = {
      old: { side: 'old', place: before },
      new: { side: 'new', place: after },
    } as const;
    const left = before.ref.below;
    const right = after.ref.below;
    if (left === undefined || right === undefined) return { opens: [open.old, open.new] };
    // The larger node, or else the one that begins first, may hold the other one.
    const order = right.level - left.level || compareNames(left.firstName, right.firstName);
    if (order === 0) return { opens: [open.old, open.new] };
    return { opens: [order < 0 ? open.old : open.new] };
  }

  #nodeAndEntry(node: Opening, side: Side, place: EntryPlace): Step {
    const first = node.place.ref.below?.firstName;
    if (first !== undefined && compareNames(place.entry.name, first) < 0) {
      return this.#alone(side, place);
    }
    return { opens: [node] };
  }

  #entries(before: EntryPlace, after: EntryPlace): Step {
    const order = compareNames(before.entry.name, after.entry.name);
    if (order < 0) return this.#alone('old', before);
    if (order > 0) return this.#alone('new', after);
    if (isSameEntry(before.entry, after.entry)) return this.#skipBoth();
    if (before.entry.kind === 'directory' && after.entry.kind === 'directory') {
      this.#cursors.old.descend(before, before.entry.tree);
      this.#cursors.new.descend(after, after.entry.tree);
      return MOVED;
    }
    // A file against a folder: the file first, then what is in the folder.
    if (before.entry.kind === 'directory') return this.#alone('new', after);
    if (after.entry.kind === 'directory') return this.#alone('old', before);
    this.#skipBoth();
    const path = before.prefix + before.entry.name;
    return { found: { path, old: before.entry, new: after.entry } };
  }

  #skipBoth(): Step {
    this.#cursors.old.skip();
    this.#cursors.new.skip();
    return MOVED;
  }

  /** What will be opened soon: nodes ahead of either cursor that the other one does not have ahead of it. */
  *#upcoming(): Generator<ObjectId> {
    const ahead = { old: this.#lookAhead('old'), new: this.#lookAhead('new') };
    for (const id of ahead.old) if (!ahead.new.has(id)) yield id;
    for (const id of ahead.new) if (!ahead.old.has(id)) yield id;
  }

  #lookAhead(side: Side): ReadonlySet<ObjectId> {
    const ids = new Set<ObjectId>();
    let looked = 0;
    for (const id of this.#cursors[side].upcoming((node) => this.#ahead.peek(node))) {
      if (id !== undefined) ids.add(id);
      if (++looked >= LOOK_AHEAD_COUNT) break;
    }
    return ids;
  }
}

/** Whether two entries of one name are the same in kind and content. */
export function isSameEntry(a: TreeEntry, b: TreeEntry): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind === 'directory' || b.kind === 'directory') return contentId(a) === contentId(b);
  return a.size === b.size && contentId(a) === contentId(b);
}

/** The id of what an entry holds; undefined for an empty file. */
export function contentId(entry: TreeEntry): ObjectId | undefined {
  if (entry.kind === 'directory') return entry.tree;
  if (entry.kind === 'symlink') return entry.target;
  return entry.content.kind === 'empty' ? undefined : entry.content.id;
}
