/** Folders of a case, and checks of what is in them. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
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
