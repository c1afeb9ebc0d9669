/** Writes frames to a stream, one after the other, without joining header and bulk data. */
import type { ByteSink } from '../connection.ts';
import { encodeFrameHeader } from './frame-header.ts';
import { deflatePayload } from './frame-compression.ts';

/** One frame to send. The parts must stay unchanged until the write resolves. */
export type OutgoingFrame = {
  readonly type: number;
  readonly requestId: number;
  /** The payload, in pieces that are sent back to back. */
  readonly parts: readonly Uint8Array[];
  /** Whether to try the COMPRESSED flag; for metadata, never for objects, which come compressed already. */
  readonly compress: boolean;
};

/** Frames of one stream, in the order of the calls. Concurrent calls queue behind each other. */
export class FrameWriter {
  readonly #sink: ByteSink;
  #tail: Promise<void> = Promise.resolve();

  constructor(sink: ByteSink) {
    this.#sink = sink;
  }

  /** Sends one frame; resolves when the link has room for more. @throws ProtocolError as `ByteSink.write` */
  write(frame: OutgoingFrame): Promise<void> {
    const written = this.#tail.then(() => this.#writeNow(frame));
    // A failed write fails its own caller; the next one fails by itself on the broken stream.
    this.#tail = written.catch(() => undefined);
    return written;
  }

  /** Ends the stream after everything written. */
  async end(): Promise<void> {
    await this.#tail;
    await this.#sink.end();
  }

  async #writeNow(frame: OutgoingFrame): Promise<void> {
    const packed = frame.compress ? await deflateParts(frame.parts) : undefined;
    const parts = packed === undefined ? frame.parts : [packed];
    const header = encodeFrameHeader({
      type: frame.type,
      isCompressed: packed !== undefined,
      payloadLength: parts.reduce((sum, part) => sum + part.length, 0),
      requestId: frame.requestId,
    });
    await this.#sink.write([header, ...parts]);
  }
}

function deflateParts(parts: readonly Uint8Array[]): Promise<Buffer | undefined> {
  const [only] = parts;
  return deflatePayload(parts.length === 1 && only !== undefined ? only : Buffer.concat(parts));
}
