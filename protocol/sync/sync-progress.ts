/** What a transfer reports while it runs and when it is done. */
import type { SyncTotals } from '../messages/sync.ts';

/** Where a transfer is. */
export type SyncPhase = 'negotiating' | 'transferring' | 'committing' | 'done';

/** A snapshot of a transfer. Counts grow until `isTotalKnown`; rates follow from two snapshots and a clock. */
export type SyncProgress = {
  readonly phase: SyncPhase;
  /** What the source has found so far. */
  readonly totals: SyncTotals;
  /** Whether the source has found everything. */
  readonly isTotalKnown: boolean;
  /** Objects that went over the link so far, chunks among them: sent, or received. */
  readonly objects: number;
  readonly chunks: number;
  /** Payload bytes of these objects, in stored form. */
  readonly bytes: number;
  /** Milliseconds since the transfer began. */
  readonly elapsedMs: number;
};

export type SyncProgressCallback = (progress: SyncProgress) => void;

/** Of a kind of thing in a transfer: how many there are, went over the link, and were there before. */
export type SyncCounts = {
  readonly total: number;
  readonly transferred: number;
  readonly present: number;
};

/** The outcome of a transfer. */
export type SyncReport = {
  /** Every object, chunks among them. */
  readonly objects: SyncCounts;
  readonly chunks: SyncCounts;
  readonly bytes: {
    /** Raw bytes of all chunks of the transfer. */ readonly logical: number;
    /** Payload bytes that went over the link, in stored form. */ readonly transferred: number;
  };
  readonly elapsedMs: number;
};

export const NO_TOTALS: SyncTotals = {
  objects: 0,
  chunks: 0,
  objectsSent: 0,
  chunksSent: 0,
  logicalBytes: 0,
  sentBytes: 0,
};

/** The report that follows from a source's totals. */
export function reportOf(totals: SyncTotals, elapsedMs: number): SyncReport {
  return {
    objects: countsOf(totals.objects, totals.objectsSent),
    chunks: countsOf(totals.chunks, totals.chunksSent),
    bytes: { logical: totals.logicalBytes, transferred: totals.sentBytes },
    elapsedMs,
  };
}

/** The report of transfers made one after the other. */
export function sumReports(reports: readonly SyncReport[]): SyncReport {
  return reports.reduce<SyncReport>(
    (sum, one) => ({
      objects: addCounts(sum.objects, one.objects),
      chunks: addCounts(sum.chunks, one.chunks),
      bytes: {
        logical: sum.bytes.logical + one.bytes.logical,
        transferred: sum.bytes.transferred + one.bytes.transferred,
      },
      elapsedMs: sum.elapsedMs + one.elapsedMs,
    }),
    reportOf(NO_TOTALS, 0),
  );
}

function addCounts(a: SyncCounts, b: SyncCounts): SyncCounts {
  return {
    total: a.total + b.total,
    transferred: a.transferred + b.transferred,
    present: a.present + b.present,
  };
}

function countsOf(total: number, transferred: number): SyncCounts {
  return { total, transferred, present: Math.max(0, total - transferred) };
}
