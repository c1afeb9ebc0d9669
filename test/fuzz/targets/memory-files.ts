/** Files in memory, for decoders that read them piece by piece. */
import type { BlobFile, BlobFiles } from '../../../store/index.ts';

/** One file of these bytes, and of what is written to it. */
export class MemoryFile implements BlobFile {
  bytes: Buffer;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  read(target: Uint8Array, offset: number): Promise<number> {
    return Promise.resolve(this.bytes.copy(target, 0, Math.min(offset, this.bytes.length)));
  }

  write(buffers: readonly Uint8Array[], offset: number): Promise<void> {
    this.bytes = Buffer.concat([this.bytes.subarray(0, offset), ...buffers]);
    return Promise.resolve();
  }

  sync(): Promise<void> {
    return Promise.resolve();
  }

  truncate(sizeBytes: number): Promise<void> {
    this.bytes = this.bytes.subarray(0, sizeBytes);
    return Promise.resolve();
  }

  stat(): Promise<{ sizeBytes: number; modifiedMs: number }> {
    return Promise.resolve({ sizeBytes: this.bytes.length, modifiedMs: 0 });
  }

  tryLock(): boolean {
    return true;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** A folder that holds this file alone, under any name. */
export function folderOf(file: MemoryFile): BlobFiles {
  return {
    list: () => Promise.resolve([]),
    open: () => Promise.resolve(file),
    create: () => Promise.resolve(undefined),
    stat: () => file.stat(),
    rename: () => Promise.resolve(),
    remove: () => Promise.resolve(),
    syncFolder: () => Promise.resolve(),
  };
}
