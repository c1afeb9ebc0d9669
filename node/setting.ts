/** One setting of a node: what `node/config.ts` and the parts of it say of each. */

export type Setting<T> = {
  readonly default: T;
  /** One sentence for the documentation and the help. */
  readonly description: string;
  /** The value of a text, number or boolean from a file or flag; undefined when it is not allowed. */
  readonly read: (value: unknown) => T | undefined;
  /** What is allowed, for error messages. */
  readonly allowed: string;
};

/** A whole number in a range, from a number or its digits. */
export function readNumber(value: unknown, min: number, max: number): number | undefined {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number)) return undefined;
  return number >= min && number <= max ? number : undefined;
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

/** A truth value, from itself or its name. */
export function readBoolean(value: unknown): boolean | undefined {
  return BOOLEANS.get(String(value));
}
