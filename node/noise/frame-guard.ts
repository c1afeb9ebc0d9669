/**
 * Watches the frames that yamux gets, and catches what it would put up with: it collects a data frame whole before it
 * looks at the window, and it answers without end a peer that asks and does not read. See the yamux specification for the
 * header.
 */
import { FRAMES_UNANSWERED_MAX, WINDOW_MAX_BYTES } from './noise-limits.ts';

const HEADER_BYTES = 12;
const TYPE_OFFSET = 1;
const LENGTH_OFFSET = 8;
const TYPE_DATA = 0;

export class FrameGuard {
  readonly #header: Buffer = Buffer.alloc(HEADER_BYTES);
  #filled = 0;
  /** Bytes of data until the next header. */
  #skip = 0;
  readonly #isLinkFull: () => boolean;
  /** Frames since the link was last found to have room for answers. */
  #unansweredCount = 0;

  constructor(isLinkFull: () => boolean) {
    this.#isLinkFull = isLinkFull;
  }

  /** Looks at what came in; false when yamux must not see it. */
  isHarmless(bytes: Uint8Array): boolean {
    if (!this.#isLinkFull()) this.#unansweredCount = 0;
    let at = 0;
    while (at < bytes.length) {
      if (this.#skip > 0) {
        const skipped = Math.min(this.#skip, bytes.length - at);
        this.#skip -= skipped;
        at += skipped;
        continue;
      }
      const taken = Math.min(HEADER_BYTES - this.#filled, bytes.length - at);
      this.#header.set(bytes.subarray(at, at + taken), this.#filled);
      this.#filled += taken;
      at += taken;
      if (this.#filled < HEADER_BYTES) return true;
      this.#filled = 0;
      if (++this.#unansweredCount > FRAMES_UNANSWERED_MAX) return false;
      if (this.#header[TYPE_OFFSET] !== TYPE_DATA) continue;
      this.#skip = this.#header.readUInt32BE(LENGTH_OFFSET);
      if (this.#skip > WINDOW_MAX_BYTES) return false;
    }
    return true;
  }
}
