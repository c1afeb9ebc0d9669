/** The caller's side of a thread that reads, cuts and hashes small files (small-file-thread.ts). */
import { Worker } from 'node:worker_threads';
import { StoreError } from '../store-error.ts';
import type { FilesRead, ReadRequest } from './read-small-files.ts';
import { BatchArena } from './small-file-batch.ts';

/** One is filled, one is turned into objects, two are being put. */
const ARENA_COUNT = 4;

/** What the thread sends back: a filled arena, which it no longer touches. */
export type ThreadBatch = FilesRead & { readonly memory: ArrayBuffer };

export class ReadingThread {
  readonly #worker: Worker;
  readonly #requestCount: number;
  readonly #filled: ThreadBatch[] = [];
  #failure: StoreError | undefined;
  #wake: (() => void) | undefined;
  #isDone: boolean;

  constructor(requests: readonly ReadRequest[]) {
    this.#requestCount = requests.length;
    this.#isDone = requests.length === 0;
    this.#worker = new Worker(new URL('./small-file-thread.js', import.meta.url), {
      workerData: requests,
    });
    this.#worker.on('message', (batch: ThreadBatch) => {
      this.#filled.push(batch);
      this.#wake?.();
    });
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', () => this.#fail(new Error('it ended by itself')));
    for (let count = 0; count < ARENA_COUNT; count++) {
      this.recycle(new BatchArena().memory.buffer as ArrayBuffer);
    }
  }

  /** The next batch, in the order of the requests; undefined after the last one. */
  async next(): Promise<ThreadBatch | undefined> {
    if (this.#isDone) return undefined;
    while (this.#filled.length === 0) {
      if (this.#failure !== undefined) throw this.#failure;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const batch = this.#filled.shift()!;
    this.#isDone = batch.next === this.#requestCount;
    return batch;
  }

  /** Gives the memory of a batch back, to be filled again. */
  recycle(memory: ArrayBuffer): void {
    this.#worker.postMessage(memory, [memory]);
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #fail(error: Error): void {
    this.#failure ??= new StoreError(
      'DITS_STORE_IO',
      `the thread that reads small files has died: ${error.message}`,
      { hint: 'check how much memory is free, then run the command again', cause: error },
    );
    this.#wake?.();
  }
}
