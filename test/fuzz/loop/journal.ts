/**
 * The input that is running, where another process can read it: when this one hangs, runs out of memory or is killed, that
 * input is what did it. Little-endian: number of the execution (4 bytes), length (4 bytes), the input.
 */
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';

const HEADER_BYTES = 8;

export class Journal {
  readonly #file: number;
  readonly #buffer: Buffer;
  #executions = 0;

  /** Makes the file. No input is longer than `sizeMaxBytes`. */
  constructor(path: string, sizeMaxBytes: number) {
    this.#file = openSync(path, 'w');
    this.#buffer = Buffer.alloc(HEADER_BYTES + sizeMaxBytes);
  }

  /** Notes that this input runs next. */
  note(input: Buffer): void {
    this.#executions = (this.#executions + 1) >>> 0;
    this.#buffer.writeUInt32LE(this.#executions, 0);
    this.#buffer.writeUInt32LE(input.length, 4);
    input.copy(this.#buffer, HEADER_BYTES);
    writeSync(this.#file, this.#buffer, 0, HEADER_BYTES + input.length, 0);
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** What a journal says; no input when nothing has run yet. */
export function readJournal(path: string): { executions: number; input: Buffer } | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    // Not made yet.
    return undefined;
  }
  if (bytes.length < HEADER_BYTES) return undefined;
  const end = HEADER_BYTES + bytes.readUInt32LE(4);
  return { executions: bytes.readUInt32LE(0), input: bytes.subarray(HEADER_BYTES, end) };
}
