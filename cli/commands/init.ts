/** `dits init`: a new repository. */
import { resolve } from 'node:path';

import { initRepository } from '../../repo/index.ts';
import { printableName } from '../terminal/printable.ts';
import type { LeafVerb } from '../verb.ts';

export const init: LeafVerb = {
  configure: (command) => {
    command
      .argument('[dir]', 'folder to make it in (default: this one)')
      .option('--bare', 'without a working tree: for a node that others push to')
      .option('-b, --initial-branch <name>', 'name of the first branch', 'main');
  },
  run: async (context, input) => {
    const folder = resolve(context.cwd, input.operands[0] ?? '.');
    const isBare = input.flag('bare');
    const branch = input.text('initialBranch') ?? 'main';
    const { repository, created } = await initRepository(folder, { bare: isBare, branch });
    const path = repository.ditsDir;
    await repository.close();
    const what = created ? 'Made an empty repository in' : 'There is a repository already in';
    context.output.note(`${what} ${printableName(path)}`);
    return { fields: { path, bare: isBare, branch, created } };
  },
};
