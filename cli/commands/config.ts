/** `dits config`: settings of the repository and of the user. */
import type { Command } from 'commander';

import { findRepository, readSettings, updateSettings, type Settings } from '../../repo/index.ts';
import { protectionPatterns, refPatternProblem } from '../../store/index.ts';
import { CliError, usageError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { readUserSettings, userSettingsFile, withRepository } from '../open-repository.ts';
import { printable } from '../terminal/printable.ts';
import type { GroupVerb, LeafVerb } from '../verb.ts';
import type { VerbInput } from '../verb-input.ts';

type Level = 'repo' | 'user';
type Value = string | number | boolean;
/** A setting as it is listed. */
type Setting = { readonly key: string; readonly value: Value; readonly level: Level };

const KEY_HELP = 'such as user.name';

export const config: GroupVerb = {
  fallback: 'value',
  verbs: {
    list: { summary: 'list all settings', configure: withLevelOptions, run: list },
    get: {
      summary: 'print one setting',
      configure: (command) => withLevelOptions(command.argument('<key>', KEY_HELP)),
      run: get,
    },
    set: {
      summary: 'change one setting',
      configure: (command) =>
        withLevelOptions(command.argument('<key>', KEY_HELP).argument('<value>')),
      run: set,
    },
    unset: {
      summary: 'take one setting back',
      configure: (command) => withLevelOptions(command.argument('<key>', KEY_HELP)),
      run: unset,
    },
    value: {
      summary: 'the short form: nothing lists, KEY reads, KEY VALUE writes',
      configure: (command) =>
        withLevelOptions(command.argument('[key]', KEY_HELP).argument('[value]')),
      run: (context, input) => {
        const [key, value] = input.operands;
        if (key === undefined) return list(context, input);
        if (!key.includes('.')) {
          throw usageError(`"${key}" is neither a verb nor a setting`, 'dits config --help');
        }
        return value === undefined ? get(context, input) : set(context, input);
      },
    },
  },
};

type Outcome = ReturnType<LeafVerb['run']>;

async function list(context: CommandContext, input: VerbInput): Outcome {
  const settings = await listAll(context, input);
  for (const { key, value } of settings) {
    context.output.line(`${printable(key)}=${printable(String(value))}`);
  }
  return { fields: { settings } };
}

async function get(context: CommandContext, input: VerbInput): Outcome {
  const key = input.required(0, 'key');
  const found = await lookUp(context, input, key);
  if (found === undefined) {
    throw new CliError('DITS_CLI_CONFIG_NOT_FOUND', `${key} is not set`, {
      hint: `dits config set ${key} VALUE`,
    });
  }
  context.output.line(printable(String(found.value)));
  return { fields: { ...found } };
}

async function set(context: CommandContext, input: VerbInput): Outcome {
  const key = input.required(0, 'key');
  const value = parseValue(key, input.required(1, 'value'));
  const level = await change(context, { key, input }, (settings) => settings.set(key, value));
  return { fields: { key, value, level } };
}

async function unset(context: CommandContext, input: VerbInput): Outcome {
  const key = input.required(0, 'key');
  const outcome = { wasSet: false };
  const level = await change(context, { key, input }, (settings) => {
    outcome.wasSet = settings.unset(key);
  });
  if (!outcome.wasSet) {
    throw new CliError('DITS_CLI_CONFIG_NOT_FOUND', `${key} is not set (level: ${level})`);
  }
  return { fields: { key, level } };
}

function withLevelOptions(command: Command): void {
  command
    .option('--user', "the user's settings")
    .option('--global', 'the same as --user')
    .option('--repo', "the repository's settings");
}

/** The level that the options name; undefined when they name none. */
function chosenLevel(input: VerbInput): Level | undefined {
  const isUser = input.flag('user') || input.flag('global');
  if (isUser && input.flag('repo')) throw usageError('--user and --repo exclude each other');
  if (isUser) return 'user';
  return input.flag('repo') ? 'repo' : undefined;
}

/** Settings of every level that is asked for and there, the winning level first. */
async function levels(
  context: CommandContext,
  input: VerbInput,
): Promise<readonly { readonly level: Level; readonly settings: Settings }[]> {
  const level = chosenLevel(input);
  const found: { level: Level; settings: Settings }[] = [];
  if (level === 'repo' || (level === undefined && isInRepository(context))) {
    const settings = await withRepository(context, (repository) =>
      readSettings(repository.layout.configFile),
    );
    found.push({ level: 'repo', settings });
  }
  if (level !== 'repo') found.push({ level: 'user', settings: await readUserSettings(context) });
  return found;
}

function isInRepository({ cwd }: CommandContext): boolean {
  return findRepository(cwd) !== undefined;
}

async function listAll(context: CommandContext, input: VerbInput): Promise<readonly Setting[]> {
  const found = await levels(context, input);
  return found.flatMap(({ level, settings }) =>
    settings.list().map(({ key, value }) => ({ key, value, level })),
  );
}

async function lookUp(
  context: CommandContext,
  input: VerbInput,
  key: string,
): Promise<Setting | undefined> {
  for (const { level, settings } of await levels(context, input)) {
    const value = settings.get(key);
    if (value !== undefined) return { key, value, level };
  }
  return undefined;
}

async function change(
  context: CommandContext,
  { key, input }: { readonly key: string; readonly input: VerbInput },
  apply: (settings: Settings) => void,
): Promise<Level> {
  // A node belongs to the user: no repository has a say in its settings.
  const general = isInRepository(context) && sectionOf(key) !== 'node' ? 'repo' : 'user';
  const level = chosenLevel(input) ?? general;
  if (level === 'user') await updateSettings(userSettingsFile(context.home), apply);
  else await withRepository(context, (repository) => repository.updateConfig(apply));
  return level;
}

function sectionOf(key: string): string {
  return key.split('.', 1)[0] ?? '';
}

/** Branches that nobody may move back or delete from outside. */
const PROTECT_KEY = 'refs.protect';
/** Sections whose values are text, whatever they look like. */
const TEXT_SECTIONS: ReadonlySet<string> = new Set(['user', 'remote', 'branch', 'refs']);

/** What was typed, as the kind of value that it looks like. @throws CliError DITS_CLI_USAGE */
function parseValue(key: string, text: string): Value {
  if (key === PROTECT_KEY) checkPatterns(text);
  if (TEXT_SECTIONS.has(sectionOf(key))) return text;
  if (text === 'true' || text === 'false') return text === 'true';
  const number = Number(text);
  return /^-?\d{1,15}$/.test(text) ? number : text;
}

/** A mistake in this one would leave unprotected what somebody relies on. */
function checkPatterns(text: string): void {
  for (const pattern of protectionPatterns(text)) {
    const problem = refPatternProblem(pattern);
    if (problem !== undefined) {
      throw usageError(
        `${PROTECT_KEY} takes branches such as "main release/*": ${pattern} ${problem}`,
      );
    }
  }
}
