/** What is in a folder, file by file, read independently of any repository: how `dits try` checks every byte. */
import { createReadStream } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';

import { activeHash } from '../../store/index.ts';

/** A file as the check sees it. */
export type FolderFile = {
  /** Relative, with slashes. */
  readonly path: string;
  readonly size: number;
  readonly isLink: boolean;
  /** BLAKE3-256 of the bytes, or of a link's target. */
  readonly hash: string;
};

/** Names that a repository does not track. */
const NOT_TRACKED: ReadonlySet<string> = new Set(['.dits']);
const READ_BYTES = 1024 * 1024;

/** Every file below `folder`, in the order of their paths. */
export async function listFolder(
  folder: string,
  signal: AbortSignal,
): Promise<readonly FolderFile[]> {
  const files: FolderFile[] = [];
  for await (const path of walk(folder, '')) {
    signal.throwIfAborted();
    files.push(await describe(folder, path, signal));
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function* walk(folder: string, prefix: string): AsyncIterable<string> {
  for (const entry of await readdir(join(folder, prefix), { withFileTypes: true })) {
    if (NOT_TRACKED.has(entry.name)) continue;
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    if (entry.isDirectory()) yield* walk(folder, path);
    else if (entry.isFile() || entry.isSymbolicLink()) yield path;
  }
}

async function describe(folder: string, path: string, signal: AbortSignal): Promise<FolderFile> {
  const whole = join(folder, path);
  const hasher = activeHash.createHasher();
  if ((await lstat(whole)).isSymbolicLink()) {
    const target = await readlink(whole, { encoding: 'buffer' });
    hasher.update(target);
    return { path, size: target.length, isLink: true, hash: hasher.digest().toString('hex') };
  }
  let size = 0;
  for await (const piece of createReadStream(whole, { highWaterMark: READ_BYTES, signal })) {
    const bytes = piece as Buffer;
    hasher.update(bytes);
    size += bytes.length;
  }
  return { path, size, isLink: false, hash: hasher.digest().toString('hex') };
}

/** Paths that are not the same on both sides. */
export function differences(
  left: readonly FolderFile[],
  right: readonly FolderFile[],
): readonly string[] {
  const rest = new Map(right.map((file) => [file.path, file.hash]));
  const differing = left
    .filter(({ path, hash }) => {
      const isSame = rest.get(path) === hash;
      rest.delete(path);
      return !isSame;
    })
    .map(({ path }) => path);
  return [...differing, ...rest.keys()];
}
