/** Ed25519 signatures (RFC 8032) by the keys behind peer ids. What is signed begins with a text that says what it is for. */
import { createPublicKey, sign, verify } from 'node:crypto';
import type { Identity } from './identity.ts';
import { publicKeyFromPeerId } from './peer-id.ts';

/** SubjectPublicKeyInfo of an Ed25519 key up to the key itself (RFC 8410 section 4). */
const PUBLIC_KEY_INFO = Buffer.from('302a300506032b6570032100', 'hex');

/** 64 bytes. */
export function signBytes({ privateKey }: Identity, bytes: Uint8Array): Uint8Array {
  return sign(null, bytes, privateKey);
}

/** Whether the key behind a peer id has signed these bytes; false for anything that is no peer id. */
export function isSignedBy(peerId: string, bytes: Uint8Array, signature: Uint8Array): boolean {
  const publicKey = publicKeyFromPeerId(peerId);
  if (publicKey === undefined) return false;
  const key = Buffer.concat([PUBLIC_KEY_INFO, publicKey]);
  return verify(null, bytes, createPublicKey({ key, format: 'der', type: 'spki' }), signature);
}
