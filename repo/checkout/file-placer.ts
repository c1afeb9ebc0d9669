/**
 * Puts files and links into the working tree, each complete or not at all: written under a temporary name in `.dits`, on
 * the same file system, then renamed into place. Nothing is ever opened at its final name, so nothing there is followed, and
 * the folders on the way are held (held-folders.ts).
 */
import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  symlinkSync,
  writeSync,
  type Stats,
} from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import {
  StoreError,
  systemErrorCode,
  contentMemory,
  writeContentTo,
  writePieces,
  type BatchMemory,
  type FileContent,
  type ObjectReader,
  type WriteContentOptions,
} from '../../store/index.ts';
import { checkTarget } from '../files/link-target.ts';
import type { HeldFolders } from '../files/held-folders.ts';
import { folderOf, joinPath } from '../files/path-order.ts';
import { RepoError, fromSystemError } from '../repo-error.ts';
import type { IndexEntryKind } from '../worktree-index/index-entry.ts';

/** Permissions before the user's umask. */
const MODES: Readonly<Record<Exclude<IndexEntryKind, 'symlink'>, number>> = {
  file: 0o666,
  executable: 0o777,
};

export type PlacedFile = { readonly path: string; readonly kind: IndexEntryKind };
/** One that is no link. */
type PlainFile = PlacedFile & { readonly kind: 'file' | 'executable' };

/** Files streamed at a time: enough to read one while another is written, few enough for a spinning disk. */
export const STREAMS_MAX = 4;

export type FilePlacerOptions = {
  readonly folders: HeldFolders;
  /** Emptied at the start: whoever places files holds the index lock. */
  readonly tempFolder: string;
  /** Sync every file before it gets its name. */
  readonly syncFiles: boolean;
};

export class FilePlacer {
  readonly #folders: HeldFolders;
  readonly #tempFolder: string;
  readonly #syncFiles: boolean;
  readonly #memory: BatchMemory = contentMemory(STREAMS_MAX);
  #count = 0;

  constructor(options: FilePlacerOptions) {
    this.#folders = options.folders;
    this.#tempFolder = options.tempFolder;
    this.#syncFiles = options.syncFiles;
    try {
      rmSync(this.#tempFolder, { recursive: true, force: true });
      mkdirSync(this.#tempFolder, { recursive: true });
    } catch (error) {
      throw fromSystemError(error, 'empty', this.#tempFolder);
    }
  }

  /** Places a file or link whose bytes are in memory, without leaving the thread. @returns how it looks on disk */
  place(file: PlacedFile, pieces: readonly Uint8Array[]): Stats {
    const temporary = this.#nextName();
    try {
      if (file.kind === 'symlink') {
        const target = Buffer.concat(pieces);
        checkTarget(file.path, target);
        symlinkSync(target, temporary);
      } else this.#write(temporary, pieces, MODES[file.kind]);
      return this.#moveIntoPlace(temporary, file.path);
    } catch (error) {
      removeTemporary(temporary);
      throw fromSystemError(error, 'write', file.path);
    }
  }

  /** The same for a file that is worth handing to another thread; several may be on their way at a time. */
  async placeLater(file: PlainFile, pieces: readonly Uint8Array[]): Promise<Stats> {
    return this.#placeWith(file, (handle) => writePieces(handle, pieces, 0));
  }

  /**
   * Places a file of any size from the store; at most `STREAMS_MAX` at a time.
   * @throws RepoError DITS_REPO_CONTENT_MISMATCH when the content does not have the hash or size it should have
   */
  async placeContent(
    file: PlainFile & { readonly size: number },
    source: { readonly store: ObjectReader; readonly content: FileContent },
    options: Pick<WriteContentOptions, 'signal' | 'onProgress'>,
  ): Promise<Stats> {
    const expected = { size: file.size, verifyFileHash: true, memory: this.#memory };
    return this.#placeWith(file, (handle) =>
      writeContentTo(handle, source, { ...options, ...expected }),
    );
  }

  async #placeWith(
    file: PlainFile,
    write: (handle: FileHandle) => Promise<number>,
  ): Promise<Stats> {
    const temporary = this.#nextName();
    try {
      const handle = await open(temporary, 'wx', MODES[file.kind]);
      try {
        await write(handle);
        if (this.#syncFiles) await handle.sync();
      } finally {
        await handle.close();
      }
      return this.#moveIntoPlace(temporary, file.path);
    } catch (error) {
      removeTemporary(temporary);
      if (error instanceof StoreError && error.code === 'DITS_STORE_INVALID_OBJECT') {
        throw contentMismatch(file.path, error);
      }
      throw fromSystemError(error, 'write', file.path);
    }
  }

  #nextName(): string {
    return path.join(this.#tempFolder, String(this.#count++));
  }

  #write(temporary: string, pieces: readonly Uint8Array[], mode: number): void {
    const descriptor = openSync(temporary, 'wx', mode);
    try {
      for (const piece of pieces) {
        for (let at = 0; at < piece.length;) at += writeSync(descriptor, piece, at);
      }
      if (this.#syncFiles) fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  }

  #moveIntoPlace(temporary: string, target: string): Stats {
    this.#folders.make(folderOf(target));
    // What is left of a folder that makes room for a file: empty folders, which nobody versions.
    if (lookAt(this.#folders.inside(target))?.isDirectory() === true) {
      removeEmptyTree(this.#folders, target);
    }
    const place = this.#folders.inside(target);
    renameSync(temporary, place);
    const stats = lookAt(place);
    if (stats !== undefined) return stats;
    throw new RepoError('DITS_REPO_IO', `${target} vanished as soon as it was written`, {
      path: target,
      hint: 'another program is changing this folder; run the command again when it is done',
    });
  }
}

function lookAt(place: string): Stats | undefined {
  return lstatSync(place, { throwIfNoEntry: false });
}

/** What cannot be removed now is when the next command empties the folder; why the write failed is what matters. */
function removeTemporary(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
  }
}

/** Removes a folder that holds nothing but folders; rmdir refuses where there is more. */
function removeEmptyTree(folders: HeldFolders, folder: string): void {
  for (const item of readdirSync(folders.open(folder), { withFileTypes: true })) {
    if (item.isDirectory()) removeEmptyTree(folders, joinPath(folder, item.name));
  }
  rmdirSync(folders.inside(folder));
}

export function contentMismatch(path: string, cause?: unknown): RepoError {
  return new RepoError(
    'DITS_REPO_CONTENT_MISMATCH',
    `the stored content of ${path} is not what its tree and manifest promise`,
    { path, hint: 'look for damage with: dits fsck', cause },
  );
}
