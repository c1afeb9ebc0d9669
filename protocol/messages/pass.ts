/** A peer's signed word for another one (docs/protocol.md, "Passes"). Signing and checking it is the node's business. */
import { dits } from '#gen/messages';
import { PEER_ID_MAX_BYTES, SIGNATURE_BYTES } from './limits.ts';
import { invalidMessage, readCount, readName, readRepositoryName } from './wire-fields.ts';

/** What a pass says. */
export type PassClaims = {
  /** Peer id of who signs. */
  readonly issuer: string;
  /** Peer id of who may use it. */
  readonly subject: string;
  /** The repository's name at the issuer. */
  readonly repository: string;
  /** Seconds since 1970-01-01 UTC, on the issuer's clock. */
  readonly expiresAt: number;
};

export type Pass = PassClaims & {
  /** Ed25519 over `passSigningBytes`, 64 bytes. */
  readonly signature: Uint8Array;
};

/** Keeps a signature over a pass from ever being one over something else. */
const SIGNING_DOMAIN = Buffer.from('dits swarm pass 1\0');

/** What the issuer signs: the domain, then the claims as they are on the wire. */
export function passSigningBytes(claims: PassClaims): Uint8Array {
  const { issuer, subject, repository, expiresAt } = claims;
  const encoded = dits.messages.Pass.encode({ issuer, subject, repository, expires_at: expiresAt });
  return Buffer.concat([SIGNING_DOMAIN, encoded.finish()]);
}

export function encodePass({ expiresAt, ...rest }: Pass): dits.messages.Pass.$Properties {
  return { ...rest, expires_at: expiresAt };
}

/** @throws ProtocolError DITS_PROTOCOL_INVALID_MESSAGE */
export function decodePass(value: dits.messages.Pass): Pass {
  const { issuer, subject, repository, expires_at: expiresAt, signature } = value;
  if (signature.length !== SIGNATURE_BYTES) throw invalidMessage('has a pass without a signature');
  return {
    issuer: readPeerId(issuer),
    subject: readPeerId(subject),
    repository: readRepositoryName(repository),
    expiresAt: readCount(expiresAt),
    signature,
  };
}

/** The text of a peer id, as far as it can be judged without its key. */
export function readPeerId(text: string): string {
  const id = readName(text, PEER_ID_MAX_BYTES);
  if (!/^[1-9A-HJ-NP-Za-km-z]+$/.test(id)) throw invalidMessage('has a peer id that is none');
  return id;
}
