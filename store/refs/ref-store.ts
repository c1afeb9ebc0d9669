/** Names for commits: branches, tags, remote-tracking refs, and the symbolic HEAD (docs/store-format.md, "Refs"). */
import type { ObjectId } from '../ids.ts';
import type { RefMove } from './ref-move.ts';

/** A full ref name, checked by `checkRefName`: `refs/heads/main`, `refs/tags/v1`, `refs/remotes/origin/main`. */
export type RefName = string & { readonly refName: unknown };

export type Ref = {
  readonly name: RefName;
  readonly target: ObjectId;
  /** Who moved it here, when that was signed. */
  readonly move?: RefMove | undefined;
};

/** Where HEAD points: at a branch (which may not exist yet), or at a commit when detached. */
export type Head =
  | { readonly kind: 'branch'; readonly name: RefName }
  | { readonly kind: 'detached'; readonly target: ObjectId };

/** One change of a transaction. */
export type RefChange = {
  readonly name: RefName;
  /** Value the ref must have now: null for "must not exist", undefined for "whatever it is". */
  readonly expected?: ObjectId | null | undefined;
  /** New value, null to delete. */
  readonly target: ObjectId | null;
  /** Kept with the new value; a move without one leaves the ref without one. */
  readonly move?: RefMove | undefined;
};

/** A line of the reflog. */
export type ReflogEntry = {
  readonly name: RefName | 'HEAD';
  readonly old: ObjectId | null;
  readonly new: ObjectId | null;
  readonly timeMs: number;
  /** Who: a name or peer id. */ readonly actor: string;
  /** Why: `commit: message`, `push from 12D3Koo…`. */ readonly reason: string;
};

export type RefUpdateContext = { readonly actor: string; readonly reason: string };

export interface RefStore {
  list(): Promise<readonly Ref[]>;
  get(name: RefName): Promise<ObjectId | undefined>;
  head(): Promise<Head>;
  /** Tells this repository from every other one, copies excepted: 64 random hex digits. Made when first asked for. */
  repositoryId(): Promise<string>;
  setHead(head: Head, context: RefUpdateContext): Promise<void>;
  /**
   * Applies all changes or none, durably, atomically across processes, and logs them.
   * The caller has made the targets durable first.
   * @throws StoreError DITS_STORE_REF_CHANGED (details.name), DITS_STORE_LOCKED, DITS_STORE_IO
   */
  update(changes: readonly RefChange[], context: RefUpdateContext): Promise<void>;
  /** Entries of one ref, or of all, oldest first. */
  reflog(name?: RefName | 'HEAD'): Promise<readonly ReflogEntry[]>;
}
