/** `dits stats`: how much is stored, and what deduplication and compression save. */
import { withRepository } from '../open-repository.ts';
import { formatBytes, formatCount } from '../terminal/quantities.ts';
import type { LeafVerb } from '../verb.ts';

export const stats: LeafVerb = {
  configure: () => undefined,
  run: (context) =>
    withRepository(context, async (repository) => {
      const found = await repository.store.stats({ signal: context.signal });
      const { logicalBytes, storedBytes, rawBytes, files, chunks } = found;
      const { output } = context;
      output.line(
        `files      ${formatCount(files, 'file')} in all branches and tags, ${formatBytes(logicalBytes)}`,
      );
      output.line(`different  ${formatBytes(rawBytes)} in ${formatCount(chunks, 'chunk')}`);
      output.line(
        `stored     ${formatBytes(storedBytes)} in ${formatCount(found.segments, 'segment')}`,
      );
      return { fields: { ...found } };
    }),
};
