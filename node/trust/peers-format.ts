/**
 * The peers file (docs/configuration.md, "peers.toml"): a TOML table per peer, named by its id.
 *
 *     [peers.12D3KooW…]
 *     name = "edit-suite"
 *     grants = { "*" = "read", film = { access = "write", branches = ["artist/*"] } }
 */
import { parse, stringify, type TomlTable, type TomlValue } from 'smol-toml';
import { isPeerId } from '../identity/peer-id.ts';
import { NodeError } from '../node-error.ts';
import type { Grant, KnownPeer } from './known-peer.ts';
import { PeerBook } from './peer-book.ts';
import {
  ADDRESSES_PER_PEER_MAX,
  FORMER_IDS_MAX,
  GRANTS_PER_PEER_MAX,
  PEERS_COUNT_MAX,
  addressProblem,
  grantProblem,
  isAccess,
  peerNameProblem,
  rateProblem,
} from './peer-rules.ts';

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
  for (const peer of book.peers) peers[peer.peerId] = writePeer(peer);
  return stringify({ peers });
}

function writePeer(peer: KnownPeer): TomlTable {
  const fields: Record<string, TomlValue | undefined> = {
    name: peer.name,
    first_seen: peer.firstSeen,
    last_seen: peer.lastSeen,
    formerly: unlessEmpty(peer.formerly),
    addresses: unlessEmpty(peer.addresses),
    relays: unlessEmpty(peer.relays),
    up: peer.upBytesPerSecondMax,
    down: peer.downBytesPerSecondMax,
    grants: writeGrants(peer.grants),
  };
  return definedOnly(fields);
}

/** By repository: a word when there is nothing but the access, a table, or a list where there are several. */
function writeGrants(grants: readonly Grant[]): TomlTable {
  const written: TomlTable = {};
  for (const repository of new Set(grants.map((grant) => grant.repository))) {
    const values = grants.filter((grant) => grant.repository === repository).map(writeGrant);
    written[repository] = values.length === 1 ? values[0]! : values;
  }
  return written;
}

function writeGrant({ access, branches, until, ticket }: Grant): TomlValue {
  if (branches === undefined && until === undefined && ticket === undefined) return access;
  return definedOnly({ access, branches: branches && [...branches], until, ticket });
}

function unlessEmpty(values: readonly string[]): string[] | undefined {
  return values.length === 0 ? undefined : [...values];
}

function definedOnly(fields: Readonly<Record<string, TomlValue | undefined>>): TomlTable {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as TomlTable;
}

function readPeer(peerId: string, table: TomlTable): KnownPeer {
  if (!isPeerId(peerId)) throw new Error(`${peerId} is no peer id`);
  const { name } = table;
  if (typeof name !== 'string' || peerNameProblem(name) !== undefined) {
    throw new Error(`the name of ${peerId} is missing or not allowed`);
  }
  const texts = (key: string, max: number): string[] =>
    readTexts(table[key], `${key} of ${name}`, max);
  const addresses = texts('addresses', ADDRESSES_PER_PEER_MAX);
  const relays = texts('relays', ADDRESSES_PER_PEER_MAX);
  const formerly = texts('formerly', FORMER_IDS_MAX);
  if ([...addresses, ...relays].some((address) => addressProblem(address) !== undefined)) {
    throw new Error(`${name} has an address that is not HOST:PORT`);
  }
  if (!formerly.every(isPeerId)) throw new Error(`${name} has a former id that is no peer id`);
  return {
    peerId,
    name,
    grants: readGrants(table['grants'] ?? {}, name),
    addresses,
    relays,
    upBytesPerSecondMax: readRate(table['up'], `up of ${name}`),
    downBytesPerSecondMax: readRate(table['down'], `down of ${name}`),
    formerly,
    firstSeen: readTime(table['first_seen'], `first_seen of ${name}`),
    lastSeen: readTime(table['last_seen'], `last_seen of ${name}`),
  };
}

function readGrants(value: TomlValue, name: string): Grant[] {
  const grants = Object.entries(tableOf(value, `grants of ${name}`)).flatMap(
    ([repository, found]) =>
      (Array.isArray(found) ? found : [found]).map((one) => readGrant(repository, one, name)),
  );
  if (grants.length > GRANTS_PER_PEER_MAX) {
    throw new Error(`${name} has more than ${GRANTS_PER_PEER_MAX} grants`);
  }
  return grants;
}

function readGrant(repository: string, value: TomlValue, name: string): Grant {
  const table =
    typeof value === 'string' ? { access: value } : tableOf(value, `a grant of ${name}`);
  const { access, branches, until, ticket } = table;
  if (!isAccess(access)) throw new Error(`${name} has a grant of unknown access`);
  if (ticket !== undefined && typeof ticket !== 'string') {
    throw new Error(`${name} has a grant whose ticket is no text`);
  }
  const grant: Grant = {
    repository,
    access,
    ...(branches === undefined ? {} : { branches: readTexts(branches, `branches of ${name}`) }),
    ...(until === undefined ? {} : { until: readTime(until, `a grant of ${name}`) }),
    ...(ticket === undefined ? {} : { ticket }),
  };
  const problem = grantProblem(grant);
  if (problem !== undefined) throw new Error(`${name} has a grant that is not allowed: ${problem}`);
  return grant;
}

function readTexts(value: TomlValue | undefined, what: string, max = Infinity): string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value) || value.length > max) throw new Error(`the ${what} are no such list`);
  return value.map((item) => {
    if (typeof item !== 'string') throw new Error(`the ${what} are not texts`);
    return item;
  });
}

function readRate(value: TomlValue | undefined, what: string): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'number' && rateProblem(value) === undefined) return value;
  throw new Error(`${what} is no number of bytes a second`);
}

/** A time as text or as TOML's own, in UTC. */
function readTime(value: TomlValue | undefined, what: string): string | undefined {
  if (value === undefined) return undefined;
  const isTime = typeof value === 'string' || value instanceof Date;
  const time = isTime ? new Date(value) : new Date(NaN);
  if (Number.isNaN(time.getTime())) throw new Error(`${what} has a time that is none`);
  return time.toISOString();
}

function tableOf(value: TomlValue, what: string): TomlTable {
  const isTable = typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date);
  if (!isTable) throw new Error(`${what} is not a table`);
  return value;
}
