/**
 * The floor under every codec: bounds a payload before protobuf builds objects from it, and turns the generic values
 * into ids, texts and counts that were checked. Whatever fails here is DITS_PROTOCOL_INVALID_MESSAGE.
 */
import protobuf from 'protobufjs/minimal.js';
import { ID_BYTES, idFromBytes, type ObjectId } from '../../store/index.ts';
import { ProtocolError } from '../protocol-error.ts';
import { REPOSITORY_NAME_MAX_BYTES } from './limits.ts';

/** Writes and reads the payload of one message type. */
export type MessageCodec<T> = {
  /** The payload in pieces, to be sent back to back; bulk data is passed through, not copied. */
  readonly encode: (value: T) => readonly Uint8Array[];
  /** @throws ProtocolError DITS_PROTOCOL_INVALID_MESSAGE. The value may share memory with `payload`. */
  readonly decode: (payload: Uint8Array) => T;
};

/** Most values of a repeated field. A packed field holds many varints in one value. */
type RepeatedBound = { readonly max: number; readonly isPacked?: true };

/** Bounds by field number. Fields not named here may come once. */
export type RepeatedBounds = Readonly<Record<number, RepeatedBound>>;

/** A varint of a uint32 has at most this many bytes. */
const VARINT32_BYTES_MAX = 5;
/** Fields that come once, and unknown ones that a newer peer may add. */
const SINGLE_FIELDS_MAX = 64;

type Decoder<T> = { decode(reader: protobuf.Reader): T };

/** Decodes a payload whose repeated fields stay within `bounds`; unknown fields are dropped. */
export function decodePayload<T>(
  type: Decoder<T>,
  payload: Uint8Array,
  bounds: RepeatedBounds = {},
): T {
  try {
    boundFields(payload, bounds);
    const reader = protobuf.Reader.create(payload);
    reader.discardUnknown = true;
    return type.decode(reader);
  } catch (cause) {
    if (cause instanceof ProtocolError) throw cause;
    throw new ProtocolError('DITS_PROTOCOL_INVALID_MESSAGE', 'a message does not decode', {
      cause,
    });
  }
}

/** Walks the top level of a payload and refuses more values than allowed, before any of them is built. */
function boundFields(payload: Uint8Array, bounds: RepeatedBounds): void {
  const reader = protobuf.Reader.create(payload);
  const counts = new Map<number, number>();
  let single = 0;
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    const wireType = tag & 7;
    if (wireType === 3 || wireType === 4) throw invalidMessage('holds a group');
    const start = reader.pos;
    reader.skipType(wireType);
    const bound = bounds[tag >>> 3];
    if (bound === undefined) {
      if (++single > SINGLE_FIELDS_MAX) throw invalidMessage('has too many fields');
      continue;
    }
    // A packed field has at least length / 5 values, so this never refuses an honest one.
    const isPacked = bound.isPacked === true && wireType === 2;
    const values = isPacked ? Math.ceil((reader.pos - start) / VARINT32_BYTES_MAX) : 1;
    const count = (counts.get(tag >>> 3) ?? 0) + values;
    counts.set(tag >>> 3, count);
    // The bytes of the packed field's own length may add one.
    if (count > bound.max + Number(isPacked))
      throw invalidMessage(`repeats a field more than ${bound.max} times`);
  }
}

/** The error for a message that breaks a rule. `what` continues "a message …". */
export function invalidMessage(what: string): ProtocolError {
  return new ProtocolError('DITS_PROTOCOL_INVALID_MESSAGE', `a message ${what}`);
}

/** The ids laid back to back in `bytes`. */
export function readIds<T extends ObjectId = ObjectId>(bytes: Uint8Array, countMax: number): T[] {
  if (bytes.length % ID_BYTES !== 0) throw invalidMessage('holds a list that is not whole ids');
  const count = bytes.length / ID_BYTES;
  if (count > countMax) throw invalidMessage(`lists ${count} ids, the limit is ${countMax}`);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const ids: T[] = [];
  for (let at = 0; at < buffer.length; at += ID_BYTES) {
    ids.push(buffer.toString('hex', at, at + ID_BYTES) as T);
  }
  return ids;
}

/** The bytes of ids, back to back. */
export function writeIds(ids: readonly ObjectId[]): Buffer {
  const bytes = Buffer.allocUnsafe(ids.length * ID_BYTES);
  ids.forEach((id, index) => bytes.write(id, index * ID_BYTES, 'hex'));
  return bytes;
}

/** One id, which must be there. */
export function readId<T extends ObjectId = ObjectId>(bytes: Uint8Array): T {
  if (bytes.length !== ID_BYTES) throw invalidMessage(`has an id of ${bytes.length} bytes`);
  return idFromBytes<T>(bytes);
}

/** One id, or null where it was left out. */
export function readOptionalId(bytes: Uint8Array): ObjectId | null {
  return bytes.length === 0 ? null : readId(bytes);
}

/** The bytes of an id, none for null. */
export function writeOptionalId(id: ObjectId | null): Uint8Array {
  return id === null ? new Uint8Array() : writeIds([id]);
}

/** A name that programs compare: within its length, without control characters or broken Unicode. */
export function readName(text: string, bytesMax: number): string {
  if (Buffer.byteLength(text) > bytesMax) throw invalidMessage('has a name that is too long');
  if (/[\p{Cc}\p{Cs}]/u.test(text)) throw invalidMessage('has a name with control characters');
  return text;
}

/** A repository name that cannot be mistaken for a path: components without `.`, `..` and empty ones. */
export function readRepositoryName(text: string): string {
  const name = readName(text, REPOSITORY_NAME_MAX_BYTES);
  const isPlain = name
    .split('/')
    .every((part) => part !== '' && part !== '.' && part !== '..' && !/[\\:]/.test(part));
  if (!isPlain) throw invalidMessage('names a repository in a way that is not allowed');
  return name;
}

/** A text for people: cut to length, with everything a terminal might obey or hide made visible. */
export function readText(text: string, bytesMax: number): string {
  // A UTF-16 unit is at least one byte of UTF-8: what is cut here would be cut below.
  const visible = text.slice(0, bytesMax).replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, '\uFFFD');
  return fitText(visible, bytesMax);
}

/** Cuts a text of ours to what the peer will accept. */
export function fitText(text: string, bytesMax: number): string {
  if (Buffer.byteLength(text) <= bytesMax) return text;
  return Buffer.from(text)
    .subarray(0, bytesMax - 3)
    .toString()
    .replace(/\uFFFD+$/, '');
}

/** A whole number within a range. */
export function readNumber(value: number, min: number, max: number): number {
  if (value < min || value > max) {
    throw invalidMessage(`has the value ${value} where ${min} to ${max} is allowed`);
  }
  return value;
}

/** A 64-bit count, refused above 2^53 - 1. */
export function readCount(value: number | { toNumber(): number }): number {
  const count = typeof value === 'number' ? value : value.toNumber();
  if (!Number.isSafeInteger(count) || count < 0)
    throw invalidMessage('has a count beyond 2^53 - 1');
  return count;
}
