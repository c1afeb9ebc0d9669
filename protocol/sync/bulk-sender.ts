/** Spreads batches over several unidirectional streams, each opened when it is first needed. */
import type { Connection } from '../connection.ts';
import { FrameWriter } from '../frames/frame-writer.ts';
import { MESSAGE_TYPE } from '../frames/message-types.ts';
import type { ByteSink } from '../connection.ts';
import { BULK_STREAM_BYTES } from '../session/session-limits.ts';
import type { BatchMessage } from './batch-ledger.ts';

export type BulkFrame = { readonly message: BatchMessage; readonly parts: readonly Uint8Array[] };

/** A succession of bulk streams, each opened when it is first needed and ended after `BULK_STREAM_BYTES`. One writer at a time. */
export class BulkStream {
  readonly #connection: Connection;
  readonly #requestId: number;
  #sink: ByteSink | undefined;
  #writer: FrameWriter | undefined;
  #streamBytes = 0;

  constructor(connection: Connection, requestId: number) {
    this.#connection = connection;
    this.#requestId = requestId;
  }

  async send(frame: BulkFrame): Promise<void> {
    this.#sink ??= await this.#connection.openSink();
    this.#writer ??= new FrameWriter(this.#sink);
    await this.#writer.write({
      type: MESSAGE_TYPE[frame.message].code,
      requestId: this.#requestId,
      parts: frame.parts,
      // Records are compressed one by one where that pays.
      compress: false,
    });
    this.#streamBytes += frame.parts.reduce((sum, part) => sum + part.length, 0);
    if (this.#streamBytes >= BULK_STREAM_BYTES) await this.end();
  }

  async end(): Promise<void> {
    const writer = this.#writer;
    this.#writer = undefined;
    this.#streamBytes = 0;
    await writer?.end();
    this.#sink = undefined;
  }

  /** Gives the stream up. */
  abandon(applicationCode: number): void {
    this.#sink?.reset(applicationCode);
  }
}
