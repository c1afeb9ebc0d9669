/** `dits diff`: what differs between working tree, next commit and revisions. */
import { diff as readDiff, resolveRevision, type DiffSides } from '../../repo/index.ts';
import { usageError } from '../cli-error.ts';
import { withRepository, type DiskRepository } from '../open-repository.ts';
import { differenceFields, printDifference, printStat } from '../terminal/difference-text.ts';
import { printableName } from '../terminal/printable.ts';
import type { LeafVerb } from '../verb.ts';
import type { VerbInput } from '../verb-input.ts';

/** `A..B` is another way to write `A B`. */
const RANGE = /^(.+)\.\.(.+)$/;

export const diff: LeafVerb = {
  configure: (command) => {
    command
      .argument('[words...]', 'up to two revisions, then paths after two dashes')
      .option('--cached', 'what the next commit will change')
      .option('--staged', 'the same as --cached')
      .option('--stat', 'name the files and sizes only')
      .option('--name-only', 'names only');
  },
  run: (context, input) =>
    withRepository(context, async (repository) => {
      const { output, signal, cwd } = context;
      const { revisions, paths } = await sortWords(repository, input);
      const detail = input.flag('nameOnly') ? 'names' : 'full';
      const options = { signal, cwd, paths, detail } as const;
      const files: unknown[] = [];
      for await (const difference of readDiff(repository, sidesOf(revisions, input), options)) {
        if (output.isClosed) break;
        files.push(differenceFields(difference));
        if (input.flag('nameOnly')) output.line(printableName(difference.path));
        else if (input.flag('stat')) printStat(output, difference);
        else printDifference(output, difference);
      }
      return { fields: { files } };
    }),
};

/** Without two dashes, words are revisions as long as they name some; the rest are paths, as in git. */
async function sortWords(
  repository: DiskRepository,
  input: VerbInput,
): Promise<{ readonly revisions: readonly string[]; readonly paths: readonly string[] }> {
  const words = input.beforeDashes.flatMap((word) => RANGE.exec(word)?.slice(1) ?? [word]);
  if (input.afterDashes !== undefined) return { revisions: words, paths: input.afterDashes };
  let count = 0;
  while (count < Math.min(words.length, 2) && (await isRevision(repository, words[count] ?? ''))) {
    count += 1;
  }
  return { revisions: words.slice(0, count), paths: words.slice(count) };
}

async function isRevision(repository: DiskRepository, word: string): Promise<boolean> {
  const isPath = !repository.isBare && repository.tree.stat(word) !== undefined;
  if (isPath) return false;
  await resolveRevision(repository, word);
  return true;
}

function sidesOf(revisions: readonly string[], input: VerbInput): DiffSides {
  const [from, to, ...others] = revisions;
  const isStaged = input.flag('cached') || input.flag('staged');
  if (others.length > 0 || (isStaged && to !== undefined)) {
    throw usageError('too many revisions to compare', 'dits diff --help');
  }
  if (isStaged) return { kind: 'staged', revision: from };
  if (from === undefined) return { kind: 'index-worktree' };
  if (to === undefined) return { kind: 'revision-worktree', revision: from };
  return { kind: 'revisions', from, to };
}
