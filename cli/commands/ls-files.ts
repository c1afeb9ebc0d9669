/** `dits ls-files`: what the next commit, or a revision, holds. */
import { b3sumLine, listFiles } from '../../repo/index.ts';
import { withRepository } from '../open-repository.ts';
import { printableName } from '../terminal/printable.ts';
import type { LeafVerb } from '../verb.ts';

export const lsFiles: LeafVerb = {
  configure: (command) => {
    command
      .argument('[revision]', 'commit, branch or tag (default: what was added)')
      .argument('[path...]', 'after two dashes: only these')
      .option('--b3sum', 'print a list that b3sum --check accepts');
  },
  run: (context, input) =>
    withRepository(context, async (repository) => {
      const { output, signal, cwd } = context;
      const [revision] = input.beforeDashes;
      const totals = { files: 0, bytes: 0 };
      const options = { revision, paths: input.afterDashes, cwd, signal };
      for await (const file of listFiles(repository, options)) {
        if (output.isClosed) break;
        totals.files += 1;
        totals.bytes += file.size;
        const { path, size, b3, chunks, kind } = file;
        output.event({ event: 'file', path, size, b3, chunks, kind });
        if (input.flag('b3sum')) {
          // Exactly the bytes that b3sum will look for; links have no bytes of their own.
          const line = b3sumLine(file);
          if (line !== undefined) output.line(line);
        } else output.line(printableName(path));
      }
      return { fields: totals };
    }),
};
