/**
 * The folder of files under version control, looked at without ever following a symbolic link below its root. Calls are
 * synchronous on purpose: an `lstat` costs 4 microseconds, handing it to a thread and back costs ten times that.
 */
import { lstatSync, readdirSync, readlinkSync, type Dirent, type Stats } from 'node:fs';
import { StoreError, checkPath, normalizeName, systemErrorCode } from '../../store/index.ts';
import { RepoError, fromSystemError } from '../repo-error.ts';
import { folderOf, joinPath } from './path-order.ts';

type ItemType = 'file' | 'symlink' | 'folder' | 'special';

/** Something in a folder. */
export type FolderItem = {
  /** Path in the repository: NFC. */
  readonly path: string;
  /** Path on disk below the root, in the form the file system gave. */
  readonly diskPath: string;
  readonly type: ItemType;
};

/** What the status engine needs of a folder of files. Implemented by `WorkingTree`, and by a fake in tests. */
export interface FileLister {
  /** What is in a folder, unsorted; nothing when it is not there or not a folder. */
  list(folder: Pick<FolderItem, 'path' | 'diskPath'>): FolderItem[];
  /** lstat; undefined when nothing is there. */
  stat(diskPath: string): Stats | undefined;
}

/** Errors that say that a path leads nowhere. */
const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'ELOOP']);

export class WorkingTree implements FileLister {
  /** Absolute, without symbolic links. */
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  absolute(diskPath: string): string {
    return diskPath === '' ? this.root : `${this.root}/${diskPath}`;
  }

  list(folder: Pick<FolderItem, 'path' | 'diskPath'>): FolderItem[] {
    let found: Dirent[];
    try {
      found = readdirSync(this.absolute(folder.diskPath), { withFileTypes: true });
    } catch (error) {
      if (ABSENT.has(systemErrorCode(error) ?? '')) return [];
      throw fromSystemError(error, 'list', folder.diskPath || this.root);
    }
    const items = found.map((item): FolderItem => {
      const diskPath = joinPath(folder.diskPath, item.name);
      const isLost = isUnreadableName(item.name) && this.stat(diskPath) === undefined;
      return {
        path: joinPath(folder.path, normalizeName(item.name)),
        diskPath,
        type: isLost ? 'special' : typeOf(item),
      };
    });
    // Of two names that differ in Unicode form only, every walk meets the one first that is stored as it is.
    const isAsStored = ({ path, diskPath }: FolderItem): boolean => path === diskPath;
    if (items.every(isAsStored)) return items;
    return [...items.filter(isAsStored), ...items.filter((item) => !isAsStored(item))];
  }

  /** Names on disk of which only one can be kept under any of these paths: they differ in Unicode form at most. */
  twins(paths: readonly string[]): readonly [kept: string, other: string] | undefined {
    const doubtful = new Set(paths.filter((path) => path !== path.normalize('NFD')));
    for (const folder of new Set([...doubtful].map(folderOf))) {
      const met = new Map<string, string>();
      for (const item of this.list({ path: folder, diskPath: this.locate(folder) })) {
        const other = met.get(item.path);
        if (other !== undefined && doubtful.has(item.path)) return [other, item.diskPath];
        met.set(item.path, item.diskPath);
      }
    }
    return undefined;
  }

  stat(diskPath: string): Stats | undefined {
    try {
      return lstatSync(this.absolute(diskPath), { throwIfNoEntry: false });
    } catch (error) {
      if (ABSENT.has(systemErrorCode(error) ?? '')) return undefined;
      throw fromSystemError(error, 'look at', diskPath || this.root);
    }
  }

  /** The bytes of a symbolic link's target. */
  readLink(diskPath: string): Buffer {
    try {
      return readlinkSync(this.absolute(diskPath), 'buffer');
    } catch (error) {
      throw fromSystemError(error, 'read the link', diskPath);
    }
  }

  /**
   * lstat of a repository path, without passing through a symbolic link: where a parent folder is a link, or is no
   * folder, nothing counts as being there.
   */
  statSafely(path: string): Stats | undefined {
    return this.linkedParent(path) === undefined ? this.stat(path) : undefined;
  }

  /** The first parent folder of `path` that exists and is not a real folder. */
  linkedParent(path: string): string | undefined {
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      const parent = path.slice(0, slash);
      const stats = this.stat(parent);
      if (stats === undefined) return undefined;
      if (!stats.isDirectory()) return parent;
    }
    return undefined;
  }

  /**
   * Path on disk of a repository path: the same, except where the file system keeps names in another Unicode form.
   */
  locate(path: string): string {
    if (this.stat(path) !== undefined || path === path.normalize('NFD')) return path;
    const folder = folderOf(path);
    const diskFolder = folder === '' ? '' : this.locate(folder);
    const item = this.list({ path: folder, diskPath: diskFolder }).find((one) => one.path === path);
    return item?.diskPath ?? path;
  }
}

/** Whether a name may be one whose bytes are not UTF-8: Node then puts a replacement character where it cannot read. */
export function isUnreadableName(name: string): boolean {
  return name.includes('\ufffd');
}

function typeOf(item: Dirent): ItemType {
  if (item.isFile()) return 'file';
  if (item.isDirectory()) return 'folder';
  return item.isSymbolicLink() ? 'symlink' : 'special';
}

/** Accepts a path of the repository. @throws RepoError DITS_REPO_UNSAFE_PATH */
export function assertSafePath(path: string): void {
  try {
    checkPath(path);
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'DITS_STORE_UNSAFE_PATH') throw error;
    throw new RepoError('DITS_REPO_UNSAFE_PATH', error.message, {
      path,
      hint: error.hint,
      details: error.details,
      cause: error,
    });
  }
}
