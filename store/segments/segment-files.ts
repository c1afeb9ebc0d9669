/** Segments open for reading: a bounded number of file handles, shared by all reads, closed when no longer needed. */
import type { BlobFile, BlobFiles } from '../files/blob-files.ts';
import { segmentFileName } from '../store-layout.ts';

/** Handles kept open. Far below the usual limit of 1,024 a process, and a verb rarely touches more segments at once. */
const OPEN_FILES_MAX = 64;

type Entry = {
  readonly file: Promise<BlobFile | undefined>;
  users: number;
  /** No longer in the table: closed when the last user is done. */
  evicted: boolean;
};

export class SegmentFiles {
  readonly #files: BlobFiles;
  /** In order of last use, oldest first. */
  readonly #entries = new Map<number, Entry>();
  readonly #closing = new Set<Promise<void>>();

  constructor(files: BlobFiles) {
    this.#files = files;
  }

  /** Runs `work` with the segment open, or with undefined when there is no such segment. */
  async use<T>(segment: number, work: (file: BlobFile | undefined) => Promise<T>): Promise<T> {
    const entry = this.#entry(segment);
    entry.users++;
    try {
      const file = await entry.file;
      if (file === undefined) this.forget(segment);
      return await work(file);
    } catch (error) {
      this.forget(segment);
      throw error;
    } finally {
      entry.users--;
      if (entry.evicted && entry.users === 0) this.#close(entry);
    }
  }

  /** Closes the segment's handle once its reads are done, so that the next use opens the file anew. */
  forget(segment: number): void {
    const entry = this.#entries.get(segment);
    if (entry === undefined) return;
    this.#entries.delete(segment);
    entry.evicted = true;
    if (entry.users === 0) this.#close(entry);
  }

  /** Closes everything. The caller has awaited its reads. */
  async close(): Promise<void> {
    for (const segment of [...this.#entries.keys()]) this.forget(segment);
    await Promise.all(this.#closing);
  }

  #entry(segment: number): Entry {
    const known = this.#entries.get(segment);
    if (known !== undefined) {
      this.#entries.delete(segment);
      this.#entries.set(segment, known);
      return known;
    }
    const file = this.#files.open(segmentFileName(segment), 'read');
    const entry: Entry = { file, users: 0, evicted: false };
    this.#entries.set(segment, entry);
    if (this.#entries.size > OPEN_FILES_MAX) this.forget(this.#entries.keys().next().value!);
    return entry;
  }

  #close(entry: Entry): void {
    const closing = entry.file.then(
      (file) => file?.close(),
      // The open failed, and whoever asked for it was told so.
      () => undefined,
    );
    const tracked: Promise<void> = closing.finally(() => this.#closing.delete(tracked));
    this.#closing.add(tracked);
  }
}
