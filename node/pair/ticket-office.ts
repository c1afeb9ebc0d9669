/** Redeems tickets at a running node, and knows whether any is outstanding. */
import {
  ProtocolError,
  type LobbyCaller,
  type TicketRedeem,
  type TicketRedeemed,
} from '../../protocol/index.ts';
import { HomeWatch } from '../home-watch.ts';
import type { Logger } from '../logger.ts';
import type { TrustFile } from '../trust/trust-file.ts';
import { freePeerName } from './peer-names.ts';
import { isOutstanding, type TicketFile } from './ticket-file.ts';
import type { IssuedTicket } from './ticket-format.ts';

export type TicketOfficeDeps = {
  readonly tickets: TicketFile;
  readonly trust: TrustFile;
  readonly logger: Logger;
  readonly now: () => Date;
};

export type TicketOfficeOptions = {
  /** What this machine calls itself. */
  readonly ownName: string;
};

export class TicketOffice {
  readonly #deps: TicketOfficeDeps;
  readonly #ownName: string;
  readonly #watch = new HomeWatch(() => this.#look());
  #issued: readonly IssuedTicket[] = [];
  #version = '';

  private constructor(deps: TicketOfficeDeps, { ownName }: TicketOfficeOptions) {
    this.#deps = deps;
    this.#ownName = ownName;
  }

  static async open(deps: TicketOfficeDeps, options: TicketOfficeOptions): Promise<TicketOffice> {
    const office = new TicketOffice(deps, options);
    await office.#look();
    office.#watch.start();
    return office;
  }

  /** Whether somebody may come with a ticket. */
  get hasOutstanding(): boolean {
    const now = this.#deps.now();
    return this.#issued.some((ticket) => isOutstanding(ticket, now));
  }

  /** @throws ProtocolError DITS_PROTOCOL_PERMISSION_DENIED */
  async redeem(request: TicketRedeem, { peerId }: LobbyCaller): Promise<TicketRedeemed> {
    const { tickets, trust, logger } = this.#deps;
    const name = freePeerName(await trust.read(), { peerId, wanted: request.name });
    const shown = { id: request.ticket, secret: request.secret };
    const verdict = await tickets.use(shown, { peerId, name });
    if (!verdict.isGood) {
      logger.warn('ticket.refused', { peerId, reason: verdict.reason });
      throw new ProtocolError('DITS_PROTOCOL_PERMISSION_DENIED', verdict.reason, {
        hint: 'ask for a new one: dits peer ticket',
      });
    }
    const { id, grant, until } = verdict.ticket;
    logger.info('ticket.redeemed', { peerId, ticket: id });
    return {
      repository: grant.repository,
      access: grant.access,
      until: Math.floor(Date.parse(until) / 1_000),
      name: this.#ownName,
    };
  }

  /** Looks at the file now: a ticket that another process has just written holds when this resolves. */
  refresh(): Promise<void> {
    return this.#watch.refresh();
  }

  close(): Promise<void> {
    return this.#watch.stop();
  }

  async #look(): Promise<void> {
    const { tickets, logger } = this.#deps;
    try {
      const version = await tickets.version();
      if (version === this.#version) return;
      this.#issued = await tickets.read();
      this.#version = version;
    } catch (error) {
      // Until the file is repaired nobody is let in by a ticket: what cannot be read vouches for nobody.
      this.#issued = [];
      const reason = error instanceof Error ? error.message : String(error);
      logger.warn('tickets.unreadable', { reason });
    }
  }
}
