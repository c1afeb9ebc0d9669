/** `dits rm`: takes files out of the next commit and the working tree. */
import { remove } from '../../repo/index.ts';
import { operationOptions, withRepository } from '../open-repository.ts';
import { printableName } from '../terminal/printable.ts';
import type { LeafVerb } from '../verb.ts';

export const rm: LeafVerb = {
  configure: (command) => {
    command
      .argument('<path...>', 'files and folders')
      .option('-r, --recursive', 'folders with everything below')
      .option('--cached', 'leave the files where they are')
      .option('-f, --force', 'also what has changes that are nowhere else');
  },
  run: async (context, input) => {
    const startedMs = performance.now();
    const { removed } = await withRepository(context, (repository) =>
      remove(repository, input.operands, {
        ...operationOptions(context),
        cwd: context.cwd,
        recursive: input.flag('recursive'),
        cached: input.flag('cached'),
        force: input.flag('force'),
      }),
    );
    for (const path of removed) context.output.note(`rm ${printableName(path)}`);
    const elapsedMs = Math.round(performance.now() - startedMs);
    const nothingStored = { bytes: 0, chunks: 0, newChunks: 0, storedBytes: 0 };
    return { fields: { files: removed.length, ...nothingStored, paths: removed, elapsedMs } };
  },
};
