/** One stream of a QUIC connection: reads go straight from quiche into the reader's buffer, writes wait for quiche to take them. */
import { ProtocolError, type ByteStream } from '../../protocol/index.ts';
import { quiche, isUnknownStream, streamErrorCode, type QuicheConnection } from './quiche.ts';

/** What a stream needs of its connection. */
export interface StreamHost {
  readonly native: QuicheConnection;
  /** There is something to send. */
  schedule(): void;
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
  readonly isEnd: boolean;
};

const NOTHING = new Uint8Array(0);

export type StreamDirections = { readonly canRead: boolean; readonly canWrite: boolean };

export class QuicStream implements ByteStream {
  readonly streamId: number;
  readonly #host: StreamHost;
  #read: PendingRead | undefined;
  #write: PendingWrite | undefined;
  #isReadDone: boolean;
  #isWriteDone: boolean;
  #hasEnd = false;
  #readError: ProtocolError | undefined;
  #writeError: ProtocolError | undefined;

  constructor(streamId: number, host: StreamHost, directions: StreamDirections) {
    this.streamId = streamId;
    this.#host = host;
    this.#isReadDone = !directions.canRead;
    this.#isWriteDone = !directions.canWrite;
  }

  get hasPendingWrite(): boolean {
    return this.#write !== undefined;
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
    await this.#enqueue(parts, false);
  }

  async end(): Promise<void> {
    if (this.#isWriteDone && this.#writeError === undefined) return;
    await this.#enqueue([], true);
  }

  reset(code: number): void {
    if (this.#isWriteDone) return;
    this.#writeError = new ProtocolError('DITS_PROTOCOL_STREAM_RESET', 'writing was given up here');
    this.#shutdown(quiche.Shutdown.Write, code);
    this.#finishWrite();
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

  /** Goes on with a waiting write, if quiche takes some. */
  pumpWrite(): void {
    const write = this.#write;
    if (write === undefined) return;
    try {
      if (!this.#accept(write)) return;
      this.#write = undefined;
      write.resolve();
    } catch (error) {
      this.#write = undefined;
      write.reject(asError(error));
    }
  }

  /** The connection has ended: nobody waits any longer. */
  fail(error: ProtocolError): void {
    this.pumpRead();
    this.#read?.reject(error);
    this.#read = undefined;
    this.#write?.reject(error);
    this.#write = undefined;
  }

  async #enqueue(parts: readonly Uint8Array[], isEnd: boolean): Promise<void> {
    if (this.#writeError !== undefined) throw this.#writeError;
    const lost = this.#host.lostError();
    if (lost !== undefined) throw lost;
    if (this.#isWriteDone) throw new TypeError('the stream has been ended');
    if (this.#write !== undefined) throw new TypeError('a write to this stream is under way');
    await new Promise<void>((resolve, reject) => {
      this.#write = { parts, partIndex: 0, offset: 0, isEnd, resolve, reject };
      this.pumpWrite();
      this.#host.schedule();
    });
  }

  /** Takes bytes out of quiche: their count, 0 at the end, undefined when there are none yet. */
  #receive(into: Uint8Array): number | undefined {
    let received: [number, boolean] | null;
    try {
      received = this.#host.native.streamRecv(this.streamId, into);
    } catch (error) {
      // A stream that the peer has opened by opening a later one, and whose own data is still on the way.
      if (isUnknownStream(error)) return undefined;
      throw this.#onReadError(error);
    }
    if (received === null) return undefined;
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
      { details: { code } },
    );
    this.#finishRead();
    return this.#readError;
  }

  /** Hands bytes to quiche; true when all of the write is done. */
  #accept(write: PendingWrite): boolean {
    try {
      for (; write.partIndex < write.parts.length; write.partIndex++, write.offset = 0) {
        const part = write.parts[write.partIndex]!;
        while (write.offset < part.length) {
          const rest = write.offset === 0 ? part : part.subarray(write.offset);
          const count = this.#host.native.streamSend(this.streamId, rest, false);
          if (count === null || count === 0) return false;
          write.offset += count;
        }
      }
      if (!write.isEnd) return true;
      if (this.#host.native.streamSend(this.streamId, NOTHING, true) === null) return false;
      this.#finishWrite();
      return true;
    } catch (error) {
      if (isUnknownStream(error)) return false;
      throw this.#onWriteError(error);
    }
  }

  #onWriteError(error: unknown): ProtocolError {
    const code = streamErrorCode(error, 'StreamStopped');
    const problem =
      code === undefined
        ? new ProtocolError('DITS_PROTOCOL_CONNECTION_LOST', 'the stream cannot be written', {
            cause: error,
          })
        : new ProtocolError(
            'DITS_PROTOCOL_STREAM_RESET',
            `the peer does not read the stream any more (code ${code})`,
            { details: { code } },
          );
    this.#writeError = problem;
    this.#finishWrite();
    return problem;
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
