/** The dialler's end of a connection to a lobby: offers a nameplate, joins one, redeems a ticket. */
import type { Clock } from '../clock.ts';
import type { ByteStream, Connection } from '../connection.ts';
import { applicationCodeOf, explainReset, fromErrorMessage } from '../error-codes.ts';
import type { MessageName } from '../frames/message-types.ts';
import type { Message, MessageBody } from '../messages/message.ts';
import type { TicketRedeem, TicketRedeemed } from '../messages/ticket.ts';
import { invalidMessage } from '../messages/wire-fields.ts';
import { Conversation } from '../session/conversation.ts';
import { openControl } from '../session/handshake.ts';
import { MessageChannel } from '../session/message-channel.ts';
import { explainLoss } from '../session/last-words.ts';
import { createHello, WINDOW_MIN_BYTES } from '../session/session-limits.ts';
import { Meeting, type MeetingStream } from './meeting.ts';
import { StandingOffer, type MeetingOffer } from './standing-offer.ts';

export type VisitOptions = {
  /** Name and version of this program. */
  readonly software: string;
  readonly signal?: AbortSignal | undefined;
};

/**
 * Says HELLO to a node that need not know this one. The visit owns the connection from here on.
 * @throws ProtocolError; the connection is closed then
 */
export async function visitLobby(
  connection: Connection,
  deps: { readonly clock: Clock },
  { software, signal }: VisitOptions,
): Promise<Visit> {
  const { clock } = deps;
  const hello = createHello(software, WINDOW_MIN_BYTES);
  const { control, incoming } = await openControl({ connection, clock }, { hello, signal });
  const conversation = new Conversation({ connection, clock, control, incoming });
  return new Visit(connection, conversation, clock);
}

export class Visit {
  readonly #clock: Clock;
  readonly #connection: Connection;
  readonly #conversation: Conversation;
  readonly #running: Promise<void>;

  /** Use `visitLobby`. */
  constructor(connection: Connection, conversation: Conversation, clock: Clock) {
    this.#clock = clock;
    this.#connection = connection;
    this.#conversation = conversation;
    this.#running = this.#run();
  }

  /** The proven identity of the node visited. */
  get remotePeerId(): string {
    return this.#connection.remotePeerId;
  }

  /** Offers a nameplate; 'taken' when somebody else does. @throws ProtocolError */
  async offer(nameplate: string): Promise<MeetingOffer | 'taken'> {
    const stream = await this.#open('MEET_OFFER', { nameplate });
    const answer = await stream.receive();
    if (answer?.name === 'MEET_END' && answer.body.reason === 'taken') {
      await stream.end();
      return 'taken';
    }
    if (answer?.name !== 'MEET_OFFERED') throw invalidMessage('does not answer an offer');
    const offer = new StandingOffer(stream, this.#clock);
    this.#conversation.track(offer.read());
    return offer;
  }

  /** Joins whoever offers a nameplate; undefined when nobody does. @throws ProtocolError */
  async join(nameplate: string): Promise<Meeting | undefined> {
    const stream = await this.#open('MEET_JOIN', { nameplate });
    const answer = await stream.receive();
    if (answer?.name === 'MEET_END') {
      await stream.end();
      return undefined;
    }
    if (answer?.name !== 'MEET_BEGIN') throw invalidMessage('does not answer who wants to join');
    const meeting = new Meeting(stream, { isLast: true });
    this.#conversation.track(readMeeting(stream, meeting));
    return meeting;
  }

  /** @throws ProtocolError DITS_PROTOCOL_PERMISSION_DENIED, with the reason, for a ticket that is not good */
  async redeem(request: TicketRedeem): Promise<TicketRedeemed> {
    const stream = await this.#open('TICKET_REDEEM', request);
    await stream.end();
    const answer = await stream.receive();
    if (answer?.name !== 'TICKET_REDEEMED') throw invalidMessage('does not answer about a ticket');
    return answer.body;
  }

  /** Ends the visit in good order. Idempotent. */
  async close(): Promise<void> {
    await this.#conversation.close();
    await this.#running;
  }

  async #open<N extends MessageName>(name: N, body: MessageBody<N>): Promise<MeetingStream> {
    const requestId = this.#conversation.nextRequestId();
    const explain = (error: unknown): Promise<unknown> =>
      explainLoss(this.#connection, explainReset(error));
    try {
      const channel = new MessageChannel(await this.#connection.openStream());
      await channel.send(name, requestId, body);
      return {
        send: (one, itsBody) => channel.send(one, requestId, itsBody),
        receive: () => receive(channel, requestId, explain),
        end: () => channel.end(),
      };
    } catch (error) {
      throw await explain(error);
    }
  }

  async #run(): Promise<void> {
    const refuse = (stream: ByteStream): void => {
      const error = invalidMessage('comes on a stream that only the dialler may open');
      stream.reset(applicationCodeOf(error));
      stream.stop(applicationCodeOf(error));
      this.#conversation.fail(error);
    };
    try {
      await this.#conversation.run({
        // eslint-disable-next-line @typescript-eslint/require-await -- the interface is asynchronous for real answers
        onControl: async () => {
          throw invalidMessage('answers no question');
        },
        onStream: refuse,
      });
    } catch {
      // Whoever waits on a stream of the connection has been told by it.
    }
  }
}

async function receive(
  channel: MessageChannel,
  requestId: number,
  explain: (error: unknown) => Promise<unknown>,
): Promise<Message | undefined> {
  try {
    const received = await channel.receive();
    if (received === undefined) return undefined;
    if (received.message?.name === 'ERROR') throw fromErrorMessage(received.message.body);
    if (received.message === undefined || received.requestId !== requestId) {
      throw invalidMessage('belongs to another request');
    }
    return received.message;
  } catch (error) {
    throw await explain(error);
  }
}

/** Reads a joiner's stream to its end. Never rejects: whoever waits in the meeting is told. */
async function readMeeting(stream: MeetingStream, meeting: Meeting): Promise<void> {
  try {
    for (;;) {
      const message = await stream.receive();
      await meeting.deliver(message);
      if (message === undefined) return;
    }
  } catch (error) {
    meeting.fail(error);
  }
}
