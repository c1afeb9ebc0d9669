/** `dits mv`: renames files, on disk and for the next commit. */
import { move } from '../../repo/index.ts';
import { usageError } from '../cli-error.ts';
import { operationOptions, withRepository } from '../open-repository.ts';
import { printableName } from '../terminal/printable.ts';
import type { LeafVerb } from '../verb.ts';

export const mv: LeafVerb = {
  configure: (command) => {
    command
      .argument('<path...>', 'what to move, and last where to')
      .option('-f, --force', 'replace a file that is there');
  },
  run: async (context, input) => {
    const sources = input.operands.slice(0, -1);
    const destination = input.operands.at(-1);
    if (sources.length === 0 || destination === undefined) {
      throw usageError('mv needs something to move and a place to move it to', 'dits mv FROM… TO');
    }
    const startedMs = performance.now();
    const { moved } = await withRepository(context, (repository) =>
      move(
        repository,
        { sources, destination },
        { ...operationOptions(context), cwd: context.cwd, force: input.flag('force') },
      ),
    );
    if (context.output.options.isVerbose) {
      for (const { from, to } of moved) {
        context.output.note(`${printableName(from)} -> ${printableName(to)}`);
      }
    }
    const elapsedMs = Math.round(performance.now() - startedMs);
    const nothingStored = { bytes: 0, chunks: 0, newChunks: 0, storedBytes: 0 };
    return { fields: { files: moved.length, ...nothingStored, moved, elapsedMs } };
  },
};
