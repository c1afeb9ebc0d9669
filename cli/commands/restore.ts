/** `dits restore`: puts files back as they were. */
import { restore as restorePaths } from '../../repo/index.ts';
import { operationOptions, withRepository } from '../open-repository.ts';
import { formatCount } from '../terminal/quantities.ts';
import type { LeafVerb } from '../verb.ts';
import type { VerbInput } from '../verb-input.ts';

export const restore: LeafVerb = {
  configure: (command) => {
    command
      .argument('<path...>', 'files and folders; what is there now is overwritten')
      .option('-s, --source <revision>', 'take them from here (default: what was added)')
      .option('-S, --staged', 'take back what was added')
      .option('-W, --worktree', 'write the files; with --staged, both');
  },
  run: async (context, input) => {
    const result = await withRepository(context, (repository) =>
      restorePaths(repository, input.operands, {
        ...operationOptions(context),
        cwd: context.cwd,
        source: input.text('source'),
        into: intoOf(input),
      }),
    );
    const { head = null, written, removed, bytes, unstaged } = result;
    if (written + removed > 0) {
      context.output.note(`${formatCount(written, 'file')} written, ${removed} removed`);
    }
    if (unstaged > 0) context.output.note(`${formatCount(unstaged, 'change')} taken back`);
    return { fields: { head, written, removed, bytes, unstaged } };
  },
};

function intoOf(input: VerbInput): 'files' | 'index' | 'both' {
  if (!input.flag('staged')) return 'files';
  return input.flag('worktree') ? 'both' : 'index';
}
