/** What the index knows of one path (docs/store-format.md, "Working tree index"). */
import type { CommitId, FileContent, ObjectId, TreeId } from '../../store/index.ts';

export type IndexEntryKind = 'file' | 'executable' | 'symlink';

/**
 * How the file looked when its content was last known to be the entry's. Times are milliseconds as the double that
 * Node reports, which resolves a quarter of a microsecond; they are compared for equality only, except with `checkedMs`.
 */
export type StatStamp = {
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly inode: number;
  /** st_mode. */
  readonly mode: number;
  /**
   * The file system's own clock before the file was read. A stamp whose mtime or ctime is not older than this proves
   * nothing: the file may have been written again within the same tick of that clock.
   */
  readonly checkedMs: number;
};

export type IndexEntry = {
  /** NFC, separated by '/', passed `checkPath`. */
  readonly path: string;
  readonly kind: IndexEntryKind;
  /** A symbolic link's target is always a chunk. */
  readonly content: FileContent;
  /** Bytes of the content. */
  readonly size: number;
  /** Number of the chunker profile the file was cut with; 0 when it was never cut. */
  readonly profile: number;
  /** Undefined when nothing is known of the file on disk: it is read again before it counts as unchanged. */
  readonly stat: StatStamp | undefined;
};

/** What the changes in an index are counted from. */
export type IndexBase = {
  readonly tree: TreeId;
  /** A commit of this tree, where one is known: while HEAD is there, its tree is known without the store. */
  readonly commit: CommitId | undefined;
};

/** The id of the content, undefined for an empty file. */
export function contentId(content: FileContent): ObjectId | undefined {
  return content.kind === 'empty' ? undefined : content.id;
}

function sameContent(a: FileContent, b: FileContent): boolean {
  return a.kind === b.kind && contentId(a) === contentId(b);
}

/** Whether two entries would make the same tree entry; stat and profile do not count. */
export function sameVersion(
  a: Pick<IndexEntry, 'kind' | 'content'> | undefined,
  b: Pick<IndexEntry, 'kind' | 'content'> | undefined,
): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.kind === b.kind && sameContent(a.content, b.content);
}
