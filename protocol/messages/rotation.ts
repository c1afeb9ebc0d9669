/** IDENTITY_ROTATE and IDENTITY_ROTATED: a peer has a new key (docs/protocol.md, "New keys"). Signing and checking is the node's business. */
import { dits } from '#gen/messages';
import { ROTATIONS_MAX, SIGNATURE_BYTES, TEXT_MAX_BYTES } from './limits.ts';
import { readPeerId } from './pass.ts';
import {
  decodePayload,
  fitText,
  invalidMessage,
  readCount,
  readText,
  type MessageCodec,
} from './wire-fields.ts';

/** What a rotation says. */
export type RotationClaims = {
  /** Peer id that is given up. */
  readonly old: string;
  /** Peer id that takes its place. */
  readonly new: string;
  /** Milliseconds since 1970-01-01 UTC, on the clock of who rotated. */
  readonly rotatedAtMs: number;
};

/** Signed with both keys over `rotationSigningBytes`, 64 bytes each. */
export type Rotation = RotationClaims & {
  readonly oldSignature: Uint8Array;
  readonly newSignature: Uint8Array;
};

export type IdentityRotate =
  /** The sender, whose identity is the old one, has a new one. */
  | { readonly kind: 'tell'; readonly rotation: Rotation }
  /** What became of a peer id that the receiver may have had. */
  | { readonly kind: 'ask'; readonly old: string };

export type IdentityRotated = {
  /** Whether what was told is believed and remembered. */
  readonly accepted: boolean;
  /** Why not, for people. */
  readonly message: string;
  /** What was asked for: each rotation begins where the one before ends. */
  readonly chain: readonly Rotation[];
};

/** Keeps a signature over a rotation from ever being one over something else. */
const SIGNING_DOMAIN = Buffer.from('dits identity rotation 1\0');

/** What both keys sign: the domain, then the claims as they are on the wire. */
export function rotationSigningBytes(claims: RotationClaims): Uint8Array {
  const encoded = dits.messages.Rotation.encode(encodeClaims(claims));
  return Buffer.concat([SIGNING_DOMAIN, encoded.finish()]);
}

function encodeClaims(claims: RotationClaims): dits.messages.Rotation.$Properties {
  return { old: claims.old, new: claims.new, rotated_at: claims.rotatedAtMs };
}

function encodeRotation(rotation: Rotation): dits.messages.Rotation.$Properties {
  return {
    ...encodeClaims(rotation),
    old_signature: rotation.oldSignature,
    new_signature: rotation.newSignature,
  };
}

function decodeRotation(value: dits.messages.Rotation): Rotation {
  const { old_signature: oldSignature, new_signature: newSignature } = value;
  if (oldSignature.length !== SIGNATURE_BYTES || newSignature.length !== SIGNATURE_BYTES) {
    throw invalidMessage('has a rotation without its two signatures');
  }
  return {
    old: readPeerId(value.old),
    new: readPeerId(value.new),
    rotatedAtMs: readCount(value.rotated_at),
    oldSignature,
    newSignature,
  };
}

export const identityRotateCodec: MessageCodec<IdentityRotate> = {
  encode: (message) => [
    dits.messages.IdentityRotate.encode(
      message.kind === 'tell'
        ? { rotation: encodeRotation(message.rotation) }
        : { asked: message.old },
    ).finish(),
  ],
  decode(payload) {
    const { rotation, asked } = decodePayload(dits.messages.IdentityRotate, payload);
    const isTold = rotation !== undefined && rotation !== null;
    if (isTold === (asked !== ''))
      throw invalidMessage('neither tells of a new key nor asks for one');
    return isTold
      ? { kind: 'tell', rotation: decodeRotation(rotation) }
      : { kind: 'ask', old: readPeerId(asked) };
  },
};

export const identityRotatedCodec: MessageCodec<IdentityRotated> = {
  encode: ({ accepted, message, chain }) => [
    dits.messages.IdentityRotated.encode({
      accepted,
      message: fitText(message, TEXT_MAX_BYTES),
      chain: chain.map(encodeRotation),
    }).finish(),
  ],
  decode(payload) {
    const value = decodePayload(dits.messages.IdentityRotated, payload, {
      3: { max: ROTATIONS_MAX },
    });
    return {
      accepted: value.accepted,
      message: readText(value.message, TEXT_MAX_BYTES),
      chain: value.chain.map(decodeRotation),
    };
  },
};
