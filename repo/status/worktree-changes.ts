/** What differs between the index and the files on disk. */
import type { ObjectReader } from '../../store/index.ts';
import { comparePaths } from '../../store/index.ts';
import { fileSystemNow } from '../files/stat-stamp.ts';
import type { FolderItem, WorkingTree } from '../files/working-tree.ts';
import type { IndexEntry } from '../worktree-index/index-entry.ts';
import type { WorkIndex } from '../worktree-index/work-index.ts';
import { compareContent, compareStats, type FileState } from './compare-file.ts';
import { rulesOnDisk, scan, type UntrackedMode } from './scan.ts';
import { TrackedPaths } from './tracked-paths.ts';

export type WorktreeChange = {
  readonly path: string;
  readonly diskPath: string;
  readonly state: Exclude<FileState, 'unchanged'>;
  readonly entry: IndexEntry;
};

export type WorktreeChanges = {
  /** Sorted. */
  readonly changed: readonly WorktreeChange[];
  /** Sorted; collapsed folders keep their item. */
  readonly untracked: readonly FolderItem[];
  readonly unsupported: readonly FolderItem[];
  /** Entries whose content was checked and whose stamps can be renewed. */
  readonly refreshed: readonly IndexEntry[];
};

export type WorktreeChangesOptions = {
  readonly untracked: UntrackedMode;
  readonly includeIgnored?: boolean | undefined;
  /** Only what is at or below these paths; everything when left out. */
  readonly within?: readonly string[] | undefined;
  /** What a file counts as that `lstat` does not prove to be unchanged; its content is compared when left out. */
  readonly unproven?: 'modified' | undefined;
  readonly signal?: AbortSignal | undefined;
};

export type WorktreeSources = {
  readonly tree: WorkingTree;
  readonly reader: ObjectReader;
  readonly index: WorkIndex;
  /** File for asking the file system for its time. */
  readonly clockProbe: string;
};

/** Compares the whole working tree, or parts of it, with the index. */
export async function worktreeChanges(
  sources: WorktreeSources,
  options: WorktreeChangesOptions,
): Promise<WorktreeChanges> {
  const collected = new Comparison(sources, options);
  await collected.run();
  return collected.result();
}

type Unknown = { readonly entry: IndexEntry; readonly diskPath: string };

class Comparison {
  readonly #sources: WorktreeSources;
  readonly #options: WorktreeChangesOptions;
  readonly #changed: WorktreeChange[] = [];
  readonly #untracked: FolderItem[] = [];
  readonly #unsupported: FolderItem[] = [];
  readonly #unknown: Unknown[] = [];
  readonly #refreshed: IndexEntry[] = [];

  constructor(sources: WorktreeSources, options: WorktreeChangesOptions) {
    this.#sources = sources;
    this.#options = options;
  }

  async run(): Promise<void> {
    const { index, tree } = this.#sources;
    for (const folder of this.#options.within ?? ['']) {
      const tracked = new TrackedPaths(
        folder === '' ? index.entries() : index.entriesWithin(folder),
      );
      this.#scanFolder(folder, tracked);
      for (const entry of tracked.remaining()) this.#compareRemaining(entry, tree);
    }
    await this.#compareUnknown();
  }

  result(): WorktreeChanges {
    const byPath = (a: { path: string }, b: { path: string }): number =>
      comparePaths(a.path, b.path);
    return {
      changed: this.#changed.sort(byPath),
      untracked: this.#untracked.sort(byPath),
      unsupported: this.#unsupported.sort(byPath),
      refreshed: this.#refreshed,
    };
  }

  #scanFolder(folder: string, tracked: TrackedPaths): void {
    const { tree } = this.#sources;
    const start = { path: folder, diskPath: folder === '' ? '' : tree.locate(folder) };
    if (folder !== '' && tree.stat(start.diskPath)?.isDirectory() !== true) return;
    scan(
      start,
      {
        files: tree,
        tracked,
        untracked: this.#options.untracked,
        includeIgnored: this.#options.includeIgnored,
        rulesOf: rulesOnDisk(tree.root),
        signal: this.#options.signal,
      },
      {
        tracked: (item) => {
          const entry = tracked.take(item.path);
          // Of two names that differ in Unicode form only, the first one found is the tracked one.
          if (entry === undefined) this.#untracked.push(item);
          else this.#compare(entry, item.diskPath);
        },
        untracked: (item) => this.#untracked.push(item),
        unsupported: (item) => this.#unsupported.push(item),
      },
    );
  }

  /** What the walk did not meet is gone, or `within` named it directly. */
  #compareRemaining(entry: IndexEntry, tree: WorkingTree): void {
    const isNamed = this.#options.within?.includes(entry.path) === true;
    if (isNamed && tree.linkedParent(entry.path) === undefined) {
      this.#compare(entry, tree.locate(entry.path));
    } else {
      this.#addChange(entry, entry.path, 'deleted');
    }
  }

  #compare(entry: IndexEntry, diskPath: string): void {
    const known = compareStats(entry, this.#sources.tree.stat(diskPath));
    const state = known === 'unknown' ? (this.#options.unproven ?? known) : known;
    if (state === 'unknown') this.#unknown.push({ entry, diskPath });
    else if (state !== 'unchanged') this.#addChange(entry, diskPath, state);
  }

  async #compareUnknown(): Promise<void> {
    if (this.#unknown.length === 0) return;
    const { tree, reader, clockProbe } = this.#sources;
    const { signal } = this.#options;
    const checkedMs = fileSystemNow(clockProbe);
    for (const { entry, diskPath } of this.#unknown) {
      signal?.throwIfAborted();
      const sources = { tree, reader, checkedMs, signal };
      const { state, refreshed } = await compareContent(entry, diskPath, sources);
      if (refreshed !== undefined) this.#refreshed.push(refreshed);
      if (state !== 'unchanged') this.#addChange(entry, diskPath, state);
    }
  }

  #addChange(entry: IndexEntry, diskPath: string, state: WorktreeChange['state']): void {
    this.#changed.push({ path: entry.path, diskPath, state, entry });
  }
}
