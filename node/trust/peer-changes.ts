/** Changes of the known peers, as pure functions: from what was known to what is. */
import type { Rotation } from '../../protocol/index.ts';
import { NodeError } from '../node-error.ts';
import { isPeerId } from '../identity/peer-id.ts';
import { newPeer, type Grant, type KnownPeer } from './known-peer.ts';
import { PeerBook } from './peer-book.ts';
import {
  ADDRESSES_PER_PEER_MAX,
  FORMER_IDS_MAX,
  GRANTS_PER_PEER_MAX,
  PEERS_COUNT_MAX,
  addressProblem,
  grantProblem,
  peerNameProblem,
  rateProblem,
} from './peer-rules.ts';

/** The book after a change, and what the change says of itself. The same book when nothing changes. */
export type Changed<T> = { readonly book: PeerBook; readonly result: T };

export type NewPeer = {
  readonly peerId: string;
  /** Left out keeps the name it has, or makes one from its id. */
  readonly name?: string | undefined;
  /** Added to the grants it has; one for the same repository from the same ticket, or by hand, is replaced. */
  readonly grants?: readonly Grant[] | undefined;
  /** `HOST:PORT`, the newest first; put before those that are remembered. */
  readonly addresses?: readonly string[] | undefined;
  readonly relays?: readonly string[] | undefined;
};

/** Limits of the traffic with one peer in bytes a second; undefined lifts one. */
export type PeerRates = Pick<KnownPeer, 'upBytesPerSecondMax' | 'downBytesPerSecondMax'>;

/** @throws NodeError DITS_NODE_BAD_ADDRESS for an id, name, grant or address that is not allowed */
export function addPeer(book: PeerBook, peer: NewPeer, now: Date): Changed<KnownPeer> {
  checkNewPeer(peer);
  const old = book.get(peer.peerId);
  const name = peer.name ?? old?.name ?? defaultName(peer.peerId, book);
  refuseNamesake(book, peer.peerId, name);
  const base = old ?? { ...newPeer(peer.peerId, name), firstSeen: now.toISOString() };
  const grants = peer.grants ?? [];
  const kept = base.grants.filter((grant) => !grants.some((added) => isSameOrigin(added, grant)));
  const changed: KnownPeer = {
    ...base,
    name,
    grants: [...kept, ...grants],
    addresses: newestFirst(peer.addresses ?? [], base.addresses),
    relays: newestFirst(peer.relays ?? [], base.relays),
  };
  return replacePeer(book, changed);
}

/** Gives a peer another name. Undefined when it is not known. @throws NodeError DITS_NODE_BAD_ADDRESS */
export function renamePeer(
  book: PeerBook,
  idOrName: string,
  name: string,
): Changed<KnownPeer | undefined> {
  const found = book.find(idOrName);
  if (found === undefined || found.name === name) return { book, result: found };
  refuse(peerNameProblem(name), 'the name of a peer');
  refuseNamesake(book, found.peerId, name);
  return replacePeer(book, { ...found, name });
}

export function removePeer(book: PeerBook, idOrName: string): Changed<KnownPeer | undefined> {
  const found = book.find(idOrName);
  if (found === undefined) return { book, result: undefined };
  return { book: new PeerBook(book.peers.filter((peer) => peer !== found)), result: found };
}

/** Takes back every grant that came with a ticket; the peers stay known. Returns whom it concerned. */
export function withdrawTicket(book: PeerBook, ticket: string): Changed<readonly KnownPeer[]> {
  const held = book.peers.filter(({ grants }) => grants.some((grant) => grant.ticket === ticket));
  if (held.length === 0) return { book, result: [] };
  const result = held.map((peer) => ({
    ...peer,
    grants: peer.grants.filter((grant) => grant.ticket !== ticket),
  }));
  const changed = new Map(result.map((peer) => [peer.peerId, peer]));
  return { book: new PeerBook(book.peers.map((peer) => changed.get(peer.peerId) ?? peer)), result };
}

/**
 * Gives a peer a new id and notes the old one. The statement has been checked.
 * @throws NodeError DITS_NODE_NOT_ALLOWED for a peer that is not known, and a new id that somebody has or had
 */
export function rotatePeer(
  book: PeerBook,
  { old, new: peerId }: Pick<Rotation, 'old' | 'new'>,
): Changed<KnownPeer> {
  const known = book.get(old);
  if (known === undefined) throw notRotated('the old key is not known here');
  if (book.holderOf(peerId) !== undefined) throw notRotated('the new key is not new');
  const formerly = [old, ...known.formerly].slice(0, FORMER_IDS_MAX);
  const result: KnownPeer = { ...known, peerId, formerly };
  return { book: new PeerBook(book.peers.map((one) => (one === known ? result : one))), result };
}

function notRotated(why: string): NodeError {
  return new NodeError('DITS_NODE_NOT_ALLOWED', why, {
    hint: 'Compare the ids with their owner, then use: dits peer add PEERID.',
  });
}

/** @throws NodeError DITS_NODE_BAD_ADDRESS for a rate that is none */
export function setPeerRates(
  book: PeerBook,
  idOrName: string,
  rates: PeerRates,
): Changed<KnownPeer | undefined> {
  for (const rate of [rates.upBytesPerSecondMax, rates.downBytesPerSecondMax]) {
    refuse(rate === undefined ? undefined : rateProblem(rate), 'the limit');
  }
  const found = book.find(idOrName);
  return found === undefined
    ? { book, result: undefined }
    : replacePeer(book, {
        ...found,
        upBytesPerSecondMax: rates.upBytesPerSecondMax,
        downBytesPerSecondMax: rates.downBytesPerSecondMax,
      });
}

/** Notes that a peer was here, and where it listens if that is known. */
export function seePeer(
  book: PeerBook,
  peerId: string,
  seen: { readonly now: Date; readonly address?: string | undefined },
): Changed<undefined> {
  const known = book.get(peerId);
  if (known === undefined) return { book, result: undefined };
  const { now, address } = seen;
  const addresses = newestFirst(address === undefined ? [] : [address], known.addresses);
  const { book: changed } = replacePeer(book, { ...known, addresses, lastSeen: now.toISOString() });
  return { book: changed, result: undefined };
}

/**
 * The book with this peer in the place of the one with its id, or added.
 * @throws NodeError DITS_NODE_BAD_ADDRESS when there would be too many
 */
function replacePeer(book: PeerBook, peer: KnownPeer): Changed<KnownPeer> {
  const isFull = book.get(peer.peerId) === undefined && book.peers.length >= PEERS_COUNT_MAX;
  if (isFull || peer.grants.length > GRANTS_PER_PEER_MAX) {
    const what = isFull ? `${PEERS_COUNT_MAX} peers` : `${GRANTS_PER_PEER_MAX} grants for one peer`;
    throw new NodeError('DITS_NODE_BAD_ADDRESS', `there cannot be more than ${what}`, {
      hint: 'Remove those that are not needed: dits peer remove NAME.',
    });
  }
  const others = book.peers.filter(({ peerId }) => peerId !== peer.peerId);
  return { book: new PeerBook([...others, peer]), result: peer };
}

function isSameOrigin(left: Grant, right: Grant): boolean {
  return left.repository === right.repository && left.ticket === right.ticket;
}

function newestFirst(added: readonly string[], known: readonly string[]): readonly string[] {
  return [...new Set([...added, ...known])].slice(0, ADDRESSES_PER_PEER_MAX);
}

function checkNewPeer({ peerId, name, grants = [], addresses = [], relays = [] }: NewPeer): void {
  if (!isPeerId(peerId)) {
    throw new NodeError('DITS_NODE_BAD_ADDRESS', 'this is no peer id', {
      hint: 'A peer id begins with 12D3KooW; `dits id` shows it on the other machine.',
    });
  }
  if (name !== undefined) refuse(peerNameProblem(name), 'the name of a peer');
  for (const grant of grants) refuse(grantProblem(grant), 'the grant cannot be given:');
  for (const address of [...addresses, ...relays]) refuse(addressProblem(address), 'an address');
}

function refuseNamesake(book: PeerBook, peerId: string, name: string): void {
  const namesake = book.find(name);
  if (namesake === undefined || namesake.peerId === peerId) return;
  throw new NodeError('DITS_NODE_BAD_ADDRESS', `another peer is called ${name} already`, {
    hint: 'Choose another name.',
  });
}

function refuse(problem: string | undefined, what: string): void {
  if (problem !== undefined) throw new NodeError('DITS_NODE_BAD_ADDRESS', `${what} ${problem}`);
}

/** The end of the id, which is what differs between peers; longer when the short form is taken. */
function defaultName(peerId: string, book: PeerBook): string {
  for (let length = 8; length < peerId.length; length++) {
    const name = `peer-${peerId.slice(-length)}`;
    if (book.find(name) === undefined) return name;
  }
  return `peer-${peerId}`;
}
