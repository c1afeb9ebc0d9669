/** One side of a comparison: a version of a file, in the store or on disk. */
import { closeSync, openSync, readSync } from 'node:fs';
import { readFileContent, type FileContent, type ObjectReader } from '../../store/index.ts';
import { OPEN_SAFELY } from '../files/file-hash.ts';
import type { WorkingTree } from '../files/working-tree.ts';
import { fromSystemError } from '../repo-error.ts';
import type { IndexEntryKind } from '../worktree-index/index-entry.ts';
import type { FileTreeEntry } from '../worktree-index/index-tree.ts';

export type FileVersion = {
  readonly kind: IndexEntryKind;
  /** Bytes. */
  readonly size: number;
  /** Where the bytes are; a string is a path on disk. */
  readonly content: FileContent | string;
};

export function versionOf(entry: FileTreeEntry): FileVersion {
  if (entry.kind === 'symlink') {
    return { kind: 'symlink', size: entry.size, content: { kind: 'chunk', id: entry.target } };
  }
  return { kind: entry.kind, size: entry.size, content: entry.content };
}

export type VersionSources = {
  readonly reader: ObjectReader;
  readonly tree: WorkingTree | undefined;
  readonly signal?: AbortSignal | undefined;
};

/** The bytes of a version that has at most `sizeMax` of them. */
export async function readVersion(version: FileVersion, sources: VersionSources): Promise<Buffer> {
  const { content, size } = version;
  if (typeof content !== 'string') {
    const pieces: Uint8Array[] = [];
    const { reader, signal } = sources;
    for await (const piece of readFileContent(reader, content, { size, signal }))
      pieces.push(piece);
    return Buffer.concat(pieces);
  }
  const { tree } = sources;
  if (tree === undefined) return Buffer.alloc(0);
  return version.kind === 'symlink' ? tree.readLink(content) : readSmallFile(tree, content, size);
}

/** Reads at most `size` bytes: a file that grows meanwhile does not grow this. */
function readSmallFile(tree: WorkingTree, diskPath: string, size: number): Buffer {
  try {
    const descriptor = openSync(tree.absolute(diskPath), OPEN_SAFELY);
    try {
      const bytes = Buffer.alloc(size);
      let filled = 0;
      while (filled < size) {
        const count = readSync(descriptor, bytes, filled, size - filled, filled);
        if (count === 0) break;
        filled += count;
      }
      return bytes.subarray(0, filled);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw fromSystemError(error, 'read', diskPath);
  }
}
