/**
 * Takes many small files in, hundreds to a put: a store call per file would cost more than the file. Bigger ones among
 * them go the way of `ingestFile`.
 *
 * Files are read with blocking calls: about 9 microseconds for a file of 5 KB that the system has cached, where
 * callbacks took 19 and promises 47 (docs/adr/0001-chunker-and-profiles.md). Other work has its turn with every batch.
 */
import { StoreError } from '../store-error.ts';
import { ingestFile, type IngestDeps, type IngestOptions } from './ingest-file.ts';
import type { IngestedFile } from './ingested-file.ts';
import { PutQueue } from './put-queue.ts';
import { FileCutter } from './cut-file.ts';
import { openSmallFile } from './read-small-file.ts';
import type { ReadRequest } from './read-small-files.ts';
import { ReadingThread, type ThreadBatch } from './reading-thread.ts';
import { BatchArena, SMALL_FILE_MAX_BYTES, SmallFileBatch } from './small-file-batch.ts';
import type { FileSource } from './source-file.ts';

/**
 * From this many files on a thread reads ahead: it takes some 25 ms of the processor to start, and reading, cutting and
 * hashing are half of what the calling thread has to do (docs/performance.md).
 */
const THREAD_FILES_MIN = 256;

/** Bytes that are in memory already, to be taken in like a file: the target of a symbolic link, say. */
export type BytesSource = {
  /** Name in errors. */
  readonly path: string;
  /** At most `SMALL_FILE_MAX_BYTES`. Must stay unchanged until the call resolves. */
  readonly bytes: Uint8Array;
  readonly profile?: number | undefined;
};

/** What became of one of many files. */
export type IngestOutcome =
  | { readonly path: string; readonly file: IngestedFile; readonly error?: undefined }
  | { readonly path: string; readonly file?: undefined; readonly error: StoreError };

/**
 * Takes files in and returns what became of each, in input order. A file that cannot be read, or that changes
 * meanwhile, is an error in its place; a failure of the store rejects. Nothing is flushed.
 */
export async function ingestSmallFiles(
  deps: IngestDeps,
  sources: readonly (FileSource | BytesSource)[],
  options: IngestOptions = {},
): Promise<IngestOutcome[]> {
  options.signal?.throwIfAborted();
  const intake = new SmallFilesIntake(deps, sources, options);
  try {
    const requests = readRequests(sources);
    if (requests.length < THREAD_FILES_MIN) {
      for (const index of sources.keys()) await intake.add(index);
      return await intake.finish();
    }
    for (const index of await intake.addRead(requests)) await intake.add(index);
    const isRequested = new Set(requests.map(({ index }) => index));
    for (const index of sources.keys()) if (!isRequested.has(index)) await intake.add(index);
    return await intake.finish();
  } finally {
    await intake.close();
  }
}

/** Takes bytes in that are in memory, at most `SMALL_FILE_MAX_BYTES` of them. */
export async function ingestBytes(
  deps: IngestDeps,
  bytes: Uint8Array,
  options: IngestOptions = {},
): Promise<IngestedFile> {
  const [outcome] = await ingestSmallFiles(deps, [{ path: 'bytes in memory', bytes }], options);
  return outcome!.file!;
}

class SmallFilesIntake {
  readonly #deps: IngestDeps;
  readonly #sources: readonly (FileSource | BytesSource)[];
  readonly #options: IngestOptions;
  readonly #puts: PutQueue;
  readonly #outcomes: IngestOutcome[] = [];
  readonly #cutter = new FileCutter();
  readonly #freeMemory: Buffer[] = [];
  #batch: SmallFileBatch;
  #arena: BatchArena;

  constructor(
    deps: IngestDeps,
    sources: readonly (FileSource | BytesSource)[],
    options: IngestOptions,
  ) {
    this.#deps = deps;
    this.#sources = sources;
    this.#options = options;
    this.#puts = new PutQueue(deps.store, options.signal);
    this.#batch = new SmallFileBatch(deps.store);
    this.#arena = new BatchArena();
  }

  /** Takes in what a thread reads, and returns the places of what it has left. */
  async addRead(requests: readonly ReadRequest[]): Promise<readonly number[]> {
    const thread = new ReadingThread(requests);
    const left: number[] = [];
    try {
      for (let read = await thread.next(); read !== undefined; read = await thread.next()) {
        left.push(...read.left);
        await this.#putRead(read, () => thread.recycle(read.memory));
      }
      await this.#puts.drain();
    } finally {
      await thread.close();
    }
    return left;
  }

  async add(index: number): Promise<void> {
    const source = this.#sources[index]!;
    try {
      if ('bytes' in source) await this.#addBytes(index, source);
      else await this.#addFile(index, source);
    } catch (error) {
      if (!isFileError(error)) throw error;
      this.#outcomes[index] = { path: source.path, error };
    }
  }

  async finish(): Promise<IngestOutcome[]> {
    await this.#putBatch();
    await this.#puts.drain();
    return this.#outcomes;
  }

  async close(): Promise<void> {
    await this.#puts.abandon();
  }

  async #addBytes(index: number, { bytes, profile }: BytesSource): Promise<void> {
    if (bytes.length > SMALL_FILE_MAX_BYTES) {
      throw new RangeError(`${bytes.length} bytes are too many to be taken in from memory`);
    }
    if (!this.#arena.hasRoom(bytes.length)) await this.#putBatch();
    // The bytes stay where they are, but count.
    this.#arena.take(bytes.length);
    const cuts = this.#cutter.cut(bytes, profile);
    await this.#batch.add({ index, bytes, identity: undefined, cuts });
  }

  async #addFile(index: number, source: FileSource): Promise<void> {
    const file = openSmallFile(source);
    const { identity } = file;
    const { size } = identity;
    try {
      if (size <= SMALL_FILE_MAX_BYTES) {
        if (!this.#arena.hasRoom(size)) await this.#putBatch();
        const bytes = this.#arena.reserve(size);
        file.readInto(bytes);
        this.#arena.take(size);
        const cuts = this.#cutter.cut(bytes, source.profile);
        await this.#batch.add({ index, bytes, identity, cuts });
        return;
      }
    } finally {
      file.close();
    }
    const big = await ingestFile(this.#deps, source, this.#options);
    this.#outcomes[index] = { path: source.path, file: big };
  }

  async #putRead({ files, memory }: ThreadBatch, release: () => void): Promise<void> {
    const batch = new SmallFileBatch(this.#deps.store);
    const arena = Buffer.from(memory);
    let size = 0;
    for (const { index, start, identity, cuts } of files) {
      const bytes = arena.subarray(start, start + identity.size);
      await batch.add({ index, bytes, identity, cuts });
      size += bytes.length;
    }
    await this.#put(batch, release);
    this.#options.onProgress?.(size);
  }

  async #putBatch(): Promise<void> {
    this.#options.signal?.throwIfAborted();
    const arena = this.#arena;
    if (arena.isEmpty) return;
    await this.#put(this.#batch, () => this.#freeMemory.push(arena.memory));
    this.#options.onProgress?.(arena.size);
    this.#batch = new SmallFileBatch(this.#deps.store);
    this.#arena = new BatchArena(this.#freeMemory.pop());
  }

  /** `release` runs when the memory of the objects is free again. */
  async #put(batch: SmallFileBatch, release: () => void): Promise<void> {
    await this.#puts.add(batch.objects, (results) => {
      for (const { index, file } of batch.files(results)) {
        this.#outcomes[index] = { path: this.#sources[index]!.path, file };
      }
      release();
    });
  }
}

/** The files among the sources, for a thread to read; those with a handle of their own are not among them. */
function readRequests(sources: readonly (FileSource | BytesSource)[]): ReadRequest[] {
  const requests: ReadRequest[] = [];
  for (const [index, source] of sources.entries()) {
    if ('bytes' in source || source.handle !== undefined) continue;
    requests.push({ index, path: source.path, profile: source.profile });
  }
  return requests;
}

/** Whether only the one file is at fault. */
function isFileError(error: unknown): error is StoreError {
  return (
    error instanceof StoreError &&
    (error.code === 'DITS_STORE_FILE_UNREADABLE' || error.code === 'DITS_STORE_FILE_CHANGED')
  );
}
