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
import { openSmallFile } from './read-small-file.ts';
import { SMALL_FILE_MAX_BYTES, SmallFileBatch, type ChunkerSet } from './small-file-batch.ts';
import type { FileSource } from './source-file.ts';

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
    for (const index of sources.keys()) await intake.add(index);
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
  readonly #chunkers: ChunkerSet = new Map();
  readonly #freeArenas: Buffer[] = [];
  #batch: { files: SmallFileBatch; arena: Buffer };

  constructor(
    deps: IngestDeps,
    sources: readonly (FileSource | BytesSource)[],
    options: IngestOptions,
  ) {
    this.#deps = deps;
    this.#sources = sources;
    this.#options = options;
    this.#puts = new PutQueue(deps.store, options.signal);
    this.#batch = this.#newBatch();
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
    if (!this.#batch.files.hasRoom(bytes.length)) await this.#putBatch();
    await this.#batch.files.add({ index, bytes, profile, identity: undefined });
  }

  async #addFile(index: number, source: FileSource): Promise<void> {
    const file = openSmallFile(source);
    const { identity } = file;
    try {
      if (identity.size <= SMALL_FILE_MAX_BYTES) {
        if (!this.#batch.files.hasRoom(identity.size)) await this.#putBatch();
        const bytes = this.#batch.files.reserve(identity.size);
        file.readInto(bytes);
        await this.#batch.files.add({ index, bytes, profile: source.profile, identity });
        return;
      }
    } finally {
      file.close();
    }
    const big = await ingestFile(this.#deps, source, this.#options);
    this.#outcomes[index] = { path: source.path, file: big };
  }

  async #putBatch(): Promise<void> {
    const { files, arena } = this.#batch;
    this.#options.signal?.throwIfAborted();
    if (files.isEmpty) return;
    await this.#puts.add(files.objects, (results) => {
      for (const { index, file } of files.files(results)) {
        this.#outcomes[index] = { path: this.#sources[index]!.path, file };
      }
      this.#freeArenas.push(arena);
    });
    this.#options.onProgress?.(files.size);
    this.#batch = this.#newBatch();
  }

  #newBatch(): { files: SmallFileBatch; arena: Buffer } {
    const arena = this.#freeArenas.pop() ?? SmallFileBatch.createArena();
    const { store } = this.#deps;
    return { files: new SmallFileBatch({ store, arena, chunkers: this.#chunkers }), arena };
  }
}

/** Whether only the one file is at fault. */
function isFileError(error: unknown): error is StoreError {
  return (
    error instanceof StoreError &&
    (error.code === 'DITS_STORE_FILE_UNREADABLE' || error.code === 'DITS_STORE_FILE_CHANGED')
  );
}
