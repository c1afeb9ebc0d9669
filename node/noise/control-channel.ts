/** The two control streams of a connection: each side opens one at once and says there what yamux has no words for. */
import type { Stream, StreamMuxer } from '@libp2p/interface';
import { ProtocolError } from '../../protocol/index.ts';
import { ControlReader, encodeControlRecord, type ControlRecord } from './control-records.ts';
import { UNSENT_ANSWERS_MAX_BYTES } from './noise-limits.ts';
import { offerStream, type TakeBytes } from './stream-intake.ts';

export class ControlChannel {
  readonly #onViolation: () => void;
  /** Undefined until yamux has made it. */
  #stream: Stream | undefined;
  readonly #opening: Promise<void>;
  /** Said before there was a stream. */
  #early: Uint8Array[] = [];
  #isHeard = false;

  constructor(muxer: StreamMuxer, onViolation: () => void) {
    this.#onViolation = onViolation;
    this.#opening = this.#open(muxer);
  }

  send(record: ControlRecord): void {
    const bytes = encodeControlRecord(record);
    if (this.#stream === undefined) this.#early.push(bytes);
    else this.#transmit(this.#stream, bytes);
  }

  /** Resolves when the link has taken everything said, or is gone. */
  async flushed(): Promise<void> {
    await this.#opening;
    const stream = this.#stream;
    if (stream === undefined) return;
    while (
      stream.status === 'open' &&
      (stream.writeBufferLength > 0 || stream.writableNeedsDrain)
    ) {
      await new Promise<void>((resolve) => {
        for (const event of ['drain', 'idle', 'close'] as const) {
          stream.addEventListener(event, () => resolve(), { once: true });
        }
      });
    }
  }

  /**
   * Takes over the peer's control stream.
   * @throws ProtocolError DITS_PROTOCOL_INVALID_MESSAGE when there is one already
   */
  listen(onRecord: (record: ControlRecord) => void): TakeBytes {
    if (this.#isHeard) {
      this.#onViolation();
      const what = 'the peer opened a second control stream';
      throw new ProtocolError('DITS_PROTOCOL_INVALID_MESSAGE', what);
    }
    this.#isHeard = true;
    const reader = new ControlReader();
    return (bytes) => {
      try {
        for (const record of reader.accept(bytes)) onRecord(record);
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error;
        this.#onViolation();
      }
    };
  }

  async #open(muxer: StreamMuxer): Promise<void> {
    try {
      const stream = await muxer.createStream();
      // A plain libp2p program does not know these streams, and does without.
      offerStream(stream, 'control', { take: ignore, onRefused: ignore });
      this.#stream = stream;
      for (const bytes of this.#early.splice(0)) this.#transmit(stream, bytes);
    } catch {
      // The connection has ended already, and says so itself.
    }
  }

  #transmit(stream: Stream, bytes: Uint8Array): void {
    if (stream.writeStatus !== 'writable') return;
    stream.send(bytes);
    if (stream.writeBufferLength > UNSENT_ANSWERS_MAX_BYTES) this.#onViolation();
  }
}

function ignore(): void {
  // Nothing is said in this direction.
}
