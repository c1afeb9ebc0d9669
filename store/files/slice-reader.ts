/**
 * Reads a file in big slices, one ahead of the consumer, into buffers that are used again. Each buffer leaves room
 * before the slice, where the consumer puts the unfinished chunk of the slice before, so that every chunk lies in
 * one piece.
 */
import type { FileHandle } from 'node:fs/promises';
import { CHUNK_SIZE_MAX_BYTES } from '../chunking/chunk-profiles.ts';
import { observed } from './observed-promise.ts';
import { fileChanged, fileUnreadable } from './source-file.ts';

/** Big enough that a slice's few promises cost nothing beside its hashing. */
const SLICE_SIZE_BYTES: number = 4 * 1024 * 1024;

/** A part of a file in memory. */
export type Slice = {
  /** The whole buffer; the slice is its bytes from `start` to `end`. */
  readonly buffer: Buffer;
  readonly start: number;
  readonly end: number;
  readonly isLast: boolean;
};

/** One file, slice by slice. `next` must not be called again before it has resolved. */
export class SliceReader {
  readonly #handle: FileHandle;
  readonly #file: { readonly size: number; readonly path: string };
  readonly #headroom: number;
  readonly #free: Buffer[] = [];
  #offset = 0;
  #ahead: Promise<Slice> | undefined;

  constructor(handle: FileHandle, file: { readonly size: number; readonly path: string }) {
    this.#handle = handle;
    this.#file = file;
    this.#headroom = file.size > SLICE_SIZE_BYTES ? CHUNK_SIZE_MAX_BYTES : 0;
  }

  /**
   * The next slice. At least one comes, the last is marked; the one after it is read meanwhile.
   * @throws StoreError DITS_STORE_FILE_CHANGED when the file has become shorter, DITS_STORE_FILE_UNREADABLE
   */
  async next(): Promise<Slice> {
    const slice = await (this.#ahead ?? this.#read());
    this.#ahead = slice.isLast ? undefined : observed(this.#read());
    return slice;
  }

  /** Takes a slice's buffer back for a later slice. */
  recycle(slice: Slice): void {
    this.#free.push(slice.buffer);
  }

  /** Waits for the read under way, so that the handle can be closed and no buffer is written to any more. */
  async close(): Promise<void> {
    await Promise.allSettled([this.#ahead]);
    this.#ahead = undefined;
  }

  async #read(): Promise<Slice> {
    const { size, path } = this.#file;
    const length = Math.min(SLICE_SIZE_BYTES, size - this.#offset);
    const buffer = this.#free.pop() ?? Buffer.allocUnsafeSlow(this.#headroom + length);
    const start = this.#headroom;
    const end = start + length;
    for (let at = start; at < end;) {
      const { bytesRead } = await this.#handle
        .read(buffer, at, end - at, this.#offset)
        .catch((cause: unknown) => {
          throw fileUnreadable(path, cause);
        });
      if (bytesRead === 0) throw fileChanged(path);
      at += bytesRead;
      this.#offset += bytesRead;
    }
    return { buffer, start, end, isLast: this.#offset === size };
  }
}
