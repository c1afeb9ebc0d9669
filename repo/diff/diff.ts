/** `diff` and `show`: what differs between two of commit, index and working tree. */
import { comparePaths, diffTrees, readCommit, type TreeId } from '../../store/index.ts';
import { isWithin } from '../files/path-order.ts';
import { toRepositoryPaths } from '../files/repository-path.ts';
import { kindOf } from '../files/stat-stamp.ts';
import { readHead } from '../refs/head.ts';
import type { OperationOptions, Repository } from '../repository/repository.ts';
import { resolveRevision } from '../revisions/resolve-revision.ts';
import type { ChangeKind } from '../status/status.ts';
import { worktreeChanges, type WorktreeChange } from '../status/worktree-changes.ts';
import { loadIndex } from '../worktree-index/index-file.ts';
import { compareWithTree, toTreeEntry, type FileTreeEntry } from '../worktree-index/index-tree.ts';
import type { WorkIndex } from '../worktree-index/work-index.ts';
import { sharedChunks, type SharedChunks } from './shared-chunks.ts';
import { TEXT_SIZE_MAX_BYTES, diffText, type TextDiff } from './text-diff.ts';
import { readVersion, versionOf, type FileVersion } from './version.ts';

/** What is compared, old side first. */
export type DiffSides =
  | { readonly kind: 'index-worktree' }
  /** A revision (HEAD when left out) with the index. */
  | { readonly kind: 'staged'; readonly revision?: string | undefined }
  | { readonly kind: 'revision-worktree'; readonly revision: string }
  | { readonly kind: 'revisions'; readonly from: string; readonly to: string }
  | { readonly kind: 'trees'; readonly from: TreeId | undefined; readonly to: TreeId };

export type DiffOptions = OperationOptions & {
  /** Only at or below these. */
  readonly paths?: readonly string[] | undefined;
  readonly cwd?: string | undefined;
  /** Leave out what needs contents to be read: lines and shared chunks. */
  readonly detail?: 'full' | 'names' | undefined;
};

export type FileDifference = {
  readonly path: string;
  readonly change: ChangeKind;
  readonly old: FileVersion | undefined;
  readonly new: FileVersion | undefined;
  /** Lines that differ; undefined for what is not text, or too large. */
  readonly text: TextDiff | undefined;
  /** Undefined where a side has no chunk list yet. */
  readonly shared: SharedChunks | undefined;
};

/** A path that differs, before its contents were looked at. */
type Pair = {
  readonly path: string;
  readonly old: FileVersion | undefined;
  readonly new: FileVersion | undefined;
};

/** The files that differ, in path order, one at a time. */
export async function* diff(
  repository: Repository,
  sides: DiffSides,
  options: DiffOptions = {},
): AsyncGenerator<FileDifference, void, undefined> {
  const within = pathFilter(repository, options);
  for await (const pair of pairsOf(repository, sides, options)) {
    options.signal?.throwIfAborted();
    if (!within(pair.path)) continue;
    yield await describe(repository, pair, options);
  }
}

function pathFilter(repository: Repository, options: DiffOptions): (path: string) => boolean {
  const given = options.paths ?? [];
  if (given.length === 0) return () => true;
  const targets = repository.isBare
    ? given
    : toRepositoryPaths(repository.tree, options.cwd ?? repository.tree.root, given);
  return (path) => targets.some((target) => isWithin(path, target));
}

async function* pairsOf(
  repository: Repository,
  sides: DiffSides,
  options: OperationOptions,
): AsyncIterable<Pair> {
  switch (sides.kind) {
    case 'index-worktree': {
      const index = await loadIndex(repository.layout);
      for (const change of await changesOf(repository, index, options)) {
        yield worktreePair(repository, change, versionOf(toTreeEntry(change.entry)));
      }
      return;
    }
    case 'staged': {
      const tree =
        sides.revision === undefined
          ? (await readHead(repository)).tree
          : await treeOf(repository, sides.revision);
      const index = await loadIndex(repository.layout);
      const { objects } = repository.store;
      for (const found of await compareWithTree(objects, index, tree, options)) {
        const now = found.new === undefined ? undefined : toTreeEntry(found.new);
        yield pairOf(found.path, found.old, now);
      }
      return;
    }
    case 'revision-worktree':
      yield* await revisionWorktree(repository, sides.revision, options);
      return;
    case 'revisions': {
      const from = await treeOf(repository, sides.from);
      yield* treePairs(repository, from, await treeOf(repository, sides.to));
      return;
    }
    case 'trees':
      yield* treePairs(repository, sides.from, sides.to);
  }
}

async function* treePairs(
  repository: Repository,
  from: TreeId | undefined,
  to: TreeId,
): AsyncIterable<Pair> {
  for await (const found of diffTrees(repository.store.objects, from, to)) {
    const old = found.old?.kind === 'directory' ? undefined : found.old;
    const now = found.new?.kind === 'directory' ? undefined : found.new;
    yield pairOf(found.path, old, now);
  }
}

/** What is staged and what is not, put together. */
async function revisionWorktree(
  repository: Repository,
  revision: string,
  options: OperationOptions,
): Promise<Pair[]> {
  const tree = await treeOf(repository, revision);
  const index = await loadIndex(repository.layout);
  const pairs = new Map<string, Pair>();
  const { objects } = repository.store;
  const staged = new Map<string, FileVersion | undefined>();
  for (const { path, old, new: now } of await compareWithTree(objects, index, tree, options)) {
    staged.set(path, old && versionOf(old));
    pairs.set(path, pairOf(path, old, now === undefined ? undefined : toTreeEntry(now)));
  }
  for (const change of await changesOf(repository, index, options)) {
    const { path, entry } = change;
    const before = staged.has(path) ? staged.get(path) : versionOf(toTreeEntry(entry));
    pairs.set(path, worktreePair(repository, change, before));
  }
  // A file that was staged as new and is gone again differs from nothing.
  return [...pairs.values()]
    .filter((pair) => pair.old !== undefined || pair.new !== undefined)
    .sort((a, b) => comparePaths(a.path, b.path));
}

async function treeOf(repository: Repository, revision: string): Promise<TreeId> {
  const { commit } = await resolveRevision(repository, revision);
  return (await readCommit(repository.store.objects, commit)).tree;
}

async function changesOf(
  repository: Repository,
  index: WorkIndex,
  { signal }: OperationOptions,
): Promise<readonly WorktreeChange[]> {
  const { tree, store, layout } = repository;
  const sources = { tree, index, reader: store.objects, clockProbe: layout.clockProbe };
  return (await worktreeChanges(sources, { untracked: 'none', signal })).changed;
}

function pairOf(
  path: string,
  old: FileTreeEntry | undefined,
  now: FileTreeEntry | undefined,
): Pair {
  return { path, old: old && versionOf(old), new: now && versionOf(now) };
}

function worktreePair(
  repository: Repository,
  { path, diskPath, entry }: WorktreeChange,
  old: FileVersion | undefined,
): Pair {
  const stats =
    repository.tree.linkedParent(path) === undefined ? repository.tree.stat(diskPath) : undefined;
  const kind = stats === undefined ? undefined : kindOf(stats, entry.kind);
  if (stats === undefined || kind === undefined) return { path, old, new: undefined };
  return { path, old, new: { kind, size: stats.size, content: diskPath } };
}

async function describe(
  repository: Repository,
  pair: Pair,
  options: DiffOptions,
): Promise<FileDifference> {
  const change = changeOf(pair);
  const full = { ...pair, change, text: undefined, shared: undefined };
  if (options.detail === 'names') return full;
  const { objects } = repository.store;
  const shared =
    pair.old === undefined || pair.new === undefined
      ? undefined
      : await sharedChunks(objects, pair.old, pair.new, options.signal);
  return { ...full, shared, text: await textOf(repository, pair, options) };
}

async function textOf(
  repository: Repository,
  pair: Pair,
  { signal }: DiffOptions,
): Promise<TextDiff | undefined> {
  const size = Math.max(pair.old?.size ?? 0, pair.new?.size ?? 0);
  if (size > TEXT_SIZE_MAX_BYTES) return undefined;
  const tree = repository.isBare ? undefined : repository.tree;
  const sources = { reader: repository.store.objects, tree, signal };
  const read = async (version: FileVersion | undefined): Promise<Buffer> =>
    version === undefined ? Buffer.alloc(0) : readVersion(version, sources);
  return diffText(await read(pair.old), await read(pair.new));
}

function changeOf({ old, new: now }: Pair): ChangeKind {
  if (old === undefined) return 'added';
  if (now === undefined) return 'deleted';
  return (old.kind === 'symlink') === (now.kind === 'symlink') ? 'modified' : 'typechange';
}
