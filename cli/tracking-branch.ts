/** A branch that exists on one remote only: switching to it makes a local one that follows it, as in git. */
import { branchRef } from '../store/index.ts';
import {
  listRemotes,
  setUpstream,
  switchTo,
  trackingRef,
  type SwitchOptions,
  type SwitchResult,
} from '../repo/index.ts';
import type { CommandContext } from './command-context.ts';
import type { DiskRepository } from './open-repository.ts';
import { printable } from './terminal/printable.ts';

/** What can be a branch's name without steps or a path of its own: nothing else is looked for on remotes. */
const BRANCH_NAME = /^[^~^:@\s]+$/;

/** Like `switchTo`, and makes a branch that follows a remote's where only a remote has it. */
export async function switchFollowing(
  context: CommandContext,
  repository: DiskRepository,
  { revision, options }: { readonly revision: string; readonly options: SwitchOptions },
): Promise<SwitchResult> {
  const remote = options.detach === true ? undefined : await onlyRemoteWith(repository, revision);
  if (remote === undefined) return switchTo(repository, revision, options);
  const result = await switchTo(repository, `${remote}/${revision}`, {
    ...options,
    create: revision,
  });
  await setUpstream(repository, revision, { remote, merge: revision });
  context.output.note(
    `Branch ${printable(revision)} follows ${printable(`${remote}/${revision}`)}`,
  );
  return result;
}

async function onlyRemoteWith(
  repository: DiskRepository,
  name: string,
): Promise<string | undefined> {
  if (!BRANCH_NAME.test(name) || name.startsWith('refs/') || name === 'HEAD') return undefined;
  const { refs } = repository.store;
  const names = new Set<string>((await refs.list()).map((ref) => ref.name));
  if (names.has(branchRef(name)) || names.has(`refs/tags/${name}`)) return undefined;
  const remotes = listRemotes(repository).filter((remote) =>
    names.has(trackingRef(remote.name, name)),
  );
  return remotes.length === 1 ? remotes[0]?.name : undefined;
}
