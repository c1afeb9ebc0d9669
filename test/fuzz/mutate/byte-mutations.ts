/** Changes that know nothing of a format but that it has bytes and integers. */
import type { SeededRandom } from '../../../simulations/seeded-random.ts';
import { oneOf, type Mutation } from './mutation.ts';

/** Where integers overflow, change sign, or stop being exact. */
const INTERESTING: readonly bigint[] = [
  0n,
  1n,
  2n,
  0x7fn,
  0x80n,
  0xffn,
  0x100n,
  0x7fffn,
  0x8000n,
  0xffffn,
  0x1_0000n,
  0x10_0000n,
  0x100_0000n,
  0x7fff_ffffn,
  0x8000_0000n,
  0xffff_ffffn,
  0x1_0000_0000n,
  (1n << 53n) - 1n,
  1n << 53n,
  (1n << 63n) - 1n,
  1n << 63n,
  (1n << 64n) - 1n,
];
const RUN_MAX_BYTES = 64;
const WIDTHS = [1, 2, 4, 8] as const;

/** An integer that programs get wrong. */
export function interestingInteger(random: SeededRandom): bigint {
  const value = oneOf(random, INTERESTING);
  const delta = BigInt(random.below(3) - 1);
  return random.below(4) === 0 && value + delta >= 0n ? value + delta : value;
}

const flipBit: Mutation = (input, { random }) => {
  if (input.length === 0) return input;
  const changed = Buffer.from(input);
  changed[random.below(input.length)]! ^= 1 << random.below(8);
  return changed;
};

const setByte: Mutation = (input, { random }) => {
  if (input.length === 0) return input;
  const changed = Buffer.from(input);
  changed[random.below(input.length)] = random.below(256);
  return changed;
};

const setInteger: Mutation = (input, { random }) => {
  const width = oneOf(random, WIDTHS);
  if (input.length < width) return input;
  const changed = Buffer.from(input);
  const at = random.below(input.length - width + 1);
  const isLittle = random.below(2) === 0;
  const isRelative = random.below(2) === 0;
  let value = isRelative
    ? readInteger(changed, { at, width, isLittle }) + BigInt(random.below(71) - 35)
    : interestingInteger(random);
  value = BigInt.asUintN(8 * width, value);
  for (let place = 0; place < width; place++) {
    changed[isLittle ? at + place : at + width - 1 - place] = Number(value & 0xffn);
    value >>= 8n;
  }
  return changed;
};

function readInteger(
  bytes: Buffer,
  field: { readonly at: number; readonly width: number; readonly isLittle: boolean },
): bigint {
  let value = 0n;
  for (let place = 0; place < field.width; place++) {
    const at = field.isLittle ? field.at + field.width - 1 - place : field.at + place;
    value = (value << 8n) | BigInt(bytes[at]!);
  }
  return value;
}

const insertBytes: Mutation = (input, { random }) => {
  const at = random.below(input.length + 1);
  const length = 1 + random.below(RUN_MAX_BYTES);
  const run =
    random.below(2) === 0 ? Buffer.alloc(length, random.below(256)) : random.bytes(length);
  return Buffer.concat([input.subarray(0, at), run, input.subarray(at)]);
};

const removeBytes: Mutation = (input, { random }) => {
  if (input.length === 0) return input;
  const at = random.below(input.length);
  const length = 1 + random.below(Math.min(RUN_MAX_BYTES, input.length - at));
  return Buffer.concat([input.subarray(0, at), input.subarray(at + length)]);
};

const repeatBytes: Mutation = (input, { random }) => {
  if (input.length === 0) return input;
  const at = random.below(input.length);
  const piece = input.subarray(
    at,
    at + 1 + random.below(Math.min(RUN_MAX_BYTES, input.length - at)),
  );
  const count = random.below(8) === 0 ? 1 + random.below(200) : 1;
  const copies = Array.from({ length: count }, () => piece);
  return Buffer.concat([input.subarray(0, at), ...copies, input.subarray(at)]);
};

const cut: Mutation = (input, { random }) =>
  input.length === 0 ? input : input.subarray(0, random.below(input.length));

const insertWord: Mutation = (input, { random, dictionary }) => {
  if (dictionary.length === 0) return input;
  const word = oneOf(random, dictionary);
  const at = random.below(input.length + 1);
  const replaced = random.below(2) === 0 ? word.length : 0;
  return Buffer.concat([input.subarray(0, at), word, input.subarray(at + replaced)]);
};

/** The front of one input and the end of another. */
const splice: Mutation = (input, { random, other }) => {
  const donor = other();
  const front = input.subarray(0, random.below(input.length + 1));
  return Buffer.concat([front, donor.subarray(random.below(donor.length + 1))]);
};

/** A piece of another input in the middle of this one. */
const graft: Mutation = (input, { random, other }) => {
  const donor = other();
  const from = random.below(donor.length + 1);
  const piece = donor.subarray(from, from + 1 + random.below(RUN_MAX_BYTES));
  const at = random.below(input.length + 1);
  const replaced = random.below(2) === 0 ? piece.length : 0;
  return Buffer.concat([input.subarray(0, at), piece, input.subarray(at + replaced)]);
};

const ALL: readonly Mutation[] = [
  flipBit,
  setByte,
  setInteger,
  setInteger,
  insertBytes,
  removeBytes,
  repeatBytes,
  cut,
  insertWord,
  splice,
  graft,
];

/** One of the changes above. */
export const changeBytes: Mutation = (input, context) => oneOf(context.random, ALL)(input, context);
