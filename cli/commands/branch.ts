/** `dits branch`: lists, makes and deletes branches. */
import { createBranchAt, deleteBranch, listBranches, type Branch } from '../../repo/index.ts';
import { usageError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { withRepository, type DiskRepository } from '../open-repository.ts';
import { shortId } from '../terminal/commit-text.ts';
import { printable } from '../terminal/printable.ts';
import type { LeafVerb } from '../verb.ts';
import type { VerbInput } from '../verb-input.ts';

export const branch: LeafVerb = {
  configure: (command) => {
    command
      .argument('[name]', 'branch to make (without one: list)')
      .argument('[start]', 'where it begins (default: HEAD)')
      .option('-a, --all', 'list those of remotes too')
      .option('-d, --delete', 'delete a branch that is also kept elsewhere')
      .option('-D, --delete-anyway', 'delete a branch even if its commits are on no other');
  },
  run: (context, input) =>
    withRepository(context, (repository) => {
      if (input.operands.length === 0) return list(context, repository, input);
      return input.flag('delete') || input.flag('deleteAnyway')
        ? remove(context, repository, input)
        : create(context, repository, input);
    }),
};

async function list(
  context: CommandContext,
  repository: DiskRepository,
  input: VerbInput,
): ReturnType<LeafVerb['run']> {
  if (input.flag('delete') || input.flag('deleteAnyway'))
    throw usageError('name the branch to delete');
  const all = await listBranches(repository);
  const shown = input.flag('all') ? all : all.filter(({ isRemote }) => !isRemote);
  const { output } = context;
  const verbose = output.options.isVerbose;
  for (const { name, isCurrent, commit } of shown) {
    const text = `${printable(name)}${verbose ? ` ${shortId(commit)}` : ''}`;
    output.line(isCurrent ? `* ${output.style('green', text)}` : `  ${text}`);
  }
  return { fields: { branches: shown.map((one) => branchFields(repository, one)) } };
}

function branchFields(
  repository: DiskRepository,
  { name, commit, isCurrent, isRemote }: Branch,
): Readonly<Record<string, unknown>> {
  const upstream = isRemote ? undefined : repository.config.upstream(name);
  return {
    name,
    target: commit,
    current: isCurrent,
    remote: isRemote,
    upstream: upstream === undefined ? null : `${upstream.remote}/${upstream.merge}`,
  };
}

async function create(
  context: CommandContext,
  repository: DiskRepository,
  input: VerbInput,
): ReturnType<LeafVerb['run']> {
  const name = input.required(0, 'name');
  const { commit } = await createBranchAt(repository, name, input.operands[1]);
  context.output.note(`Made branch ${printable(name)} at ${shortId(commit)}`);
  return { fields: { name, target: commit } };
}

async function remove(
  context: CommandContext,
  repository: DiskRepository,
  input: VerbInput,
): ReturnType<LeafVerb['run']> {
  if (input.operands.length > 1) throw usageError('one branch is deleted at a time');
  const name = input.required(0, 'name');
  const { commit } = await deleteBranch(repository, name, { force: input.flag('deleteAnyway') });
  context.output.note(`Deleted branch ${printable(name)} (was ${shortId(commit)})`);
  return { fields: { name, target: commit } };
}
