/** The half of a QUIC stream that is written, and its end, which must not be lost (quic-stream.ts). */
import { ProtocolError } from '../../protocol/index.ts';
import { quiche, isUnknownStream, streamErrorCode } from './quiche.ts';
import { asError, type HoldingWriter, type Pending, type StreamCore } from './stream-core.ts';

type PendingWrite = Pending<void> & {
  readonly parts: readonly Uint8Array[];
  partIndex: number;
  offset: number;
};

/** An end that waits for the data before it to be acknowledged. */
type LateEnd = { readonly lostCount: number; readonly timer: NodeJS.Timeout };

const NOTHING = new Uint8Array(0);

export type WritingHalfCallbacks = {
  /** An end has left without data. */
  readonly onBareEnd: () => void;
  /** Nothing more will be written. */
  readonly onDone: () => void;
};

export class WritingHalf implements HoldingWriter {
  readonly #core: StreamCore;
  readonly #callbacks: WritingHalfCallbacks;
  #write: PendingWrite | undefined;
  #isDone: boolean;
  /** The last byte written, when it has not been handed to quiche. */
  #held: Uint8Array | undefined;
  #handedMs = -Infinity;
  #isEnding = false;
  #lateEnd: LateEnd | undefined;
  #error: ProtocolError | undefined;

  constructor(
    core: StreamCore,
    { canWrite, ...callbacks }: WritingHalfCallbacks & { readonly canWrite: boolean },
  ) {
    this.#core = core;
    this.#callbacks = callbacks;
    this.#isDone = !canWrite;
  }

  get isDone(): boolean {
    return this.#isDone;
  }

  get hasPending(): boolean {
    return (
      this.#write !== undefined || this.#held !== undefined || (this.#isEnding && !this.#isDone)
    );
  }

  async write(parts: readonly Uint8Array[]): Promise<void> {
    this.#checkWritable();
    await new Promise<void>((resolve, reject) => {
      const filled = parts.filter((part) => part.length > 0);
      this.#write = { parts: filled, partIndex: 0, offset: 0, resolve, reject };
      this.pump();
      this.#core.host.schedule();
    });
  }

  /** Resolves when the end is decided; the connection's close waits until it has left. */
  async end(): Promise<void> {
    if (this.#isEnding || (this.#isDone && this.#error === undefined)) return;
    this.#checkWritable();
    this.#isEnding = true;
    this.#tryEnd();
    this.#core.host.schedule();
    await Promise.resolve();
  }

  reset(code: number): void {
    if (this.#isDone) return;
    this.#error = new ProtocolError('DITS_PROTOCOL_STREAM_RESET', 'writing was given up here');
    this.#core.shutdown(quiche.Shutdown.Write, code);
    this.#finish();
  }

  /** Goes on with a waiting write or end, if quiche takes some. */
  pump(): void {
    const write = this.#write;
    if (write === undefined) {
      if (this.#isEnding) this.#tryEnd();
      return;
    }
    try {
      if (!this.#accept(write)) return;
      this.#write = undefined;
      write.resolve();
    } catch (error) {
      this.#write = undefined;
      write.reject(asError(error));
    }
  }

  /** Hands over the byte that was kept back; false when it has to be tried again. */
  flushHeld(): boolean {
    if (this.#held === undefined || this.#isEnding) return true;
    try {
      if (this.#hand(this.#held) === 0) return false;
      this.#held = undefined;
    } catch {
      // The peer stopped reading: the next write, or the end, is told so (`#error`).
    }
    return true;
  }

  /** The connection has ended: nobody waits any longer. */
  fail(error: ProtocolError): void {
    this.#write?.reject(error);
    this.#write = undefined;
    clearTimeout(this.#lateEnd?.timer);
  }

  #checkWritable(): void {
    if (this.#error !== undefined) throw this.#error;
    const lost = this.#core.host.lostError();
    if (lost !== undefined) throw lost;
    if (this.#isDone || this.#isEnding) throw new TypeError('the stream has been ended');
    if (this.#write !== undefined) throw new TypeError('a write to this stream is under way');
  }

  /** Hands all of a write to quiche except its last byte, which is kept back; true when that is done. */
  #accept(write: PendingWrite): boolean {
    if (this.#held !== undefined && write.parts.length > 0) {
      if (this.#hand(this.#held) === 0) return false;
      this.#held = undefined;
    }
    const lastIndex = write.parts.length - 1;
    for (; write.partIndex <= lastIndex; write.partIndex++, write.offset = 0) {
      const part = write.parts[write.partIndex]!;
      const until = write.partIndex === lastIndex ? part.length - 1 : part.length;
      while (write.offset < until) {
        const count = this.#hand(part.subarray(write.offset, until));
        if (count === 0) return false;
        write.offset += count;
      }
      if (write.partIndex === lastIndex) this.#held = Uint8Array.of(part[until]!);
    }
    if (this.#held !== undefined) this.#core.host.holds(this);
    return true;
  }

  /** Gives bytes to quiche and returns how many it took, 0 when it is full. */
  #hand(bytes: Uint8Array, isEnd = false): number {
    let count: number | null;
    try {
      count = this.#core.host.native.streamSend(this.#core.streamId, bytes, isEnd);
    } catch (error) {
      // A stream of the peer whose own data is still on the way: quiche does not know it yet.
      if (isUnknownStream(error) && !this.#core.hasArrived) return 0;
      throw this.#onError(error);
    }
    if (count === null || count === 0) {
      this.#checkNotForgotten();
      return 0;
    }
    this.#handedMs = performance.now();
    return count;
  }

  /**
   * quiche says "full" for a stream that it has forgotten, too. It forgets one that can still be written only when the
   * peer has asked to stop, and nothing is left to be read.
   */
  #checkNotForgotten(): void {
    try {
      this.#core.host.native.streamCapacity(this.#core.streamId);
    } catch (cause) {
      if (!this.#core.hasArrived) return;
      throw this.#onError(cause);
    }
  }

  #tryEnd(): void {
    if (this.#isDone) return;
    try {
      if (this.#held !== undefined) {
        if (this.#hand(this.#held, true) === 0) return;
        this.#held = undefined;
        this.#finish();
        return;
      }
      if (this.#lateEnd === undefined) this.#endLate();
    } catch {
      // The peer stopped reading, or the connection is lost: the end does not matter to it any more.
    }
  }

  /** Ends after data that has left already: at once when it must have been acknowledged, else when it must have been. */
  #endLate(): void {
    const lostCount = this.#core.host.lostCount();
    const hasNewLosses = this.#lateEnd !== undefined && this.#lateEnd.lostCount !== lostCount;
    const settleMs = this.#core.host.settleMs();
    const waitMs = hasNewLosses ? settleMs : this.#handedMs + settleMs - performance.now();
    if (waitMs > 0) {
      const timer = setTimeout(() => {
        this.#onLateEnd();
      }, waitMs);
      this.#lateEnd = { lostCount, timer };
      return;
    }
    this.#lateEnd = undefined;
    this.#core.host.native.streamSend(this.#core.streamId, NOTHING, true);
    this.#core.host.sendNow();
    this.#callbacks.onBareEnd();
    this.#finish();
    this.#core.host.schedule();
  }

  #onLateEnd(): void {
    if (this.#isDone || this.#core.host.lostError() !== undefined) return;
    try {
      this.#endLate();
    } catch (error) {
      this.#onError(error);
    }
  }

  #onError(error: unknown): ProtocolError {
    const code = streamErrorCode(error, 'StreamStopped');
    const isStopped = code !== undefined || isUnknownStream(error);
    this.#error = isStopped
      ? new ProtocolError(
          'DITS_PROTOCOL_STREAM_RESET',
          `the peer does not read the stream any more (code ${code ?? 'unknown'})`,
          { cause: error, details: { applicationCode: code } },
        )
      : new ProtocolError('DITS_PROTOCOL_CONNECTION_LOST', 'the stream cannot be written', {
          cause: error,
        });
    this.#finish();
    return this.#error;
  }

  #finish(): void {
    this.#isDone = true;
    this.#held = undefined;
    clearTimeout(this.#lateEnd?.timer);
    if (this.#error !== undefined) this.#write?.reject(this.#error);
    if (this.#error !== undefined) this.#write = undefined;
    this.#callbacks.onDone();
  }
}
