/** `dits try`: see it work on this machine, on a copy of your own files or on a sample. */
import { lstat, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { CliError } from '../cli-error.ts';
import { ChildDits } from '../try/child-dits.ts';
import { demonstrate, type Round } from '../try/demonstration.ts';
import type { CommandContext } from '../command-context.ts';
import { printable, printableName } from '../terminal/printable.ts';
import { formatBytes, formatCount, formatDuration } from '../terminal/quantities.ts';
import type { LeafVerb } from '../verb.ts';

const NAME_COLUMNS = 24;
const NUMBER_COLUMNS = 12;

export const tryOut: LeafVerb = {
  configure: (command) => {
    command.argument('[path]', 'files to try it on; they are copied first (default: a sample)');
  },
  run: async (context, input) => {
    const [path] = input.operands;
    const source = path === undefined ? undefined : resolve(context.cwd, path);
    if (source !== undefined) await checkSource(source);
    const folder = await mkdtemp(join(tmpdir(), 'dits-try-'));
    const children = new ChildDits(context);
    try {
      printHead(context);
      const listener = {
        onPhase: (phase: string) => context.progress({ phase }),
        onRound: (round: Round) => report(context, round),
        onChanges: (changes: readonly { path: string; what: string }[]) => {
          for (const { path: changed, what } of changes) {
            context.output.note(`  on b: ${printableName(changed)} ${printable(what)}`);
          }
        },
      };
      const rounds = await demonstrate({ children, listener, context }, folder, source);
      const files = rounds.at(-1)?.verifiedFiles ?? 0;
      context.output.line(
        `Both machines hold the same ${formatCount(files, 'file')}, compared byte by byte with BLAKE3.`,
      );
      return { fields: { rounds, files } };
    } finally {
      await children.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function checkSource(source: string): Promise<void> {
  try {
    await lstat(source);
  } catch (cause) {
    throw new CliError('DITS_CLI_NO_SUCH_DIRECTORY', `there is nothing at ${source}`, { cause });
  }
}

function printHead({ output }: CommandContext): void {
  output.note(
    'Two machines, a and b, and a relay, each with its own key, over the loopback network.',
  );
  output.line(
    row('round', ['files', 'moved', 'on the wire', 'saved', 'time']).concat('  path').trimEnd(),
  );
}

function report({ output }: CommandContext, round: Round): void {
  output.event({ event: 'round', ...round });
  const numbers = [
    formatBytes(round.logicalBytes),
    formatBytes(round.movedBytes),
    formatBytes(round.wireBytes),
    formatBytes(round.savedBytes),
    formatDuration(round.elapsedMs),
  ];
  const seen =
    round.verifiedFiles > 0 ? `, ${formatCount(round.verifiedFiles, 'file')} verified` : '';
  output.line(`${row(round.name, numbers)}  ${printable(round.path)}${seen}`);
}

function row(name: string, numbers: readonly string[]): string {
  return name.padEnd(NAME_COLUMNS) + numbers.map((text) => text.padStart(NUMBER_COLUMNS)).join('');
}
