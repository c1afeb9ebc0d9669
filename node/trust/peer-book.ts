/** Who may do what: known peers and their grants, as read from the peers file at one moment. */
import { ACCESS, type Access } from '../../protocol/index.ts';
import { matchesRefPattern } from '../../store/index.ts';
import { ANY_REPOSITORY, type Grant, type KnownPeer } from './known-peer.ts';

export class PeerBook {
  readonly #peers: ReadonlyMap<string, KnownPeer>;

  constructor(peers: Iterable<KnownPeer>) {
    this.#peers = new Map([...peers].map((peer) => [peer.peerId, peer]));
  }

  get peers(): readonly KnownPeer[] {
    return [...this.#peers.values()];
  }

  get(peerId: string): KnownPeer | undefined {
    return this.#peers.get(peerId);
  }

  /** By id, or by name. */
  find(idOrName: string): KnownPeer | undefined {
    return this.get(idOrName) ?? this.peers.find((peer) => peer.name === idOrName);
  }

  /** Who has an id, or had it before its key was changed. */
  holderOf(peerId: string): KnownPeer | undefined {
    return this.get(peerId) ?? this.peers.find(({ formerly }) => formerly.includes(peerId));
  }

  /** What whoever has an id, or had it, is called. */
  nameOf(peerId: string): string | undefined {
    return this.holderOf(peerId)?.name;
  }

  /** The most that a peer may do with a repository at a time; undefined for nothing at all, which is the default. */
  accessTo(peerId: string, repository: string, nowMs: number): Access | undefined {
    return this.#grantsFor(peerId, repository, nowMs)
      .map(({ access }) => access)
      .sort((left, right) => ACCESS[right] - ACCESS[left])[0];
  }

  /** Whether a peer may move, make or delete a ref of a repository at a time. */
  mayMove(peerId: string, repository: string, change: MoveQuestion): boolean {
    return this.#grantsFor(peerId, repository, change.nowMs).some(
      ({ access, branches }) =>
        includesAccess(access, 'write') &&
        (branches?.some((pattern) => matchesRefPattern(change.name, pattern)) ?? true),
    );
  }

  /** Whether a grant ended after `fromMs`, and at `toMs` at the latest. */
  hasExpired(fromMs: number, toMs: number): boolean {
    return this.peers.some(({ grants }) =>
      grants.some(({ until }) => {
        const endMs = until === undefined ? Infinity : Date.parse(until);
        return endMs > fromMs && endMs <= toMs;
      }),
    );
  }

  #grantsFor(peerId: string, repository: string, nowMs: number): readonly Grant[] {
    const grants = this.get(peerId)?.grants ?? [];
    return grants.filter(
      (grant) =>
        (grant.repository === repository || grant.repository === ANY_REPOSITORY) &&
        isInForce(grant, nowMs),
    );
  }
}

/** `name` is the full name of the ref. */
type MoveQuestion = { readonly name: string; readonly nowMs: number };

/** Whether a grant has not ended. */
export function isInForce({ until }: Grant, nowMs: number): boolean {
  return until === undefined || nowMs < Date.parse(until);
}

/** Whether `held` includes `wanted`. */
export function includesAccess(held: Access | undefined, wanted: Access): boolean {
  return held !== undefined && ACCESS[held] >= ACCESS[wanted];
}
