/** `dits add`: takes files in for the next commit. */
import { add as addPaths, unreadFailure, type AddResult } from '../../repo/index.ts';
import { usageError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { operationOptions, withRepository } from '../open-repository.ts';
import { printableName } from '../terminal/printable.ts';
import { formatBytes, formatCount } from '../terminal/quantities.ts';
import type { LeafVerb } from '../verb.ts';

/** More names than this on stderr help nobody; --json has them all. */
const SKIPPED_SHOWN_MAX = 20;

const REASONS: Readonly<Record<AddResult['skipped'][number]['reason'], string>> = {
  'special-file': 'is neither file, folder nor link',
  'other-repository': 'is a repository of its own',
  changing: 'kept changing while it was read',
  unreadable: 'cannot be read',
  'unreadable-name': 'has a name that is no text',
};

export const add: LeafVerb = {
  configure: (command) => {
    command
      .argument('[path...]', 'files and folders')
      .option('-A, --all', 'every change of the working tree, deletions too')
      .option('-u, --update', 'only files that are tracked already')
      .option('-f, --force', 'ignored files too');
  },
  run: async (context, input) => {
    const isWhole = input.flag('all') || input.flag('update');
    if (input.operands.length === 0 && !isWhole) {
      throw usageError('nothing named to add', 'dits add PATH…, or dits add -A for everything');
    }
    const startedMs = performance.now();
    const result = await withRepository(context, (repository) => {
      const paths = input.operands.length > 0 ? input.operands : [repository.tree.root];
      return addPaths(repository, paths, {
        ...operationOptions(context),
        cwd: context.cwd,
        includeIgnored: input.flag('force'),
        scope: input.flag('update') ? 'tracked' : 'everything',
      });
    });
    report(context, result);
    const elapsedMs = Math.round(performance.now() - startedMs);
    const skipped = result.skipped.map(({ path, reason }) => ({ path, reason }));
    return { fields: { ...result, skipped, elapsedMs }, failure: unreadFailure(result.skipped) };
  },
};

function report({ output }: CommandContext, result: AddResult): void {
  for (const { path, reason } of result.skipped.slice(0, SKIPPED_SHOWN_MAX)) {
    output.warn(`left out: ${printableName(path)} ${REASONS[reason]}`);
  }
  const more = result.skipped.length - SKIPPED_SHOWN_MAX;
  if (more > 0) output.warn(`and ${more} more left out`);
  if (!output.options.isVerbose) return;
  output.note(
    `${formatCount(result.files, 'file')} added, ${result.removed} removed; ` +
      `${formatBytes(result.bytes)} read, ${formatCount(result.newChunks, 'new chunk')} of ${result.chunks}, ` +
      `${formatBytes(result.storedBytes)} stored`,
  );
}
