/** `dits reset`: moves the branch back, and takes back what was added. */
import { reset as resetTo, restore, type ResetMode } from '../../repo/index.ts';
import { checkoutFields } from '../checkout-report.ts';
import { usageError } from '../cli-error.ts';
import { operationOptions, withRepository } from '../open-repository.ts';
import { shortId } from '../terminal/commit-text.ts';
import { formatCount } from '../terminal/quantities.ts';
import type { LeafVerb } from '../verb.ts';
import type { VerbInput } from '../verb-input.ts';

const MODES: readonly ResetMode[] = ['soft', 'mixed', 'hard'];

export const reset: LeafVerb = {
  configure: (command) => {
    command
      .argument('[revision]', 'where the branch shall be (default: HEAD)')
      .argument('[path...]', 'after two dashes: only take back what was added of these')
      .option('--soft', 'keep what was added, and the files')
      .option('--mixed', 'take back what was added, keep the files (the default)')
      .option('--hard', 'give up all changes of tracked files');
  },
  run: (context, input) =>
    withRepository(context, async (repository) => {
      const [revision, ...others] = input.beforeDashes;
      if (others.length > 0) throw usageError('paths go after two dashes', 'dits reset -- PATH…');
      const paths = input.afterDashes ?? [];
      const options = operationOptions(context);
      if (paths.length > 0) {
        const { unstaged, head = null } = await restore(repository, paths, {
          ...options,
          cwd: context.cwd,
          source: revision,
          into: 'index',
        });
        context.output.note(`${formatCount(unstaged, 'change')} taken back`);
        return { fields: { head, unstaged } };
      }
      const result = await resetTo(repository, { ...options, revision, mode: modeOf(input) });
      if (result.head !== undefined) {
        context.output.note(`HEAD is now at ${shortId(result.head)}`);
      }
      return { fields: checkoutFields(result) };
    }),
};

function modeOf(input: VerbInput): ResetMode {
  const given = MODES.filter((mode) => input.flag(mode));
  if (given.length > 1) throw usageError('--soft, --mixed and --hard exclude one another');
  return given[0] ?? 'mixed';
}
