/** How inputs are changed. */
import type { SeededRandom } from '../../../simulations/seeded-random.ts';

export type MutationContext = {
  readonly random: SeededRandom;
  /** Another input of the corpus, to take pieces from. */
  readonly other: () => Buffer;
  readonly dictionary: readonly Buffer[];
};

/** Gives a changed copy, or the input itself where the change does not apply to it. */
export type Mutation = (input: Buffer, context: MutationContext) => Buffer;

/** One of the items. There must be one. */
export function oneOf<T>(random: SeededRandom, items: readonly T[]): T {
  return items[random.below(items.length)]!;
}

/** Leaves the first `prefixBytes` mostly alone: they choose the decoder. */
export function behind(prefixBytes: number, mutation: Mutation): Mutation {
  return (input, context) => {
    const { random, other } = context;
    const prefix = input.subarray(0, prefixBytes);
    const inner: MutationContext = { ...context, other: () => other().subarray(prefixBytes) };
    const kept = random.below(32) > 0 ? prefix : random.bytes(prefixBytes);
    return Buffer.concat([kept, mutation(input.subarray(prefixBytes), inner)]);
  };
}
