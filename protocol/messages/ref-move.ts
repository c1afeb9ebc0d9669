/** Signed moves of refs on the wire (docs/protocol.md, "Signed moves"). Their signatures are checked elsewhere. */
import type { RefMove } from '../../store/index.ts';
import type { dits } from '#gen/messages';
import { invalidMessage, readCount } from './wire-fields.ts';

/** A move without the repository, which is that of the conversation. */
export type WireRefMove = Omit<RefMove, 'repository'>;

/** Bytes of an Ed25519 public key (RFC 8032). */
const KEY_BYTES = 32;
/** Bytes of an Ed25519 signature (RFC 8032). */
const SIGNATURE_BYTES = 64;
/**
 * Latest sequence that is taken: the furthest time that a calendar can show (ECMA-262, "Time Values"). Beyond 2^53 - 1 the next
 * move could be written down, and not be read again.
 */
const MOVE_SEQUENCE_MAX = 8.64e15;

export function encodeMove(move: WireRefMove): dits.messages.RefMove.$Properties {
  return {
    mover: Buffer.from(move.mover, 'hex'),
    sequence: move.sequence,
    rewound: move.rewound,
    kept: move.kept,
    signature: Buffer.from(move.signature, 'hex'),
  };
}

export function decodeMove(
  value: dits.messages.RefMove | null | undefined,
): WireRefMove | undefined {
  if (value === null || value === undefined) return undefined;
  const sequence = readCount(value.sequence);
  const rewound = readCount(value.rewound);
  if (sequence === 0 || rewound > sequence) throw invalidMessage('counts moves backwards');
  if (sequence > MOVE_SEQUENCE_MAX) throw invalidMessage('has a move from beyond all time');
  return {
    mover: readHex(value.mover, KEY_BYTES),
    sequence,
    rewound,
    kept: value.kept,
    signature: readHex(value.signature, SIGNATURE_BYTES),
  };
}

function readHex(bytes: Uint8Array, length: number): string {
  if (bytes.length !== length) throw invalidMessage('has a key or signature of another length');
  return Buffer.from(bytes).toString('hex');
}
