/** Folders of a case, and checks of what is in them. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { measure } from '../measured-process.ts';

/** An empty folder; what earlier work left to be written goes to the disk now, not on the bill of what is measured next. */
export function emptyFolder(parent: string, name: string): string {
  const path = join(parent, name);
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true });
  settleDisk();
  return path;
}

/** Waits until everything that was written is on the disk. */
export function settleDisk(): void {
  execFileSync('sync');
}

/** Compares two folders byte for byte, leaving out what the tools keep for themselves. @throws Error that names what differs */
export async function expectSameContent(expected: string, actual: string): Promise<void> {
  const own = ['--exclude=.dits', '--exclude=.stfolder'];
  await measure('diff', ['-rq', '--no-dereference', ...own, expected, actual]);
}

/** @throws Error unless both are the same */
export function expectEqual(actual: unknown, expected: unknown, what: string): void {
  if (actual === expected) return;
  throw new Error(`${what} is ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`);
}

/** Removes the files of a working tree and leaves its repository. */
export function removeContent(tree: string): void {
  for (const name of readdirSync(tree)) {
    if (name !== '.dits') rmSync(join(tree, name), { recursive: true });
  }
}

/** SHA-256 over names and contents of a folder's files, in the order of their paths, without the repository. */
export async function contentDigest(folder: string): Promise<string> {
  const script = `cd "$0" && find . -path ./.dits -prune -o -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum`;
  return (await measure('sh', ['-c', script, folder])).stdout.trim();
}
