/** The statement that one key takes the place of another, signed by both (docs/protocol.md, "New keys"). */
import { rotationSigningBytes, type Rotation } from '../../protocol/index.ts';
import type { Identity } from '../identity/identity.ts';
import { isSignedBy, signBytes } from '../identity/signature.ts';

export function signRotation(old: Identity, next: Identity, now: Date): Rotation {
  const claims = { old: old.peerId, new: next.peerId, rotatedAtMs: now.getTime() };
  const bytes = rotationSigningBytes(claims);
  return { ...claims, oldSignature: signBytes(old, bytes), newSignature: signBytes(next, bytes) };
}

/** What is wrong with a statement, for people; undefined when both keys have signed it. */
export function rotationProblem(rotation: Rotation): string | undefined {
  if (rotation.old === rotation.new) return 'a key cannot take its own place';
  const bytes = rotationSigningBytes(rotation);
  if (!isSignedBy(rotation.old, bytes, rotation.oldSignature))
    return 'the old key has not signed it';
  if (!isSignedBy(rotation.new, bytes, rotation.newSignature))
    return 'the new key has not signed it';
  return undefined;
}

/**
 * Whether a chain of statements leads from one peer id to another: each genuine, each beginning where the one before
 * ends, none coming back to where another began.
 */
export function leadsFromTo(chain: readonly Rotation[], from: string, to: string): boolean {
  const seen = new Set([from]);
  let at = from;
  for (const rotation of chain) {
    if (rotation.old !== at || rotationProblem(rotation) !== undefined) return false;
    at = rotation.new;
    if (seen.has(at)) return false;
    seen.add(at);
  }
  return chain.length > 0 && at === to;
}
