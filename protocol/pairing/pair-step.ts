/** What two sides that pair send each other, inside MEET_MESSAGE (docs/protocol.md, "Pairing"). */
import { dits } from '#gen/messages';
import {
  INTRODUCED_ADDRESSES_MAX,
  INTRODUCED_ADDRESS_MAX_BYTES,
  PEER_ID_MAX_BYTES,
  PEER_NAME_MAX_BYTES,
  SIGNATURE_BYTES,
} from '../messages/limits.ts';
import { decodePayload, invalidMessage, readName } from '../messages/wire-fields.ts';

const POINT_BYTES = 65;
const CONFIRMATION_BYTES = 32;

/** Who the sender claims to be, and its half of the key exchange. */
type PairShare = { readonly peerId: string; readonly point: Uint8Array };

export type PairStep =
  | { readonly kind: 'share'; readonly share: PairShare }
  | { readonly kind: 'confirmation'; readonly confirmation: Uint8Array }
  | { readonly kind: 'sealed'; readonly sealed: Uint8Array };

/** What one side tells about itself once the code has proved right. Names and addresses are as the peer sent them. */
export type Introduction = {
  /** What it calls its machine. */
  readonly name: string;
  /** `HOST:PORT` where its node can be reached; may be empty. */
  readonly addresses: readonly string[];
};

export type SignedIntroduction = Introduction & { readonly signature: Uint8Array };

export function encodeStep(step: PairStep): Uint8Array {
  switch (step.kind) {
    case 'share': {
      const { peerId, point } = step.share;
      return dits.messages.PairStep.encode({ share: { peer_id: peerId, point } }).finish();
    }
    case 'confirmation':
      return dits.messages.PairStep.encode({ confirmation: step.confirmation }).finish();
    case 'sealed':
      return dits.messages.PairStep.encode({ sealed: step.sealed }).finish();
  }
}

/** @throws ProtocolError DITS_PROTOCOL_INVALID_MESSAGE */
export function decodeStep(bytes: Uint8Array): PairStep {
  const { share, confirmation, sealed } = decodePayload(dits.messages.PairStep, bytes);
  const given = [share != null, confirmation.length > 0, sealed.length > 0];
  if (given.filter(Boolean).length !== 1) throw invalidMessage('is no step of a pairing');
  if (share != null) {
    const point = readExactly(share.point, POINT_BYTES);
    return {
      kind: 'share',
      share: { peerId: readName(share.peer_id, PEER_ID_MAX_BYTES), point },
    };
  }
  if (sealed.length > 0) return { kind: 'sealed', sealed };
  return { kind: 'confirmation', confirmation: readExactly(confirmation, CONFIRMATION_BYTES) };
}

export function encodeIntroduction(introduction: SignedIntroduction): Uint8Array {
  const { name, addresses, signature } = introduction;
  return dits.messages.PairIntroduction.encode({
    name,
    addresses: [...addresses],
    signature,
  }).finish();
}

/** @throws ProtocolError DITS_PROTOCOL_INVALID_MESSAGE */
export function decodeIntroduction(bytes: Uint8Array): SignedIntroduction {
  const value = decodePayload(dits.messages.PairIntroduction, bytes, {
    2: { max: INTRODUCED_ADDRESSES_MAX },
  });
  return {
    name: readName(value.name, PEER_NAME_MAX_BYTES),
    addresses: value.addresses.map((text) => readName(text, INTRODUCED_ADDRESS_MAX_BYTES)),
    signature: readExactly(value.signature, SIGNATURE_BYTES),
  };
}

export function encodeVerdict(accepted: boolean): Uint8Array {
  return dits.messages.PairVerdict.encode({ accepted }).finish();
}

/** @throws ProtocolError DITS_PROTOCOL_INVALID_MESSAGE */
export function decodeVerdict(bytes: Uint8Array): boolean {
  return decodePayload(dits.messages.PairVerdict, bytes).accepted;
}

function readExactly(bytes: Uint8Array, length: number): Uint8Array {
  if (bytes.length !== length) {
    throw invalidMessage(`has ${bytes.length} bytes where ${length} belong`);
  }
  return bytes;
}
