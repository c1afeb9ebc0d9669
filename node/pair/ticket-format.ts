/**
 * The tickets file (docs/configuration.md, "tickets.toml"): a TOML table per ticket that this machine has issued.
 *
 *     [tickets.0123456789abcdef]
 *     secret_sha256 = "…"
 *     grant = { repository = "film", access = "read" }
 *     until = "2027-01-31T18:00:00.000Z"
 *     uses = 3
 *     used_by = ["12D3KooW…"]
 */
import { parse, stringify, type TomlTable } from 'smol-toml';
import { isPeerId } from '../identity/peer-id.ts';
import { NodeError } from '../node-error.ts';
import type { Grant } from '../trust/known-peer.ts';
import { grantProblem, isAccess } from '../trust/peer-rules.ts';

/** Tickets of one home folder that are not over yet. */
export const TICKETS_COUNT_MAX = 1_000;
/** Peers that one ticket may let in. */
export const TICKET_USES_MAX = 1_000;
const TICKET_ID = /^[0-9a-f]{16}$/;
const SHA256 = /^[0-9a-f]{64}$/;

/** A ticket as its issuer keeps it: without the secret. */
export type IssuedTicket = {
  /** 16 hexadecimal digits. */
  readonly id: string;
  readonly secretSha256: string;
  /** What whoever redeems it gets. */
  readonly grant: Pick<Grant, 'repository' | 'access' | 'branches'>;
  /** RFC 3339: when the ticket and what came with it end. */
  readonly until: string;
  /** How many peers may redeem it. */
  readonly usesMax: number;
  /** Ids of those who did. */
  readonly usedBy: readonly string[];
  readonly isRevoked: boolean;
};

/** @throws NodeError DITS_NODE_TRUST_CORRUPT */
export function parseTickets(text: string, path: string): readonly IssuedTicket[] {
  try {
    const { tickets = {} } = parse(text);
    return Object.entries(tableOf(tickets)).map(([id, value]) => readTicket(id, tableOf(value)));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split('\n', 1)[0]! : String(cause);
    throw new NodeError('DITS_NODE_TRUST_CORRUPT', `cannot read the issued tickets: ${why}`, {
      cause,
      hint: `Repair ${path}, or move it away: the tickets in it are void then.`,
      details: { path },
    });
  }
}

export function formatTickets(issued: readonly IssuedTicket[]): string {
  const tickets: Record<string, TomlTable> = {};
  for (const { id, secretSha256, grant, until, usesMax, usedBy, isRevoked } of issued) {
    const { repository, access, branches } = grant;
    tickets[id] = {
      secret_sha256: secretSha256,
      grant: { repository, access, ...(branches === undefined ? {} : { branches: [...branches] }) },
      until,
      uses: usesMax,
      used_by: [...usedBy],
      ...(isRevoked ? { revoked: true } : {}),
    };
  }
  return stringify({ tickets });
}

function readTicket(id: string, table: TomlTable): IssuedTicket {
  const { until, uses, revoked = false } = table;
  if (!TICKET_ID.test(id)) throw new Error(`${id} is no id of a ticket`);
  const secretSha256 = textOf(table, 'secret_sha256');
  if (!SHA256.test(secretSha256)) throw new Error('a hash is none');
  if (typeof until !== 'string' || Number.isNaN(Date.parse(until)))
    throw new Error('an end is none');
  if (typeof uses !== 'number' || !Number.isSafeInteger(uses)) throw new Error('a count is none');
  const usedBy = textsOf(table['used_by']);
  if (!usedBy.every(isPeerId)) throw new Error('a user is no peer id');
  const grant = readGrant(tableOf(table['grant']));
  return { id, secretSha256, grant, until, usesMax: uses, usedBy, isRevoked: revoked === true };
}

function readGrant(table: TomlTable): IssuedTicket['grant'] {
  const { access, branches } = table;
  if (!isAccess(access)) throw new Error('an access is none');
  const patterns = branches === undefined ? {} : { branches: textsOf(branches) };
  const grant = { repository: textOf(table, 'repository'), access, ...patterns };
  const problem = grantProblem(grant);
  if (problem !== undefined) throw new Error(problem);
  return grant;
}

function tableOf(value: unknown): TomlTable {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as TomlTable;
  }
  throw new Error('a table is missing');
}

function textsOf(value: unknown): readonly string[] {
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value;
  throw new Error('a list of texts is missing');
}

function textOf(table: TomlTable, name: string): string {
  const value = table[name];
  if (typeof value === 'string') return value;
  throw new Error(`${name} is missing`);
}
