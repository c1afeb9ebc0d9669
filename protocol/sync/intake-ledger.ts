/** The sink's side of the window: bytes taken in and not acknowledged, and which batch numbers have come. */
import { invalidMessage } from '../messages/wire-fields.ts';
import { ProtocolError } from '../protocol-error.ts';

/** How far batch numbers may run ahead over parallel streams; each stream holds one batch at a time. */
const OUT_OF_ORDER_MAX = 65_536;

export class IntakeLedger {
  readonly #windowBytes: number;
  readonly #early = new Set<number>();
  #unacknowledgedBytes = 0;
  #contiguous = 0;

  constructor(windowBytes: number) {
    this.#windowBytes = windowBytes;
  }

  /** Batches that have come. */
  get count(): number {
    return this.#contiguous + this.#early.size;
  }

  /** @throws ProtocolError DITS_PROTOCOL_INVALID_MESSAGE when the source overruns the window */
  reserve(bytes: number): void {
    if (this.#unacknowledgedBytes + bytes > this.#windowBytes) {
      throw invalidMessage(`overruns the window of ${this.#windowBytes} bytes`);
    }
    this.#unacknowledgedBytes += bytes;
  }

  release(bytes: number): void {
    this.#unacknowledgedBytes -= bytes;
  }

  /** @throws ProtocolError DITS_PROTOCOL_INVALID_MESSAGE for a number that came before or makes no sense */
  arrived(batch: number): void {
    if (batch <= this.#contiguous || this.#early.has(batch)) {
      throw invalidMessage(`uses batch number ${batch} twice`);
    }
    this.#early.add(batch);
    while (this.#early.delete(this.#contiguous + 1)) this.#contiguous++;
    if (this.#early.size > OUT_OF_ORDER_MAX) {
      throw new ProtocolError('DITS_PROTOCOL_TOO_LARGE', 'batch numbers have too many gaps');
    }
  }
}
