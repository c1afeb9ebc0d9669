/** What happened in a run, in order: a running hash that tells two runs apart, and the last lines for people. */
import type { VirtualClock } from './virtual-clock.ts';

/** Lines kept for the report of a failure. */
const LINES_KEPT = 60;

/** FNV-1a, 32 bits: <http://www.isthe.com/chongo/tech/comp/fnv/>. */
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

export class Trace {
  readonly #clock: VirtualClock;
  readonly #tell: ((line: string) => void) | undefined;
  readonly #lines: string[] = [];
  #hash = FNV_OFFSET;
  #count = 0;

  /** `tell` is given every line that `say` is. */
  constructor(clock: VirtualClock, tell?: (line: string) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  /** Everything so far, as 8 hexadecimal digits. */
  get hash(): string {
    return (this.#hash >>> 0).toString(16).padStart(8, '0');
  }

  /** Events so far. */
  get count(): number {
    return this.#count;
  }

  /** The last things said. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  /** Notes an event of which there are very many. */
  note(event: string): void {
    this.#count++;
    let hash = this.#hash;
    const text = `${this.#clock.now()} ${event}`;
    for (let at = 0; at < text.length; at++) {
      hash = Math.imul(hash ^ text.charCodeAt(at), FNV_PRIME);
    }
    this.#hash = hash;
  }

  /** Notes an event that a person would want to know of. */
  say(event: string): void {
    this.note(event);
    const line = `${this.#clock.now().toFixed(1).padStart(12)} ms  ${event}`;
    this.#lines.push(line);
    if (this.#lines.length > LINES_KEPT) this.#lines.shift();
    this.#tell?.(line);
  }
}
