/** What taking a file in results in, and the counting that leads there. */
import type { NewObject, PutResult } from '../object-store.ts';
import type { FileContent } from '../objects/tree.ts';
import type { FileIdentity } from './source-file.ts';

/** A file that is in the store. Durable after the store's next `flush`. */
export type IngestedFile = {
  readonly content: FileContent;
  /** Bytes. */
  readonly size: number;
  /** BLAKE3-256 of the whole file, 64 hexadecimal digits: what `b3sum` prints. */
  readonly fileHash: string;
  /** Number of the profile it was cut with. */
  readonly profile: number;
  readonly chunkCount: number;
  /** Chunks the store did not hold before. */
  readonly newChunkCount: number;
  /** Their bytes, before compression. */
  readonly newBytes: number;
  /** Bytes the store appended for them. */
  readonly storedBytes: number;
  /** The file's state when it was read; undefined when the bytes did not come from a file. */
  readonly identity: FileIdentity | undefined;
};

/** How much of a file was new to the store. */
export class ChunkTally {
  chunkCount = 0;
  newChunkCount = 0;
  newBytes = 0;
  storedBytes = 0;

  /** Counts one chunk, given with what putting it did. */
  count(chunk: NewObject, result: PutResult): void {
    this.chunkCount += 1;
    if (!result.isNew) return;
    this.newChunkCount += 1;
    this.newBytes += chunk.bytes.length;
    this.storedBytes += result.storedSize;
  }

  totals(): Pick<IngestedFile, 'chunkCount' | 'newChunkCount' | 'newBytes' | 'storedBytes'> {
    const { chunkCount, newChunkCount, newBytes, storedBytes } = this;
    return { chunkCount, newChunkCount, newBytes, storedBytes };
  }
}
