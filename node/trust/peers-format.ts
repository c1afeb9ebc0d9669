/**
 * The peers file (docs/configuration.md, "peers.toml"): a TOML table per peer, named by its id.
 *
 *     [peers.12D3KooW…]
 *     name = "edit-suite"
 *     grants = { "*" = "read", "film" = "write" }
 */
import { parse, stringify, type TomlTable } from 'smol-toml';
import { ACCESS, type Access } from '../../protocol/index.ts';
import { isPeerId } from '../identity/peer-id.ts';
import { NodeError } from '../node-error.ts';
import { repositoryNameProblem } from '../repository-name.ts';
import { ANY_REPOSITORY, PeerBook, type KnownPeer } from './peer-book.ts';

/** Known peers of one home folder. */
const PEERS_COUNT_MAX = 10_000;
const PEER_NAME_LENGTH_MAX = 64;
const PEER_NAME = /^[\p{L}\p{N}_][\p{L}\p{N} ._-]*$/u;

/** Why a peer may not be called `name`, or undefined. */
export function peerNameProblem(name: string): string | undefined {
  if (name.length === 0 || name.length > PEER_NAME_LENGTH_MAX) {
    return `must have 1 to ${PEER_NAME_LENGTH_MAX} characters`;
  }
  if (!PEER_NAME.test(name)) return 'may only have letters, digits, spaces, dots and dashes';
  return isPeerId(name) ? 'must not look like a peer id' : undefined;
}

/** Why a grant may not be for `repository`, or undefined. */
export function grantNameProblem(repository: string): string | undefined {
  return repository === ANY_REPOSITORY ? undefined : repositoryNameProblem(repository);
}

export function isAccess(value: unknown): value is Access {
  return typeof value === 'string' && Object.hasOwn(ACCESS, value);
}

/** @throws NodeError DITS_NODE_TRUST_CORRUPT */
export function parsePeers(text: string, path: string): PeerBook {
  try {
    const { peers = {} } = parse(text);
    const entries = Object.entries(tableOf(peers, 'peers'));
    if (entries.length > PEERS_COUNT_MAX) throw new Error(`more than ${PEERS_COUNT_MAX} peers`);
    const known = entries.map(([peerId, value]) => readPeer(peerId, tableOf(value, peerId)));
    if (new Set(known.map(({ name }) => name)).size < known.length) {
      throw new Error('two peers have the same name');
    }
    return new PeerBook(known);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split('\n', 1)[0]! : String(cause);
    throw new NodeError('DITS_NODE_TRUST_CORRUPT', `cannot read the known peers: ${why}`, {
      cause,
      hint: `Repair ${path}, or move it away to start with no known peers.`,
      details: { path },
    });
  }
}

export function formatPeers(book: PeerBook): string {
  const peers: Record<string, TomlTable> = {};
  for (const { peerId, name, grants, firstSeen, lastSeen } of book.peers) {
    peers[peerId] = {
      name,
      ...(firstSeen === undefined ? {} : { first_seen: firstSeen }),
      ...(lastSeen === undefined ? {} : { last_seen: lastSeen }),
      grants: { ...grants },
    };
  }
  return stringify({ peers });
}

function readPeer(peerId: string, table: TomlTable): KnownPeer {
  if (!isPeerId(peerId)) throw new Error(`${peerId} is no peer id`);
  const { name, grants = {} } = table;
  if (typeof name !== 'string' || peerNameProblem(name) !== undefined) {
    throw new Error(`the name of ${peerId} is missing or not allowed`);
  }
  const read: Record<string, Access> = {};
  for (const [repository, access] of Object.entries(tableOf(grants, 'grants'))) {
    if (grantNameProblem(repository) !== undefined || !isAccess(access)) {
      throw new Error(`${peerId} has a grant that is not allowed`);
    }
    read[repository] = access;
  }
  return {
    peerId,
    name,
    grants: read,
    firstSeen: textOf(table['first_seen']),
    lastSeen: textOf(table['last_seen']),
  };
}

function tableOf(value: unknown, what: string): TomlTable {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`${what} is not a table`);
  }
  return value as TomlTable;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
