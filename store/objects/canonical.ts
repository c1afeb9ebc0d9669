/** What every object codec shares: one value has one encoding, and nothing else is accepted. */
import { ID_BYTES, idFromBytes, isObjectId, type ObjectId, type ObjectKind } from '../ids.ts';
import { StoreError } from '../store-error.ts';
import { STRUCTURE_SIZE_MAX_BYTES } from './object-limits.ts';

/** The error for bytes that are not an object of this kind. */
export function invalidObject(kind: ObjectKind, reason: string, cause?: unknown): StoreError {
  return new StoreError('DITS_STORE_INVALID_OBJECT', `invalid ${kind}: ${reason}`, {
    hint: 'the object was made by faulty or hostile software; fetch it again from a peer you trust',
    details: { kind, reason },
    cause,
  });
}

/**
 * Runs a codec over bytes: bounds them, parses, validates, and refuses an encoding that is not the canonical one
 * (unknown fields, wrong order, explicit defaults, overlong numbers, invalid UTF-8).
 */
export function decodeCanonical<T>(
  kind: ObjectKind,
  bytes: Uint8Array,
  codec: { readonly parse: (bytes: Uint8Array) => T; readonly encode: (value: T) => Uint8Array },
): T {
  if (bytes.length > STRUCTURE_SIZE_MAX_BYTES) {
    throw invalidObject(kind, `${bytes.length} bytes are more than ${STRUCTURE_SIZE_MAX_BYTES}`);
  }
  const value = parseOrRefuse(kind, bytes, codec.parse);
  if (!asBuffer(bytes).equals(codec.encode(value))) {
    throw invalidObject(kind, 'the encoding is not canonical');
  }
  return value;
}

function parseOrRefuse<T>(kind: ObjectKind, bytes: Uint8Array, parse: (bytes: Uint8Array) => T): T {
  try {
    return parse(asBuffer(bytes));
  } catch (error) {
    if (error instanceof StoreError) throw error;
    // The protobuf reader throws plain errors for truncated or malformed bytes.
    throw invalidObject(kind, 'the bytes are not well-formed protobuf', error);
  }
}

/** A Buffer over the same memory: protobuf's reader is faster on it, and slices of it print as hexadecimal. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A 64-bit number as protobuf gives it: a plain number, or two halves. */
export type WireInteger = number | { toNumber(): number };

/** The number, when it is a safe integer; undefined when it is not. */
export function safeInteger(value: WireInteger): number | undefined {
  const number = typeof value === 'number' ? value : value.toNumber();
  return Number.isSafeInteger(number) ? number : undefined;
}

/** The ids in concatenated bytes, or undefined when the length is not a multiple of an id's. */
export function splitIds<T extends ObjectId>(bytes: Uint8Array): T[] | undefined {
  if (bytes.length % ID_BYTES !== 0) return undefined;
  const buffer = asBuffer(bytes);
  const ids: T[] = [];
  for (let at = 0; at < buffer.length; at += ID_BYTES) {
    ids.push(idFromBytes<T>(buffer.subarray(at, at + ID_BYTES)));
  }
  return ids;
}

/** Ids one behind the other. @throws StoreError DITS_STORE_INVALID_OBJECT for what is not an id */
export function joinIds(kind: ObjectKind, ids: readonly ObjectId[]): Buffer {
  const bytes = Buffer.allocUnsafe(ids.length * ID_BYTES);
  ids.forEach((id, index) => {
    bytes.write(checkedId(kind, id), index * ID_BYTES, ID_BYTES, 'hex');
  });
  return bytes;
}

/** The id itself. @throws StoreError DITS_STORE_INVALID_OBJECT when it is not written as one */
export function checkedId(kind: ObjectKind, id: ObjectId): ObjectId {
  if (!isObjectId(id)) throw invalidObject(kind, 'an id is not 64 hexadecimal digits');
  return id;
}

const LONE_SURROGATE = /\p{Surrogate}/u;

/** Why `text` may not be stored, or undefined: valid Unicode in form NFC, at most `maxBytes` of UTF-8. */
export function textProblem(text: string, maxBytes: number): string | undefined {
  if (text.length > maxBytes || Buffer.byteLength(text) > maxBytes) {
    return `is longer than ${maxBytes} bytes`;
  }
  if (LONE_SURROGATE.test(text)) return 'is not valid Unicode';
  if (text !== text.normalize('NFC')) return 'is not in Unicode form NFC';
  return undefined;
}
