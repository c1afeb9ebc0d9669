/** The reading half of a stream over yamux. */
import { ProtocolError, type ByteSource } from '../../protocol/index.ts';
import { UNREAD_MAX_BYTES } from './noise-limits.ts';

export type ReaderEvents = {
  /** Whether the peer should be let send more. */
  readonly onDemand: (isWanted: boolean) => void;
  /** The reader stopped. */
  readonly onStop: (code: number) => void;
};

type PendingRead = {
  readonly into: Uint8Array;
  readonly resolve: (count: number) => void;
  readonly reject: (error: Error) => void;
};

export class StreamReader implements ByteSource {
  readonly #events: ReaderEvents;
  #unread: Uint8Array[] = [];
  #unreadBytes = 0;
  #isWanted = true;
  #pending: PendingRead | undefined;
  #isEnded = false;
  #error: ProtocolError | undefined;

  constructor(events: ReaderEvents) {
    this.#events = events;
  }

  /** Nothing will be handed out any more. */
  get isOver(): boolean {
    return this.#error !== undefined || (this.#isEnded && this.#unread.length === 0);
  }

  get hasFailed(): boolean {
    return this.#error !== undefined;
  }

  async read(into: Uint8Array): Promise<number> {
    if (this.#pending !== undefined) throw new TypeError('a read of this stream is under way');
    if (into.length === 0) throw new TypeError('cannot read into an empty buffer');
    if (this.#unread.length > 0) return this.#take(into);
    if (this.#error !== undefined) throw this.#error;
    if (this.#isEnded) return 0;
    return await new Promise<number>((resolve, reject) => {
      this.#pending = { into, resolve, reject };
    });
  }

  stop(code: number): void {
    if (this.isOver) return;
    const isEnded = this.#isEnded;
    this.#drop(new ProtocolError('DITS_PROTOCOL_STREAM_RESET', 'reading was stopped here'));
    if (!isEnded) this.#events.onStop(code);
  }

  /** Takes what came in; the bytes must stay unchanged. After an error they are dropped. */
  accept(bytes: Uint8Array): void {
    if (this.#error !== undefined || this.#isEnded || bytes.length === 0) return;
    this.#unread.push(bytes);
    this.#unreadBytes += bytes.length;
    const read = this.#pending;
    if (read !== undefined) {
      this.#pending = undefined;
      read.resolve(this.#take(read.into));
    }
    if (this.#unreadBytes >= UNREAD_MAX_BYTES) this.#demand(false);
  }

  /** The peer has ended the stream in good order. */
  end(): void {
    this.#isEnded = true;
    this.#settle();
  }

  /** The connection is gone. What came before can still be read, and so can a good end. */
  fail(error: ProtocolError): void {
    if (!this.#isEnded) this.#error ??= error;
    this.#settle();
  }

  /** The peer gave the stream up: what came is dropped, and so is what comes. A good end before that stands. */
  abandon(error: ProtocolError): void {
    if (!this.#isEnded && this.#error === undefined) this.#drop(error);
  }

  #drop(error: ProtocolError): void {
    this.#error = error;
    this.#unread = [];
    this.#unreadBytes = 0;
    this.#demand(true);
    this.#settle();
  }

  #take(into: Uint8Array): number {
    let filled = 0;
    while (filled < into.length) {
      const piece = this.#unread[0];
      if (piece === undefined) break;
      const count = Math.min(piece.length, into.length - filled);
      into.set(count === piece.length ? piece : piece.subarray(0, count), filled);
      filled += count;
      if (count === piece.length) this.#unread.shift();
      else this.#unread[0] = piece.subarray(count);
    }
    this.#unreadBytes -= filled;
    if (this.#unreadBytes < UNREAD_MAX_BYTES) this.#demand(true);
    return filled;
  }

  #settle(): void {
    const read = this.#pending;
    if (read === undefined || this.#unread.length > 0) return;
    this.#pending = undefined;
    if (this.#error !== undefined) read.reject(this.#error);
    else read.resolve(0);
  }

  #demand(isWanted: boolean): void {
    if (isWanted === this.#isWanted) return;
    this.#isWanted = isWanted;
    this.#events.onDemand(isWanted);
  }
}
