/** What a session needs of whoever serves repositories: which there are, who may do what, and their stores. */
import type { ObjectId, ObjectStore, RefStore } from '../../store/index.ts';
import type { Rotation } from '../messages/rotation.ts';
import type { Access, AuthFailure } from '../messages/auth.ts';
import type { Pass } from '../messages/pass.ts';
import type { SharedRepository } from '../messages/repositories.ts';
import type { WireRefResult } from '../messages/refs.ts';
import type { SwarmPeers } from '../messages/swarm.ts';
import type { RefVetoCheck } from '../refs/ref-updates.ts';
import type { FeedShelf } from '../swarm/feed-shelf.ts';

/** Who wants what. The peer id is the one the transport has proven. */
export type AccessQuestion = {
  readonly peerId: string;
  /** As the peer wrote it: no empty, `.` or `..` components, no control characters; anything else is possible. */
  readonly repository: string;
  readonly access: Access;
  /** Whether the peer asks to have it made when it does not exist. */
  readonly create: boolean;
  /** What another peer says in its favour. Not checked yet: the host knows whose word counts. */
  readonly pass?: Pass | undefined;
};

/** A peer that may read a repository says that it fetches it. */
export type SwarmQuestion = {
  readonly peerId: string;
  readonly repository: string;
  /** UDP port at which it listens; 0 for nowhere. */
  readonly port: number;
};

export type AccessGrant = {
  readonly isGranted: true;
  /** What the peer may do, at least what it asked for. */
  readonly access: Access;
  readonly repository: ServedRepository;
};

/**
 * A refusal. A peer without any grant must get the same answer, `insufficient-permission`, whether the repository
 * exists or not; `invalid` (there is no such repository) is for peers that may know.
 */
export type AccessDenial = {
  readonly isGranted: false;
  readonly failure: AuthFailure;
  readonly message: string;
};

/** One repository that is open for one peer. */
export interface ServedRepository {
  /** Open for feeds and nothing else: no refs are shown, no object is given out by its id. */
  readonly isFeedOnly?: boolean | undefined;
  readonly objects: ObjectStore;
  readonly refs: RefStore;
  /** Whether it is kept for others: nobody works in it, so every move of its refs can be signed. */
  readonly isKept?: boolean | undefined;
  /** Whether a ref may neither go back nor be deleted, whoever asks. */
  isProtected?(name: string): Promise<boolean>;
  /** Keeps gc away while a transfer runs; call what it returns when it has ended. */
  hold?(): Promise<() => Promise<void>>;
  /** May object to a change of a ref that is otherwise in order. */
  readonly checkRefUpdate?: RefVetoCheck | undefined;
  /** What feeds are given from, by the tips that the peer wants; left out, everything that the refs lead to. */
  openShelf?(wants: readonly ObjectId[]): FeedShelf;
  /** Told of every update that was tried. */
  refsUpdated?(results: readonly WireRefResult[]): void;
  /** Called once, when the connection no longer uses the repository. */
  release?(): Promise<void>;
}

/** What a node does when peers have new keys, or ask about its own. */
export interface KeyRegister {
  /**
   * Takes a peer's word that it has a new key; undefined when it is believed and remembered, else why not. The peer id is
   * the one that the transport has proven.
   */
  rotate(peerId: string, rotation: Rotation): Promise<string | undefined>;
  /** The rotations that led from a peer id to this node's own; empty for an id that it never had. */
  rotationsFrom(old: string): Promise<readonly Rotation[]>;
}

/** The repositories of a node, seen by one connection. */
export interface ServedRepositories {
  /** Opens a repository for a peer, or refuses. */
  authorize(question: AccessQuestion): Promise<AccessGrant | AccessDenial>;
  /** What a peer may read, in byte order of the names; left out, nothing is listed. */
  list?(peerId: string): Promise<readonly SharedRepository[]>;
  /**
   * Whether a grant given before still stands. Asked before every request on an open repository, so it must be cheap;
   * left out, a grant stands until the connection ends.
   */
  isAllowed?(question: AccessQuestion): boolean | Promise<boolean>;
  /** Tells who else fetches a repository that the peer may read; left out where nobody keeps count. */
  joinSwarm?(question: SwarmQuestion): SwarmPeers;
}
