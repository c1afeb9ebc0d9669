/**
 * The name of a peer: the libp2p peer id of its Ed25519 key. It is the base58 text of an identity multihash
 * (code 0x00, length 0x24) over the protobuf message `{ Type: Ed25519 (1), Data: 32 bytes }`, so the key can be
 * read back from the name. See the libp2p "Peer Ids and Keys" specification.
 */
import { decodeBase58, encodeBase58 } from './base58.ts';

/** Length of a raw Ed25519 public key (RFC 8032). */
export const PUBLIC_KEY_BYTES = 32;

/** Multihash identity code and length, protobuf field 1 (varint 1), protobuf field 2 (32 bytes). */
const PREFIX = Uint8Array.of(0x00, 0x24, 0x08, 0x01, 0x12, 0x20);

/** Every Ed25519 peer id has this many characters. */
const PEER_ID_LENGTH = 52;

/** The peer id (`12D3Koo…`) of a raw public key. */
export function peerIdFromPublicKey(publicKey: Uint8Array): string {
  return encodeBase58(Buffer.concat([PREFIX, publicKey]));
}

/** The raw public key inside a peer id, or undefined when the text is not the id of an Ed25519 key. */
export function publicKeyFromPeerId(peerId: string): Uint8Array | undefined {
  if (peerId.length !== PEER_ID_LENGTH) return undefined;
  const bytes = decodeBase58(peerId);
  if (bytes?.length !== PREFIX.length + PUBLIC_KEY_BYTES) return undefined;
  if (!PREFIX.every((byte, index) => bytes[index] === byte)) return undefined;
  return bytes.subarray(PREFIX.length);
}

/** Whether `text` is the peer id of an Ed25519 key. */
export function isPeerId(text: string): boolean {
  return publicKeyFromPeerId(text) !== undefined;
}
