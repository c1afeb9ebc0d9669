/**
 * Records on a connection's control streams (docs/transport.md, "TCP with Noise"): what QUIC says in frames of its own
 * and yamux has no words for. Integers are big-endian.
 *
 * | offset | size | field                                                                              |
 * | ------ | ---- | ---------------------------------------------------------------------------------- |
 * | 0      | 1    | kind: 0 reset by the writer, 1 stop by the reader, 2 close, 3 reason for the path  |
 * | 1      | 4    | reset and stop: number of the stream; else 0                                       |
 * | 5      | 4    | application code; of the reason for the path 0                                     |
 * | 9      | 2    | length of the text, at most 1,024                                                  |
 * | 11     |      | text, UTF-8                                                                        |
 */
import { ProtocolError } from '../../protocol/index.ts';
import { CONTROL_TEXT_MAX_BYTES } from './noise-limits.ts';

const HEADER_BYTES = 11;
const CODE_MAX = 0xffff_ffff;
const KINDS = ['reset', 'stop', 'close', 'path-reason'] as const;

export type ControlRecord = {
  readonly kind: (typeof KINDS)[number];
  /** Number of the stream, 0 when the record is about the connection. */
  readonly stream: number;
  readonly code: number;
  readonly text: string;
};

export function encodeControlRecord({ kind, stream, code, text }: ControlRecord): Uint8Array {
  const bytes = Buffer.from(text).subarray(0, CONTROL_TEXT_MAX_BYTES);
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt8(KINDS.indexOf(kind), 0);
  header.writeUInt32BE(stream, 1);
  header.writeUInt32BE(Math.min(code, CODE_MAX), 5);
  header.writeUInt16BE(bytes.length, 9);
  return Buffer.concat([header, bytes]);
}

/** Takes the records of a control stream apart. Holds at most one record that is not complete. */
export class ControlReader {
  #buffer: Buffer = Buffer.alloc(0);

  /** @throws ProtocolError DITS_PROTOCOL_INVALID_MESSAGE */
  *accept(bytes: Uint8Array): Generator<ControlRecord> {
    this.#buffer = Buffer.concat([this.#buffer, bytes]);
    while (this.#buffer.length >= HEADER_BYTES) {
      const kind = KINDS[this.#buffer.readUInt8(0)];
      const length = this.#buffer.readUInt16BE(9);
      if (kind === undefined || length > CONTROL_TEXT_MAX_BYTES) {
        const what = 'a record that makes no sense came on a control stream';
        throw new ProtocolError('DITS_PROTOCOL_INVALID_MESSAGE', what);
      }
      const end = HEADER_BYTES + length;
      if (this.#buffer.length < end) return;
      const record = {
        kind,
        stream: this.#buffer.readUInt32BE(1),
        code: this.#buffer.readUInt32BE(5),
        // People read it, on terminals and in logs.
        text: this.#buffer.toString('utf8', HEADER_BYTES, end).replace(/\p{C}/gu, '\uFFFD'),
      };
      this.#buffer = this.#buffer.subarray(end);
      yield record;
    }
  }
}
