/**
 * One stream of a QUIC connection: reads go straight from quiche into the reader's buffer, writes wait for quiche to
 * take them.
 *
 * The end of a stream needs care. quiche 0.18 takes a stream for done once all its bytes are acknowledged, even when the
 * frame that carries the end has been lost, or has not left (cloudflare/quiche issue 2525): the reader would wait for
 * ever. So the end always travels with a byte of data that is not acknowledged yet, or after all data has been: the last
 * byte written is kept back until the turn of the event loop is over, in case `end` follows, and an `end` that comes
 * later waits until the data must have arrived; the other half is not read before that end must have, too. On the
 * reading side quiche says nothing when the end comes with data that was there already, so whoever waits also asks
 * whether the stream has ended.
 */
import { ProtocolError, type ByteStream } from '../../protocol/index.ts';
import { quiche, isUnknownStream, streamErrorCode, type QuicheConnection } from './quiche.ts';

/** What a stream needs of its connection. */
export interface StreamHost {
  readonly native: QuicheConnection;
  /** There is something to send. */
  schedule(): void;
  /** Sends what is to be sent at once, before anything is read. */
  sendNow(): void;
  /** Calls `flushHeld` before the next packets leave. */
  holds(stream: QuicStream): void;
  /** How long data takes to be acknowledged, a loss included, in milliseconds. */
  settleMs(): number;
  /** Packets lost so far. */
  lostCount(): number;
  /** Whether everything that has left has been acknowledged. */
  isAllAcknowledged(): boolean;
  /** The error for calls after the end, undefined while the connection lasts. */
  lostError(): ProtocolError | undefined;
  /** Both directions are done: the stream can be forgotten. */
  onStreamDone(streamId: number): void;
}

type Pending<T> = {
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
};
type PendingRead = Pending<number> & { readonly into: Uint8Array };
type PendingWrite = Pending<void> & {
  readonly parts: readonly Uint8Array[];
  partIndex: number;
  offset: number;
};

/** An end that waits for the data before it to be acknowledged, or has left without data and waits for that itself. */
type LateEnd = { lostCount: number; timer: NodeJS.Timeout };

const NOTHING = new Uint8Array(0);
/** Looks for losses after a bare end, each after the time that a loss takes to show. */
const BARE_END_LOOKS = 8;

export type StreamOptions = {
  readonly canRead: boolean;
  readonly canWrite: boolean;
  readonly opener: 'local' | 'peer';
};

export class QuicStream implements ByteStream {
  readonly streamId: number;
  readonly #host: StreamHost;
  #read: PendingRead | undefined;
  #write: PendingWrite | undefined;
  #isReadDone: boolean;
  #isWriteDone: boolean;
  #hasEnd = false;
  /** False for a stream of the peer of which quiche has seen nothing yet. */
  #hasArrived: boolean;
  /** The last byte written, when it has not been handed to quiche. */
  #held: Uint8Array | undefined;
  #handedMs = -Infinity;
  #isEnding = false;
  #lateEnd: LateEnd | undefined;
  /** Set while a bare end may be lost. */
  #bareEnd: LateEnd | undefined;
  #readError: ProtocolError | undefined;
  #writeError: ProtocolError | undefined;

  constructor(streamId: number, host: StreamHost, options: StreamOptions) {
    this.streamId = streamId;
    this.#host = host;
    this.#hasArrived = options.opener === 'local';
    this.#isReadDone = !options.canRead;
    this.#isWriteDone = !options.canWrite;
  }

  get hasPendingWrite(): boolean {
    return (
      this.#write !== undefined ||
      this.#held !== undefined ||
      (this.#isEnding && !this.#isWriteDone)
    );
  }

  async read(into: Uint8Array): Promise<number> {
    if (this.#readError !== undefined) throw this.#readError;
    if (this.#hasEnd) return 0;
    if (this.#read !== undefined) throw new TypeError('a read of this stream is under way');
    if (into.length === 0) throw new TypeError('cannot read into an empty buffer');
    const count = this.#receive(into);
    if (count !== undefined) return count;
    const lost = this.#host.lostError();
    if (lost !== undefined) throw lost;
    return await new Promise<number>((resolve, reject) => {
      this.#read = { into, resolve, reject };
    });
  }

  stop(code: number): void {
    if (this.#isReadDone) return;
    this.#readError = new ProtocolError('DITS_PROTOCOL_STREAM_RESET', 'reading was stopped here');
    this.#shutdown(quiche.Shutdown.Read, code);
    this.#finishRead();
  }

  async write(parts: readonly Uint8Array[]): Promise<void> {
    this.#checkWritable();
    await new Promise<void>((resolve, reject) => {
      const filled = parts.filter((part) => part.length > 0);
      this.#write = { parts: filled, partIndex: 0, offset: 0, resolve, reject };
      this.pumpWrite();
      this.#host.schedule();
    });
  }

  /** Resolves when the end is decided; the connection's close waits until it has left. */
  async end(): Promise<void> {
    if (this.#isEnding || (this.#isWriteDone && this.#writeError === undefined)) return;
    this.#checkWritable();
    this.#isEnding = true;
    this.#tryEnd();
    this.#host.schedule();
    await Promise.resolve();
  }

  reset(code: number): void {
    if (this.#isWriteDone) return;
    this.#writeError = new ProtocolError('DITS_PROTOCOL_STREAM_RESET', 'writing was given up here');
    this.#shutdown(quiche.Shutdown.Write, code);
    this.#finishWrite();
  }

  /** quiche has something to read on this stream: data, the end, or a reset. */
  onReadable(): void {
    this.#hasArrived = true;
    this.pumpRead();
  }

  /** Serves a waiting reader, if there is something for it. */
  pumpRead(): void {
    const read = this.#read;
    if (read === undefined) return;
    try {
      const count = this.#receive(read.into);
      if (count === undefined) return;
      this.#read = undefined;
      read.resolve(count);
    } catch (error) {
      this.#read = undefined;
      read.reject(asError(error));
    }
  }

  /** Goes on with a waiting write or end, if quiche takes some. */
  pumpWrite(): void {
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
      // The peer stopped reading: the next write, or the end, is told so (`#writeError`).
    }
    return true;
  }

  /** The connection has ended: nobody waits any longer. */
  fail(error: ProtocolError): void {
    clearTimeout(this.#bareEnd?.timer);
    this.#bareEnd = undefined;
    this.pumpRead();
    this.#read?.reject(error);
    this.#read = undefined;
    this.#write?.reject(error);
    this.#write = undefined;
    clearTimeout(this.#lateEnd?.timer);
  }

  #checkWritable(): void {
    if (this.#writeError !== undefined) throw this.#writeError;
    const lost = this.#host.lostError();
    if (lost !== undefined) throw lost;
    if (this.#isWriteDone || this.#isEnding) throw new TypeError('the stream has been ended');
    if (this.#write !== undefined) throw new TypeError('a write to this stream is under way');
  }

  /** Takes bytes out of quiche: their count, 0 at the end, undefined when there are none yet. */
  #receive(into: Uint8Array): number | undefined {
    if (this.#isKeptUnread()) return undefined;
    let received: [number, boolean] | null;
    try {
      received = this.#host.native.streamRecv(this.streamId, into);
    } catch (error) {
      if (!isUnknownStream(error)) throw this.#onReadError(error);
      // Either the peer has opened the stream by opening a later one, and its own data is still on the way; or quiche
      // has forgotten the stream, which it does only after all of it has been read.
      received = null;
    }
    if (received === null) {
      if (!this.#hasArrived || !this.#host.native.streamFinished(this.streamId)) return undefined;
      received = [0, true];
    }
    const [count, isEnd] = received;
    // Reading makes room: the peer is to hear of it.
    this.#host.schedule();
    if (isEnd) {
      this.#hasEnd = true;
      this.#finishRead();
      return count;
    }
    return count === 0 ? undefined : count;
  }

  #onReadError(error: unknown): ProtocolError {
    const code = streamErrorCode(error, 'StreamReset');
    if (code === undefined) {
      return new ProtocolError('DITS_PROTOCOL_CONNECTION_LOST', 'the stream cannot be read', {
        cause: error,
      });
    }
    this.#readError = new ProtocolError(
      'DITS_PROTOCOL_STREAM_RESET',
      `the peer gave up the stream (code ${code})`,
      { details: { applicationCode: code } },
    );
    this.#finishRead();
    return this.#readError;
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
    if (this.#held !== undefined) this.#host.holds(this);
    return true;
  }

  /** Gives bytes to quiche and returns how many it took, 0 when it is full. */
  #hand(bytes: Uint8Array, isEnd = false): number {
    let count: number | null;
    try {
      count = this.#host.native.streamSend(this.streamId, bytes, isEnd);
    } catch (error) {
      // A stream of the peer whose own data is still on the way: quiche does not know it yet.
      if (isUnknownStream(error) && !this.#hasArrived) return 0;
      throw this.#onWriteError(error);
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
      this.#host.native.streamCapacity(this.streamId);
    } catch (cause) {
      if (!this.#hasArrived) return;
      throw this.#onWriteError(cause);
    }
  }

  #tryEnd(): void {
    if (this.#isWriteDone) return;
    try {
      if (this.#held !== undefined) {
        if (this.#hand(this.#held, true) === 0) return;
        this.#held = undefined;
        this.#finishWrite();
        return;
      }
      if (this.#lateEnd === undefined) this.#endLate();
    } catch {
      // The peer stopped reading, or the connection is lost: the end does not matter to it any more.
    }
  }

  /** Ends after data that has left already: at once when it must have been acknowledged, else when it must have been. */
  #endLate(): void {
    const lostCount = this.#host.lostCount();
    const hasNewLosses = this.#lateEnd !== undefined && this.#lateEnd.lostCount !== lostCount;
    const settleMs = this.#host.settleMs();
    const waitMs = hasNewLosses ? settleMs : this.#handedMs + settleMs - performance.now();
    if (waitMs > 0) {
      const timer = setTimeout(() => {
        this.#onLateEnd();
      }, waitMs);
      this.#lateEnd = { lostCount, timer };
      return;
    }
    this.#lateEnd = undefined;
    this.#host.native.streamSend(this.streamId, NOTHING, true);
    this.#host.sendNow();
    if (!this.#isReadDone) this.#keepUnread(BARE_END_LOOKS);
    this.#finishWrite();
    this.#host.schedule();
  }

  /**
   * Keeps the other half unread until a bare end must have arrived. quiche sends a lost one again, but counts it as
   * acknowledged: once the other half is read, it forgets the stream, lost end and all.
   */
  #keepUnread(looksLeft: number): void {
    const lostCount = this.#host.lostCount();
    const timer = setTimeout(() => {
      if (looksLeft > 1 && this.#host.lostCount() !== lostCount) {
        this.#keepUnread(looksLeft - 1);
        return;
      }
      this.#bareEnd = undefined;
      this.pumpRead();
    }, this.#host.settleMs());
    this.#bareEnd = { lostCount, timer };
  }

  /** Whether a bare end may still have to be sent again. Settled early when nothing at all is unacknowledged. */
  #isKeptUnread(): boolean {
    const end = this.#bareEnd;
    if (end === undefined) return false;
    const lostCount = this.#host.lostCount();
    const hasNewLosses = lostCount !== end.lostCount;
    end.lostCount = lostCount;
    // What has just been found to be lost is sent again in this very step, and unacknowledged from then on.
    if (hasNewLosses || !this.#host.isAllAcknowledged()) return true;
    clearTimeout(end.timer);
    this.#bareEnd = undefined;
    return false;
  }

  #onLateEnd(): void {
    if (this.#isWriteDone || this.#host.lostError() !== undefined) return;
    try {
      this.#endLate();
    } catch (error) {
      this.#onWriteError(error);
    }
  }

  #onWriteError(error: unknown): ProtocolError {
    const code = streamErrorCode(error, 'StreamStopped');
    const isStopped = code !== undefined || isUnknownStream(error);
    this.#writeError = isStopped
      ? new ProtocolError(
          'DITS_PROTOCOL_STREAM_RESET',
          `the peer does not read the stream any more (code ${code ?? 'unknown'})`,
          { cause: error, details: { applicationCode: code } },
        )
      : new ProtocolError('DITS_PROTOCOL_CONNECTION_LOST', 'the stream cannot be written', {
          cause: error,
        });
    this.#finishWrite();
    return this.#writeError;
  }

  #shutdown(direction: Parameters<QuicheConnection['streamShutdown']>[1], code: number): void {
    if (this.#host.lostError() !== undefined) return;
    try {
      this.#host.native.streamShutdown(this.streamId, direction, code);
    } catch (error) {
      // The stream had ended already, on this side or on the other: there is nothing left to give up.
      if (!isUnknownStream(error) && !(error instanceof Error)) throw error;
    }
    this.#host.schedule();
  }

  #finishRead(): void {
    this.#isReadDone = true;
    if (this.#readError !== undefined) this.#read?.reject(this.#readError);
    if (this.#readError !== undefined) this.#read = undefined;
    this.#forgetIfDone();
  }

  #finishWrite(): void {
    this.#isWriteDone = true;
    this.#held = undefined;
    clearTimeout(this.#lateEnd?.timer);
    if (this.#writeError !== undefined) this.#write?.reject(this.#writeError);
    if (this.#writeError !== undefined) this.#write = undefined;
    this.#forgetIfDone();
  }

  #forgetIfDone(): void {
    if (this.#isReadDone && this.#isWriteDone) this.#host.onStreamDone(this.streamId);
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
