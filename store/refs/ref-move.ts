/** Who moved a ref, provably (docs/protocol.md, "Signed moves"). Signing and checking are up to whoever has keys. */
import type { ObjectId } from '../ids.ts';

export type RefMove = {
  /** The repository it was made in, as `RefStore.repositoryId` gives it: 64 hex digits. */
  readonly repository: string;
  /** Ed25519 public key, 64 hex digits. */
  readonly mover: string;
  /** Grows with every move of a ref: milliseconds since 1970, or one more than the one before where that is larger. */
  readonly sequence: number;
  /** Sequence of the last move that did not lead forwards, or began the ref; at most `sequence`. */
  readonly rewound: number;
  /** Whether the repository is kept for others, so that nobody moves its refs without signing. */
  readonly kept: boolean;
  /** Ed25519, 128 hex digits. */
  readonly signature: string;
};

/** A move before it is signed. */
export type UnsignedRefMove = Omit<RefMove, 'signature'>;

/** What a move is about: `target` is the new value, null when the ref is deleted. */
export type RefMoveSubject = { readonly name: string; readonly target: ObjectId | null };

/** No commit, tag, handshake or other signed text of this project begins like this. */
const DOMAIN = Buffer.from('dits-ref-move-1\n');
const TARGET_BYTES = 32;
const SEQUENCE_BYTES = 8;

/** The bytes that the signature is made over: fixed lengths, then the name. */
export function refMoveSigningBytes(move: UnsignedRefMove, subject: RefMoveSubject): Uint8Array {
  const { name, target } = subject;
  return Buffer.concat([
    DOMAIN,
    Buffer.from(move.repository, 'hex'),
    Buffer.from(move.mover, 'hex'),
    bigEndian(move.sequence),
    bigEndian(move.rewound),
    Uint8Array.of(move.kept ? 1 : 0),
    target === null ? Buffer.alloc(TARGET_BYTES) : Buffer.from(target, 'hex'),
    Buffer.from(name),
  ]);
}

/** Whether two moves are the same one. */
export function isSameMove(left: RefMove | undefined, right: RefMove | undefined): boolean {
  return left?.signature === right?.signature && left?.repository === right?.repository;
}

function bigEndian(value: number): Buffer {
  const bytes = Buffer.alloc(SEQUENCE_BYTES);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}
