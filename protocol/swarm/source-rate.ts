/** How fast a source gives what it is asked for: only time in which something is asked for counts. */
import type { Clock } from '../clock.ts';
import {
  RATE_SAMPLE_MS,
  SOURCE_AHEAD_MAX_BYTES,
  SOURCE_AHEAD_MIN_BYTES,
  SOURCE_AHEAD_MS,
  SOURCE_AHEAD_START_BYTES,
} from './swarm-limits.ts';

/** Weight of the newest sample: a change of rate shows after some samples, a single odd one does not. */
const SAMPLE_WEIGHT = 0.3;
/** Samples that must have passed without a byte before the one that has begun counts. */
const LATE_SAMPLES = 4;

export class SourceRate {
  readonly #clock: Clock;
  #bytesPerMs: number | undefined;
  #busySinceMs: number | undefined;
  #sampleMs = 0;
  #sampleBytes = 0;
  #pastBusyMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Something is asked for from here on. */
  busy(): void {
    this.#busySinceMs ??= this.#clock.now();
  }

  /** Nothing is asked for any more. */
  idle(): void {
    this.#settle();
    this.#busySinceMs = undefined;
  }

  /** Bytes came. */
  add(bytes: number): void {
    this.#sampleBytes += bytes;
    this.#settle();
    // What was wanted at first has come: no reason to leave a fast line idle until a sample is due.
    const isFirst = this.#bytesPerMs === undefined && this.#sampleBytes >= SOURCE_AHEAD_START_BYTES;
    if (this.#sampleMs === 0 || (this.#sampleMs < RATE_SAMPLE_MS && !isFirst)) return;
    const sample = this.#sampleBytes / this.#sampleMs;
    const old = this.#bytesPerMs;
    this.#bytesPerMs = old === undefined ? sample : old + SAMPLE_WEIGHT * (sample - old);
    this.#sampleMs = 0;
    this.#sampleBytes = 0;
  }

  /** Milliseconds in which something was asked for. */
  get busyMs(): number {
    this.#settle();
    return this.#pastBusyMs;
  }

  /** Bytes a millisecond; undefined before the first sample. */
  get bytesPerMs(): number | undefined {
    this.#settle();
    if (this.#sampleMs < LATE_SAMPLES * RATE_SAMPLE_MS) return this.#bytesPerMs;
    const late = this.#sampleBytes / this.#sampleMs;
    return Math.min(late, this.#bytesPerMs ?? late);
  }

  /** Bytes that the source should be asked for in advance. */
  get aheadBytes(): number {
    const rate = this.bytesPerMs;
    if (rate === undefined) return SOURCE_AHEAD_START_BYTES;
    const wanted = rate * SOURCE_AHEAD_MS;
    return Math.min(SOURCE_AHEAD_MAX_BYTES, Math.max(SOURCE_AHEAD_MIN_BYTES, wanted));
  }

  #settle(): void {
    if (this.#busySinceMs === undefined) return;
    const nowMs = this.#clock.now();
    this.#sampleMs += nowMs - this.#busySinceMs;
    this.#pastBusyMs += nowMs - this.#busySinceMs;
    this.#busySinceMs = nowMs;
  }
}
