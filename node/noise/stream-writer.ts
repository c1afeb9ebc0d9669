/** The writing half of a stream over yamux. */
import type { Stream } from '@libp2p/interface';
import { ProtocolError, type ByteSink } from '../../protocol/index.ts';
import { WRITE_PIECE_BYTES } from './noise-limits.ts';

export type WriterEvents = {
  /** Whether the link has enough to send: yamux tells only the streams that it had when the link became full. */
  readonly isLinkFull: () => boolean;
  /** The writer gave the stream up. */
  readonly onReset: (code: number) => void;
  /** Nothing will be written any more. */
  readonly onOver: () => void;
};

export class StreamWriter implements ByteSink {
  readonly #stream: Stream;
  readonly #events: WriterEvents;
  #isEnded = false;
  #isWriting = false;
  #error: ProtocolError | undefined;
  #wake: (() => void) | undefined;

  constructor(stream: Stream, events: WriterEvents) {
    this.#stream = stream;
    this.#events = events;
    const wake = (): void => {
      this.#wake?.();
    };
    for (const event of ['drain', 'idle', 'close'] as const) stream.addEventListener(event, wake);
  }

  get isOver(): boolean {
    return this.#isEnded || this.#error !== undefined;
  }

  get hasEndedWell(): boolean {
    return this.#isEnded && this.#error === undefined;
  }

  async write(parts: readonly Uint8Array[]): Promise<void> {
    this.#check();
    if (this.#isWriting) throw new TypeError('a write to this stream is under way');
    this.#isWriting = true;
    try {
      for (const piece of piecesToSend(parts)) {
        // Nothing may come between finding room and using it: all streams are told of room at once.
        while (this.#mustWait()) await this.#change();
        if (this.#error === undefined) this.#stream.send(piece);
        while (this.#mustWait()) await this.#change();
        if (this.#error !== undefined) throw this.#error;
      }
    } catch (error) {
      throw error instanceof ProtocolError ? error : (this.#error ?? lost(error));
    } finally {
      this.#isWriting = false;
    }
  }

  async end(): Promise<void> {
    if (this.#isEnded) return;
    this.#check();
    this.#isEnded = true;
    try {
      await this.#stream.close();
    } catch (error) {
      throw this.#error ?? lost(error);
    } finally {
      this.#events.onOver();
    }
  }

  reset(code: number): void {
    if (this.isOver) return;
    this.#events.onReset(code);
    this.fail(new ProtocolError('DITS_PROTOCOL_STREAM_RESET', 'writing was given up here'));
  }

  /** Nobody takes what is written any more. */
  fail(error: ProtocolError): void {
    if (this.#error !== undefined) return;
    this.#error = error;
    this.#wake?.();
    if (!this.#isEnded) this.#events.onOver();
  }

  #check(): void {
    if (this.#error !== undefined) throw this.#error;
    if (this.#isEnded) throw new TypeError('the stream has been ended');
  }

  /** Whether yamux or the link has not taken yet what was written. */
  #mustWait(): boolean {
    const { status, writeBufferLength, writableNeedsDrain } = this.#stream;
    if (this.#error !== undefined || (status !== 'open' && status !== 'closing')) return false;
    return writeBufferLength > 0 || writableNeedsDrain || this.#events.isLinkFull();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}

/** Pieces of the size that makes one Noise message; small parts are put together. */
function* piecesToSend(parts: readonly Uint8Array[]): Generator<Uint8Array> {
  let small: Uint8Array[] = [];
  let smallBytes = 0;
  for (const part of parts) {
    for (let at = 0; at < part.length;) {
      const piece = part.subarray(at, at + WRITE_PIECE_BYTES - smallBytes);
      at += piece.length;
      small.push(piece);
      smallBytes += piece.length;
      if (smallBytes < WRITE_PIECE_BYTES) continue;
      yield joined(small);
      small = [];
      smallBytes = 0;
    }
  }
  if (smallBytes > 0) yield joined(small);
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
}

function lost(cause: unknown): ProtocolError {
  const what = 'the stream cannot be written';
  return new ProtocolError('DITS_PROTOCOL_CONNECTION_LOST', what, { cause });
}
