/**
 * The few things that segments need of a folder of files. `node-blob-files.ts` does them on a local disk; a simulated
 * disk that loses unsynced writes, or an object store behind a cache, can stand in its place.
 */

/** How a file is opened: `write` also allows reading. */
export type BlobMode = 'read' | 'write';

export type BlobStat = {
  readonly sizeBytes: number;
  /** Time of the last change, milliseconds since 1970. */
  readonly modifiedMs: number;
};

/** One open file. Every method rejects with a StoreError that names the file. */
export interface BlobFile {
  /** Fills `target` from `offset` on, as far as the file goes; resolves with the number of bytes read. */
  read(target: Uint8Array, offset: number): Promise<number>;
  /** Writes all buffers one after the other at `offset`. On failure any part of them may have been written. */
  write(buffers: readonly Uint8Array[], offset: number): Promise<void>;
  /** Puts what was written on stable storage. A failure is final: the file's unsynced content is unknown from then on. */
  sync(): Promise<void>;
  truncate(sizeBytes: number): Promise<void>;
  stat(): Promise<BlobStat>;
  /** Takes the file's writer lock without waiting; false when another handle, here or in another process, has it. */
  tryLock(): boolean;
  /** Releases the lock as well. */
  close(): Promise<void>;
}

/** One flat folder of files. */
export interface BlobFiles {
  list(): Promise<readonly string[]>;
  /** Undefined when there is no such file. */
  open(name: string, mode: BlobMode): Promise<BlobFile | undefined>;
  /** Makes a new file, open for writing; undefined when the name is taken. */
  create(name: string): Promise<BlobFile | undefined>;
  stat(name: string): Promise<BlobStat | undefined>;
  rename(from: string, to: string): Promise<void>;
  /** Succeeds when there is no such file. */
  remove(name: string): Promise<void>;
  /** Makes created, renamed and removed names durable. */
  syncFolder(): Promise<void>;
}
