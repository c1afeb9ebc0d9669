/** BLAKE3 of a file of the working tree, read without following links and in constant memory. */
import { constants, closeSync, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { activeHash, readManifestRoot, type ObjectReader } from '../../store/index.ts';
import { fromSystemError } from '../repo-error.ts';
import type { IndexEntry } from '../worktree-index/index-entry.ts';
import { sameStats } from './stat-stamp.ts';
import type { WorkingTree } from './working-tree.ts';

/** Read at once: large enough that calls do not count, small enough for the processor's cache. */
const READ_SIZE_BYTES: number = 1024 * 1024;
/** Bytes hashed between two turns of the event loop, so that an abort is noticed within milliseconds. */
const TURN_SIZE_BYTES: number = 32 * 1024 * 1024;

/**
 * Never through a link, and never waiting for a pipe that took the file's place. Windows knows neither flag.
 */
export const OPEN_SAFELY: number =
  constants.O_RDONLY |
  (process.platform === 'win32' ? 0 : constants.O_NOFOLLOW | constants.O_NONBLOCK);

/** What a file held, and how it looked while it was read. */
export type HashedFile = {
  /** 64 hexadecimal digits. */
  readonly hash: string;
  /** Undefined when the file changed while it was read: then the hash is of no version. */
  readonly stats: Stats | undefined;
};

/** Hashes a plain file. */
export async function hashFile(
  tree: WorkingTree,
  diskPath: string,
  signal?: AbortSignal,
): Promise<HashedFile> {
  try {
    const descriptor = openSync(tree.absolute(diskPath), OPEN_SAFELY);
    try {
      return await hashDescriptor(descriptor, signal);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw fromSystemError(error, 'read', diskPath);
  }
}

async function hashDescriptor(descriptor: number, signal?: AbortSignal): Promise<HashedFile> {
  const before = fstatSync(descriptor);
  const buffer = Buffer.allocUnsafe(Math.max(1, Math.min(READ_SIZE_BYTES, before.size)));
  const hasher = activeHash.createHasher();
  let total = 0;
  for (let sinceTurn = 0; before.isFile();) {
    signal?.throwIfAborted();
    const count = readSync(descriptor, buffer, 0, buffer.length, total);
    if (count === 0) break;
    hasher.update(buffer.subarray(0, count));
    total += count;
    sinceTurn += count;
    if (sinceTurn >= TURN_SIZE_BYTES) {
      sinceTurn = 0;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  const after = fstatSync(descriptor);
  const isStable = sameStats(before, after) && before.size === total;
  return { hash: hasher.digest().toString('hex'), stats: isStable ? after : undefined };
}

/** The hash that an entry's file must have; undefined for an empty file, whose size says it all. */
export async function expectedHash(
  reader: ObjectReader,
  entry: Pick<IndexEntry, 'content'>,
): Promise<string | undefined> {
  const { content } = entry;
  if (content.kind === 'empty') return undefined;
  if (content.kind === 'chunk') return content.id;
  return (await readManifestRoot(reader, content.id)).fileHash;
}
