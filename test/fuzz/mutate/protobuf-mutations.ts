/**
 * Changes to protobuf messages, field by field (protobuf encoding guide): lengths that lie, fields that are doubled, moved,
 * dropped, renumbered, of another wire type, or written longer than need be. Knows no schema: whatever parses as a message
 * is taken for one.
 */
import type { SeededRandom } from '../../../simulations/seeded-random.ts';
import { changeBytes, interestingInteger } from './byte-mutations.ts';
import { changeText } from './text-mutations.ts';
import { oneOf, type Mutation, type MutationContext } from './mutation.ts';

const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;
const FIELDS_MAX = 512;
const NUMBER_MAX = 16;
const VARINT_BYTES_MAX = 10;
/** Lengths of ids, keys, prefixes, signatures and tickets, and their neighbours. */
const LENGTHS = [0, 1, 7, 8, 16, 31, 32, 33, 63, 64, 65, 96] as const;

type Field = { readonly number: number; readonly wire: number; readonly payload: Buffer };

function readVarint(bytes: Buffer, at: number): { value: bigint; end: number } | undefined {
  let value = 0n;
  for (let place = 0; place < VARINT_BYTES_MAX; place++) {
    const byte = bytes[at + place];
    if (byte === undefined) return undefined;
    value |= BigInt(byte & 0x7f) << BigInt(7 * place);
    if (byte < 0x80) return { value, end: at + place + 1 };
  }
  return undefined;
}

export function encodeVarint(value: bigint, extraBytes = 0): Buffer {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  } while (rest > 0n);
  for (let extra = 0; extra < extraBytes; extra++) bytes.push(0x80);
  bytes[bytes.length - 1]! &= 0x7f;
  return Buffer.from(bytes);
}

/** The fields of a message, undefined when these bytes are none. */
function parseFields(bytes: Buffer): Field[] | undefined {
  const fields: Field[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tag = readVarint(bytes, at);
    if (tag === undefined || tag.value > 0xffff_ffffn || fields.length > FIELDS_MAX)
      return undefined;
    const wire = Number(tag.value & 7n);
    const end = payloadEnd(bytes, wire, tag.end);
    if (end === undefined || end.end > bytes.length) return undefined;
    fields.push({
      number: Number(tag.value >> 3n),
      wire,
      payload: bytes.subarray(end.start, end.end),
    });
    at = end.end;
  }
  return fields;
}

function payloadEnd(
  bytes: Buffer,
  wire: number,
  at: number,
): { start: number; end: number } | undefined {
  if (wire === WIRE.varint) {
    const end = readVarint(bytes, at)?.end;
    return end === undefined ? undefined : { start: at, end };
  }
  if (wire === WIRE.fixed64) return { start: at, end: at + 8 };
  if (wire === WIRE.fixed32) return { start: at, end: at + 4 };
  const length = wire === WIRE.bytes ? readVarint(bytes, at) : undefined;
  if (length === undefined || length.value > BigInt(bytes.length)) return undefined;
  return { start: length.end, end: length.end + Number(length.value) };
}

function writeField({ number, wire, payload }: Field, lengthDelta = 0): Buffer {
  const tag = encodeVarint((BigInt(number) << 3n) | BigInt(wire));
  if (wire !== WIRE.bytes) return Buffer.concat([tag, payload]);
  const length = encodeVarint(BigInt(Math.max(0, payload.length + lengthDelta)));
  return Buffer.concat([tag, length, payload]);
}

function newField(random: SeededRandom): Field {
  const number = 1 + random.below(NUMBER_MAX);
  if (random.below(2) === 0) {
    return { number, wire: WIRE.varint, payload: encodeVarint(interestingInteger(random)) };
  }
  return { number, wire: WIRE.bytes, payload: random.bytes(oneOf(random, LENGTHS)) };
}

/** Another value for a field; a message inside is changed in turn. */
function changeValue(field: Field, context: MutationContext): Field {
  const { random } = context;
  if (field.wire === WIRE.varint) {
    const extra = random.below(8) === 0 ? 1 + random.below(3) : 0;
    const old = readVarint(field.payload, 0)?.value ?? 0n;
    const near = old + BigInt(random.below(5) - 2);
    const value = random.below(2) === 0 && near >= 0n ? near : interestingInteger(random);
    return { ...field, payload: encodeVarint(value, extra) };
  }
  const { payload } = field;
  if (random.below(2) === 0 && payload.length > 1 && parseFields(payload) !== undefined) {
    return { ...field, payload: changeFields(payload, context) };
  }
  if (field.wire === WIRE.bytes && random.below(3) === 0) {
    return { ...field, payload: resized(payload, oneOf(random, LENGTHS)) };
  }
  return { ...field, payload: oneOf(random, [changeBytes, changeText])(payload, context) };
}

function resized(bytes: Buffer, length: number): Buffer {
  const sized = Buffer.alloc(length, 0x11);
  bytes.copy(sized);
  return sized;
}

/** One change to the list of fields. */
function changeList(fields: Field[], context: MutationContext): void {
  const { random, other } = context;
  const at = random.below(fields.length);
  const field = fields[at]!;
  switch (random.below(8)) {
    case 0:
      fields.splice(at, 1);
      break;
    case 1:
      fields.splice(random.below(fields.length + 1), 0, field);
      break;
    case 2:
      fields.splice(at, 1);
      fields.splice(random.below(fields.length + 1), 0, field);
      break;
    case 3:
      fields[at] = { ...field, number: 1 + random.below(NUMBER_MAX) };
      break;
    case 4:
      fields.splice(at, 0, newField(random));
      break;
    case 5: {
      const donors = parseFields(other());
      if (donors !== undefined && donors.length > 0) fields.splice(at, 0, oneOf(random, donors));
      break;
    }
    case 6:
      for (let copies = random.below(random.below(4) === 0 ? 80 : 5); copies > 0; copies--)
        fields.push(field);
      break;
    default:
      fields[at] = { ...field, wire: oneOf(random, [0, 1, 2, 3, 4, 5]) };
  }
}

/** One change to a message, or to bytes that are none. */
export const changeFields: Mutation = (input, context) => {
  const { random } = context;
  const fields = parseFields(input);
  if (fields === undefined) return changeBytes(input, context);
  if (fields.length === 0) return writeField(newField(random));
  const at = random.below(fields.length);
  if (random.below(16) === 0) {
    const lie = random.below(9) - 4;
    return Buffer.concat(fields.map((field, place) => writeField(field, place === at ? lie : 0)));
  }
  if (random.below(2) === 0) fields[at] = changeValue(fields[at]!, context);
  else changeList(fields, context);
  return Buffer.concat(fields.map((field) => writeField(field)));
};
