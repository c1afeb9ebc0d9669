/** What a peers file may hold: names, grants, addresses, rates, and how many of each. */
import { ACCESS, type Access } from '../../protocol/index.ts';
import { refPatternProblem } from '../../store/index.ts';
import { PORT_DEFAULT, parseHostPort } from '../address.ts';
import { isPeerId } from '../identity/peer-id.ts';
import { repositoryNameProblem } from '../repository-name.ts';
import { ANY_REPOSITORY, type Grant } from './known-peer.ts';

/** Known peers of one home folder. */
export const PEERS_COUNT_MAX = 10_000;
/** Addresses, and relays, kept of one peer: a machine has a few interfaces and moves between a few networks. */
export const ADDRESSES_PER_PEER_MAX = 8;
/** Former ids kept of one peer. */
export const FORMER_IDS_MAX = 8;
export const GRANTS_PER_PEER_MAX = 256;
const PATTERNS_PER_GRANT_MAX = 64;
const PEER_NAME_LENGTH_MAX = 64;
const PEER_NAME = /^[\p{L}\p{N}_][\p{L}\p{N} ._-]*$/u;
const TICKET_ID = /^[A-Za-z0-9_-]{1,64}$/;

/** Why a peer may not be called `name`, or undefined. */
export function peerNameProblem(name: string): string | undefined {
  if (name.length === 0 || name.length > PEER_NAME_LENGTH_MAX) {
    return `must have 1 to ${PEER_NAME_LENGTH_MAX} characters`;
  }
  if (!PEER_NAME.test(name)) return 'may only have letters, digits, spaces, dots and dashes';
  return isPeerId(name) ? 'must not look like a peer id' : undefined;
}

/** What is wrong with a grant, or undefined. */
export function grantProblem(grant: Grant): string | undefined {
  const { repository, branches, until, ticket } = grant;
  const nameProblem = repository === ANY_REPOSITORY ? undefined : repositoryNameProblem(repository);
  if (nameProblem !== undefined) return `the name of the repository ${nameProblem}`;
  if (branches !== undefined) {
    if (branches.length === 0) return 'no branch is named';
    if (branches.length > PATTERNS_PER_GRANT_MAX) {
      return `more than ${PATTERNS_PER_GRANT_MAX} patterns for branches`;
    }
    for (const pattern of branches) {
      const problem = refPatternProblem(pattern);
      if (problem !== undefined) return `the pattern ${JSON.stringify(pattern)} ${problem}`;
    }
  }
  if (until !== undefined && Number.isNaN(Date.parse(until))) return 'its end is no time';
  if (ticket !== undefined && !TICKET_ID.test(ticket)) return 'the id of its ticket is none';
  return undefined;
}

/** Why `text` is no `HOST:PORT`, or undefined. */
export function addressProblem(text: string): string | undefined {
  try {
    parseHostPort(text, PORT_DEFAULT);
    return undefined;
  } catch {
    return 'is not HOST:PORT';
  }
}

/** Why a number of bytes a second is none, or undefined. */
export function rateProblem(bytesPerSecond: number): string | undefined {
  const isRate = Number.isSafeInteger(bytesPerSecond) && bytesPerSecond > 0;
  return isRate ? undefined : 'is no number of bytes a second';
}

export function isAccess(value: unknown): value is Access {
  return typeof value === 'string' && Object.hasOwn(ACCESS, value);
}
