/**
 * Where a node receives peers that it does not know: while one of its own codes is offered, a ticket is outstanding, or
 * it is a relay (docs/security.md, "Strangers"). They get the lobby and nothing else.
 */
import {
  Lobby,
  LOBBY_GUESTS_MAX,
  LOBBY_GUESTS_PER_NETWORK_MAX,
  serveStranger,
  type Connection,
  type LobbyAnswer,
  type LobbyCaller,
  type ServedStranger,
} from '../../protocol/index.ts';
import { CLOSE_CODE } from '../close-codes.ts';
import type { Logger } from '../logger.ts';
import { systemClock } from '../system-clock.ts';
import { NAMEPLATES_MAX } from '../near/announcement.ts';
import type { Discovery } from '../near/discovery.ts';
import type { TrustFile } from '../trust/trust-file.ts';
import { callerNetwork } from './caller-network.ts';
import { ownMachineName } from './peer-names.ts';
import { TicketFile } from './ticket-file.ts';
import { TicketOffice } from './ticket-office.ts';

export type ReceptionDeps = {
  readonly logger: Logger;
  /** This node's own identity: a command of the same user, which may offer codes here. */
  readonly ownPeerId: string;
  readonly tickets: TicketOffice;
  /** Lets others nearby know that a code is offered here, until what it returns is called. */
  readonly announce: (nameplate: string) => () => void;
};

export type ReceptionOptions = {
  /** Name and version of this program. */
  readonly software: string;
  /** Whether strangers may meet each other here. */
  readonly isRelay: boolean;
};

type Guest = { readonly caller: LobbyCaller; readonly session: ServedStranger };

/** What a node hands to its reception. */
export type NodeReceptionDeps = Pick<ReceptionDeps, 'logger' | 'ownPeerId'> & {
  readonly trust: TrustFile;
  /** Once it runs, if it does. */
  readonly discovery: () => Pick<Discovery, 'offer'> | undefined;
};

/** The reception of a node, with the tickets of its home folder. */
export async function openReception(
  { logger, ownPeerId, trust, discovery }: NodeReceptionDeps,
  options: {
    readonly home: string;
    readonly software: string;
    readonly isRelay?: boolean | undefined;
  },
): Promise<Reception> {
  const now = (): Date => new Date();
  const tickets = await TicketOffice.open(
    { tickets: new TicketFile(options.home, { trust, now }), trust, logger, now },
    { ownName: ownMachineName() },
  );
  let announcedCount = 0;
  const announce = (nameplate: string): (() => void) => {
    const service = discovery();
    // The rest are found by those who say where: an announcement has room for a few.
    if (service === undefined || announcedCount >= NAMEPLATES_MAX) return () => undefined;
    announcedCount++;
    const end = service.offer(nameplate);
    return () => {
      announcedCount--;
      end();
    };
  };
  const { software, isRelay = false } = options;
  return new Reception({ logger, ownPeerId, tickets, announce }, { software, isRelay });
}

export class Reception {
  readonly #deps: ReceptionDeps;
  readonly #options: ReceptionOptions;
  readonly #lobby: Lobby;
  readonly #guests = new Set<Guest>();

  constructor(deps: ReceptionDeps, options: ReceptionOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#lobby = new Lobby({
      clock: systemClock,
      mayOffer: ({ peerId }) => options.isRelay || peerId === deps.ownPeerId,
      redeem: (request, caller) => deps.tickets.redeem(request, caller),
      announce: deps.announce,
    });
  }

  /** Whether strangers are let in now. */
  get isOpen(): boolean {
    const hasOffers = this.#lobby.nameplates.length > 0;
    return this.#options.isRelay || hasOffers || this.#deps.tickets.hasOutstanding;
  }

  /** Makes `isOpen` tell the truth about tickets that were issued a moment ago. */
  async refresh(): Promise<void> {
    await this.#deps.tickets.refresh();
  }

  /** Strangers that are here. */
  get guestCount(): number {
    return this.#guests.size;
  }

  /** Answers what a peer that is known asks of the lobby. */
  answerFor(connection: Connection): LobbyAnswer {
    const caller = callerOf(connection);
    return (request, signal) => this.#lobby.answer(request, caller, signal);
  }

  /** Receives a stranger. Resolves when it has gone. */
  async receive(connection: Connection): Promise<void> {
    const { logger } = this.#deps;
    const caller = callerOf(connection);
    const { peerId, network } = caller;
    const ofNetwork = [...this.#guests].filter((guest) => guest.caller.network === network).length;
    if (this.#guests.size >= LOBBY_GUESTS_MAX || ofNetwork >= LOBBY_GUESTS_PER_NETWORK_MAX) {
      logger.info('stranger.refused', { peerId, network });
      await connection.close(CLOSE_CODE.rateLimited, 'too many connections of unknown peers');
      return;
    }
    logger.info('stranger.received', { peerId, address: connection.remoteAddress });
    const session = serveStranger(
      connection,
      { clock: systemClock, lobby: this.#lobby, caller },
      {
        software: this.#options.software,
        onProblem: (error) => {
          const reason = error instanceof Error ? error.message : String(error);
          logger.info('stranger.problem', { peerId, reason });
        },
      },
    );
    const guest = { caller, session };
    this.#guests.add(guest);
    try {
      await session.done;
    } finally {
      this.#guests.delete(guest);
      logger.info('stranger.gone', { peerId });
    }
  }

  /** Sends everyone away and stops looking at tickets. */
  async close(code: number, reason: string): Promise<void> {
    await this.#deps.tickets.close();
    await Promise.all([...this.#guests].map(({ session }) => session.close(code, reason)));
  }
}

function callerOf({ remotePeerId: peerId, remoteAddress }: Connection): LobbyCaller {
  return { peerId, network: callerNetwork(remoteAddress) };
}
