/** Whether to believe a peer where its refs are, from who signed for them and what was seen before (docs/protocol.md, "Signed moves"). */
import type { RepositoryCustody } from '../../protocol/index.ts';
import type { ObjectId, RefMove } from '../../store/index.ts';
import type { PeerBook } from './peer-book.ts';
import { isGenuineMove, moverOf } from './ref-moves.ts';

/** Whose moves are taken: of anybody who signs, or of oneself and known peers other than the one that shows them. */
export type MoverPolicy = 'any' | 'known';

export type ShownRef = {
  readonly name: string;
  readonly target: ObjectId;
  readonly move: RefMove | undefined;
};

/** What was accepted of the same ref before. */
export type RememberedRef = {
  readonly target: ObjectId;
  readonly move?: RefMove | undefined;
};

export type ShowingPeer = {
  /** Who shows the ref, as the transport has proven. */
  readonly serverId: string;
  readonly custody: RepositoryCustody | undefined;
  readonly ownId: string;
  readonly book: PeerBook;
  readonly policy: MoverPolicy;
};

/** Why a ref is not believed. */
export type Disbelief = {
  readonly kind: 'rolled-back' | 'not-vouched';
  /** Continues the name of the ref. */
  readonly message: string;
};

/** What is wrong with a ref as a peer shows it, before its history is looked at; undefined when nothing is. */
export function disbeliefOf(
  shown: ShownRef,
  remembered: RememberedRef | undefined,
  peer: ShowingPeer,
): Disbelief | undefined {
  // A node of one's own shows what one has moved oneself, signed or not.
  if (peer.serverId === peer.ownId) return undefined;
  return shown.move === undefined
    ? unsignedDisbelief(shown, remembered, peer)
    : signedDisbelief({ ...shown, move: shown.move }, remembered, peer);
}

/**
 * Whether a move that was believed so far allows the ref not to contain what is remembered: somebody signed for going
 * back since then, or nobody signed for anything.
 */
export function mayGoBack(shown: ShownRef, remembered: RememberedRef | undefined): boolean {
  if (shown.move === undefined || remembered?.move === undefined) return true;
  return shown.move.rewound > remembered.move.sequence;
}

/** A ref that nobody signed for is vouched for by whoever shows it, where somebody works in the repository. */
function unsignedDisbelief(
  { target }: ShownRef,
  remembered: RememberedRef | undefined,
  { serverId, custody, policy, book }: ShowingPeer,
): Disbelief | undefined {
  const before = remembered?.move;
  if (before === undefined) {
    const isKept = custody?.kept ?? false;
    return policy === 'known' && isKept
      ? notVouched('nobody signed for where it is, and refs.movers asks for that')
      : undefined;
  }
  const isUnmoved = remembered?.target === target;
  if (isUnmoved || !before.kept || moverOf(before) === serverId) return undefined;
  return notVouched(`${shownName(serverId, book)} has moved it without anybody's signature`);
}

function signedDisbelief(
  { name, target, move }: ShownRef & { readonly move: RefMove },
  remembered: RememberedRef | undefined,
  peer: ShowingPeer,
): Disbelief | undefined {
  const server = shownName(peer.serverId, peer.book);
  if (move.kept !== peer.custody?.kept || !isGenuineMove(move, { name, target })) {
    return notVouched(`${server} shows it with a signature that is wrong`);
  }
  if (remembered?.move !== undefined) {
    const { move: before, target: value } = remembered;
    if (before.repository !== move.repository) {
      return notVouched(`${server} shows another repository in the place of this one`);
    }
    if (!isNoOlder({ move, target }, { move: before, target: value })) {
      const message = `${server} shows it where it was at ${timeText(move.sequence)}`;
      return { kind: 'rolled-back', message };
    }
  }
  if (peer.policy === 'any' || isKnownMover(moverOf(move), peer)) return undefined;
  return notVouched(`it was moved by ${moverOf(move)}, who is not known here`);
}

type SignedValue = { readonly move: RefMove; readonly target: ObjectId };

function isNoOlder(shown: SignedValue, before: SignedValue): boolean {
  if (shown.move.sequence === before.move.sequence) return shown.target === before.target;
  return shown.move.sequence > before.move.sequence;
}

function isKnownMover(moverId: string, { ownId, serverId, book }: ShowingPeer): boolean {
  if (moverId === ownId) return true;
  return moverId !== serverId && book.get(moverId) !== undefined;
}

/** A peer as a message names it: what it is called here, if anything, and its id. */
export function shownName(peerId: string, book: PeerBook): string {
  const name = book.nameOf(peerId);
  return name === undefined ? peerId : `${name} (${peerId})`;
}

function notVouched(message: string): Disbelief {
  return { kind: 'not-vouched', message };
}

/** The furthest time that a calendar can show (ECMA-262, "Time Values"), in milliseconds. */
const TIME_MAX_MS = 8.64e15;

function timeText(timeMs: number): string {
  return new Date(Math.min(timeMs, TIME_MAX_MS)).toISOString();
}
