/** One direction of one in-memory stream: ordered bytes with back-pressure, an end, a reset and a stop. */
import { ProtocolError } from '../protocol-error.ts';

/** Bytes under way or unread per stream before a write waits. */
const PIPE_CAPACITY_BYTES: number = 256 * 1024;
/** Most bytes that travel as one packet of the simulated link. */
const PACKET_SIZE_MAX_BYTES: number = 64 * 1024;

/** What the link does with a packet: nothing (it arrives at once), or a promise that says when and whether it does. */
export type Transmit = (bytes: number) => Promise<'arrived' | 'lost'> | undefined;

export type PipeEvents = {
  readonly transmit: Transmit;
  /** Bytes under way or unread before a write waits; `PIPE_CAPACITY_BYTES` when left out. */
  readonly capacityBytes?: number | undefined;
  /** Something of this stream reached the reader for the first time. */
  readonly onFirstArrival: () => void;
  readonly onArrival: (bytes: number) => void;
  /** Nothing will be read from this stream any more. */
  readonly onFinished: () => void;
  /** A packet was lost: the connection breaks. */
  readonly onLost: () => void;
};

export class BytePipe {
  readonly #events: PipeEvents;
  readonly #capacityBytes: number;
  #unread: Buffer[] = [];
  #occupiedBytes = 0;
  #hasArrived = false;
  #isEnded = false;
  #isEndRead = false;
  #readError: ProtocolError | undefined;
  #writeError: ProtocolError | undefined;
  #tail: Promise<void> | undefined;
  #underWay = 0;
  #waiting: (() => void)[] = [];

  constructor(events: PipeEvents) {
    this.#events = events;
    this.#capacityBytes = events.capacityBytes ?? PIPE_CAPACITY_BYTES;
  }

  /** Copies the parts in, waiting whenever the pipe is full. */
  async write(parts: readonly Uint8Array[]): Promise<void> {
    for (const part of parts) {
      for (let at = 0; at < part.length; at += PACKET_SIZE_MAX_BYTES) {
        await this.#untilWritable();
        const packet = Buffer.from(part.subarray(at, at + PACKET_SIZE_MAX_BYTES));
        this.#occupiedBytes += packet.length;
        this.#send(packet.length, () => this.#unread.push(packet));
      }
    }
    await this.#untilWritable();
  }

  async end(): Promise<void> {
    if (this.#writeError !== undefined) throw this.#writeError;
    this.#writeError = new ProtocolError('DITS_PROTOCOL_STREAM_RESET', 'written after its end');
    this.#send(0, () => (this.#isEnded = true));
    await this.#tail;
  }

  reset(code: number): void {
    const error = resetError('the peer abandoned the stream', code);
    this.#writeError ??= error;
    this.#send(0, () => {
      if (this.#isEnded) return;
      this.#unread = [];
      this.#readError ??= error;
      this.#events.onFinished();
    });
  }

  async read(into: Uint8Array): Promise<number> {
    for (;;) {
      const [packet] = this.#unread;
      if (packet !== undefined) return this.#take(packet, into);
      if (this.#readError !== undefined) throw this.#readError;
      if (this.#isEnded) {
        this.#isEndRead = true;
        this.#events.onFinished();
        return 0;
      }
      await this.#change();
    }
  }

  stop(code: number): void {
    if (this.#isEndRead) return;
    this.#writeError ??= resetError('the peer stopped reading', code);
    this.#readError ??= resetError('reading was stopped', code);
    this.#unread = [];
    this.#events.onFinished();
    this.#wake();
  }

  /** The connection is gone: nothing is written any more; what arrived can still be read. */
  fail(error: ProtocolError): void {
    this.#writeError ??= error;
    if (!this.#isEnded) this.#readError ??= error;
    this.#wake();
  }

  /** Resolves when everything written has arrived. */
  async settled(): Promise<void> {
    await this.#tail;
  }

  #take(packet: Buffer, into: Uint8Array): number {
    const count = Math.min(packet.length, into.length);
    packet.copy(into, 0, 0, count);
    if (count === packet.length) this.#unread.shift();
    else this.#unread[0] = packet.subarray(count);
    this.#occupiedBytes -= count;
    this.#wake();
    return count;
  }

  /** Hands a packet to the link; packets of one stream arrive in order, those of different streams need not. */
  #send(bytes: number, arrive: () => void): void {
    const delivery = this.#events.transmit(bytes);
    if (delivery === undefined && this.#tail === undefined) {
      this.#arrive(bytes, arrive);
      return;
    }
    this.#underWay++;
    this.#tail = this.#deliver(this.#tail, delivery, () => this.#arrive(bytes, arrive));
  }

  async #deliver(
    before: Promise<void> | undefined,
    delivery: ReturnType<Transmit>,
    arrive: () => void,
  ): Promise<void> {
    const outcome = await delivery;
    await before;
    if (outcome === 'lost') this.#events.onLost();
    else arrive();
    this.#underWay--;
    if (this.#underWay === 0) this.#tail = undefined;
  }

  #arrive(bytes: number, arrive: () => void): void {
    if (this.#readError !== undefined) return;
    arrive();
    this.#events.onArrival(bytes);
    if (!this.#hasArrived) {
      this.#hasArrived = true;
      this.#events.onFirstArrival();
    }
    this.#wake();
  }

  async #untilWritable(): Promise<void> {
    while (this.#writeError === undefined && this.#occupiedBytes >= this.#capacityBytes) {
      await this.#change();
    }
    if (this.#writeError !== undefined) throw this.#writeError;
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}

function resetError(what: string, code: number): ProtocolError {
  return new ProtocolError('DITS_PROTOCOL_STREAM_RESET', `${what} (code ${code})`, {
    details: { applicationCode: code },
  });
}
