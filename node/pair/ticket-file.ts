/** The tickets that a home folder has issued, on disk. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { TICKET_ID_BYTES, TICKET_SECRET_BYTES } from '../../protocol/index.ts';
import { HomeFile } from '../home-file.ts';
import { NodeError } from '../node-error.ts';
import { grantProblem } from '../trust/peer-rules.ts';
import type { PeerBook } from '../trust/peer-book.ts';
import type { TrustFile } from '../trust/trust-file.ts';
import {
  TICKETS_COUNT_MAX,
  TICKET_USES_MAX,
  formatTickets,
  parseTickets,
  type IssuedTicket,
} from './ticket-format.ts';

/** Room for `TICKETS_COUNT_MAX` tickets with a few uses each. */
const TICKETS_FILE_SIZE_MAX_BYTES: number = 4 * 1024 * 1024;
/** How long a ticket that is over is still listed, and its owner told why it is not good. */
const KEPT_AFTER_END_MS: number = 7 * 86_400_000;

export type TicketRequest = Pick<IssuedTicket, 'grant' | 'usesMax'> & { readonly until: Date };

/** A new ticket, with the secret that nobody keeps but its holder. */
export type NewTicket = {
  readonly issued: IssuedTicket;
  readonly id: Uint8Array;
  readonly secret: Uint8Array;
};

/** Whether a ticket lets somebody in: the ticket, or why not, for people. */
export type TicketVerdict =
  | { readonly isGood: true; readonly ticket: IssuedTicket }
  | { readonly isGood: false; readonly reason: string };

export class TicketFile {
  readonly #file: HomeFile<readonly IssuedTicket[]>;
  readonly #trust: TrustFile;
  readonly #now: () => Date;

  constructor(home: string, deps: { readonly trust: TrustFile; readonly now: () => Date }) {
    this.#file = new HomeFile(home, {
      fileName: 'tickets.toml',
      lockName: 'tickets.lock',
      subject: 'the issued tickets',
      sizeMaxBytes: TICKETS_FILE_SIZE_MAX_BYTES,
      tooBigCode: 'DITS_NODE_TRUST_CORRUPT',
      absent: [],
      parse: parseTickets,
      format: formatTickets,
    });
    this.#trust = deps.trust;
    this.#now = deps.now;
  }

  get path(): string {
    return this.#file.path;
  }

  /** @throws NodeError DITS_NODE_TRUST_CORRUPT, DITS_NODE_IO */
  read(): Promise<readonly IssuedTicket[]> {
    return this.#file.read();
  }

  /** Changes when the file does. */
  version(): Promise<string> {
    return this.#file.version();
  }

  /** @throws NodeError DITS_NODE_BAD_ADDRESS for a grant or count that is not allowed; as `read` */
  async issue({ grant, usesMax, until }: TicketRequest): Promise<NewTicket> {
    const problem = grantProblem(grant);
    if (problem !== undefined) throw refused(`a ticket cannot be made: ${problem}`);
    if (usesMax < 1 || usesMax > TICKET_USES_MAX) {
      throw refused(`a ticket can be used 1 to ${TICKET_USES_MAX} times`);
    }
    const id = randomBytes(TICKET_ID_BYTES);
    const secret = randomBytes(TICKET_SECRET_BYTES);
    const issued: IssuedTicket = {
      id: id.toString('hex'),
      secretSha256: hashOf(secret),
      grant,
      until: until.toISOString(),
      usesMax,
      usedBy: [],
      isRevoked: false,
    };
    await this.#change((tickets) => {
      if (tickets.length >= TICKETS_COUNT_MAX) {
        throw refused(`there cannot be more than ${TICKETS_COUNT_MAX} tickets at a time`);
      }
      return Promise.resolve({ tickets: [...tickets, issued], result: undefined });
    });
    return { issued, id, secret };
  }

  /** Makes a ticket void and takes back every grant that came with it. Undefined when there is none with this id. */
  async revoke(id: string): Promise<IssuedTicket | undefined> {
    return await this.#change(async (tickets) => {
      const found = tickets.find((ticket) => ticket.id === id);
      if (found === undefined) return { tickets, result: undefined };
      const revoked = { ...found, isRevoked: true };
      // The grants first: whoever is told that a ticket is revoked may rely on it.
      await this.#trust.withdrawTicket(id);
      return { tickets: tickets.map((one) => (one === found ? revoked : one)), result: revoked };
    });
  }

  /**
   * Uses a ticket for a peer, which is known from then on. Again for the same peer it costs no further use, as long as it
   * has what came with the ticket: the first answer may have been lost. No revocation comes in between.
   */
  async use(
    shown: { readonly id: Uint8Array; readonly secret: Uint8Array },
    peer: { readonly peerId: string; readonly name: string | undefined },
  ): Promise<TicketVerdict> {
    return await this.#change<TicketVerdict>(async (tickets) => {
      const found = tickets.find((ticket) => ticket.id === Buffer.from(shown.id).toString('hex'));
      const reason = refusalOf(found, {
        secret: shown.secret,
        peerId: peer.peerId,
        now: this.#now(),
        book: await this.#trust.read(),
      });
      if (found === undefined || reason !== undefined) {
        return { tickets, result: { isGood: false, reason: reason ?? NOT_GOOD } };
      }
      const { id, grant, until } = found;
      await this.#trust.add({ ...peer, grants: [{ ...grant, until, ticket: id }] });
      if (found.usedBy.includes(peer.peerId))
        return { tickets, result: { isGood: true, ticket: found } };
      const used = { ...found, usedBy: [...found.usedBy, peer.peerId] };
      return {
        tickets: tickets.map((one) => (one === found ? used : one)),
        result: { isGood: true, ticket: used },
      };
    });
  }

  async #change<T>(
    change: (
      tickets: readonly IssuedTicket[],
    ) => Promise<{ readonly tickets: readonly IssuedTicket[]; readonly result: T }>,
  ): Promise<T> {
    return await this.#file.change(async (all) => {
      const endMs = this.#now().getTime() - KEPT_AFTER_END_MS;
      const kept = all.filter(({ until }) => Date.parse(until) > endMs);
      const { tickets, result } = await change(kept);
      return { value: tickets === kept ? all : tickets, result };
    });
  }
}

/** Whether a ticket can still let somebody in that has not been let in by it. */
export function isOutstanding(ticket: IssuedTicket, now: Date): boolean {
  const { isRevoked, until, usedBy, usesMax } = ticket;
  return !isRevoked && Date.parse(until) > now.getTime() && usedBy.length < usesMax;
}

/** The same for a ticket that never was and for one with another secret: nobody learns which ids exist. */
const NOT_GOOD = 'this ticket is not good here';

function refusalOf(
  ticket: IssuedTicket | undefined,
  shown: {
    readonly secret: Uint8Array;
    readonly peerId: string;
    readonly now: Date;
    readonly book: PeerBook;
  },
): string | undefined {
  const given = Buffer.from(hashOf(shown.secret));
  const expected = Buffer.from(ticket?.secretSha256 ?? hashOf(new Uint8Array()));
  if (ticket === undefined || !timingSafeEqual(given, expected)) return NOT_GOOD;
  if (ticket.isRevoked) return 'this ticket was revoked';
  if (Date.parse(ticket.until) <= shown.now.getTime()) return 'the time of this ticket is over';
  return useProblem(ticket, shown.peerId, shown.book);
}

/** The known peers count as well as the ticket's own list: one that was let in just before a crash is only among them. */
function useProblem(
  { id, usedBy, usesMax }: IssuedTicket,
  peerId: string,
  book: PeerBook,
): string | undefined {
  const holders = book.peers
    .filter(({ grants }) => grants.some(({ ticket }) => ticket === id))
    .map((peer) => peer.peerId);
  if (holders.includes(peerId)) return undefined;
  if (usedBy.includes(peerId)) return 'what came with this ticket was taken back';
  const users = new Set([...holders, ...usedBy.map((one) => book.holderOf(one)?.peerId ?? one)]);
  return users.size >= usesMax ? 'this ticket was used already' : undefined;
}

/** The secret has 128 bits of chance: a plain hash is enough to hide it. */
function hashOf(secret: Uint8Array): string {
  return createHash('sha256').update(secret).digest('hex');
}

function refused(message: string): NodeError {
  return new NodeError('DITS_NODE_BAD_ADDRESS', message);
}
