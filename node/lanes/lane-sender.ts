/** The sending half of a lane: one stream after the other. */
import { ProtocolError, type ByteSink } from '../../protocol/index.ts';
import { STREAM_NUMBERS, encodeRecordHeader } from './lane-format.ts';

/** Sends bytes back to back; resolves when the system has taken them. */
export type SendParts = (parts: readonly Uint8Array[]) => Promise<void>;

/** Called with a write that was under way when its stream was given up, and that nobody waits for in good faith any more. */
export type OnLeft = (writing: Promise<void>) => void;

export class LaneSender {
  readonly #send: SendParts;
  readonly #onLeft: OnLeft;
  #number = 0;
  #current: LaneSink | undefined;
  #failure: ProtocolError | undefined;

  constructor(send: SendParts, onLeft: OnLeft) {
    this.#send = send;
    this.#onLeft = onLeft;
  }

  get isFree(): boolean {
    return this.#current === undefined && this.#failure === undefined;
  }

  /** Begins the next stream; only on a lane that is free. */
  open(): ByteSink {
    const stream = this.#number;
    const sink = new LaneSink({
      send: (kind, value, parts) =>
        this.#send([encodeRecordHeader({ kind, stream, value }), ...parts]),
      onOver: () => {
        this.#number = (stream + 1) % STREAM_NUMBERS;
        this.#current = undefined;
      },
      onLeft: this.#onLeft,
    });
    this.#current = sink;
    return sink;
  }

  /** The peer does not read a stream any more. It may have ended before the peer's word arrived. */
  stopped(stream: number, code: number): void {
    if (stream === this.#number) this.#current?.fail(unwanted(code));
  }

  /** Nothing can be sent any more. */
  fail(error: ProtocolError): void {
    this.#failure ??= error;
    this.#current?.fail(error);
  }
}

type SinkEvents = {
  readonly send: (
    kind: 'data' | 'end' | 'reset',
    value: number,
    parts: readonly Uint8Array[],
  ) => Promise<void>;
  readonly onOver: () => void;
  readonly onLeft: OnLeft;
};

class LaneSink implements ByteSink {
  readonly #events: SinkEvents;
  #error: ProtocolError | undefined;
  #isOver = false;
  #writing: Promise<void> | undefined;

  constructor(events: SinkEvents) {
    this.#events = events;
  }

  async write(parts: readonly Uint8Array[]): Promise<void> {
    this.#check();
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    if (length === 0) return;
    this.#writing = this.#events.send('data', length, parts);
    try {
      await this.#writing;
    } finally {
      this.#writing = undefined;
    }
  }

  async end(): Promise<void> {
    if (this.#isOver && this.#error === undefined) return;
    this.#check();
    this.#isOver = true;
    const sent = this.#events.send('end', 0, []);
    this.#events.onOver();
    await sent;
  }

  reset(code: number): void {
    if (this.#isOver) return;
    this.#error ??= new ProtocolError('DITS_PROTOCOL_STREAM_RESET', 'writing was given up here');
    this.#giveUp(code);
  }

  /** Writing makes no sense any more: the writer hears of it at its next call. */
  fail(error: ProtocolError): void {
    if (this.#isOver) return;
    this.#error ??= error;
    const code = error.details['applicationCode'];
    this.#giveUp(typeof code === 'number' ? code : 0);
  }

  #giveUp(code: number): void {
    this.#isOver = true;
    // A lane that is gone has told everybody already.
    this.#events.send('reset', code, []).catch(() => undefined);
    this.#events.onOver();
    if (this.#writing !== undefined) this.#events.onLeft(this.#writing);
  }

  #check(): void {
    if (this.#error !== undefined) throw this.#error;
    if (this.#isOver) throw new TypeError('the stream has been ended');
  }
}

function unwanted(code: number): ProtocolError {
  const what = `the peer does not read the stream any more (code ${code})`;
  return new ProtocolError('DITS_PROTOCOL_STREAM_RESET', what, {
    details: { applicationCode: code },
  });
}
