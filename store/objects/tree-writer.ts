/** Writes directories, one or a whole nested tree, in batches (docs/store-format.md, "Tree"). */
import { activeHash } from '../hash/blake3.ts';
import type { TreeId } from '../ids.ts';
import type { AbortOptions, ObjectWriter } from '../object-store.ts';
import { checkName, findTwin, splitPath, unsafePath } from '../paths/name-rules.ts';
import { compareNames } from '../paths/path-order.ts';
import { quoteForMessage } from '../paths/printable.ts';
import { NodeBatch } from './node-batch.ts';
import { NodeLevels } from './node-levels.ts';
import { TREE_BOUNDARY_ODDS, TREE_NODE_COUNT_MAX, TREE_NODE_COUNT_MIN } from './object-limits.ts';
import { encodeTreeNode, treeNodeCount } from './tree-codec.ts';
import type { TreeChild, TreeEntry, TreeNode } from './tree.ts';

/** An entry and where it is. The entry's name is the path's last component. */
export type PathEntry = { readonly path: string; readonly entry: TreeEntry };

/**
 * Writes one directory. Entries are sorted by `compareNames`.
 * @throws StoreError DITS_STORE_UNSAFE_PATH for a name that is refused, doubled, out of order or another one's twin
 */
export async function writeTree(
  writer: ObjectWriter,
  entries: readonly TreeEntry[],
  options: AbortOptions = {},
): Promise<TreeId> {
  for (const entry of entries) checkName(entry.name);
  const batch = new NodeBatch(writer, options);
  const build = directoryLevels(batch);
  checkSiblings(entries, '');
  for (const entry of entries) {
    build.add(entry);
    if (batch.isFull) await batch.flush();
  }
  const id = finishDirectory(build, batch);
  await batch.flush();
  return id;
}

/**
 * Writes a nested tree from all its entries, sorted by `comparePaths` (byte order of the whole path does as well: it
 * is enough that each folder's paths are together). An entry of kind directory stands for a subtree already stored.
 * Memory: the entries of the folders on the current path.
 * @throws StoreError DITS_STORE_UNSAFE_PATH as `writeTree`, and for a path that passes through a file
 */
export async function writeTreeFromPaths(
  writer: ObjectWriter,
  paths: Iterable<PathEntry>,
  options: AbortOptions = {},
): Promise<TreeId> {
  const nest = new DirectoryNest(new NodeBatch(writer, options));
  for (const item of paths) {
    nest.add(item);
    if (nest.batch.isFull) {
      options.signal?.throwIfAborted();
      await nest.batch.flush();
    }
  }
  const root = nest.finish();
  await nest.batch.flush();
  return root;
}

type OpenDirectory = { readonly name: string; readonly path: string; entries: TreeEntry[] };

/** The folders from the root to where the last path was. */
class DirectoryNest {
  readonly batch: NodeBatch;
  readonly #open: OpenDirectory[] = [{ name: '', path: '', entries: [] }];

  constructor(batch: NodeBatch) {
    this.batch = batch;
  }

  add({ path, entry }: PathEntry): void {
    const names = splitPath(path);
    const name = names.at(-1)!;
    if (entry.name !== name) {
      throw unsafePath(path, `does not end in its entry's name ${quoteForMessage(entry.name)}`);
    }
    this.#moveTo(names);
    this.#innermost().entries.push(entry);
  }

  finish(): TreeId {
    while (this.#open.length > 1) this.#closeInnermost();
    return this.#write(this.#innermost());
  }

  /** Closes the folders that do not lead to these names, and opens those that do. The last name is the entry's own. */
  #moveTo(names: readonly string[]): void {
    let depth = 1;
    while (depth < names.length && this.#open[depth]?.name === names[depth - 1]) depth++;
    while (this.#open.length > depth) this.#closeInnermost();
    for (; depth < names.length; depth++) {
      const name = names[depth - 1]!;
      const above = this.#innermost().path;
      this.#open.push({ name, path: above === '' ? name : `${above}/${name}`, entries: [] });
    }
  }

  #closeInnermost(): void {
    const closed = this.#open.pop()!;
    const tree = this.#write(closed);
    this.#innermost().entries.push({ kind: 'directory', name: closed.name, tree });
  }

  #write(directory: OpenDirectory): TreeId {
    // Sorted already, unless the paths came in byte order: then `a.txt` stands before the folder `a`.
    const entries = directory.entries.sort((a, b) => compareNames(a.name, b.name));
    checkSiblings(entries, directory.path);
    const build = directoryLevels(this.batch);
    for (const entry of entries) build.add(entry);
    return finishDirectory(build, this.batch);
  }

  /** The root is never closed, so that there always is one. */
  #innermost(): OpenDirectory {
    return this.#open.at(-1)!;
  }
}

type Part = TreeEntry | TreeChild;

function directoryLevels(batch: NodeBatch): NodeLevels<Part> {
  return new NodeLevels<Part>({
    countMin: TREE_NODE_COUNT_MIN,
    countMax: TREE_NODE_COUNT_MAX,
    isBoundary: (level, _before, after) => beginsTreeNode(level, firstNameOf(after)),
    emit: (level, parts) => {
      const node = nodeOf(level, parts);
      return {
        firstName: firstNameOf(parts[0]!),
        id: batch.add<TreeId>('tree', encodeTreeNode(node)),
        count: treeNodeCount(node),
      };
    },
  });
}

function finishDirectory(build: NodeLevels<Part>, batch: NodeBatch): TreeId {
  const { level, parts } = build.finish();
  return batch.add<TreeId>('tree', encodeTreeNode(nodeOf(level, parts)));
}

/**
 * Whether a name begins a node: decided by the name alone, so that a change of content never moves a boundary. Each
 * level looks at a byte of its own of the name's hash; what begins a node above also begins one below.
 */
function beginsTreeNode(level: number, name: string): boolean {
  const hash = activeHash.hash(Buffer.from(name));
  return hash[level]! % TREE_BOUNDARY_ODDS === 0;
}

function firstNameOf(part: Part): string {
  return 'firstName' in part ? part.firstName : part.name;
}

/** Level 0 lists entries and every other level nodes: the levels above never mix the two. */
function nodeOf(level: number, parts: readonly Part[]): TreeNode {
  return level === 0
    ? { level: 0, entries: parts as readonly TreeEntry[] }
    : { level, children: parts as readonly TreeChild[] };
}

function checkSiblings(entries: readonly TreeEntry[], folder: string): void {
  const pathOf = (name: string) => (folder === '' ? name : `${folder}/${name}`);
  let previous: string | undefined;
  for (const { name } of entries) {
    const order = previous === undefined ? -1 : compareNames(previous, name);
    if (order === 0) throw unsafePath(pathOf(name), 'is there twice');
    if (order > 0) throw unsafePath(pathOf(name), 'is out of order');
    previous = name;
  }
  const twins = findTwin(entries.map((entry) => entry.name));
  if (twins !== undefined) {
    const other = quoteForMessage(twins.first);
    throw unsafePath(
      pathOf(twins.second),
      `is the same as ${other} where case or Unicode form does not count`,
    );
  }
}
