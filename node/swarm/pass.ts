/** A peer that serves a repository vouches for those who fetch it, towards each other (docs/protocol.md, "Passes"). */
import { passSigningBytes, type Pass } from '../../protocol/index.ts';
import type { Identity } from '../identity/identity.ts';
import { isSignedBy, signBytes } from '../identity/signature.ts';
import { PASS_LIFETIME_SECONDS } from './swarm-limits.ts';

export type PassRequest = {
  readonly subject: string;
  readonly repository: string;
  /** Seconds since 1970-01-01 UTC. */
  readonly now: number;
};

/** A pass that lasts for `PASS_LIFETIME_SECONDS`. */
export function issuePass(identity: Identity, { subject, repository, now }: PassRequest): Pass {
  const expiresAt = now + PASS_LIFETIME_SECONDS;
  const claims = { issuer: identity.peerId, subject, repository, expiresAt };
  return { ...claims, signature: signBytes(identity, passSigningBytes(claims)) };
}

export type PassExpectation = {
  /** Who shows it, as the transport has proven. */
  readonly subject: string;
  /** Whose word counts. */
  readonly issuer: string;
  readonly repository: string;
  /** Seconds since 1970-01-01 UTC, on the issuer's clock. */
  readonly now: number;
};

/** What is wrong with a pass, for its owner; undefined when nothing is. */
export function passProblem(pass: Pass, expected: PassExpectation): string | undefined {
  if (pass.issuer !== expected.issuer) return 'the pass is by a peer that is not asked here';
  if (pass.subject !== expected.subject) return 'the pass is for somebody else';
  if (pass.repository !== expected.repository) return 'the pass is for another repository';
  if (pass.expiresAt <= expected.now) return 'the pass has expired';
  // What lasts longer than passes do was not made by this programme, and would outlive its grant.
  if (pass.expiresAt > expected.now + 2 * PASS_LIFETIME_SECONDS) return 'the pass lasts too long';
  const isGenuine = isSignedBy(pass.issuer, passSigningBytes(pass), pass.signature);
  return isGenuine ? undefined : 'the pass is not signed by the peer that it names';
}
