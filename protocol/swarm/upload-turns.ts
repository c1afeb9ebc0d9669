/**
 * Whose batch goes next, of all feeds that one node serves. A link shared by a thousand feeds at a time would give each its first chunk when
 * all of them have theirs; taking turns gives the first ones something to pass on at once. What was sent least goes first, so that a
 * crowd that asks one seed at random gets every chunk out once before any is sent again.
 */
import type { ObjectId } from '../../store/index.ts';
import type { Clock } from '../clock.ts';
import { SENT_COUNTS_MAX, TURN_MAX_MS, TURNS_AT_A_TIME } from './swarm-limits.ts';

type Turn = { readonly sinceMs: number };
type Waiting = {
  /** How often the chunk that this feed would send was sent before. */
  readonly urgency: () => number;
  readonly grant: (turn: Turn) => void;
};

export class UploadTurns {
  readonly #clock: Clock;
  readonly #turns = new Set<Turn>();
  /** In the order of coming. One for each feed at most. */
  readonly #waiting = new Set<Waiting>();
  readonly #sent = new Map<ObjectId, number>();
  #feedCount = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Notes that a feed is served; call what it returns when it has ended. */
  enter(): () => void {
    this.#feedCount++;
    return () => this.#feedCount--;
  }

  /** Whether no more than one feed is served: nobody else waits for the link, or for what is passed on. */
  get isAlone(): boolean {
    return this.#feedCount <= 1;
  }

  /** How often a chunk was sent, as far as that is remembered. */
  sentCount(id: ObjectId): number {
    return this.#sent.get(id) ?? 0;
  }

  /** Notes what is about to be sent. */
  note(ids: readonly ObjectId[]): void {
    for (const id of ids) this.#sent.set(id, this.sentCount(id) + 1);
    for (const id of this.#sent.keys()) {
      if (this.#sent.size <= SENT_COUNTS_MAX) break;
      this.#sent.delete(id);
    }
  }

  /** Waits for a turn; call what it resolves with when the batch was handed to the link. One wait a feed at a time. */
  async acquire(urgency: () => number, signal: AbortSignal): Promise<() => void> {
    let granted: Turn | undefined;
    let wake: (() => void) | undefined;
    const woken = new Promise<void>((resolve) => (wake = resolve));
    const waiting: Waiting = {
      urgency,
      grant: (turn) => {
        granted = turn;
        wake?.();
      },
    };
    this.#waiting.add(waiting);
    this.#grant();
    try {
      while (!this.#isGranted(granted)) {
        await this.#either(woken, signal);
        this.#grant();
      }
    } finally {
      this.#waiting.delete(waiting);
      if (signal.aborted && granted !== undefined) this.#end(granted);
    }
    const turn = granted;
    return () => this.#end(turn);
  }

  #isGranted(turn: Turn | undefined): turn is Turn {
    return turn !== undefined;
  }

  /** Until the turn comes, or time to look whether somebody has held one for too long. */
  async #either(woken: Promise<void>, signal: AbortSignal): Promise<void> {
    const timer = new AbortController();
    const slept = this.#clock.sleep(TURN_MAX_MS, AbortSignal.any([signal, timer.signal]));
    try {
      await Promise.race([woken, slept]);
    } finally {
      // Aborting the sleep rejects it, which is of interest to nobody once the turn has come.
      slept.catch(() => undefined);
      timer.abort();
    }
  }

  #grant(): void {
    const nowMs = this.#clock.now();
    for (const turn of this.#turns) {
      // A peer that does not read keeps its batch, but nobody else waiting.
      if (nowMs - turn.sinceMs >= TURN_MAX_MS) this.#turns.delete(turn);
    }
    while (this.#turns.size < TURNS_AT_A_TIME && this.#waiting.size > 0) {
      const next = this.#mostUrgent();
      const turn = { sinceMs: nowMs };
      this.#turns.add(turn);
      this.#waiting.delete(next);
      next.grant(turn);
    }
  }

  #mostUrgent(): Waiting {
    let best: Waiting | undefined;
    let least = Infinity;
    for (const waiting of this.#waiting) {
      const count = waiting.urgency();
      if (best !== undefined && count >= least) continue;
      best = waiting;
      least = count;
      if (least === 0) break;
    }
    return best!;
  }

  #end(turn: Turn): void {
    if (this.#turns.delete(turn)) this.#grant();
  }
}
