/** `dits status`: the branch, what the next commit would record, and what it would not. */
import { status as readStatus, type StatusEntry } from '../../repo/index.ts';
import { usageError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { withRepository } from '../open-repository.ts';
import type { Style } from '../output.ts';
import { shortId } from '../terminal/commit-text.ts';
import { printable, printableName } from '../terminal/printable.ts';
import type { LeafVerb } from '../verb.ts';

type StatusAnswer = Awaited<ReturnType<typeof readStatus>>;
type Change = StatusEntry['change'];

/** What a change is called, and its letter in the short form. */
const WORDS: Readonly<Record<Change, readonly [word: string, letter: string]>> = {
  added: ['new file:', 'A'],
  modified: ['modified:', 'M'],
  deleted: ['deleted:', 'D'],
  renamed: ['renamed:', 'R'],
  typechange: ['type changed:', 'T'],
  untracked: ['', '?'],
};
/** Width of the word before a path. */
const WORD_COLUMNS = 14;
const UNTRACKED_MODES = { normal: 'collapsed', all: 'all', no: 'none' } as const;

export const status: LeafVerb = {
  configure: (command) => {
    command
      .option('-s, --short', 'one line a file')
      .option('-u, --untracked-files <mode>', 'how to show untracked files: normal, all or no');
  },
  run: async (context, input) => {
    const untracked = untrackedMode(input.text('untrackedFiles') ?? 'normal');
    const answer = await withRepository(context, (repository) =>
      readStatus(repository, { signal: context.signal, untracked }),
    );
    if (input.flag('short')) printShort(context, answer);
    else printLong(context, answer);
    const { branch = null, head = null, clean, staged, unstaged, untracked: others } = answer;
    return { fields: { branch, head, clean, staged, unstaged, untracked: others } };
  },
};

function untrackedMode(text: string): (typeof UNTRACKED_MODES)[keyof typeof UNTRACKED_MODES] {
  const mode = Object.entries(UNTRACKED_MODES).find(([name]) => name === text)?.[1];
  if (mode === undefined)
    throw usageError(`--untracked-files takes normal, all or no, not ${text}`);
  return mode;
}

function printLong(context: CommandContext, answer: StatusAnswer): void {
  const { output } = context;
  const { branch, head, staged, unstaged, untracked } = answer;
  output.line(
    branch === undefined
      ? `HEAD detached at ${shortId(head ?? '')}`
      : `On branch ${printable(branch)}`,
  );
  if (head === undefined) output.line('No commits yet');
  printGroup(context, 'Changes to be committed:', staged, 'green');
  printGroup(context, 'Changes not staged (dits add takes them in):', unstaged, 'red');
  printGroup(context, 'Untracked files (dits add takes them in):', untracked, 'red');
  if (answer.clean) output.line('Nothing to commit, working tree clean');
}

function printGroup(
  { output }: CommandContext,
  title: string,
  entries: readonly StatusEntry[],
  style: Style,
): void {
  if (entries.length === 0) return;
  output.line();
  output.line(title);
  for (const entry of entries) {
    const [word] = WORDS[entry.change];
    const label = word === '' ? '' : word.padEnd(WORD_COLUMNS);
    output.line(`\t${output.style(style, `${label}${pathText(entry)}`)}`);
  }
}

function pathText({ path, from }: StatusEntry): string {
  return from === undefined
    ? printableName(path)
    : `${printableName(from)} -> ${printableName(path)}`;
}

/** Two letters a path, as `git status --short`: staged, then not staged. */
function printShort({ output }: CommandContext, answer: StatusAnswer): void {
  const unstaged = new Map(answer.unstaged.map((entry) => [entry.path, entry]));
  for (const entry of answer.staged) {
    const other = unstaged.get(entry.path);
    unstaged.delete(entry.path);
    const second = other === undefined ? ' ' : WORDS[other.change][1];
    output.line(`${WORDS[entry.change][1]}${second} ${pathText(entry)}`);
  }
  for (const entry of unstaged.values()) {
    output.line(` ${WORDS[entry.change][1]} ${pathText(entry)}`);
  }
  for (const entry of answer.untracked) output.line(`?? ${pathText(entry)}`);
}
