/**
 * How a stream says what it is for (multistream-select 1.0): lines of text, each with a newline at its end and its length
 * in front as a varint. The opener sends the header and a name and goes on at once with its data; the other side answers
 * with the same two lines, or with `na`.
 */
import { ProtocolError } from '../../protocol/index.ts';

export const MULTISTREAM_HEADER = '/multistream/1.0.0';
export const NOT_AVAILABLE = 'na';
/** Longest line, newline included: its length fits in one byte of varint. */
const LINE_MAX_BYTES = 127;
/** Lines that a peer may spend on one negotiation. */
const LINES_MAX = 8;
const NEWLINE = 0x0a;

export function encodeLines(...lines: readonly string[]): Uint8Array {
  return Buffer.concat(
    lines.map((line) => Buffer.from(`${String.fromCharCode(line.length + 1)}${line}\n`, 'latin1')),
  );
}

/** Takes lines off the front of a stream, and leaves the rest to whoever reads on. */
export class LineReader {
  #buffer: Buffer = Buffer.alloc(0);
  #lineCount = 0;

  /** Takes what came in. */
  accept(bytes: Uint8Array): void {
    this.#buffer = Buffer.concat([this.#buffer, bytes]);
  }

  /**
   * The next line without its newline; undefined when it is not complete.
   * @throws ProtocolError DITS_PROTOCOL_INVALID_MESSAGE for a line that is too long, or one line too many
   */
  next(): string | undefined {
    const length = this.#buffer[0];
    if (length === undefined) return undefined;
    if (length === 0 || length > LINE_MAX_BYTES || this.#lineCount >= LINES_MAX) {
      throw invalid('a stream began with something that is no name');
    }
    if (this.#buffer.length <= length) return undefined;
    if (this.#buffer[length] !== NEWLINE) throw invalid('a stream began with a name without end');
    const line = this.#buffer.toString('latin1', 1, length);
    this.#buffer = this.#buffer.subarray(1 + length);
    this.#lineCount++;
    return line;
  }

  /** What came behind the lines. */
  rest(): Uint8Array {
    return this.#buffer;
  }
}

function invalid(what: string): ProtocolError {
  return new ProtocolError('DITS_PROTOCOL_INVALID_MESSAGE', what);
}
