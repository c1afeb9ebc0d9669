/** BlobFiles in a folder of the local file system. */
import { open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { tryLockFile, WRITER_LOCK } from '../locks/file-lock.ts';
import { ioError, systemErrorCode } from './io-error.ts';
import { syncFolder } from './durable-file.ts';
import type { BlobFile, BlobFiles, BlobMode, BlobStat } from './blob-files.ts';

/** Opens for reading and writing, at any offset, without creating. */
const FLAGS: Readonly<Record<BlobMode, string>> = { read: 'r', write: 'r+' };

export class NodeBlobFiles implements BlobFiles {
  readonly #folder: string;
  /** Permissions of files made here, before the process's mask. */
  readonly #mode: number | undefined;

  constructor(folder: string, options: { readonly mode?: number | undefined } = {}) {
    this.#folder = folder;
    this.#mode = options.mode;
  }

  async list(): Promise<readonly string[]> {
    return await attempt('list', this.#folder, readdir(this.#folder));
  }

  async open(name: string, mode: BlobMode): Promise<BlobFile | undefined> {
    const path = join(this.#folder, name);
    return await this.#openUnless('ENOENT', path, FLAGS[mode]);
  }

  async create(name: string): Promise<BlobFile | undefined> {
    return await this.#openUnless('EEXIST', join(this.#folder, name), 'wx+');
  }

  async stat(name: string): Promise<BlobStat | undefined> {
    const path = join(this.#folder, name);
    try {
      const found = await stat(path);
      return { sizeBytes: found.size, modifiedMs: found.mtimeMs };
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return undefined;
      throw ioError(error, 'look at', path);
    }
  }

  async rename(from: string, to: string): Promise<void> {
    const path = join(this.#folder, from);
    await attempt('rename', path, rename(path, join(this.#folder, to)));
  }

  async remove(name: string): Promise<void> {
    const path = join(this.#folder, name);
    await attempt('remove', path, rm(path, { force: true }));
  }

  async syncFolder(): Promise<void> {
    await syncFolder(this.#folder);
  }

  async #openUnless(expected: string, path: string, flags: string): Promise<BlobFile | undefined> {
    try {
      return new NodeBlobFile(path, await open(path, flags, this.#mode));
    } catch (error) {
      if (systemErrorCode(error) === expected) return undefined;
      throw ioError(error, 'open', path);
    }
  }
}

class NodeBlobFile implements BlobFile {
  readonly #path: string;
  readonly #handle: FileHandle;

  constructor(path: string, handle: FileHandle) {
    this.#path = path;
    this.#handle = handle;
  }

  async read(target: Uint8Array, offset: number): Promise<number> {
    let filled = 0;
    while (filled < target.length) {
      const { bytesRead } = await attempt(
        'read',
        this.#path,
        this.#handle.read(target, filled, target.length - filled, offset + filled),
      );
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return filled;
  }

  async write(buffers: readonly Uint8Array[], offset: number): Promise<void> {
    let rest = buffers.filter((buffer) => buffer.length > 0);
    let position = offset;
    while (rest.length > 0) {
      const { bytesWritten } = await attempt(
        'write',
        this.#path,
        this.#handle.writev(rest, position),
      );
      position += bytesWritten;
      // The kernel stops early on a full disk or a signal; the next call then writes the rest or says why it cannot.
      rest = dropBytes(rest, bytesWritten);
    }
  }

  async sync(): Promise<void> {
    await attempt('sync', this.#path, this.#handle.datasync());
  }

  async truncate(sizeBytes: number): Promise<void> {
    await attempt('truncate', this.#path, this.#handle.truncate(sizeBytes));
  }

  async stat(): Promise<BlobStat> {
    const found = await attempt('look at', this.#path, this.#handle.stat());
    return { sizeBytes: found.size, modifiedMs: found.mtimeMs };
  }

  tryLock(): boolean {
    return tryLockFile(this.#handle.fd, this.#path, WRITER_LOCK);
  }

  async close(): Promise<void> {
    await attempt('close', this.#path, this.#handle.close());
  }
}

function dropBytes(buffers: readonly Uint8Array[], count: number): Uint8Array[] {
  let left = count;
  let first = 0;
  while (first < buffers.length && left >= buffers[first]!.length) {
    left -= buffers[first]!.length;
    first++;
  }
  const rest = buffers.slice(first);
  if (left > 0 && rest[0] !== undefined) rest[0] = rest[0].subarray(left);
  return rest;
}

async function attempt<T>(action: string, path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw ioError(error, action, path);
  }
}
