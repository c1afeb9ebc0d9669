/** Segment files on a disk that fails on demand. */
import type { BlobFile, BlobFiles, BlobMode, BlobStat } from '../../store/index.ts';
import { ioError } from '../../store/files/io-error.ts';
import { NodeBlobFiles } from '../../store/files/node-blob-files.ts';

type Operation = 'write' | 'sync' | 'truncate' | 'syncFolder' | 'create' | 'remove';

export type Fault = {
  readonly operation: Operation | readonly Operation[];
  /** As in a system call's error: `ENOSPC`, `EIO`. */
  readonly code: string;
  /** Bytes that a failing write writes all the same. */
  readonly tornBytes?: number;
};

export class FaultyBlobFiles implements BlobFiles {
  readonly #files: NodeBlobFiles;
  readonly #folder: string;
  /** Hits every such operation until it is taken away. */
  fault: Fault | undefined;
  syncs = 0;

  constructor(folder: string) {
    this.#folder = folder;
    this.#files = new NodeBlobFiles(folder);
  }

  /** Throws when this operation is to fail. */
  check(operation: Operation, name: string): void {
    if (!this.fails(operation)) return;
    const { code } = this.fault!;
    throw ioError(Object.assign(new Error(code), { code }), operation, `${this.#folder}/${name}`);
  }

  fails(operation: Operation): boolean {
    return this.fault !== undefined && [this.fault.operation].flat().includes(operation);
  }

  list(): Promise<readonly string[]> {
    return this.#files.list();
  }

  async open(name: string, mode: BlobMode): Promise<BlobFile | undefined> {
    const file = await this.#files.open(name, mode);
    return file && new FaultyBlobFile(this, name, file);
  }

  async create(name: string): Promise<BlobFile | undefined> {
    this.check('create', name);
    const file = await this.#files.create(name);
    return file && new FaultyBlobFile(this, name, file);
  }

  stat(name: string): Promise<BlobStat | undefined> {
    return this.#files.stat(name);
  }

  rename(from: string, to: string): Promise<void> {
    return this.#files.rename(from, to);
  }

  async remove(name: string): Promise<void> {
    this.check('remove', name);
    await this.#files.remove(name);
  }

  async syncFolder(): Promise<void> {
    this.check('syncFolder', '');
    await this.#files.syncFolder();
  }
}

class FaultyBlobFile implements BlobFile {
  readonly #owner: FaultyBlobFiles;
  readonly #name: string;
  readonly #file: BlobFile;

  constructor(owner: FaultyBlobFiles, name: string, file: BlobFile) {
    this.#owner = owner;
    this.#name = name;
    this.#file = file;
  }

  read(target: Uint8Array, offset: number): Promise<number> {
    return this.#file.read(target, offset);
  }

  async write(buffers: readonly Uint8Array[], offset: number): Promise<void> {
    const { fault } = this.#owner;
    if (this.#owner.fails('write') && fault?.tornBytes !== undefined) {
      const torn = Buffer.concat(buffers).subarray(0, fault.tornBytes);
      await this.#file.write([torn], offset);
    }
    this.#owner.check('write', this.#name);
    await this.#file.write(buffers, offset);
  }

  async sync(): Promise<void> {
    this.#owner.syncs++;
    this.#owner.check('sync', this.#name);
    await this.#file.sync();
  }

  async truncate(sizeBytes: number): Promise<void> {
    this.#owner.check('truncate', this.#name);
    await this.#file.truncate(sizeBytes);
  }

  stat(): Promise<BlobStat> {
    return this.#file.stat();
  }

  tryLock(): boolean {
    return this.#file.tryLock();
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
