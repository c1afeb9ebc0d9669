/** One decoder, or a group of them that belong together, as the fuzzer sees it (docs/fuzzing.md). */
import { isDeepStrictEqual } from 'node:util';
import { DitsError } from '../../store/index.ts';
import type { SeededRandom } from '../../simulations/seeded-random.ts';
import type { Mutation } from './mutate/mutation.ts';

export interface FuzzTarget {
  /** Kebab-case: names its folder of inputs, too. */
  readonly name: string;
  /** What it covers, for people. */
  readonly covers: string;
  /** Inputs that are accepted, or nearly so, made by the encoders: where the search begins. */
  readonly seeds: () => readonly Uint8Array[];
  /** Ways to change an input; one that is listed twice is taken twice as often. */
  readonly mutations: readonly Mutation[];
  /** Words of the format, for mutations that insert some. */
  readonly dictionary?: readonly (string | Uint8Array)[];
  /** Longest input in bytes. */
  readonly sizeMaxBytes: number;
  /** Makes checksums right again, so that a change reaches what lies behind them. */
  readonly repair?: (input: Buffer, random: SeededRandom) => Buffer;
  /**
   * Decodes and checks everything that must hold. Returns whether the input was accepted; whatever it throws is a finding,
   * so that a refusal must be caught here and be of the documented kind. Keeps nothing of the input.
   */
  readonly run: (input: Buffer) => boolean | Promise<boolean>;
}

/** What a decoder gave, or undefined when it refused with one of these codes. Any other error goes on. */
export function acceptedBy<T>(codes: readonly string[], decode: () => T): T | undefined {
  try {
    return decode();
  } catch (error) {
    checkRefusal(error, codes);
    return undefined;
  }
}

/** Throws an error on unless it is a refusal with one of these codes that says something. */
export function checkRefusal(error: unknown, codes: readonly string[]): void {
  const isRefusal = error instanceof DitsError && codes.includes(error.code);
  if (!isRefusal || error.message === '') throw error;
}

/** Of a value in a finding. */
const SHOWN_LENGTH_MAX = 400;

/** A property that does not hold. */
export class BrokenProperty extends Error {}

/** @throws BrokenProperty unless it holds */
export function mustHold(holds: boolean, property: string): asserts holds {
  if (!holds) throw new BrokenProperty(property);
}

/** @throws BrokenProperty unless both are deeply equal */
export function mustEqual(actual: unknown, expected: unknown, property: string): void {
  if (isDeepStrictEqual(actual, expected)) return;
  const show = (value: unknown): string =>
    value === undefined ? 'nothing' : JSON.stringify(value, shown).slice(0, SHOWN_LENGTH_MAX);
  throw new BrokenProperty(`${property}: ${show(actual)} instead of ${show(expected)}`);
}

function shown(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`;
  return value instanceof Map ? [...value] : value;
}
