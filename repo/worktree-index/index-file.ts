/** The index on disk: loading, replacing, and the lock that keeps two commands from changing it at once. */
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  StoreError,
  lockPath,
  replaceFile,
  tryLockPath,
  type HeldLock,
  systemErrorCode,
} from '../../store/index.ts';
import { RepoError, fromSystemError } from '../repo-error.ts';
import type { RepositoryLayout } from '../repository/layout.ts';
import { WorkIndex } from './work-index.ts';

/** Covers the moment in which a `status` saves what it learned; a longer wait means a real command is at work. */
const LOCK_WAIT_MS = 2_000;

/** The index; an empty one when the file does not exist. @throws RepoError DITS_REPO_INDEX_CORRUPT */
export async function loadIndex(layout: RepositoryLayout): Promise<WorkIndex> {
  let bytes: Buffer;
  try {
    bytes = await readFile(layout.indexFile);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return new WorkIndex();
    throw fromSystemError(error, 'read', layout.indexFile);
  }
  return WorkIndex.decode(bytes);
}

/** Replaces the index file, durably. Only while holding its lock. */
export async function saveIndex(layout: RepositoryLayout, index: WorkIndex): Promise<void> {
  await replaceFile(layout.indexFile, index.encode());
}

/**
 * Takes the lock that a command holds from reading the index until it has saved it.
 * @throws RepoError DITS_REPO_LOCKED
 */
export async function lockIndex(layout: RepositoryLayout, signal?: AbortSignal): Promise<HeldLock> {
  await mkdir(path.dirname(layout.indexLock), { recursive: true });
  try {
    return await lockPath(layout.indexLock, 'exclusive', {
      timeoutMs: LOCK_WAIT_MS,
      subject: 'the index of this working tree',
      signal,
    });
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'DITS_STORE_LOCKED') throw error;
    throw new RepoError('DITS_REPO_LOCKED', 'another command is changing this working tree', {
      hint: 'wait until it is done, then run this one again',
      cause: error,
    });
  }
}

/** The lock if it is free now. */
export async function tryLockIndex(layout: RepositoryLayout): Promise<HeldLock | undefined> {
  await mkdir(path.dirname(layout.indexLock), { recursive: true });
  return tryLockPath(layout.indexLock, 'exclusive');
}
