/** One nameplate that somebody offers at this node, and the joiners that are brought to it, one after the other. */
import type { MeetingEnd } from '../messages/meeting.ts';
import type { Message } from '../messages/message.ts';
import { ProtocolError } from '../protocol-error.ts';
import type { MessageChannel } from '../session/message-channel.ts';
import { MEET_MESSAGES_MAX } from './meeting-limits.ts';

/** One side of a meeting: a stream of its own, and the request that opened it. */
export type MeetingSide = { readonly channel: MessageChannel; readonly requestId: number };

/** A joiner that has begun a meeting. */
type Guest = { readonly side: MeetingSide; sent: number; readonly onOver: () => void };

export class Offer {
  readonly #host: MeetingSide;
  #guest: Guest | undefined;
  #hostSent = 0;
  /** The guest has gone, and the host has not been heard to know it: what it still sends is for nobody. */
  #isHostBehind = false;
  #isOver = false;
  #waiting: (() => void)[] = [];

  constructor(host: MeetingSide) {
    this.#host = host;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  get isBusy(): boolean {
    return this.#guest !== undefined || this.#isHostBehind;
  }

  /** Reads what the offerer sends until it ends the stream, passing it on. */
  async serveHost(): Promise<void> {
    for (;;) {
      const message = await receive(this.#host);
      if (message === undefined) return;
      if (message.name === 'MEET_MESSAGE') await this.#fromHost(message.body.data);
      else if (message.name === 'MEET_END') await this.#endedByHost(message.body.reason);
      else throw misplaced(message);
    }
  }

  /** Brings a joiner to the offerer, after those before it, and carries what it sends. Resolves when that is over. */
  async serveGuest(side: MeetingSide, signal: AbortSignal): Promise<void> {
    while (this.isBusy && !this.#isOver && !signal.aborted) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    if (signal.aborted) return;
    if (this.#isOver) {
      await endSide(side, 'no-offer');
      return;
    }
    let onOver!: () => void;
    const over = new Promise<void>((resolve) => (onOver = resolve));
    const guest: Guest = { side, sent: 0, onOver };
    this.#guest = guest;
    this.#hostSent = 0;
    try {
      await Promise.all([begin(this.#host), begin(side)]);
      await Promise.race([this.#carry(guest), over]);
    } finally {
      await this.#guestGone(guest);
    }
  }

  /** Nobody can be brought here any more; a meeting that goes on ends. */
  async close(reason: MeetingEnd): Promise<void> {
    this.#isOver = true;
    const guest = this.#guest;
    this.#guest = undefined;
    if (guest !== undefined) {
      await endSide(guest.side, reason);
      guest.onOver();
    }
    this.#wake();
  }

  async #carry(guest: Guest): Promise<void> {
    for (;;) {
      const message = await receive(guest.side);
      if (message === undefined || this.#guest !== guest) return;
      if (message.name === 'MEET_END') {
        await this.#tellHost(guest, message.body.reason);
        return;
      }
      if (message.name !== 'MEET_MESSAGE') throw misplaced(message);
      if (++guest.sent > MEET_MESSAGES_MAX) throw tooMany();
      await this.#host.channel.send('MEET_MESSAGE', this.#host.requestId, message.body);
    }
  }

  /** The guest's stream has ended in whatever way: the offerer is told, unless it was the one to end the meeting. */
  async #guestGone(guest: Guest): Promise<void> {
    await this.#tellHost(guest, 'gone');
    this.#wake();
  }

  async #tellHost(guest: Guest, reason: MeetingEnd): Promise<void> {
    if (this.#guest !== guest) return;
    this.#guest = undefined;
    this.#isHostBehind = true;
    await this.#host.channel.send('MEET_END', this.#host.requestId, { reason });
  }

  async #fromHost(data: Uint8Array): Promise<void> {
    if (++this.#hostSent > MEET_MESSAGES_MAX) throw tooMany();
    const guest = this.#guest;
    if (guest !== undefined) {
      await quietly(guest.side.channel.send('MEET_MESSAGE', guest.side.requestId, { data }));
    } else if (!this.#isHostBehind) {
      throw new ProtocolError('DITS_PROTOCOL_INVALID_MESSAGE', 'a message is for nobody');
    }
  }

  async #endedByHost(reason: MeetingEnd): Promise<void> {
    const guest = this.#guest;
    this.#guest = undefined;
    this.#isHostBehind = false;
    this.#hostSent = 0;
    if (guest !== undefined) {
      await endSide(guest.side, reason);
      guest.onOver();
    }
    this.#wake();
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}

/** The last word on a side's stream. */
export async function endSide(
  { channel, requestId }: MeetingSide,
  reason: MeetingEnd,
): Promise<void> {
  await quietly(channel.send('MEET_END', requestId, { reason }).then(() => channel.end()));
}

function begin({ channel, requestId }: MeetingSide): Promise<void> {
  return channel.send('MEET_BEGIN', requestId, {});
}

/** One side's stream may be broken already; the other side must not suffer for it. */
async function quietly(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
  }
}

async function receive({ channel, requestId }: MeetingSide): Promise<Message | undefined> {
  const received = await channel.receive();
  if (received === undefined) return undefined;
  if (received.message === undefined || received.requestId !== requestId) {
    throw new ProtocolError(
      'DITS_PROTOCOL_INVALID_MESSAGE',
      'a message does not belong to the meeting',
    );
  }
  return received.message;
}

function misplaced({ name }: Message): ProtocolError {
  return new ProtocolError('DITS_PROTOCOL_INVALID_MESSAGE', `${name} does not belong to a meeting`);
}

function tooMany(): ProtocolError {
  return new ProtocolError(
    'DITS_PROTOCOL_TOO_LARGE',
    `more than ${MEET_MESSAGES_MAX} messages in one meeting`,
  );
}
