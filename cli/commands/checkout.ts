/** `dits checkout`: writes a commit, or some of its files, to the working tree. */
import { restore, switchTo } from '../../repo/index.ts';
import { checkoutFields, printSwitch } from '../checkout-report.ts';
import { usageError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { operationOptions, withRepository } from '../open-repository.ts';
import { formatCount } from '../terminal/quantities.ts';
import { switchFollowing } from '../tracking-branch.ts';
import type { LeafVerb } from '../verb.ts';
import type { VerbInput } from '../verb-input.ts';

export const checkout: LeafVerb = {
  configure: (command) => {
    command
      .argument('[revision]', 'branch, tag or commit')
      .argument('[path...]', 'after two dashes: only these, overwriting them')
      .option('-b, --create <name>', 'make this branch and be on it')
      .option('-d, --detach', 'go to the commit even of a branch')
      .option('-f, --force', 'give up local changes that are in the way');
  },
  run: (context, input) =>
    input.afterDashes === undefined || input.afterDashes.length === 0
      ? checkoutRevision(context, input)
      : checkoutPaths(context, input),
};

async function checkoutRevision(
  context: CommandContext,
  input: VerbInput,
): ReturnType<LeafVerb['run']> {
  const [revision, ...others] = input.beforeDashes;
  const create = input.text('create');
  if (others.length > 0) {
    throw usageError('paths go after two dashes', `dits checkout ${revision ?? ''} -- PATH…`);
  }
  if (revision === undefined && create === undefined) {
    throw usageError('name what to check out', 'dits checkout REVISION, or dits checkout -- PATH…');
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
}

async function checkoutPaths(
  context: CommandContext,
  input: VerbInput,
): ReturnType<LeafVerb['run']> {
  const [source, ...others] = input.beforeDashes;
  if (others.length > 0) throw usageError('more than one revision to take the files from');
  const { branch, ...result } = await withRepository(context, async (repository) => {
    const head = await repository.store.refs.head();
    const restored = await restore(repository, input.afterDashes ?? [], {
      ...operationOptions(context),
      cwd: context.cwd,
      source,
      into: source === undefined ? 'files' : 'both',
      mode: 'overlay',
    });
    const name = head.kind === 'branch' ? head.name.replace(/^refs\/heads\//, '') : undefined;
    return { ...restored, branch: name };
  });
  context.output.note(`${formatCount(result.written, 'file')} written`);
  return { fields: checkoutFields({ ...result, branch }) };
}
