/** Time as the protocol sees it: handed in, so that tests and `simulations/` run on a virtual one. */
export interface Clock {
  /** Milliseconds on a clock that never goes backwards; only differences mean anything. */
  now(): number;
  /** Resolves after `ms` milliseconds. Rejects with `signal.reason` as soon as the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}
