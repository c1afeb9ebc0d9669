/** Reads, cuts and hashes small files until a batch is full. Blocking, wherever it runs: here or in a thread of its own. */
import { StoreError } from '../store-error.ts';
import type { FileCutter, FileCuts } from './cut-file.ts';
import { openSmallFile } from './read-small-file.ts';
import { SMALL_FILE_MAX_BYTES, type BatchArena } from './small-file-batch.ts';
import type { FileIdentity } from './source-file.ts';

/** A file to read. Plain data, for another thread. */
export type ReadRequest = {
  /** Place in the caller's list. */
  readonly index: number;
  readonly path: string;
  /** Number of an earlier version's profile. */
  readonly profile: number | undefined;
};

/** A file that was read. Its bytes lie in the arena from `start` on, `identity.size` of them. */
type FileRead = {
  readonly index: number;
  readonly start: number;
  readonly identity: FileIdentity;
  readonly cuts: FileCuts;
};

export type FilesRead = {
  readonly files: readonly FileRead[];
  /** Requests that the caller must see to itself: files that are not small, or could not be read. */
  readonly left: readonly number[];
  /** Where to go on in the list of requests. */
  readonly next: number;
};

/** Reads requests from `first` on, as many as the arena holds. */
export function readSmallFiles(
  requests: readonly ReadRequest[],
  first: number,
  { arena, cutter }: { readonly arena: BatchArena; readonly cutter: FileCutter },
): FilesRead {
  const files: FileRead[] = [];
  const left: number[] = [];
  let next = first;
  for (; next < requests.length; next++) {
    const request = requests[next]!;
    const read = attempt(() => readOne(request, arena, cutter));
    if (read === 'full') break;
    if (read === 'not-read') left.push(request.index);
    else files.push(read);
  }
  return { files, left, next };
}

function readOne(
  { index, path, profile }: ReadRequest,
  arena: BatchArena,
  cutter: FileCutter,
): FileRead | 'full' | 'not-read' {
  const file = openSmallFile({ path });
  try {
    const { identity } = file;
    if (identity.size > SMALL_FILE_MAX_BYTES) return 'not-read';
    if (!arena.hasRoom(identity.size)) return 'full';
    const bytes = arena.reserve(identity.size);
    file.readInto(bytes);
    const start = arena.size;
    arena.take(identity.size);
    return { index, start, identity, cuts: cutter.cut(bytes, profile) };
  } finally {
    file.close();
  }
}

/** A file that cannot be read is not this function's to judge; anything else is a mistake. */
function attempt(read: () => FileRead | 'full' | 'not-read'): FileRead | 'full' | 'not-read' {
  try {
    return read();
  } catch (error) {
    if (error instanceof StoreError) return 'not-read';
    throw error;
  }
}
