/** Tells the caller, and now and then the sink, how far a source has come. */
import type { Clock } from '../clock.ts';
import type { SyncTotals } from '../messages/sync.ts';
import { PROGRESS_INTERVAL_MS } from '../session/session-limits.ts';
import type { SourceTotals } from './source-totals.ts';
import type { SyncPhase, SyncProgressCallback } from './sync-progress.ts';

export type SourceProgressDeps = {
  readonly clock: Clock;
  readonly totals: SourceTotals;
  readonly onProgress: SyncProgressCallback | undefined;
  readonly sendTotals: (totals: SyncTotals) => Promise<void>;
};

export class SourceProgress {
  readonly #deps: SourceProgressDeps;
  readonly #startMs: number;
  #phase: SyncPhase = 'negotiating';
  #isTotalKnown = false;
  #reportedMs = 0;

  constructor(deps: SourceProgressDeps) {
    this.#deps = deps;
    this.#startMs = deps.clock.now();
  }

  get elapsedMs(): number {
    return this.#deps.clock.now() - this.#startMs;
  }

  /** Everything that belongs to the transfer has been found. */
  foundAll(): void {
    this.#isTotalKnown = true;
  }

  /** Reports each new phase, and within one as often as makes sense to a reader. */
  async report(phase: SyncPhase): Promise<void> {
    const nowMs = this.#deps.clock.now();
    const isPhaseNew = phase !== this.#phase;
    if (!isPhaseNew && nowMs - this.#reportedMs < PROGRESS_INTERVAL_MS) return;
    this.#phase = phase;
    this.#reportedMs = nowMs;
    const totals = this.#deps.totals.snapshot();
    this.#deps.onProgress?.({
      phase,
      totals,
      isTotalKnown: this.#isTotalKnown,
      objects: totals.objectsSent,
      chunks: totals.chunksSent,
      bytes: totals.sentBytes,
      elapsedMs: this.elapsedMs,
    });
    if (phase === 'transferring' && !isPhaseNew) await this.#deps.sendTotals(totals);
  }
}
