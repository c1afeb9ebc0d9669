/**
 * The one line on stderr that is rewritten while a verb works: phase, what is at hand, bytes, rate, time left, and what
 * deduplication saved. Drawn on a terminal only; elsewhere every call is free.
 */
import { printable } from './printable.ts';
import { formatBytes, formatRate, formatRemaining } from './quantities.ts';

/** What is known of the work at this moment. Everything but the phase may be absent. */
export type ProgressState = {
  readonly phase: string;
  /** The file or ref at hand. */
  readonly item?: string | undefined;
  readonly done?: number | undefined;
  readonly total?: number | undefined;
  readonly bytes?: number | undefined;
  readonly bytesTotal?: number | undefined;
  /** Bytes that did not have to be stored or sent. */
  readonly savedBytes?: number | undefined;
};

/** What the line is drawn on. */
interface ProgressTarget {
  readonly isTerminal: boolean;
  /** Columns, now. */
  width(): number;
  write(text: string): void;
}

export type ProgressDeps = { readonly target: ProgressTarget; readonly nowMs: () => number };

/** Ten drawings a second look smooth and cost nothing. */
const DRAW_INTERVAL_MS = 100;
/** Weight of the newest rate sample: settles in about two seconds, follows a change within one. */
const RATE_WEIGHT = 0.15;
/** Work shorter than this shows no line at all, so that quick commands do not flicker. */
const FIRST_DRAW_AFTER_MS = 300;
/** Time left is shown up to a day; beyond that it is a guess. */
const REMAINING_MAX_SECONDS = 24 * 3600;
/** Narrower terminals get no line. */
const WIDTH_MIN = 20;
const ERASE_LINE = '\r\u001b[2K';

/** The text for a state, cut to the width. Pure. */
export function progressText(state: ProgressState, bytesPerSecond: number, width: number): string {
  const parts = [countText(state), ...byteTexts(state, bytesPerSecond)];
  if ((state.savedBytes ?? 0) > 0) parts.push(`${formatBytes(state.savedBytes ?? 0)} saved`);
  const shown = parts.filter((part) => part !== '').join(', ');
  const numbers = shown === '' ? state.phase : `${state.phase}: ${shown}`;
  const room = width - 1 - numbers.length - 2;
  const item = state.item === undefined ? '' : fitTail(printable(state.item), room);
  return (item === '' ? numbers : `${numbers}  ${item}`).slice(0, width - 1);
}

function countText({ done, total }: ProgressState): string {
  if (total !== undefined && total > 0) return `${done ?? 0}/${total}`;
  return done === undefined ? '' : String(done);
}

function byteTexts({ bytes, bytesTotal }: ProgressState, bytesPerSecond: number): string[] {
  if (bytes === undefined) return [];
  const total = bytesTotal === undefined ? '' : ` of ${formatBytes(bytesTotal)}`;
  const parts = [`${formatBytes(bytes)}${total}`];
  if (bytesPerSecond <= 0) return parts;
  parts.push(formatRate(bytesPerSecond));
  const left = ((bytesTotal ?? 0) - bytes) / bytesPerSecond;
  if (left > 0 && left < REMAINING_MAX_SECONDS) parts.push(`${formatRemaining(left)} left`);
  return parts;
}

/** The end of a path says more than its beginning. */
function fitTail(text: string, room: number): string {
  const MINIMUM_USEFUL = 8;
  if (room < MINIMUM_USEFUL) return '';
  return text.length <= room ? text : `…${text.slice(text.length - room + 1)}`;
}

export class ProgressLine {
  readonly #deps: ProgressDeps;
  readonly #startedMs: number;
  #state: ProgressState | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isDrawn = false;
  #rate = 0;
  #sample: { readonly phase: string; readonly bytes: number; readonly atMs: number } | undefined;

  constructor(deps: ProgressDeps) {
    this.#deps = deps;
    this.#startedMs = deps.nowMs();
  }

  /** Takes the newest state; drawing happens on its own clock. */
  readonly update = (state: ProgressState): void => {
    if (!this.#deps.target.isTerminal) return;
    this.#state = state;
    if (this.#timer !== undefined) return;
    this.#timer = setInterval(() => this.#draw(), DRAW_INTERVAL_MS);
    this.#timer.unref();
  };

  /** Takes the line away, because other text is about to be written or the work is over. It comes back by itself. */
  readonly clear = (): void => {
    if (!this.#isDrawn) return;
    this.#isDrawn = false;
    this.#deps.target.write(ERASE_LINE);
  };

  /** Takes the line away until the next update, because somebody is asked something. */
  pause(): void {
    this.#state = undefined;
    this.clear();
  }

  /** Ends drawing for good. */
  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#state = undefined;
    this.clear();
  }

  #draw(): void {
    const state = this.#state;
    const nowMs = this.#deps.nowMs();
    const width = this.#deps.target.width();
    if (state === undefined || width < WIDTH_MIN) return;
    if (nowMs - this.#startedMs < FIRST_DRAW_AFTER_MS) return;
    this.#measure(state, nowMs);
    this.#isDrawn = true;
    this.#deps.target.write(`${ERASE_LINE}${progressText(state, this.#rate, width)}`);
  }

  #measure(state: ProgressState, nowMs: number): void {
    const bytes = state.bytes ?? 0;
    const last = this.#sample;
    this.#sample = { phase: state.phase, bytes, atMs: nowMs };
    if (last?.phase !== state.phase || bytes < last.bytes) {
      this.#rate = 0;
      return;
    }
    if (nowMs <= last.atMs) return;
    const rate = ((bytes - last.bytes) * 1000) / (nowMs - last.atMs);
    this.#rate = this.#rate === 0 ? rate : this.#rate + (rate - this.#rate) * RATE_WEIGHT;
  }
}
