/** When a transfer that was cut off goes on, and how often and how soon it is tried (docs/adr/0017-going-on.md). */
import { DitsError } from '../../store/index.ts';

/** The first try comes this soon: a path that was switched is there again at once. */
const RETRY_FIRST_MS = 100;
/** Tries are never further apart, so that a path that comes back is not waited for longer than it was away. */
const RETRY_MAX_MS = 3_000;
/** Share of a pause that is left to chance, so that all who lost the same node do not come back in the same moment. */
const RETRY_JITTER = 0.5;
/** Bytes that must cross the link for a connection to count as one that got on. */
const PROGRESS_MIN_BYTES: number = 1024 * 1024;
/** Connections in a row, or repetitions on one, that may end without getting on: a peer that always hangs up. */
const FRUITLESS_MAX = 5;
/** Repetitions of one piece of work, however well each of them gets on: a peer that takes everything and keeps nothing. */
const REPETITIONS_MAX = 1_000;

/** Codes of failures that are the path's, not an answer. */
const LOSSES: ReadonlySet<string> = new Set([
  'DITS_PROTOCOL_CONNECTION_LOST',
  'DITS_PROTOCOL_STREAM_RESET',
  'DITS_PROTOCOL_TIMEOUT',
]);
/** Codes of failed tries to connect that another try may not meet. */
const PASSING: ReadonlySet<string> = new Set([
  ...LOSSES,
  'DITS_NODE_UNREACHABLE',
  'DITS_NODE_HOST_NOT_FOUND',
  'DITS_PROTOCOL_RATE_LIMITED',
]);
/** Close codes of a node that turns everybody away for the moment: it stops, or it has too many connections. */
const PASSING_CLOSE_CODES: ReadonlySet<unknown> = new Set([5, 16]);

/**
 * Whether work broke off because of the path to the peer, so that it may go on over another one. Work that stands still while
 * the peer is there is the peer's doing.
 */
export function isLoss(error: unknown): boolean {
  return error instanceof DitsError && LOSSES.has(error.code) && error.details['isStall'] !== true;
}

/** Whether a try to connect failed for a reason that may pass. A refusal never does. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof DitsError)) return false;
  if (error.code !== 'DITS_NODE_REFUSED') return PASSING.has(error.code);
  return PASSING_CLOSE_CODES.has(error.details['closeCode']);
}

/** Pauses between tries: doubled each time, with jitter, up to a bound. `random` is from 0 to 1. */
export class RetryDelays {
  readonly #random: () => number;
  #nextMs: number = RETRY_FIRST_MS;

  constructor(random: () => number) {
    this.#random = random;
  }

  next(): number {
    const delayMs = this.#nextMs * (1 - RETRY_JITTER * this.#random());
    this.#nextMs = Math.min(this.#nextMs * 2, RETRY_MAX_MS);
    return delayMs;
  }
}

/** Counts the repetitions of one piece of work. */
export class Repetitions {
  #count = 0;
  #fruitlessCount = 0;

  /** Notes a loss after this many bytes; false when enough has been tried. */
  mayGoOn(bytesMoved: number): boolean {
    this.#count++;
    this.#fruitlessCount = bytesMoved < PROGRESS_MIN_BYTES ? this.#fruitlessCount + 1 : 0;
    return this.#fruitlessCount < FRUITLESS_MAX && this.#count < REPETITIONS_MAX;
  }
}
