/** Writes the files of a checkout plan: small ones in batches, large ones as streams, both at a time. */
import type { Stats } from 'node:fs';
import { BatchMemory, type ObjectReader } from '../../store/index.ts';
import type { OperationOptions } from '../repository/repository.ts';
import type { IndexEntry } from '../worktree-index/index-entry.ts';
import { STREAMS_MAX, type FilePlacer } from './file-placer.ts';
import {
  BATCH_MEMORY_BYTES,
  SMALL_FILE_MAX_BYTES,
  batches,
  loadBatch,
  type LoadedBatch,
  type LoadedFile,
} from './small-files.ts';

/** Files up to here are written in place: handing one to another thread costs as much as copying so many bytes. */
const IN_PLACE_MAX_BYTES: number = 256 * 1024;
/** One batch is written while the next is read. */
const BATCHES_IN_MEMORY = 2;

/** What was written, and how it looks on disk. */
export type Written = { readonly entry: IndexEntry; readonly stats: Stats };

export type PlanWriterDeps = {
  readonly reader: ObjectReader;
  readonly placer: FilePlacer;
  readonly options: OperationOptions;
};

export class PlanWriter {
  readonly written: Written[] = [];
  bytes = 0;
  readonly #deps: PlanWriterDeps;
  readonly #entries: readonly IndexEntry[];
  readonly #bytesTotal: number;
  readonly #failed = new AbortController();
  readonly #signal: AbortSignal;
  readonly #memory = new BatchMemory(BATCH_MEMORY_BYTES, BATCHES_IN_MEMORY);

  constructor(deps: PlanWriterDeps, entries: readonly IndexEntry[]) {
    this.#deps = deps;
    this.#entries = entries;
    this.#bytesTotal = entries.reduce((sum, entry) => sum + entry.size, 0);
    const { signal } = deps.options;
    this.#signal =
      signal === undefined ? this.#failed.signal : AbortSignal.any([signal, this.#failed.signal]);
  }

  /** Resolves when everything is in its place; rejects with the first failure, when nothing is being written any more. */
  async run(): Promise<void> {
    const isSmall = ({ kind, size }: IndexEntry): boolean =>
      kind === 'symlink' || size <= SMALL_FILE_MAX_BYTES;
    const large = this.#entries.filter((entry) => !isSmall(entry)).values();
    await this.#together([
      () => this.#writeSmall(this.#entries.filter(isSmall)),
      ...Array.from({ length: STREAMS_MAX }, () => () => this.#writeLarge(large)),
    ]);
  }

  /** The first failure stops all of them. */
  async #together(tasks: readonly (() => Promise<void>)[]): Promise<void> {
    const stopping = async (task: () => Promise<void>): Promise<void> => {
      try {
        await task();
      } catch (error) {
        this.#failed.abort(error);
        throw error;
      }
    };
    const outcomes = await Promise.allSettled(tasks.map(stopping));
    if (outcomes.some(({ status }) => status === 'rejected')) throw this.#failed.signal.reason;
  }

  /** One batch is read while the one before is written. */
  async #writeSmall(entries: readonly IndexEntry[]): Promise<void> {
    let ahead: Promise<LoadedBatch> | undefined;
    try {
      for (const batch of batches(entries)) {
        const before = ahead;
        ahead = loadBatch(this.#deps.reader, batch, {
          signal: this.#signal,
          memory: this.#memory.take(),
        });
        // A failure is seen when the batch's turn comes; until then it must not count as unhandled.
        ahead.catch(() => undefined);
        if (before !== undefined) await this.#placeAll(await before);
      }
      if (ahead !== undefined) await this.#placeAll(await ahead);
    } finally {
      await Promise.allSettled([ahead]);
    }
  }

  async #placeAll({ files, memory }: LoadedBatch): Promise<void> {
    const later: LoadedFile[] = [];
    for (const file of files) {
      this.#signal.throwIfAborted();
      const { entry, pieces } = file;
      if (entry.kind !== 'symlink' && entry.size > IN_PLACE_MAX_BYTES) later.push(file);
      else this.#note(entry, this.#deps.placer.place(entry, pieces));
    }
    await this.#together(later.map((file) => () => this.#placeLater(file)));
    this.#memory.give(memory);
    const last = files.at(-1);
    if (last !== undefined) this.#report(last.entry.path);
  }

  async #placeLater({ entry, pieces }: LoadedFile): Promise<void> {
    const { path, kind } = entry;
    if (kind === 'symlink') return;
    this.#note(entry, await this.#deps.placer.placeLater({ path, kind }, pieces));
  }

  #note(entry: IndexEntry, stats: Stats): void {
    this.bytes += entry.size;
    this.written.push({ entry, stats });
  }

  async #writeLarge(queue: Iterable<IndexEntry>): Promise<void> {
    const { placer, reader } = this.#deps;
    for (const entry of queue) {
      this.#signal.throwIfAborted();
      const { path, kind, size, content } = entry;
      if (kind === 'symlink') continue;
      const stats = await placer.placeContent(
        { path, kind, size },
        { store: reader, content },
        {
          signal: this.#signal,
          onProgress: (bytes) => {
            this.bytes += bytes;
            this.#report(path);
          },
        },
      );
      this.written.push({ entry, stats });
    }
  }

  #report(path: string): void {
    this.#deps.options.onProgress?.({
      phase: 'checkout',
      files: this.written.length,
      filesTotal: this.#entries.length,
      bytes: this.bytes,
      bytesTotal: this.#bytesTotal,
      path,
    });
  }
}
