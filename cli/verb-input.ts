/** The parsed words of a command line, read by name and type. */
import { usageError } from './cli-error.ts';

export class VerbInput {
  readonly #options: Readonly<Record<string, unknown>>;
  /** Words that are not options, in order. */
  readonly operands: readonly string[];
  /** Those of the operands that came after `--`; undefined when there was no `--`. */
  readonly afterDashes: readonly string[] | undefined;

  constructor(
    options: Readonly<Record<string, unknown>>,
    operands: readonly string[],
    afterDashes: readonly string[] | undefined,
  ) {
    this.#options = options;
    this.operands = operands;
    this.afterDashes = afterDashes;
  }

  /** The operands before `--`. */
  get beforeDashes(): readonly string[] {
    return this.operands.slice(0, this.operands.length - (this.afterDashes?.length ?? 0));
  }

  /** Whether a switch was given. */
  flag(name: string): boolean {
    return this.#options[name] === true;
  }

  /** Whether a `--no-NAME` switch was given. */
  isSwitchedOff(name: string): boolean {
    return this.#options[name] === false;
  }

  /** The value of an option. */
  text(name: string): string | undefined {
    const value = this.#options[name];
    return typeof value === 'string' ? value : undefined;
  }

  /** The values of an option that may be given several times, in order. */
  texts(name: string): readonly string[] {
    const value = this.#options[name];
    if (!Array.isArray(value)) return [];
    return value.filter((item): item is string => typeof item === 'string');
  }

  /** The value of an option that counts something. @throws CliError DITS_CLI_USAGE */
  count(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value)) {
      throw usageError(`--${name} takes a whole number, not "${text}"`);
    }
    return value;
  }

  /** An operand that the verb cannot do without. @throws CliError DITS_CLI_USAGE */
  required(index: number, name: string): string {
    const value = this.operands[index];
    if (value === undefined) throw usageError(`missing argument: ${name}`);
    return value;
  }
}
