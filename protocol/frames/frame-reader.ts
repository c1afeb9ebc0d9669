/** Reads frames from a stream: headers through a small buffer, big payloads straight into a buffer of their own. */
import { ProtocolError } from '../protocol-error.ts';
import type { ByteSource } from '../connection.ts';
import { FRAME_HEADER_BYTES, PAYLOAD_SIZE_MAX_BYTES, type FrameHeader } from './frame-format.ts';
import { parseFrameHeader } from './frame-header.ts';
import { inflatePayload } from './frame-compression.ts';

/** Holds a few headers and small payloads per read; a bulk payload leaves at most this much to copy twice. */
const LOOK_AHEAD_BYTES: number = 2 * 1024;

/** Frames of one stream, in order. One reader at a time. */
export class FrameReader {
  readonly #source: ByteSource;
  readonly #buffer: Buffer = Buffer.allocUnsafeSlow(LOOK_AHEAD_BYTES);
  #start = 0;
  #end = 0;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  /**
   * The next header, or undefined when the stream ended between frames.
   * @throws ProtocolError DITS_PROTOCOL_INVALID_MESSAGE when it ends inside one, and as `parseFrameHeader`
   */
  async readHeader(): Promise<FrameHeader | undefined> {
    while (this.#end - this.#start < FRAME_HEADER_BYTES) {
      if (!(await this.#fill())) {
        if (this.#end === this.#start) return undefined;
        throw truncated();
      }
    }
    const header = parseFrameHeader(this.#buffer.subarray(this.#start, this.#end));
    this.#start += FRAME_HEADER_BYTES;
    return header;
  }

  /**
   * The payload that belongs to the header just read, inflated to at most `inflatedMaxBytes` if it came compressed. The
   * caller owns the bytes and has checked `header.payloadLength` against what it expects.
   */
  async readPayload(
    header: FrameHeader,
    inflatedMaxBytes: number = PAYLOAD_SIZE_MAX_BYTES,
  ): Promise<Buffer> {
    const payload = Buffer.allocUnsafeSlow(header.payloadLength);
    await this.readPayloadInto(payload);
    return header.isCompressed ? inflatePayload(payload, inflatedMaxBytes) : payload;
  }

  /** Reads the payload that belongs to the header just read, as it came, into memory of exactly its length. */
  async readPayloadInto(payload: Buffer): Promise<void> {
    const buffered = Math.min(payload.length, this.#end - this.#start);
    this.#buffer.copy(payload, 0, this.#start, this.#start + buffered);
    this.#start += buffered;
    let filled = buffered;
    while (filled < payload.length) {
      const count = await this.#source.read(payload.subarray(filled));
      if (count === 0) throw truncated();
      filled += count;
    }
  }

  /** What has been read beyond the last frame; the reader must not be used after that. */
  rest(): Buffer {
    return this.#buffer.subarray(this.#start, this.#end);
  }

  /** Drops the payload that belongs to the header just read. */
  async skipPayload(header: FrameHeader): Promise<void> {
    let left = header.payloadLength;
    while (left > 0) {
      if (this.#start === this.#end && !(await this.#fill())) throw truncated();
      const count = Math.min(left, this.#end - this.#start);
      this.#start += count;
      left -= count;
    }
  }

  async #fill(): Promise<boolean> {
    if (this.#start > 0) {
      this.#buffer.copyWithin(0, this.#start, this.#end);
      this.#end -= this.#start;
      this.#start = 0;
    }
    const count = await this.#source.read(this.#buffer.subarray(this.#end));
    this.#end += count;
    return count > 0;
  }
}

function truncated(): ProtocolError {
  return new ProtocolError('DITS_PROTOCOL_INVALID_MESSAGE', 'the stream ended inside a frame');
}
