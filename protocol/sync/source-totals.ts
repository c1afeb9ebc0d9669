/** Counts of what a source has found and sent; the owner of the numbers behind progress and report. */
import type { ObjectRecord } from '../../store/index.ts';
import type { SyncTotals } from '../messages/sync.ts';
import type { Candidate } from './candidate.ts';

export class SourceTotals {
  #objects = 0;
  #chunks = 0;
  #logicalBytes = 0;
  #objectsSent = 0;
  #chunksSent = 0;
  #sentBytes = 0;

  /** Counts objects of the transfer, whether they need sending or not. */
  found(candidates: readonly Candidate[]): void {
    this.#objects += candidates.length;
    for (const candidate of candidates) {
      if (candidate.kind !== 'chunk') continue;
      this.#chunks++;
      this.#logicalBytes += candidate.rawSize ?? 0;
    }
  }

  /** Counts records handed to the link. */
  sent(records: readonly ObjectRecord[]): void {
    this.#objectsSent += records.length;
    for (const record of records) {
      if (record.kind === 'chunk') this.#chunksSent++;
      this.#sentBytes += record.stored.length;
    }
  }

  snapshot(): SyncTotals {
    return {
      objects: this.#objects,
      chunks: this.#chunks,
      objectsSent: this.#objectsSent,
      chunksSent: this.#chunksSent,
      logicalBytes: this.#logicalBytes,
      sentBytes: this.#sentBytes,
    };
  }
}
