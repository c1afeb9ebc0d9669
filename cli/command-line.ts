/**
 * The command line, parsed: which verb, its words, and the options that every verb takes (docs/cli.md, "Everywhere").
 * Only the verb that is named is loaded.
 */
import { Command, CommanderError } from 'commander';

import { usageError, type CliError } from './cli-error.ts';
import type { LeafVerb, Verb } from './verb.ts';
import { VerbInput } from './verb-input.ts';
import type { VerbEntry } from './verbs.ts';

/** Options that are accepted before and after the verb. */
export type GlobalOptions = {
  readonly isJson: boolean;
  readonly isQuiet: boolean;
  readonly isVerbose: boolean;
  readonly hasProgress: boolean;
  /** Values of -C, to be applied one after another, as git does. */
  readonly directories: readonly string[];
};

export type ParsedCommandLine =
  | {
      readonly kind: 'verb';
      readonly name: string;
      readonly verb: LeafVerb;
      readonly input: VerbInput;
      readonly options: GlobalOptions;
    }
  | { readonly kind: 'help'; readonly text: string; readonly isJson: boolean }
  | { readonly kind: 'version'; readonly isJson: boolean };

/** Global options that take a value: the next word is not the verb. */
const WITH_VALUE = new Set(['-C']);

/** Whether --json is among the options, for errors that come before parsing is done. */
export function wantsJson(words: readonly string[]): boolean {
  return splitAtDashes(words).before.includes('--json');
}

/** @throws CliError DITS_CLI_USAGE */
export async function parseCommandLine(
  words: readonly string[],
  verbs: Readonly<Record<string, VerbEntry>>,
): Promise<ParsedCommandLine> {
  const { before, after } = splitAtDashes(words);
  const isJson = before.includes('--json');
  const verbName = findVerb(before);
  if (verbName === undefined) {
    if (before.includes('--version')) return { kind: 'version', isJson };
    const isAsked = before.some((word) => word === '-h' || word === '--help');
    const text = buildProgram(verbs).helpInformation();
    if (isAsked) return { kind: 'help', text, isJson };
    throw usageError(isJson ? 'no verb given' : `no verb given\n\n${text.trimEnd()}`);
  }
  const entry = Object.hasOwn(verbs, verbName) ? verbs[verbName] : undefined;
  if (entry === undefined) {
    if (verbName === 'help') return helpOf(before, verbs);
    return parseWithProgram(buildProgram(verbs), { verbName, before, after });
  }
  const found: { chosen?: Chosen } = {};
  const choose = (chosen: Chosen): void => {
    found.chosen = chosen;
  };
  const program = buildProgram(verbs, { verbName, verb: await entry.load(), choose });
  return parseWithProgram(program, { verbName, before, after }, found);
}

type Words = {
  readonly verbName: string;
  readonly before: readonly string[];
  readonly after: readonly string[] | undefined;
};

/** What commander's actions report: the command that was named. */
type Chosen = { readonly name: string; readonly verb: LeafVerb; readonly command: Command };

function parseWithProgram(
  program: Command,
  { verbName, before, after }: Words,
  found: { readonly chosen?: Chosen } = {},
): ParsedCommandLine {
  const isJson = before.includes('--json');
  let helpText = '';
  forEachCommand(program, (command) => {
    command.configureOutput({
      writeOut: (text) => {
        helpText += text;
      },
      writeErr: () => undefined,
    });
  });
  try {
    program.parse([...before, ...(after === undefined ? [] : ['--', ...after])], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: 'help', text: helpText, isJson };
    throw describeParseError(error, program, { verbName, before });
  }
  if (found.chosen === undefined) {
    throw usageError(`dits ${verbName} needs to know what to do`, `dits ${verbName} --help`);
  }
  const { name, verb, command } = found.chosen;
  if (isGiven(chainOf(command), 'version')) return { kind: 'version', isJson };
  const input = new VerbInput(command.opts(), command.args, after);
  return { kind: 'verb', name, verb, input, options: mergeGlobals(command) };
}

function describeParseError(
  error: CommanderError,
  program: Command,
  { verbName, before }: Pick<Words, 'verbName' | 'before'>,
): CliError {
  const command = program.commands.find((candidate) => candidate.name() === verbName);
  const innerNames = command?.commands.map((inner) => inner.name()) ?? [];
  const innerName = findVerb(before.slice(before.indexOf(verbName) + 1));
  if (innerNames.length > 0 && innerName !== undefined && !innerNames.includes(innerName)) {
    return usageError(`unknown command '${verbName} ${innerName}'`, `dits ${verbName} --help`);
  }
  const message = error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ');
  if (command === undefined) return usageError(message, 'dits --help');
  return usageError(
    `${message}\nusage: dits ${verbName} ${command.usage()}`,
    `dits ${verbName} --help`,
  );
}

/** A command and those that it belongs to, the outermost first. */
function chainOf(leaf: Command): readonly Command[] {
  const chain: Command[] = [];
  for (let at: Command | null = leaf; at !== null; at = at.parent) chain.unshift(at);
  return chain;
}

function isGiven(chain: readonly Command[], name: string): boolean {
  return chain.some((command) => command.getOptionValueSource(name) === 'cli');
}

/** Values after the verb win over those before it; -C adds up. */
function mergeGlobals(leaf: Command): GlobalOptions {
  const chain = chainOf(leaf);
  return {
    isJson: isGiven(chain, 'json'),
    isQuiet: isGiven(chain, 'quiet'),
    isVerbose: isGiven(chain, 'verbose'),
    hasProgress: !isGiven(chain, 'progress'),
    directories: chain.flatMap((command) => {
      const value: unknown = command.getOptionValue('C');
      return Array.isArray(value) ? value.map(String) : [];
    }),
  };
}

type Selection = {
  readonly verbName: string;
  readonly verb: Verb;
  readonly choose: (choice: Chosen) => void;
};

function buildProgram(verbs: Readonly<Record<string, VerbEntry>>, selection?: Selection): Command {
  const program = withGlobalOptions(new Command('dits'))
    .description('Version control and peer-to-peer sync for media that is too big for Git.')
    .helpCommand(false)
    .enablePositionalOptions()
    .addHelpText('after', '\ndits VERB --help says more about a verb.');
  for (const [name, { summary }] of Object.entries(verbs)) {
    const command = withGlobalOptions(program.command(name)).description(summary);
    if (selection?.verbName === name) attachVerb(command, name, selection);
  }
  return program;
}

function attachVerb(command: Command, name: string, { verb, choose }: Selection): void {
  if (!('verbs' in verb)) {
    attachLeaf(command, name, verb, choose);
    return;
  }
  command.enablePositionalOptions().helpCommand(false);
  for (const [innerName, inner] of Object.entries(verb.verbs)) {
    const isDefault = innerName === verb.fallback;
    const innerCommand = withGlobalOptions(command.command(innerName, { isDefault }));
    attachLeaf(innerCommand.description(inner.summary), `${name} ${innerName}`, inner, choose);
  }
}

function attachLeaf(
  command: Command,
  name: string,
  verb: LeafVerb,
  choose: (choice: Chosen) => void,
): void {
  verb.configure(command);
  command.action(() => choose({ name, verb, command }));
}

function withGlobalOptions(command: Command): Command {
  return command
    .exitOverride()
    .helpOption('-h, --help', 'show this help')
    .option('-C <dir>', 'work in this folder', collect)
    .option('--json', 'answer in JSON, one object a line')
    .option('-q, --quiet', 'say less')
    .option('-v, --verbose', 'say more; show where errors come from')
    .option('--no-progress', 'show no progress line')
    .option('--version', 'print the version and end');
}

/** Gathers the values of an option that may be given several times. */
export function collect(value: string, earlier: readonly string[] | undefined): readonly string[] {
  return [...(earlier ?? []), value];
}

function forEachCommand(command: Command, visit: (command: Command) => void): void {
  visit(command);
  for (const inner of command.commands) forEachCommand(inner, visit);
}

async function helpOf(
  before: readonly string[],
  verbs: Readonly<Record<string, VerbEntry>>,
): Promise<ParsedCommandLine> {
  const topics = before.slice(before.indexOf('help') + 1).filter((word) => !word.startsWith('-'));
  return parseCommandLine([...topics, '--help'], verbs);
}

/** The first word that is neither an option nor an option's value. */
function findVerb(words: readonly string[]): string | undefined {
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (WITH_VALUE.has(word)) index += 1;
    else if (!word.startsWith('-')) return word;
  }
  return undefined;
}

function splitAtDashes(words: readonly string[]): {
  readonly before: readonly string[];
  readonly after: readonly string[] | undefined;
} {
  const at = words.indexOf('--');
  return at < 0
    ? { before: words, after: undefined }
    : { before: words.slice(0, at), after: words.slice(at + 1) };
}
