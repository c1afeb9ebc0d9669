/** Reading and changing settings files: whole-file replacement under a lock, so that no reader sees half a change. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import {
  StoreError,
  lockPath,
  makeFolder,
  replaceFile,
  systemErrorCode,
} from '../../store/index.ts';
import { RepoError, fromSystemError } from '../repo-error.ts';
import { withSum } from './settings-sum.ts';
import { SETTINGS_MAX_BYTES, Settings } from './settings.ts';

/** How long a change waits for another one; a change takes milliseconds. */
const LOCK_WAIT_MS = 5_000;

/** The settings in `file`; empty ones when there is no such file. @throws RepoError DITS_REPO_CONFIG_INVALID */
export async function readSettings(file: string): Promise<Settings> {
  try {
    const { size } = await stat(file);
    if (size > SETTINGS_MAX_BYTES) {
      throw new RepoError('DITS_REPO_CONFIG_INVALID', `${file} has ${size} bytes`, {
        path: file,
        hint: `a settings file may have ${SETTINGS_MAX_BYTES} bytes: correct or remove it`,
      });
    }
    return Settings.parse(await readFile(file, 'utf8'), file);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return Settings.parse('', file);
    throw fromSystemError(error, 'read', file);
  }
}

/** Which file to change, and the lock file that serialises changes to it. */
export type SettingsFile = { readonly file: string; readonly lock: string };

/** Applies a change to a settings file, durably. @returns the settings as they are now */
export async function updateSettings(
  target: SettingsFile,
  change: (settings: Settings) => void,
): Promise<Settings> {
  await makeFolder(path.dirname(target.lock));
  const lock = await takeLock(target);
  try {
    const settings = await readSettings(target.file);
    change(settings);
    await replaceFile(target.file, withSum(settings.toText()));
    return settings;
  } finally {
    await lock.release();
  }
}

async function takeLock(target: SettingsFile): ReturnType<typeof lockPath> {
  try {
    return await lockPath(target.lock, 'exclusive', {
      timeoutMs: LOCK_WAIT_MS,
      subject: target.file,
    });
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'DITS_STORE_LOCKED') throw error;
    throw new RepoError('DITS_REPO_LOCKED', `another process is changing ${target.file}`, {
      path: target.file,
      hint: 'run the command again in a moment',
      cause: error,
    });
  }
}
