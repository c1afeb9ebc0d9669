/** Whether the disk takes two spellings of a name for one file. */
import { lstatSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fromSystemError } from '../repo-error.ts';

/** Asks the disk itself: the answer differs per folder on some systems, so the platform's name does not tell. */
export function foldsCase(tempFolder: string): boolean {
  const probe = path.join(tempFolder, 'Case');
  try {
    writeFileSync(probe, '');
    try {
      return lstatSync(path.join(tempFolder, 'cASE'), { throwIfNoEntry: false }) !== undefined;
    } finally {
      rmSync(probe);
    }
  } catch (error) {
    throw fromSystemError(error, 'write', probe);
  }
}
