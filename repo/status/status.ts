/** `status`: what the next commit would record, what the working tree has besides, and what is not tracked. */
import type { CommitId } from '../../store/index.ts';
import { readHead } from '../refs/head.ts';
import type { OperationOptions, Repository } from '../repository/repository.ts';
import {
  contentId,
  sameVersion,
  type IndexBase,
  type IndexEntry,
} from '../worktree-index/index-entry.ts';
import { loadIndex, saveIndex, tryLockIndex } from '../worktree-index/index-file.ts';
import {
  compareWithTree,
  toIndexEntry,
  type IndexDifference,
} from '../worktree-index/index-tree.ts';
import type { WorkIndex } from '../worktree-index/work-index.ts';
import type { UntrackedMode } from './scan.ts';
import { worktreeChanges, type WorktreeChanges } from './worktree-changes.ts';

export type ChangeKind = 'added' | 'modified' | 'deleted' | 'typechange' | 'renamed';

export type StatusEntry = {
  readonly path: string;
  readonly change: ChangeKind | 'untracked';
  /** The path it had, when renamed. */
  readonly from?: string | undefined;
};

export type Status = {
  /** Undefined when HEAD is detached. */
  readonly branch: string | undefined;
  /** Undefined before the first commit. */
  readonly head: CommitId | undefined;
  /** Nothing staged, nothing changed, nothing untracked. */
  readonly clean: boolean;
  readonly staged: readonly StatusEntry[];
  readonly unstaged: readonly StatusEntry[];
  /** A folder without any tracked file is one entry that ends in a slash. */
  readonly untracked: readonly StatusEntry[];
};

export type StatusOptions = OperationOptions & {
  readonly untracked?: UntrackedMode | undefined;
};

/** Compares HEAD, index and working tree. Changes nothing but the index's stat cache. */
export async function status(repository: Repository, options: StatusOptions = {}): Promise<Status> {
  const { tree, layout, store } = repository;
  const { signal } = options;
  const index = await loadIndex(layout);
  const head = await readHead(repository, index.base);
  const differences = await compareWithTree(store.objects, index, head.tree, { signal });
  const changes = await worktreeChanges(
    { tree, index, reader: store.objects, clockProbe: layout.clockProbe },
    { untracked: options.untracked ?? 'collapsed', signal },
  );
  const { tree: headTree, commit } = head;
  const isAtHead = headTree !== undefined && differences.length === 0;
  const isNews = isAtHead && index.base?.tree !== headTree;
  await saveLearned(repository, changes, isNews ? { tree: headTree, commit } : undefined);
  const staged = findRenames(differences);
  const unstaged = changes.changed.map(({ path, state }) => ({ path, change: state }));
  const untracked = changes.untracked.map((item) => ({
    path: item.type === 'folder' ? `${item.path}/` : item.path,
    change: 'untracked' as const,
  }));
  const clean = staged.length === 0 && unstaged.length === 0 && untracked.length === 0;
  return { branch: head.branch, head: head.commit, clean, staged, unstaged, untracked };
}

/**
 * Remembers which files were found unchanged by content, and that the index is `base` (after a commit that was cut off
 * before it said so), if no other command is at work.
 */
async function saveLearned(
  repository: Repository,
  changes: WorktreeChanges,
  base: IndexBase | undefined,
): Promise<void> {
  if (changes.refreshed.length === 0 && base === undefined) return;
  const lock = await tryLockIndex(repository.layout);
  if (lock === undefined) return;
  try {
    // Another command may have replaced the index meanwhile: what was learned applies to equal versions only.
    const index = await loadIndex(repository.layout);
    applyRefreshed(index, changes.refreshed);
    if (base !== undefined) {
      const { objects } = repository.store;
      const differences = await compareWithTree(objects, index, base.tree);
      index.rebase(
        base,
        differences.map(({ path }) => path),
      );
    }
    if (index.isDirty) await saveIndex(repository.layout, index);
  } finally {
    await lock.release();
  }
}

/** Sets the stamps of entries whose version is still the one that was checked. */
function applyRefreshed(index: WorkIndex, refreshed: readonly IndexEntry[]): void {
  for (const entry of refreshed) {
    const current = index.get(entry.path);
    if (current !== undefined && sameVersion(current, entry)) {
      index.set({ ...current, stat: entry.stat });
    }
  }
}

/** Staged differences as status entries; a deleted and an added path with the same content are one rename. */
function findRenames(differences: readonly IndexDifference[]): StatusEntry[] {
  const deleted = new Map<string, string>();
  for (const { path, old, new: now } of differences) {
    if (now !== undefined || old === undefined) continue;
    const id = contentId(toIndexEntry(path, old).content);
    // Empty files are all alike: calling one the other's new name would be a guess.
    if (id !== undefined) deleted.set(`${old.kind} ${id}`, path);
  }
  const sources = new Set<string>();
  const entries: StatusEntry[] = [];
  for (const { path, old, new: now } of differences) {
    if (old !== undefined || now === undefined) continue;
    const key = `${now.kind} ${contentId(now.content) ?? ''}`;
    const from = deleted.get(key);
    if (from === undefined) continue;
    deleted.delete(key);
    sources.add(from);
    entries.push({ path, change: 'renamed', from });
  }
  const renamed = new Map(entries.map((entry) => [entry.path, entry]));
  return differences
    .filter(({ path }) => !sources.has(path))
    .map((difference) => renamed.get(difference.path) ?? toStatusEntry(difference));
}

function toStatusEntry({ path, old, new: now }: IndexDifference): StatusEntry {
  if (old === undefined) return { path, change: 'added' };
  if (now === undefined) return { path, change: 'deleted' };
  const isTypeChange = (old.kind === 'symlink') !== (now.kind === 'symlink');
  return { path, change: isTypeChange ? 'typechange' : 'modified' };
}
