/** The receiving half of a lane: takes records apart and fills the reader's own buffers. */
import { ProtocolError, type ByteSource } from '../../protocol/index.ts';
import {
  RECORD_HEADER_BYTES,
  STREAM_NUMBERS,
  parseRecordHeader,
  type LaneRecord,
} from './lane-format.ts';
import { LANE_UNREAD_MAX_BYTES } from './lane-limits.ts';

export type ReceiverEvents = {
  /** A stream began. */
  readonly onSource: (source: ByteSource) => void;
  /** The peer does not read the stream that this side sends. */
  readonly onStopped: (stream: number, code: number) => void;
  /** The reader of the peer's stream stopped. */
  readonly onStop: (stream: number, code: number) => void;
  /** The peer sent records that make no sense. Whoever reads, stops or receives may be the one to find out. */
  readonly onViolation: (error: ProtocolError) => void;
  /** Whether the socket should go on reading. */
  readonly onDemand: (isWanted: boolean) => void;
};

export class LaneReceiver {
  readonly #events: ReceiverEvents;
  readonly #header: Buffer = Buffer.allocUnsafe(RECORD_HEADER_BYTES);
  #headerFilled = 0;
  /** Bytes of the current data record that have not been handed out. */
  #recordLeft = 0;
  #unread: Buffer[] = [];
  #unreadBytes = 0;
  #current: LaneSource | undefined;
  #nextNumber = 0;
  #failure: ProtocolError | undefined;

  constructor(events: ReceiverEvents) {
    this.#events = events;
  }

  /** Takes what came in. The bytes must stay unchanged. */
  accept(bytes: Buffer): void {
    this.#unread.push(bytes);
    this.#unreadBytes += bytes.length;
    this.advance();
    this.#current?.settleSoon();
    if (this.#unreadBytes >= LANE_UNREAD_MAX_BYTES) this.#events.onDemand(false);
  }

  /** Hands out what has come in, as far as somebody reads. */
  advance(): void {
    try {
      this.#handOut();
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.#events.onViolation(error);
    }
  }

  #handOut(): void {
    while (this.#failure === undefined) {
      if (this.#recordLeft === 0) {
        if (!this.#readHeader()) break;
        this.#begin(parseRecordHeader(this.#header));
        continue;
      }
      const piece = this.#unread[0];
      if (piece === undefined) break;
      const taken = this.#current!.take(piece.subarray(0, this.#recordLeft));
      if (taken === 0) break;
      this.#recordLeft -= taken;
      this.#consume(taken);
    }
    if (this.#unreadBytes < LANE_UNREAD_MAX_BYTES) this.#events.onDemand(true);
  }

  /** Nothing more will come. */
  fail(error: ProtocolError): void {
    this.#failure ??= error;
    this.#current?.finish(error);
    this.#current = undefined;
    this.#unread = [];
  }

  #readHeader(): boolean {
    while (this.#headerFilled < RECORD_HEADER_BYTES) {
      const piece = this.#unread[0];
      if (piece === undefined) return false;
      const count = Math.min(RECORD_HEADER_BYTES - this.#headerFilled, piece.length);
      piece.copy(this.#header, this.#headerFilled, 0, count);
      this.#headerFilled += count;
      this.#consume(count);
    }
    this.#headerFilled = 0;
    return true;
  }

  #begin({ kind, stream, value }: LaneRecord): void {
    if (kind === 'stop') {
      this.#events.onStopped(stream, value);
      return;
    }
    if (stream !== this.#nextNumber) {
      const what = `stream ${stream} came on a bulk lane instead of ${this.#nextNumber}`;
      throw new ProtocolError('DITS_PROTOCOL_INVALID_MESSAGE', what);
    }
    const source = this.#current ?? this.#open(stream);
    if (kind === 'data') {
      this.#recordLeft = value;
      return;
    }
    this.#current = undefined;
    this.#nextNumber = (stream + 1) % STREAM_NUMBERS;
    source.finish(kind === 'end' ? undefined : abandoned(value));
  }

  #open(stream: number): LaneSource {
    const source = new LaneSource({
      onWanted: () => this.advance(),
      onStop: (code) => {
        this.#events.onStop(stream, code);
        this.advance();
      },
    });
    this.#current = source;
    this.#events.onSource(source);
    return source;
  }

  #consume(count: number): void {
    const piece = this.#unread[0]!;
    this.#unreadBytes -= count;
    if (count === piece.length) this.#unread.shift();
    else this.#unread[0] = piece.subarray(count);
  }
}

type PendingRead = {
  readonly into: Uint8Array;
  filled: number;
  readonly resolve: (count: number) => void;
  readonly reject: (error: Error) => void;
};

type SourceEvents = {
  readonly onWanted: () => void;
  readonly onStop: (code: number) => void;
};

/**
 * A stream of the peer. A read resolves when its buffer is full, or with what there is when the turn of the event loop
 * is over: data comes in pieces of 16 KiB (RFC 8446 section 5.1), and waking the reader for each costs more than it.
 */
class LaneSource implements ByteSource {
  readonly #events: SourceEvents;
  #pending: PendingRead | undefined;
  /** Set when the stream is over: the error, or undefined for a good end. */
  #end: { readonly error: ProtocolError | undefined } | undefined;
  #isStopped = false;
  #timer: NodeJS.Immediate | undefined;

  constructor(events: SourceEvents) {
    this.#events = events;
  }

  async read(into: Uint8Array): Promise<number> {
    if (this.#pending !== undefined) throw new TypeError('a read of this stream is under way');
    if (into.length === 0) throw new TypeError('cannot read into an empty buffer');
    if (this.#isStopped) throw stopped();
    return await new Promise<number>((resolve, reject) => {
      this.#pending = { into, filled: 0, resolve, reject };
      if (this.#end === undefined) this.#events.onWanted();
      this.#settle();
    });
  }

  stop(code: number): void {
    if (this.#isStopped || this.#end !== undefined) return;
    this.#isStopped = true;
    this.#pending?.reject(stopped());
    this.#pending = undefined;
    this.#events.onStop(code);
  }

  /** Takes as many bytes as somebody waits for, or all when nobody ever will. */
  take(bytes: Buffer): number {
    if (this.#isStopped) return bytes.length;
    const read = this.#pending;
    if (read === undefined) return 0;
    const count = Math.min(bytes.length, read.into.length - read.filled);
    bytes.copy(read.into, read.filled, 0, count);
    read.filled += count;
    return count;
  }

  /** The stream is over. Bytes that a pending read has got already are handed out first. */
  finish(error: ProtocolError | undefined): void {
    this.#end ??= { error };
    this.#settle();
  }

  settleSoon(): void {
    const read = this.#pending;
    if (read === undefined || read.filled === 0) return;
    if (read.filled === read.into.length) this.#settle();
    else this.#timer ??= setImmediate(() => this.#settle());
  }

  #settle(): void {
    clearImmediate(this.#timer);
    this.#timer = undefined;
    const read = this.#pending;
    if (read === undefined || (read.filled === 0 && this.#end === undefined)) return;
    this.#pending = undefined;
    if (read.filled === 0 && this.#end?.error !== undefined) read.reject(this.#end.error);
    else read.resolve(read.filled);
  }
}

function abandoned(code: number): ProtocolError {
  return new ProtocolError(
    'DITS_PROTOCOL_STREAM_RESET',
    `the peer gave up the stream (code ${code})`,
    {
      details: { applicationCode: code },
    },
  );
}

function stopped(): ProtocolError {
  return new ProtocolError('DITS_PROTOCOL_STREAM_RESET', 'reading was stopped here');
}
