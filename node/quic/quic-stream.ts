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
import type { ByteStream, ProtocolError } from '../../protocol/index.ts';
import { ReadingHalf } from './reading-half.ts';
import { StreamCore, type StreamHost } from './stream-core.ts';
import { WritingHalf } from './writing-half.ts';

export type StreamOptions = {
  readonly canRead: boolean;
  readonly canWrite: boolean;
  readonly opener: 'local' | 'peer';
};

export class QuicStream implements ByteStream {
  readonly #core: StreamCore;
  readonly #reading: ReadingHalf;
  readonly #writing: WritingHalf;

  constructor(streamId: number, host: StreamHost, options: StreamOptions) {
    const { canRead, canWrite, opener } = options;
    const onDone = (): void => {
      this.#forgetIfDone();
    };
    this.#core = new StreamCore(streamId, { host, opener });
    this.#reading = new ReadingHalf(this.#core, { canRead, onDone });
    this.#writing = new WritingHalf(this.#core, {
      canWrite,
      onDone,
      onBareEnd: () => {
        this.#reading.keepUnread();
      },
    });
  }

  get streamId(): number {
    return this.#core.streamId;
  }

  get hasPendingWrite(): boolean {
    return this.#writing.hasPending;
  }

  read(into: Uint8Array): Promise<number> {
    return this.#reading.read(into);
  }

  stop(code: number): void {
    this.#reading.stop(code);
  }

  write(parts: readonly Uint8Array[]): Promise<void> {
    return this.#writing.write(parts);
  }

  /** Resolves when the end is decided; the connection's close waits until it has left. */
  end(): Promise<void> {
    return this.#writing.end();
  }

  reset(code: number): void {
    this.#writing.reset(code);
  }

  /** quiche has something to read on this stream: data, the end, or a reset. */
  onReadable(): void {
    this.#core.hasArrived = true;
    this.#reading.pump();
  }

  /** Serves a waiting reader, if there is something for it. */
  pumpRead(): void {
    this.#reading.pump();
  }

  /** Goes on with a waiting write or end, if quiche takes some. */
  pumpWrite(): void {
    this.#writing.pump();
  }

  /** The connection has ended: nobody waits any longer. */
  fail(error: ProtocolError): void {
    this.#reading.fail(error);
    this.#writing.fail(error);
  }

  #forgetIfDone(): void {
    if (this.#reading.isDone && this.#writing.isDone) {
      this.#core.host.onStreamDone(this.#core.streamId);
    }
  }
}
