/** Who may do what: known peers and their grants, as read from the peers file at one moment. */
import { ACCESS, type Access } from '../../protocol/index.ts';

/** The repository name that stands for every repository. */
export const ANY_REPOSITORY = '*';

export type KnownPeer = {
  readonly peerId: string;
  /** Unique, for people. */
  readonly name: string;
  /** Access by repository name, `*` for all. Empty for a peer that is known and may do nothing here. */
  readonly grants: Readonly<Record<string, Access>>;
  /** RFC 3339. */
  readonly firstSeen: string | undefined;
  readonly lastSeen: string | undefined;
};

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

  /** The most that a peer may do with a repository; undefined for nothing at all, which is the default. */
  accessTo(peerId: string, repository: string): Access | undefined {
    const grants = this.get(peerId)?.grants ?? {};
    const candidates = [ANY_REPOSITORY, repository].flatMap((name) =>
      Object.hasOwn(grants, name) ? [grants[name]!] : [],
    );
    return candidates.sort((left, right) => ACCESS[right] - ACCESS[left])[0];
  }
}

/** Whether `held` includes `wanted`. */
export function includesAccess(held: Access | undefined, wanted: Access): boolean {
  return held !== undefined && ACCESS[held] >= ACCESS[wanted];
}
