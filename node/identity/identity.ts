/** A peer's identity: one Ed25519 key, its peer id, and the certificate that proves it. */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { NodeError } from '../node-error.ts';
import { createCredentials, rawPublicKey, type Credentials } from './certificate.ts';
import { peerIdFromPublicKey } from './peer-id.ts';

export type Identity = {
  /** `12D3Koo…` */
  readonly peerId: string;
  /** Raw Ed25519 public key, 32 bytes. */
  readonly publicKey: Uint8Array;
  readonly privateKey: KeyObject;
  readonly credentials: Credentials;
};

/** A new key from the operating system's randomness. */
export function generateIdentity(): Identity {
  return identityOf(generateKeyPairSync('ed25519').privateKey);
}

/**
 * Reads a PKCS#8 key in PEM.
 * @throws NodeError DITS_NODE_KEY_CORRUPT
 */
export function identityFromPem(pem: string): Identity {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch (cause) {
    throw new NodeError('DITS_NODE_KEY_CORRUPT', 'the identity file does not hold a private key', {
      cause,
    });
  }
  if (key.asymmetricKeyType !== 'ed25519') {
    throw new NodeError(
      'DITS_NODE_KEY_CORRUPT',
      `the identity file holds a key of type ${key.asymmetricKeyType ?? 'unknown'}, not Ed25519`,
    );
  }
  return identityOf(key);
}

function identityOf(privateKey: KeyObject): Identity {
  const publicKey = rawPublicKey(createPublicKey(privateKey));
  const peerId = peerIdFromPublicKey(publicKey);
  const credentials = createCredentials(privateKey, publicKey, peerId);
  return { peerId, publicKey, privateKey, credentials };
}
