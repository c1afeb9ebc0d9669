/** This machine as it introduces itself, and the check of what others sign. */
import { createPublicKey, randomBytes, sign, verify } from 'node:crypto';
import type { Introduction, PairingDeps, PairingSelf } from '../../protocol/index.ts';
import type { Identity } from '../identity/identity.ts';
import { publicKeyFromPeerId } from '../identity/peer-id.ts';

/** SubjectPublicKeyInfo of an Ed25519 key up to its 32 bytes (RFC 8410 section 4). */
const KEY_INFO_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

export function createPairingSelf(identity: Identity, introduction: Introduction): PairingSelf {
  return {
    peerId: identity.peerId,
    introduction,
    sign: (data) => sign(null, data, identity.privateKey),
  };
}

export const PAIRING_DEPS: PairingDeps = {
  random: randomBytes,
  verify: (peerId, data, signature) => {
    const publicKey = publicKeyFromPeerId(peerId);
    if (publicKey === undefined) return false;
    const key = Buffer.concat([KEY_INFO_PREFIX, publicKey]);
    return verify(null, data, createPublicKey({ key, format: 'der', type: 'spki' }), signature);
  },
};
