/** Reads directories and nested trees (docs/store-format.md, "Tree"). */
import type { TreeId } from '../ids.ts';
import type { AbortOptions, ObjectReader } from '../object-store.ts';
import { compareNames } from '../paths/path-order.ts';
import { ReadAhead } from './read-ahead.ts';
import { readStructure } from './structure-reader.ts';
import { decodeTreeNode, isTreeLeaf } from './tree-codec.ts';
import { TreeCursor } from './tree-cursor.ts';
import { checkTreeNode, treeChildRefs, type TreeNodeRef } from './tree-nodes.ts';
import type { PathEntry } from './tree-writer.ts';
import type { TreeEntry, TreeNode } from './tree.ts';

/** Reads ahead in trees. */
export function treeReadAhead(reader: ObjectReader, options: AbortOptions): ReadAhead<TreeNode> {
  return new ReadAhead<TreeNode>(reader, {
    kind: 'tree',
    decode: decodeTreeNode,
    signal: options.signal,
  });
}

/**
 * The entries of one directory in order, a node's worth at a time, in constant memory.
 * @throws StoreError DITS_STORE_NOT_FOUND, DITS_STORE_CORRUPT, DITS_STORE_INVALID_OBJECT
 */
export async function* readTree(
  reader: ObjectReader,
  id: TreeId,
  options: AbortOptions = {},
): AsyncIterable<readonly TreeEntry[]> {
  const ahead = treeReadAhead(reader, options);
  const stack: TreeNodeRef[] = [{ id }];
  const upcoming = () => stack.toReversed().map((ref) => ref.id);
  for (let ref = stack.pop(); ref !== undefined; ref = stack.pop()) {
    const node = checkTreeNode(ref, await ahead.takeOne(ref.id, upcoming));
    if (isTreeLeaf(node)) yield node.entries;
    else stack.push(...treeChildRefs(ref, node).toReversed());
  }
}

/**
 * The entry at a path, or undefined when there is none, also where the path passes through a file. Reads one node per
 * level. The empty path has no entry: it is the tree itself.
 * @throws as `readTree`
 */
export async function findEntry(
  reader: ObjectReader,
  tree: TreeId,
  pathComponents: readonly string[],
  options: AbortOptions = {},
): Promise<TreeEntry | undefined> {
  let entry: TreeEntry | undefined;
  let folder: TreeId | undefined = tree;
  for (const name of pathComponents) {
    if (folder === undefined) return undefined;
    entry = await findInDirectory(reader, folder, { name, ...options });
    folder = entry?.kind === 'directory' ? entry.tree : undefined;
  }
  return entry;
}

async function findInDirectory(
  reader: ObjectReader,
  tree: TreeId,
  options: AbortOptions & { readonly name: string },
): Promise<TreeEntry | undefined> {
  let ref: TreeNodeRef | undefined = { id: tree };
  while (ref !== undefined) {
    const bytes = await readStructure(reader, { id: ref.id, kind: 'tree' }, options);
    const node = checkTreeNode(ref, decodeTreeNode(bytes));
    if (isTreeLeaf(node)) return node.entries.find((entry) => entry.name === options.name);
    ref = treeChildRefs(ref, node).findLast(
      ({ below }) => below !== undefined && compareNames(below.firstName, options.name) <= 0,
    );
  }
  return undefined;
}

/**
 * Every file and link of a nested tree with its path, in the order of `comparePaths`. Directories are walked, not
 * yielded. Nodes are read in batches. @throws as `readTree`
 */
export async function* walkTree(
  reader: ObjectReader,
  id: TreeId,
  options: AbortOptions = {},
): AsyncIterable<PathEntry> {
  const ahead = treeReadAhead(reader, options);
  const cursor = new TreeCursor(id);
  const upcoming = () => cursor.upcoming((node) => ahead.peek(node));
  for (let place = cursor.place(); place !== undefined; place = cursor.place()) {
    if (place.kind === 'node') {
      cursor.open(place, await ahead.takeOne(place.ref.id, upcoming));
    } else if (place.entry.kind === 'directory') {
      cursor.descend(place, place.entry.tree);
    } else {
      const { entry } = place;
      cursor.skip();
      yield { path: place.prefix + entry.name, entry };
    }
  }
}
