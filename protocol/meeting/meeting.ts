/** One meeting with another peer, through the node in between. */
import type { MessageName } from '../frames/message-types.ts';
import type { Message, MessageBody } from '../messages/message.ts';
import type { MeetingEnd } from '../messages/meeting.ts';
import { invalidMessage } from '../messages/wire-fields.ts';
import type { PairingPipe } from '../pairing/pair-up.ts';

/** The stream that a meeting goes over. */
export interface MeetingStream {
  send<N extends MessageName>(name: N, body: MessageBody<N>): Promise<void>;
  /** Undefined at the end of the stream. @throws ProtocolError what an ERROR says */
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
  /** Resolves when this side knows that the meeting is over and has said so. */
  readonly over: Promise<void>;
  readonly #stream: MeetingStream;
  /** Whether the stream ends with the meeting. */
  readonly #isLast: boolean;
  #resolveOver!: () => void;
  #isOver = false;

  constructor(stream: MeetingStream, { isLast }: { readonly isLast: boolean }) {
    this.#stream = stream;
    this.#isLast = isLast;
    this.over = new Promise((resolve) => (this.#resolveOver = resolve));
  }

  async send(data: Uint8Array): Promise<void> {
    await this.#stream.send('MEET_MESSAGE', { data });
  }

  /** @throws MeetingEnded, ProtocolError */
  async receive(): Promise<Uint8Array> {
    const message = await this.#stream.receive();
    if (message?.name === 'MEET_MESSAGE') return message.body.data;
    if (message !== undefined && message.name !== 'MEET_END') {
      throw invalidMessage(`of type ${message.name} does not belong to a meeting`);
    }
    const reason = message?.body.reason ?? 'gone';
    await this.end('done');
    throw new MeetingEnded(reason);
  }

  /** Ends the meeting, saying why. Idempotent. */
  async end(reason: MeetingEnd): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    try {
      await this.#stream.send('MEET_END', { reason });
      if (this.#isLast) await this.#stream.end();
    } finally {
      this.#resolveOver();
    }
  }
}
