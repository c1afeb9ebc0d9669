/** `dits switch`: changes to another branch. */
import { switchTo } from '../../repo/index.ts';
import { checkoutFields, printSwitch } from '../checkout-report.ts';
import { usageError } from '../cli-error.ts';
import { operationOptions, withRepository } from '../open-repository.ts';
import { switchFollowing } from '../tracking-branch.ts';
import type { LeafVerb } from '../verb.ts';

export const switchBranch: LeafVerb = {
  configure: (command) => {
    command
      .argument('[branch]', 'branch to be on')
      .option('-c, --create <name>', 'make this branch here, or at the branch given, and be on it')
      .option('-d, --detach', 'go to the commit, on no branch')
      .option('-f, --force', 'give up local changes that are in the way');
  },
  run: async (context, input) => {
    const [revision] = input.operands;
    const create = input.text('create');
    if (revision === undefined && create === undefined) {
      throw usageError('name the branch to switch to', 'dits switch BRANCH, or dits switch -c NEW');
    }
    const result = await withRepository(context, (repository) => {
      const options = {
        ...operationOptions(context),
        create,
        detach: input.flag('detach'),
        force: input.flag('force'),
      };
      return create === undefined && revision !== undefined
        ? switchFollowing(context, repository, { revision, options })
        : switchTo(repository, revision, options);
    });
    printSwitch(context, result);
    return { fields: checkoutFields(result) };
  },
};
