/** The offerer's end of an offer: reads its stream, and hands out the meetings one after the other. */
import type { Clock } from '../clock.ts';
import { AsyncQueue } from '../flow/async-queue.ts';
import { ProtocolError } from '../protocol-error.ts';
import { invalidMessage } from '../messages/wire-fields.ts';
import type { Message } from '../messages/message.ts';
import { Meeting, type MeetingStream } from './meeting.ts';

/** An offer that stands: joiners come one after the other. */
export interface MeetingOffer {
  /** The next joiner. @throws ProtocolError when the offer has ended, DITS_PROTOCOL_TIMEOUT when its time was up */
  next(): Promise<Meeting>;
  /** Takes the offer down. What was said in a meeting before has been passed on when it resolves. Idempotent. */
  withdraw(): Promise<void>;
}

/** How long the node in between may take to pass on the last words. */
const WITHDRAW_MAX_MS = 1_000;

export class StandingOffer implements MeetingOffer {
  readonly #stream: MeetingStream;
  /** The node in between begins a meeting only after the one before has ended: one is enough. */
  readonly #meetings = new AsyncQueue<Meeting>(1);
  readonly #clock: Clock;
  #current: Meeting | undefined;
  #reading: Promise<void> = Promise.resolve();
  #ended: Promise<void> | undefined;

  constructor(stream: MeetingStream, clock: Clock) {
    this.#stream = stream;
    this.#clock = clock;
  }

  async next(): Promise<Meeting> {
    const meeting = await this.#meetings.next();
    if (meeting === undefined) throw timeOver();
    return meeting;
  }

  withdraw(): Promise<void> {
    this.#ended ??= this.#leave();
    return this.#ended;
  }

  /** Reads until the stream ends. Never rejects: whoever waits for a meeting or in one is told. */
  read(): Promise<void> {
    this.#reading = this.#read();
    return this.#reading;
  }

  async #leave(): Promise<void> {
    await this.#stream.end();
    const timer = new AbortController();
    try {
      await Promise.race([this.#reading, this.#clock.sleep(WITHDRAW_MAX_MS, timer.signal)]);
    } finally {
      timer.abort();
    }
  }

  async #read(): Promise<void> {
    try {
      for (;;) {
        const message = await this.#stream.receive();
        if (message === undefined) break;
        if (message.name === 'MEET_END' && message.body.reason === 'no-offer') {
          await this.#current?.deliver(message);
          break;
        }
        await this.#take(message);
      }
      this.#meetings.close();
      await this.#current?.deliver(undefined);
    } catch (error) {
      this.#meetings.fail(error);
      this.#current?.fail(error);
    }
  }

  async #take(message: Message): Promise<void> {
    if (message.name === 'MEET_BEGIN') {
      this.#current = new Meeting(this.#stream, { isLast: false });
      await this.#meetings.push(this.#current);
      return;
    }
    // The end of a meeting that this side has ended already, crossing its own word on the way, is dropped there.
    if (this.#current === undefined) throw invalidMessage('comes before a meeting');
    await this.#current.deliver(message);
  }
}

function timeOver(): ProtocolError {
  return new ProtocolError('DITS_PROTOCOL_TIMEOUT', 'the time of the code is over');
}
