/** Writes a file's bytes from the store into an open file: a few megabytes to a system call, read meanwhile. */
import type { FileHandle } from 'node:fs/promises';
import type { ObjectReader } from '../object-store.ts';
import type { FileContent } from '../objects/tree.ts';
import { StoreError } from '../store-error.ts';
import { BatchMemory } from './batch-memory.ts';
import { BATCH_SIZE_BYTES } from './content-plan.ts';
import { READ_AHEAD_BATCHES, readContentBatches, type ReadBatchesOptions } from './read-content.ts';

/** A batch, the headers of its records, and some holes between them that are read over. */
const PIECE_BYTES: number = BATCH_SIZE_BYTES + 256 * 1024;
/** What one file uses: the batch that is written and those that are read meanwhile. */
const PIECES_PER_FILE: number = READ_AHEAD_BATCHES + 1;

/** Memory for `writeContentTo` that is used again; for several files after one another, and so many at a time. */
export function contentMemory(filesAtATime: number): BatchMemory {
  return new BatchMemory(PIECE_BYTES, PIECES_PER_FILE * filesAtATime);
}

export type WriteContentOptions = Omit<ReadBatchesOptions, 'range'> & {
  /** Called with the bytes written since the last call, about once per 4 MiB. */
  readonly onProgress?: ((bytes: number) => void) | undefined;
};

/**
 * Writes the whole content from the file's beginning on, and returns its size. Neither truncates nor syncs: the caller
 * hands over a file that is empty, or sets its length after.
 * @throws as `readFileContent`, and what the operating system says of the file
 */
export async function writeContentTo(
  target: FileHandle,
  source: { readonly store: ObjectReader; readonly content: FileContent },
  options: WriteContentOptions = {},
): Promise<number> {
  let position = 0;
  for await (const pieces of readContentBatches(source.store, source.content, options)) {
    const written = await writePieces(target, pieces, position);
    position += written;
    options.onProgress?.(written);
  }
  return position;
}

/** Writes all pieces one after the other from `position` on; resolves with their length. */
export async function writePieces(
  target: FileHandle,
  pieces: readonly Uint8Array[],
  position: number,
): Promise<number> {
  const total = pieces.reduce((sum, piece) => sum + piece.length, 0);
  let done = 0;
  let rest = [...pieces];
  while (done < total) {
    const { bytesWritten } = await target.writev(rest, position + done);
    if (bytesWritten === 0) throw new StoreError('DITS_STORE_IO', 'a write took no bytes');
    done += bytesWritten;
    if (done < total) rest = dropFront(rest, bytesWritten);
  }
  return total;
}

/** What is left of the pieces after a write that took only `bytes` of them. */
function dropFront(pieces: readonly Uint8Array[], bytes: number): Uint8Array[] {
  let skipped = 0;
  return pieces.flatMap((piece) => {
    const from = Math.min(piece.length, Math.max(0, bytes - skipped));
    skipped += piece.length;
    return from === piece.length ? [] : [piece.subarray(from)];
  });
}
