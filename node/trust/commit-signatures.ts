/** Signing commits, and telling whose signature a commit carries (docs/store-format.md, "Commit"). */
import { commitSigningBytes, type Commit, type ObjectProof } from '../../store/index.ts';
import type { Identity } from '../identity/identity.ts';
import { peerIdFromPublicKey } from '../identity/peer-id.ts';
import { isSignedBy, signBytes } from '../identity/signature.ts';

/** The proof that a commit was made with this identity. */
export function signCommit(identity: Identity, commit: Commit): ObjectProof {
  const signature = signBytes(identity, commitSigningBytes(commit));
  return { signerKey: identity.publicKey, signature };
}

/** What the signature of a commit says. */
export type CommitSignature =
  { readonly state: 'none' } | { readonly state: 'good' | 'bad'; readonly peerId: string };

export function checkCommitSignature(commit: Commit): CommitSignature {
  const { proof } = commit;
  if (proof === undefined) return { state: 'none' };
  const peerId = peerIdFromPublicKey(proof.signerKey);
  const isGood = isSignedBy(peerId, commitSigningBytes(commit), proof.signature);
  return { state: isGood ? 'good' : 'bad', peerId };
}
