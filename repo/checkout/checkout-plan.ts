/**
 * What a change from one tree to another means for the index and the working tree, and what stands in its way. The rule
 * per path, of old version, new version and index:
 *
 * - the index has the new version already: nothing to do;
 * - the index has the old version, and the file on disk is that version, or the new one, or gone: replace it;
 * - old and new are the same: what is staged or edited stays;
 * - anything else would lose something: a conflict.
 *
 * That a file may already be the new version lets a checkout that was cut off at any point simply be run again.
 */
import { diffTrees, type ObjectReader, type TreeId } from '../../store/index.ts';
import { folderOf } from '../files/path-order.ts';
import { assertSafePath, type FolderItem, type WorkingTree } from '../files/working-tree.ts';
import { RepoError, listPaths } from '../repo-error.ts';
import { compareContent, compareStats } from '../status/compare-file.ts';
import type { IndexEntry } from '../worktree-index/index-entry.ts';
import { checkTargetSize } from '../files/link-target.ts';
import { isVersion, toIndexEntry, type FileTreeEntry } from '../worktree-index/index-tree.ts';
import type { WorkIndex } from '../worktree-index/work-index.ts';
import { ParentFolders } from './parent-folders.ts';

export type CheckoutPlan = {
  /** Files to write, in path order. */
  readonly writes: readonly IndexEntry[];
  /** Files on disk that are the new version already; their entries carry a stamp. */
  readonly present: readonly IndexEntry[];
  /** Tracked files to remove from disk and index. */
  readonly removals: readonly IndexEntry[];
};

/** Why a path cannot be replaced. */
type ConflictReason = 'staged' | 'edited' | 'untracked';
type Conflict = { readonly path: string; readonly reason: ConflictReason };

export type PlanSources = {
  readonly tree: WorkingTree;
  readonly reader: ObjectReader;
  readonly index: WorkIndex;
  /** `fileSystemNow` from before planning. */
  readonly checkedMs: number;
  /** `overwrite` gives up local changes; `refuse` reports them. */
  readonly onConflict: 'refuse' | 'overwrite';
  readonly signal?: AbortSignal | undefined;
};

/** @throws RepoError DITS_REPO_LOCAL_CHANGES with the paths in the way; nothing has been touched then */
export async function planCheckout(
  sources: PlanSources,
  trees: { readonly old: TreeId | undefined; readonly new: TreeId | undefined },
): Promise<CheckoutPlan> {
  const planner = new Planner(sources);
  const { reader, signal } = sources;
  for await (const difference of diffTrees(reader, trees.old, trees.new, { signal })) {
    planner.add(difference.path, asFile(difference.old), asFile(difference.new));
  }
  return planner.finish();
}

/** Plans to bring single paths of index and disk to given versions; `undefined` removes. */
export async function planVersions(
  sources: PlanSources,
  versions: Iterable<{ readonly path: string; readonly version: FileTreeEntry | undefined }>,
): Promise<CheckoutPlan> {
  const planner = new Planner(sources);
  for (const { path, version } of versions) planner.replace(path, version);
  return planner.finish();
}

function asFile(
  entry: FileTreeEntry | { kind: 'directory' } | undefined,
): FileTreeEntry | undefined {
  return entry?.kind === 'directory' ? undefined : entry;
}

class Planner {
  readonly #sources: PlanSources;
  readonly #wanted: IndexEntry[] = [];
  readonly #removals = new Map<string, IndexEntry>();
  readonly #writes: IndexEntry[] = [];
  readonly #present: IndexEntry[] = [];
  readonly #conflicts: Conflict[] = [];
  readonly #parents: ParentFolders;

  constructor(sources: PlanSources) {
    this.#sources = sources;
    this.#parents = new ParentFolders(sources.tree);
  }

  add(path: string, old: FileTreeEntry | undefined, version: FileTreeEntry | undefined): void {
    const current = this.#sources.index.get(path);
    if (isVersion(current, version)) return;
    if (!isVersion(current, old) && this.#sources.onConflict === 'refuse') {
      this.#conflicts.push({ path, reason: 'staged' });
      return;
    }
    this.replace(path, version);
  }

  replace(path: string, version: FileTreeEntry | undefined): void {
    assertSafePath(path);
    const current = this.#sources.index.get(path);
    if (version?.kind === 'symlink') checkTargetSize(path, version.size);
    if (version !== undefined) this.#wanted.push(toIndexEntry(path, version));
    else if (current !== undefined) this.#removals.set(path, current);
  }

  async finish(): Promise<CheckoutPlan> {
    for (const entry of this.#removals.values()) await this.#checkRemoval(entry);
    for (const entry of this.#wanted) {
      this.#sources.signal?.throwIfAborted();
      await this.#planWrite(entry);
    }
    if (this.#conflicts.length > 0) throw conflictError(this.#conflicts);
    const removals = [...this.#removals.values()];
    return { writes: this.#writes, present: this.#present, removals };
  }

  async #checkRemoval(entry: IndexEntry): Promise<void> {
    if (this.#sources.onConflict === 'overwrite') return;
    if (this.#parents.state(folderOf(entry.path)) !== 'folder') return;
    const stats = this.#sources.tree.stat(entry.path);
    // A folder in the file's place is not touched by its removal.
    if (stats === undefined || stats.isDirectory()) return;
    if (!(await this.#isOnDisk(entry)))
      this.#conflicts.push({ path: entry.path, reason: 'edited' });
  }

  async #planWrite(entry: IndexEntry): Promise<void> {
    const { tree, index } = this.#sources;
    const parent = this.#parents.state(folderOf(entry.path));
    if (parent === 'obstructed') {
      const obstacle = this.#parents.obstacle(folderOf(entry.path));
      // A tracked file or link that makes room for a folder goes first.
      if (!this.#removals.has(obstacle)) {
        this.#conflicts.push({ path: obstacle, reason: 'untracked' });
      } else this.#writes.push(entry);
      return;
    }
    const stats = parent === 'absent' ? undefined : tree.stat(entry.path);
    if (stats === undefined) {
      this.#writes.push(entry);
      return;
    }
    if (stats.isDirectory()) {
      this.#checkFolderGoes(entry.path);
      this.#writes.push(entry);
      return;
    }
    const current = index.get(entry.path);
    if (current !== undefined && compareStats(current, stats) === 'unchanged') {
      this.#writes.push(entry);
    } else await this.#planOverUnknown(entry, current);
  }

  /** Something is there that `lstat` does not prove to be the index's version. */
  async #planOverUnknown(entry: IndexEntry, current: IndexEntry | undefined): Promise<void> {
    const present = await this.#contentOnDisk(entry);
    if (present !== undefined) this.#present.push(present);
    else if (this.#sources.onConflict === 'overwrite') this.#writes.push(entry);
    else if (current !== undefined && (await this.#isOnDisk(current))) this.#writes.push(entry);
    else {
      const reason = current === undefined ? 'untracked' : 'edited';
      this.#conflicts.push({ path: entry.path, reason });
    }
  }

  /** Whether the file on disk is this version. */
  async #isOnDisk(entry: IndexEntry): Promise<boolean> {
    const state = compareStats(entry, this.#sources.tree.stat(entry.path));
    if (state !== 'unknown') return state === 'unchanged';
    return (await compareContent(entry, entry.path, this.#sources)).state === 'unchanged';
  }

  /** The entry with a stamp when the file on disk has this version's kind and bytes. */
  async #contentOnDisk(entry: IndexEntry): Promise<IndexEntry | undefined> {
    if (compareStats(entry, this.#sources.tree.stat(entry.path)) !== 'unknown') return undefined;
    const { state, refreshed } = await compareContent(entry, entry.path, this.#sources);
    return state === 'unchanged' ? (refreshed ?? entry) : undefined;
  }

  /** A folder where a file should go must hold nothing but tracked files that go. */
  #checkFolderGoes(folder: string): void {
    const pending: Pick<FolderItem, 'path' | 'diskPath'>[] = [{ path: folder, diskPath: folder }];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      for (const item of this.#sources.tree.list(next)) {
        if (item.type === 'folder') pending.push(item);
        else if (!this.#removals.has(item.path)) {
          this.#conflicts.push({ path: item.path, reason: 'untracked' });
        }
      }
    }
  }
}

const REASONS: Readonly<Record<ConflictReason, string>> = {
  staged: 'staged changes',
  edited: 'local changes',
  untracked: 'untracked files in the way',
};

function conflictError(conflicts: readonly Conflict[]): RepoError {
  const parts = (Object.keys(REASONS) as ConflictReason[]).flatMap((reason) => {
    const paths = pathsOf(conflicts, reason);
    return paths.length === 0 ? [] : [`${REASONS[reason]}: ${listPaths(paths)}`];
  });
  return new RepoError('DITS_REPO_LOCAL_CHANGES', `would be overwritten: ${parts.join('; ')}`, {
    paths: [...new Set(conflicts.map(({ path }) => path))],
    hint: 'commit them, move them away, or give them up with: dits restore PATH…',
  });
}

function pathsOf(conflicts: readonly Conflict[], reason: ConflictReason): string[] {
  return [...new Set(conflicts.filter((one) => one.reason === reason).map(({ path }) => path))];
}
