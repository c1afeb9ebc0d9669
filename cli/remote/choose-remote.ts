/** Which remote, and which branch there, a verb means when the user says little. */
import { branchRef, shortRefName } from '../../store/index.ts';
import { listRemotes } from '../../repo/index.ts';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import type { DiskRepository } from '../open-repository.ts';
import { resolve } from 'node:path';

import { addressOfWord } from './peer-name.ts';
import { parseRemoteAddress } from './remote-address.ts';

/** The remote that `clone` makes, and that is meant where none is named. */
export const DEFAULT_REMOTE = 'origin';

export type ChosenRemote = {
  /** Name of the remote; undefined for an address that has none. */
  readonly name: string | undefined;
  readonly address: string;
};

/** The branch that HEAD is on; undefined when detached. */
export async function currentBranch(repository: DiskRepository): Promise<string | undefined> {
  const head = await repository.store.refs.head();
  return head.kind === 'branch' ? shortRefName(head.name) : undefined;
}

/**
 * The remote by its name or address; without a word: the one the branch follows, else `origin`, else the only one.
 * @throws CliError DITS_CLI_NO_REMOTE
 */
export async function chooseRemote(
  repository: DiskRepository,
  {
    word,
    branch,
    context,
  }: {
    readonly word?: string | undefined;
    readonly branch?: string | undefined;
    readonly context: CommandContext;
  },
): Promise<ChosenRemote> {
  const remotes = listRemotes(repository);
  const byName = (name: string | undefined): ChosenRemote | undefined =>
    remotes.find((remote) => remote.name === name);
  if (word !== undefined)
    return byName(word) ?? addressOf(await addressOfWord(context, word), context.cwd);
  const followed = branch === undefined ? undefined : repository.config.upstream(branch)?.remote;
  const chosen =
    byName(followed) ?? byName(DEFAULT_REMOTE) ?? (remotes.length === 1 ? remotes[0] : undefined);
  if (chosen !== undefined) return chosen;
  throw new CliError('DITS_CLI_NO_REMOTE', 'there is no remote to talk to', {
    hint: 'name one: dits remote add origin dits://PEERID@HOST/REPOSITORY',
  });
}

/** A word that is no remote's name must look like an address, lest a typing error becomes a path. */
function addressOf(word: string, cwd: string): ChosenRemote {
  const address = parseRemoteAddress(word);
  const looksLikeAddress = address.kind === 'peer' || /[/\\]/.test(word) || /^\.{1,2}$/.test(word);
  if (looksLikeAddress) {
    const text = address.kind === 'path' ? resolve(cwd, address.path) : word;
    return { name: undefined, address: text };
  }
  throw new CliError('DITS_CLI_NO_REMOTE', `there is no remote called ${word}`, {
    hint: `dits remote list shows them; dits remote add ${word} ADDRESS makes one`,
  });
}

/** The branch of the remote that a local branch is pushed to and pulled from: the followed one, else its namesake. */
export function branchThere(
  repository: DiskRepository,
  remote: string | undefined,
  branch: string,
): string {
  const upstream = repository.config.upstream(branch);
  return upstream !== undefined && upstream.remote === remote ? upstream.merge : branch;
}

/** The commit or tag that a local branch holds. @throws CliError DITS_CLI_NO_SUCH_REF */
export async function branchTarget(repository: DiskRepository, branch: string) {
  const target = await repository.store.refs.get(branchRef(branch));
  if (target !== undefined) return target;
  throw new CliError('DITS_CLI_NO_SUCH_REF', `there is no branch ${branch} with commits here`, {
    hint: 'dits branch lists the branches; dits commit makes the first commit',
  });
}
