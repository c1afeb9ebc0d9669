/** Making, finding and opening repositories. */
import { realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import {
  createStore,
  makeFolder,
  openStore,
  type Store,
  type StoreOptions,
  systemErrorCode,
} from '../../store/index.ts';
import { readSettings } from '../config/settings-file.ts';
import type { Settings } from '../config/settings.ts';
import { RepoError, fromSystemError } from '../repo-error.ts';
import { DITS_FOLDER, layoutOf } from './layout.ts';
import { Repository } from './repository.ts';

/** A repository on disk, not yet opened. */
export type RepositoryLocation = {
  /** Undefined when bare. */
  readonly root: string | undefined;
  readonly ditsDir: string;
};

export type OpenRepositoryOptions = {
  /** The user's own settings, used where the repository has none. */
  readonly userSettings?: Settings | undefined;
  readonly store?: StoreOptions | undefined;
};

export type InitRepositoryOptions = OpenRepositoryOptions & {
  /** Without a working tree: the folder itself is the store. */
  readonly bare?: boolean | undefined;
  /** First branch; `main` when left out. */
  readonly branch?: string | undefined;
};

export type InitResult = {
  readonly repository: Repository<Store>;
  /** False when it was there already; it is then unchanged. */
  readonly created: boolean;
};

/** Files by which a folder is known to be a store. */
const FORMAT_FILE = 'format';
const SEGMENTS_FOLDER = 'segments';

/** The repository that a folder is in, looking upwards; undefined when there is none. */
export function findRepository(startFolder: string): RepositoryLocation | undefined {
  let folder = existingRealPath(startFolder);
  if (folder === undefined) return undefined;
  for (;;) {
    const ditsDir = path.join(folder, DITS_FOLDER);
    if (isStore(ditsDir)) return { root: folder, ditsDir };
    if (isStore(folder)) {
      // Inside a `.dits` folder there is no working tree around one, only above it.
      return { root: undefined, ditsDir: folder };
    }
    const parent = path.dirname(folder);
    if (parent === folder) return undefined;
    folder = parent;
  }
}

/** @throws RepoError DITS_REPO_NOT_A_REPOSITORY */
export function requireRepository(startFolder: string): RepositoryLocation {
  const found = findRepository(startFolder);
  if (found !== undefined) return found;
  throw new RepoError('DITS_REPO_NOT_A_REPOSITORY', `${startFolder} is in no repository`, {
    path: startFolder,
    hint: 'make one here with: dits init, or get one with: dits clone ADDRESS',
  });
}

/** Opens the repository that `startFolder` is in. @throws RepoError DITS_REPO_NOT_A_REPOSITORY */
export async function openRepository(
  startFolder: string,
  options: OpenRepositoryOptions = {},
): Promise<Repository<Store>> {
  return openLocation(requireRepository(startFolder), options);
}

/** Opens a repository whose place is known. */
export async function openLocation(
  location: RepositoryLocation,
  options: OpenRepositoryOptions = {},
): Promise<Repository<Store>> {
  const settings = await readSettings(layoutOf(location.ditsDir).configFile);
  const store = await openStore(location.ditsDir, options.store ?? {});
  return new Repository({ ...location, store, settings, userSettings: options.userSettings });
}

/**
 * Makes a repository in a folder, which is made as well. One that is there already is opened and left as it is; one whose
 * making was cut off is completed.
 */
export async function initRepository(
  folder: string,
  options: InitRepositoryOptions = {},
): Promise<InitResult> {
  await makeFolder(folder);
  const real = realpathSync(folder);
  const location: RepositoryLocation =
    options.bare === true
      ? { root: undefined, ditsDir: real }
      : { root: real, ditsDir: path.join(real, DITS_FOLDER) };
  if (isStore(location.ditsDir)) {
    return { repository: await openLocation(location, options), created: false };
  }
  const settings = await readSettings(layoutOf(location.ditsDir).configFile);
  const store = await createStore(location.ditsDir, {
    ...options.store,
    headBranch: options.branch ?? 'main',
  });
  const { userSettings } = options;
  return {
    repository: new Repository({ ...location, store, settings, userSettings }),
    created: true,
  };
}

function existingRealPath(folder: string): string | undefined {
  try {
    return realpathSync(folder);
  } catch (error) {
    if (isNotOurs(error)) return undefined;
    throw fromSystemError(error, 'look at', folder);
  }
}

function isStore(folder: string): boolean {
  try {
    return (
      statSync(path.join(folder, FORMAT_FILE), { throwIfNoEntry: false })?.isFile() === true &&
      statSync(path.join(folder, SEGMENTS_FOLDER), { throwIfNoEntry: false })?.isDirectory() ===
        true
    );
  } catch (error) {
    if (isNotOurs(error)) return false;
    throw fromSystemError(error, 'look at', folder);
  }
}

/** What a folder answers that is not there, or that may not be looked into: it is not ours. */
const NOT_OURS = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'EACCES', 'EPERM']);

/** Anything else, such as a failing disk, is no reason to take another repository or none. */
function isNotOurs(error: unknown): boolean {
  return NOT_OURS.has(systemErrorCode(error) ?? '');
}
