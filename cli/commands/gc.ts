/** `dits gc`: removes what nothing refers to. */
import { stagedObjects } from '../../repo/index.ts';
import { withRepository } from '../open-repository.ts';
import { formatBytes, formatCount } from '../terminal/quantities.ts';
import type { LeafVerb } from '../verb.ts';

const MINUTE_MS = 60_000;

export const gc: LeafVerb = {
  configure: (command) => {
    command
      .option('-n, --dry-run', 'only say what would be removed')
      .option('--grace-minutes <n>', 'keep what was written in the last so many minutes')
      .option('--expire-reflog', 'also what only the reflog remembers');
  },
  run: (context, input) =>
    withRepository(context, async (repository) => {
      const isDryRun = input.flag('dryRun');
      const graceMinutes = input.count('graceMinutes');
      const report = await repository.store.gc({
        dryRun: isDryRun,
        graceMs: graceMinutes === undefined ? undefined : graceMinutes * MINUTE_MS,
        reflogExpiryMs: input.flag('expireReflog') ? 0 : undefined,
        extraRoots: async () => (repository.isBare ? [] : await stagedObjects(repository.layout)),
        signal: context.signal,
        onProgress: ({ phase, done, total }) => context.progress({ phase, done, total }),
      });
      const { kept, removed, freedBytes, segmentsRemoved, segmentsCompacted } = report;
      const verb = isDryRun ? 'would be removed' : 'removed';
      context.output.note(
        `${formatCount(removed, 'object')} ${verb}, ${formatBytes(freedBytes)} freed; ${kept} kept`,
      );
      return {
        fields: {
          dryRun: isDryRun,
          keptObjects: kept,
          removedObjects: removed,
          freedBytes,
          segmentsRemoved,
          segmentsCompacted,
        },
      };
    }),
};
