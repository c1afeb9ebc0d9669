/** Commits and annotated tags (docs/store-format.md, "Commit", "Tag"). */
import type { CommitId, TagId, TreeId } from '../ids.ts';

/** Who did something, and when. */
export type Signature = {
  readonly name: string;
  readonly email: string;
  /** Milliseconds since 1970-01-01T00:00:00Z, may be negative. */
  readonly timeMs: number;
  /** Minutes east of UTC, -1439..1439. */
  readonly zoneMinutes: number;
};

/** An Ed25519 signature over the object's encoding without its two signature fields. */
export type ObjectProof = {
  /** 32 bytes. */ readonly signerKey: Uint8Array;
  /** 64 bytes. */ readonly signature: Uint8Array;
};

export type Commit = {
  readonly tree: TreeId;
  /** First parent first; no duplicates. */
  readonly parents: readonly CommitId[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
  readonly proof?: ObjectProof | undefined;
};

/** What a tag may point at. */
export type TagTarget =
  { readonly kind: 'commit'; readonly id: CommitId } | { readonly kind: 'tag'; readonly id: TagId };

export type Tag = {
  readonly target: TagTarget;
  readonly name: string;
  readonly tagger: Signature;
  readonly message: string;
  readonly proof?: ObjectProof | undefined;
};
