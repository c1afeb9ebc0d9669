/** The index against trees: what differs from one, and the tree that the index would be committed as. */
import {
  StoreError,
  comparePaths,
  readTree,
  walkTree,
  writeTreeFromPaths,
  type AbortOptions,
  type ObjectReader,
  type ObjectStore,
  type TreeEntry,
  type TreeId,
} from '../../store/index.ts';
import { joinPath, nameOf } from '../files/path-order.ts';
import { sameVersion, type IndexEntry } from './index-entry.ts';
import type { IndexChange, WorkIndex } from './work-index.ts';

/** An entry of a tree other than a directory: a version of a path. */
export type FileTreeEntry = Exclude<TreeEntry, { kind: 'directory' }>;

/** A path whose version in the index is not that of a tree. */
export type IndexDifference = {
  readonly path: string;
  readonly old: FileTreeEntry | undefined;
  readonly new: IndexEntry | undefined;
};

/** How a tree entry looks in the index, when nothing is known of a file on disk. */
export function toIndexEntry(path: string, entry: FileTreeEntry): IndexEntry {
  if (entry.kind === 'symlink') {
    const content = { kind: 'chunk', id: entry.target } as const;
    return { path, kind: 'symlink', content, size: entry.size, profile: 0, stat: undefined };
  }
  const { kind, content, size } = entry;
  return { path, kind, content, size, profile: 0, stat: undefined };
}

export function toTreeEntry(entry: IndexEntry): FileTreeEntry {
  const { kind, content, size } = entry;
  const name = nameOf(entry.path);
  if (kind !== 'symlink') return { kind, name, content, size };
  if (content.kind !== 'chunk') {
    throw new StoreError('DITS_STORE_INVALID_OBJECT', `the link ${entry.path} has no target`);
  }
  return { kind, name, target: content.id, size };
}

/** Whether an index entry and a tree entry are the same version. */
export function isVersion(entry: IndexEntry | undefined, tree: FileTreeEntry | undefined): boolean {
  return sameVersion(entry, tree === undefined ? undefined : toIndexEntry('', tree));
}

/** Everything staged: paths whose version in the index is not that of `tree`, sorted. */
export async function compareWithTree(
  reader: ObjectReader,
  index: WorkIndex,
  tree: TreeId | undefined,
  options: AbortOptions = {},
): Promise<IndexDifference[]> {
  if (index.base?.tree !== tree) return compareAll(reader, index, tree, options);
  const differences: IndexDifference[] = [];
  await matchChanges(
    { reader, options, differences },
    { folder: '', tree, changes: index.changes() },
  );
  return differences.sort((a, b) => comparePaths(a.path, b.path));
}

async function compareAll(
  reader: ObjectReader,
  index: WorkIndex,
  tree: TreeId | undefined,
  options: AbortOptions,
): Promise<IndexDifference[]> {
  const differences: IndexDifference[] = [];
  const old = new Map<string, FileTreeEntry>();
  if (tree !== undefined) {
    for await (const { path, entry } of walkTree(reader, tree, options)) {
      if (entry.kind !== 'directory') old.set(path, entry);
    }
  }
  for (const entry of index.entries()) {
    const before = old.get(entry.path);
    old.delete(entry.path);
    if (!isVersion(entry, before)) differences.push({ path: entry.path, old: before, new: entry });
  }
  for (const [path, entry] of old) differences.push({ path, old: entry, new: undefined });
  return differences.sort((a, b) => comparePaths(a.path, b.path));
}

type Matching = {
  readonly reader: ObjectReader;
  readonly options: AbortOptions;
  readonly differences: IndexDifference[];
};

type FolderChanges = {
  readonly folder: string;
  readonly tree: TreeId | undefined;
  readonly changes: readonly IndexChange[];
};

/** Descends only into folders that hold a change. */
async function matchChanges(matching: Matching, at: FolderChanges): Promise<void> {
  if (at.changes.length === 0) return;
  const base = await readFolder(matching.reader, at.tree, matching.options);
  const { direct, nested } = splitChanges(at);
  for (const { path, entry } of direct) {
    const found = base.get(nameOf(path));
    const old = found?.kind === 'directory' ? undefined : found;
    if (!isVersion(entry, old)) matching.differences.push({ path, old, new: entry });
  }
  for (const [name, changes] of nested) {
    const tree = treeOf(base.get(name));
    await matchChanges(matching, { folder: joinPath(at.folder, name), tree, changes });
  }
}

/**
 * Writes the tree of the whole index. Folders without a change are taken from the base tree as they are, unread.
 * An index without files makes the empty tree.
 */
export async function writeIndexTree(
  store: ObjectStore,
  index: WorkIndex,
  options: AbortOptions = {},
): Promise<TreeId> {
  const base = index.base?.tree;
  const isBaseUsable = base !== undefined && (await store.has([base], options))[0] === true;
  const changes = isBaseUsable
    ? index.changes()
    : [...index.entries()].map((entry) => ({ path: entry.path, entry }));
  const tree = isBaseUsable ? base : undefined;
  const paths: { path: string; entry: TreeEntry }[] = [];
  await applyChanges({ reader: store, options, paths }, { folder: '', tree, changes });
  return writeTreeFromPaths(store, paths, options);
}

type Applying = {
  readonly reader: ObjectReader;
  readonly options: AbortOptions;
  readonly paths: { path: string; entry: TreeEntry }[];
};

/** Lists what a folder holds after its changes: files, untouched subfolders as they are, changed ones entry by entry. */
async function applyChanges(applying: Applying, at: FolderChanges): Promise<void> {
  const base = await readFolder(applying.reader, at.tree, applying.options);
  const { direct, nested } = splitChanges(at);
  for (const { path, entry } of direct) {
    const name = nameOf(path);
    if (entry !== undefined) base.set(name, toTreeEntry(entry));
    else if (base.get(name)?.kind !== 'directory') base.delete(name);
  }
  const names = new Set([...base.keys(), ...nested.keys()]);
  for (const name of [...names].sort(comparePaths)) {
    const path = joinPath(at.folder, name);
    const entry = base.get(name);
    const changes = nested.get(name);
    const isReplaced = changes !== undefined && (entry === undefined || entry.kind === 'directory');
    if (isReplaced) await applyChanges(applying, { folder: path, tree: treeOf(entry), changes });
    // Changes below what is a file now can only be removals.
    else if (entry !== undefined) applying.paths.push({ path, entry });
  }
}

function treeOf(entry: TreeEntry | undefined): TreeId | undefined {
  return entry?.kind === 'directory' ? entry.tree : undefined;
}

async function readFolder(
  reader: ObjectReader,
  tree: TreeId | undefined,
  options: AbortOptions,
): Promise<Map<string, TreeEntry>> {
  const entries = new Map<string, TreeEntry>();
  if (tree === undefined) return entries;
  for await (const batch of readTree(reader, tree, options)) {
    for (const entry of batch) entries.set(entry.name, entry);
  }
  return entries;
}

function splitChanges(at: FolderChanges): {
  direct: IndexChange[];
  nested: Map<string, IndexChange[]>;
} {
  const start = at.folder === '' ? 0 : at.folder.length + 1;
  const direct: IndexChange[] = [];
  const nested = new Map<string, IndexChange[]>();
  for (const change of at.changes) {
    const slash = change.path.indexOf('/', start);
    if (slash < 0) {
      direct.push(change);
      continue;
    }
    const name = change.path.slice(start, slash);
    const group = nested.get(name);
    if (group === undefined) nested.set(name, [change]);
    else group.push(change);
  }
  return { direct, nested };
}
