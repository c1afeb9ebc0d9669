/** A position in a nested tree that moves in path order, entering folders and nodes only when told to. */
import type { ObjectId, TreeId } from '../ids.ts';
import { PATH_SIZE_MAX_BYTES } from '../paths/name-rules.ts';
import { invalidObject } from './canonical.ts';
import { isTreeLeaf } from './tree-codec.ts';
import { checkTreeNode, treeChildRefs, type TreeNodeRef } from './tree-nodes.ts';
import type { TreeEntry, TreeNode } from './tree.ts';

/** What a cursor stands on: a node that nobody has read yet, or an entry. */
export type CursorPlace = NodePlace | EntryPlace;
type Folder = {
  /** Folders entered from the root to here. */ readonly depth: number;
  /** Path of the folder with a slash behind it; empty for the root. */ readonly prefix: string;
};
export type NodePlace = Folder & { readonly kind: 'node'; readonly ref: TreeNodeRef };
export type EntryPlace = Folder & { readonly kind: 'entry'; readonly entry: TreeEntry };

type EntriesFrame = Folder & {
  readonly kind: 'entries';
  readonly entries: readonly TreeEntry[];
  at: number;
};

export class TreeCursor {
  readonly #stack: (NodePlace | EntriesFrame)[] = [];

  constructor(root: TreeId | undefined) {
    if (root !== undefined) {
      this.#stack.push({ kind: 'node', ref: { id: root }, depth: 0, prefix: '' });
    }
  }

  /** Where the cursor stands, or undefined at the end. */
  place(): CursorPlace | undefined {
    for (let frame = this.#stack.at(-1); frame !== undefined; frame = this.#stack.at(-1)) {
      if (frame.kind === 'node') return frame;
      const entry = frame.entries[frame.at];
      if (entry !== undefined) {
        return { kind: 'entry', entry, depth: frame.depth, prefix: frame.prefix };
      }
      this.#stack.pop();
    }
    return undefined;
  }

  /** Moves past the node or entry. */
  skip(): void {
    const frame = this.#stack.at(-1);
    if (frame?.kind === 'entries') frame.at++;
    else this.#stack.pop();
  }

  /** Replaces the node the cursor stands on by what is in it. @throws StoreError DITS_STORE_INVALID_OBJECT */
  open(place: NodePlace, node: TreeNode): void {
    const { ref, depth, prefix } = place;
    checkTreeNode(ref, node);
    this.#stack.pop();
    if (isTreeLeaf(node)) {
      this.#stack.push({ kind: 'entries', entries: node.entries, at: 0, depth, prefix });
      return;
    }
    for (const child of treeChildRefs(ref, node).toReversed()) {
      this.#stack.push({ kind: 'node', ref: child, depth, prefix });
    }
  }

  /** Moves past a directory's entry and onto its top node. @throws StoreError DITS_STORE_INVALID_OBJECT when too deep */
  descend(place: EntryPlace, tree: TreeId): void {
    const prefix = `${place.prefix}${place.entry.name}/`;
    if (Buffer.byteLength(prefix) > PATH_SIZE_MAX_BYTES) {
      throw invalidObject('tree', `a path is longer than ${PATH_SIZE_MAX_BYTES} bytes`);
    }
    this.skip();
    this.#stack.push({ kind: 'node', ref: { id: tree }, depth: place.depth + 1, prefix });
  }

  /** Ids of nodes in the order in which the cursor meets them, through nodes that `peek` knows. */
  *upcoming(peek: (id: ObjectId) => TreeNode | undefined): Generator<ObjectId | undefined> {
    for (const frame of this.#stack.toReversed()) {
      if (frame.kind === 'node') yield* upcomingIn(frame.ref.id, peek);
      else yield* upcomingEntries(frame.entries, frame.at, peek);
    }
  }
}

type Peek = (id: ObjectId) => TreeNode | undefined;

/** A node that is not known; or what is below it, as far as that is known. */
function* upcomingIn(id: TreeId, peek: Peek): Generator<ObjectId | undefined> {
  const node = peek(id);
  if (node === undefined) {
    yield id;
    return;
  }
  // Every node passed through counts as a place: folders that hold one another a thousand times over have no end.
  yield undefined;
  if (isTreeLeaf(node)) yield* upcomingEntries(node.entries, 0, peek);
  else for (const child of node.children) yield* upcomingIn(child.id, peek);
}

function* upcomingEntries(
  entries: readonly TreeEntry[],
  from: number,
  peek: Peek,
): Generator<ObjectId | undefined> {
  for (let at = from; at < entries.length; at++) {
    const entry = entries[at];
    if (entry?.kind === 'directory') yield* upcomingIn(entry.tree, peek);
    else yield undefined;
  }
}
