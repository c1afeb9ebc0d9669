/** One meeting with another peer, through the node in between. */
import { AsyncQueue } from '../flow/async-queue.ts';
import type { MessageName } from '../frames/message-types.ts';
import type { Message, MessageBody } from '../messages/message.ts';
import type { MeetingEnd } from '../messages/meeting.ts';
import { invalidMessage } from '../messages/wire-fields.ts';
import type { PairingPipe } from '../pairing/pair-up.ts';
import { ProtocolError } from '../protocol-error.ts';
import { MEET_MESSAGES_MAX } from './meeting-limits.ts';

/** The stream that a meeting goes over. */
export interface MeetingStream {
  send<N extends MessageName>(name: N, body: MessageBody<N>): Promise<void>;
  /** Undefined at the end of the stream. One reader. @throws ProtocolError what an ERROR says */
  receive(): Promise<Message | undefined>;
  end(): Promise<void>;
}

/** The other side, or the node in between, has ended the meeting. */
export class MeetingEnded extends Error {
  readonly reason: MeetingEnd;

  constructor(reason: MeetingEnd) {
    super(`the meeting ended: ${reason}`);
    this.name = 'MeetingEnded';
    this.reason = reason;
  }
}

export class Meeting implements PairingPipe {
  readonly #stream: MeetingStream;
  /** Whether the stream ends with the meeting. */
  readonly #isLast: boolean;
  /** What has come and was not received yet, the end of the meeting last. */
  readonly #inbox = new AsyncQueue<Message | undefined>(MEET_MESSAGES_MAX + 1);
  #isOver = false;

  /** Use `Visit`: it reads the stream and delivers what belongs to the meeting. */
  constructor(stream: MeetingStream, { isLast }: { readonly isLast: boolean }) {
    this.#stream = stream;
    this.#isLast = isLast;
  }

  async send(data: Uint8Array): Promise<void> {
    await this.#stream.send('MEET_MESSAGE', { data });
  }

  /** @throws MeetingEnded, ProtocolError */
  async receive(): Promise<Uint8Array> {
    const message = await this.#inbox.next();
    if (message?.name === 'MEET_MESSAGE') return message.body.data;
    if (message !== undefined && message.name !== 'MEET_END') {
      throw invalidMessage(`of type ${message.name} does not belong to a meeting`);
    }
    const reason = message?.body.reason ?? 'gone';
    try {
      await this.end('done');
    } catch (error) {
      // The other side may have gone with its last word, which says more than that.
      if (!(error instanceof ProtocolError)) throw error;
    }
    throw new MeetingEnded(reason);
  }

  /** Ends the meeting, saying why. What still comes is dropped. Idempotent. */
  async end(reason: MeetingEnd): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#inbox.close();
    await this.#stream.send('MEET_END', { reason });
    if (this.#isLast) await this.#stream.end();
  }

  /** Hands in a message of the meeting, or undefined for the end of the stream. Waits when nobody receives them. */
  async deliver(message: Message | undefined): Promise<void> {
    await this.#inbox.push(message);
  }

  /** The stream has broken. */
  fail(error: unknown): void {
    this.#inbox.fail(error);
  }
}
