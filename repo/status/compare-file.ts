/** Comparing files of the working tree with their index entries: by `lstat` where that proves enough, else by content. */
import type { Stats } from 'node:fs';
import { activeHash, type ObjectReader } from '../../store/index.ts';
import { expectedHash, hashFile } from '../files/file-hash.ts';
import { NEVER_MS, kindOf, provesUnchanged, sameStats, stampOf } from '../files/stat-stamp.ts';
import type { WorkingTree } from '../files/working-tree.ts';
import { contentId, type IndexEntry } from '../worktree-index/index-entry.ts';

/** What the file is compared with its entry. */
export type FileState = 'unchanged' | 'modified' | 'typechange' | 'deleted';

/** As far as `lstat` can tell; `unknown` needs the content. */
export function compareStats(entry: IndexEntry, stats: Stats | undefined): FileState | 'unknown' {
  if (stats === undefined) return 'deleted';
  if (provesUnchanged(entry, stats)) return 'unchanged';
  const kind = kindOf(stats, entry.kind);
  if (kind === undefined || (kind === 'symlink') !== (entry.kind === 'symlink')) {
    return 'typechange';
  }
  if (kind !== entry.kind || stats.size !== entry.size) return 'modified';
  return 'unknown';
}

/** A file compared by content. `refreshed` is the entry with a stamp that spares the next reading. */
export type ContentComparison = {
  readonly state: FileState;
  readonly refreshed: IndexEntry | undefined;
};

export type ContentSources = {
  readonly tree: WorkingTree;
  readonly reader: ObjectReader;
  /** `fileSystemNow` from before this comparison. */
  readonly checkedMs: number;
  readonly signal?: AbortSignal | undefined;
};

/** Reads the file, whose size and kind are the entry's, and compares its hash. */
export async function compareContent(
  entry: IndexEntry,
  diskPath: string,
  sources: ContentSources,
): Promise<ContentComparison> {
  const { tree, signal, checkedMs } = sources;
  if (entry.kind === 'symlink') return compareLink(entry, diskPath, sources);
  const { hash, stats } = await hashFile(tree, diskPath, signal);
  if (stats?.size !== entry.size || kindOf(stats, entry.kind) !== entry.kind) {
    return { state: 'modified', refreshed: undefined };
  }
  const expected = await expectedHash(sources.reader, entry);
  if (expected !== undefined && expected !== hash) {
    return { state: 'modified', refreshed: undefined };
  }
  const refreshed =
    checkedMs === NEVER_MS ? undefined : { ...entry, stat: stampOf(stats, checkedMs) };
  return { state: 'unchanged', refreshed };
}

function compareLink(
  entry: IndexEntry,
  diskPath: string,
  { tree, checkedMs }: ContentSources,
): ContentComparison {
  const before = tree.stat(diskPath);
  const target = tree.readLink(diskPath);
  const after = tree.stat(diskPath);
  if (activeHash.hash(target).toString('hex') !== contentId(entry.content)) {
    return { state: 'modified', refreshed: undefined };
  }
  const isStable =
    checkedMs !== NEVER_MS &&
    before !== undefined &&
    after !== undefined &&
    sameStats(before, after);
  return {
    state: 'unchanged',
    refreshed: isStable ? { ...entry, stat: stampOf(after, checkedMs) } : undefined,
  };
}
