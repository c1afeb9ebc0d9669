/** A peer that is known here, and what it was granted; as the peers file says it. */
import type { Access } from '../../protocol/index.ts';

/** The repository name that stands for every repository. */
export const ANY_REPOSITORY = '*';

/** One permission. A peer has at most one for the same repository from the same origin. */
export type Grant = {
  /** Name of a repository, or `ANY_REPOSITORY`. */
  readonly repository: string;
  readonly access: Access;
  /** What the peer may move, make and delete, as patterns (store/refs/ref-pattern.ts); left out for every branch and tag. */
  readonly branches?: readonly string[] | undefined;
  /** RFC 3339 in UTC: when it ends; left out for never. */
  readonly until?: string | undefined;
  /** Id of the ticket that it came with; left out when its owner gave it by hand. */
  readonly ticket?: string | undefined;
};

export type KnownPeer = {
  readonly peerId: string;
  /** Unique, for people. */
  readonly name: string;
  /** Empty for a peer that is known and may do nothing here. */
  readonly grants: readonly Grant[];
  /** `HOST:PORT` where it listened when it was last reached, the newest first. */
  readonly addresses: readonly string[];
  /** `HOST:PORT` of relays that can reach it. */
  readonly relays: readonly string[];
  /** Most bytes a second to it and from it, for this machine's side of the traffic; undefined for no limit. */
  readonly upBytesPerSecondMax: number | undefined;
  readonly downBytesPerSecondMax: number | undefined;
  /** Peer ids that it had before its key was changed, the newest first. */
  readonly formerly: readonly string[];
  /** RFC 3339. */
  readonly firstSeen: string | undefined;
  readonly lastSeen: string | undefined;
};

/** A peer of which nothing is known but its id and name. */
export function newPeer(peerId: string, name: string): KnownPeer {
  return {
    peerId,
    name,
    grants: [],
    addresses: [],
    relays: [],
    upBytesPerSecondMax: undefined,
    downBytesPerSecondMax: undefined,
    formerly: [],
    firstSeen: undefined,
    lastSeen: undefined,
  };
}
