/**
 * What a node does for peers that it need not know: brings them together by a nameplate, and redeems tickets. Nothing
 * here leads to a repository.
 */
import type { Clock } from '../clock.ts';
import type { Message } from '../messages/message.ts';
import type { TicketRedeem, TicketRedeemed } from '../messages/ticket.ts';
import { ProtocolError } from '../protocol-error.ts';
import type { MessageChannel } from '../session/message-channel.ts';
import { Mailbox } from './mailbox.ts';
import { TryLimits } from './try-limits.ts';

/** Who asks. */
export type LobbyCaller = {
  /** Proven by the transport. */
  readonly peerId: string;
  /** What its tries are counted by: its address, or the network that one household has. */
  readonly network: string;
};

export type LobbyDeps = {
  readonly clock: Clock;
  /** Whether this peer may offer a code here: strangers may at a relay only. */
  readonly mayOffer: (caller: LobbyCaller) => boolean;
  /** @throws ProtocolError DITS_PROTOCOL_PERMISSION_DENIED, with the reason, for a ticket that is not good */
  readonly redeem: (request: TicketRedeem, caller: LobbyCaller) => Promise<TicketRedeemed>;
  /** Told when a nameplate is on offer; what it returns, when it is no more. */
  readonly announce?: ((nameplate: string) => () => void) | undefined;
};

/** A request on a stream of its own. */
export type LobbyRequest = {
  readonly channel: MessageChannel;
  readonly requestId: number;
  readonly message: LobbyMessage;
};

const REQUESTS = ['MEET_OFFER', 'MEET_JOIN', 'TICKET_REDEEM'] as const;

/** What begins something that the lobby answers. */
type LobbyMessage = Extract<Message, { readonly name: (typeof REQUESTS)[number] }>;

/** Whether a message begins something that the lobby answers. */
export function isLobbyRequest(message: Message): message is LobbyMessage {
  return REQUESTS.some((name) => name === message.name);
}

export class Lobby {
  readonly #deps: LobbyDeps;
  readonly #mailbox: Mailbox;
  readonly #tries: TryLimits;

  constructor(deps: LobbyDeps) {
    this.#deps = deps;
    this.#mailbox = new Mailbox(deps.clock);
    this.#tries = new TryLimits(deps.clock);
  }

  /** What is on offer: the first halves of codes, which are no secret. */
  get nameplates(): readonly string[] {
    return this.#mailbox.nameplates;
  }

  /** Answers one request, until all of it is over. The stream needs no more reading then. @throws ProtocolError */
  async answer(request: LobbyRequest, caller: LobbyCaller, signal: AbortSignal): Promise<void> {
    const { message, ...side } = request;
    switch (message.name) {
      case 'MEET_OFFER': {
        if (!this.#deps.mayOffer(caller)) {
          throw new ProtocolError(
            'DITS_PROTOCOL_PERMISSION_DENIED',
            'codes of others cannot be offered here: this node is no relay',
          );
        }
        const { nameplate } = message.body;
        const { announce } = this.#deps;
        await this.#mailbox.offer(side, { nameplate, network: caller.network, announce }, signal);
        return;
      }
      case 'MEET_JOIN':
        this.#tries.take(caller.network);
        await this.#mailbox.join(side, message.body.nameplate, signal);
        return;
      case 'TICKET_REDEEM': {
        this.#tries.take(caller.network);
        const answer = await this.#deps.redeem(message.body, caller);
        await request.channel.send('TICKET_REDEEMED', request.requestId, answer);
        await request.channel.end();
      }
    }
  }
}
