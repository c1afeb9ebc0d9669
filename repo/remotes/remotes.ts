/** Remotes: short names for addresses, and which of our refs stand for theirs. Knows nothing of peers. */
import { remoteRef, type RefName } from '../../store/index.ts';
import type { RemoteSettings } from '../config/settings.ts';
import { actorOf } from '../refs/branches.ts';
import { RepoError } from '../repo-error.ts';
import type { Repository } from '../repository/repository.ts';
import { similarNames } from '../revisions/similar-names.ts';

/** What `remoteRef` can take and nobody takes for an address, a path or an option. */
const REMOTE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const ADDRESS_LENGTH_MAX = 4096;
const CONTROL = /\p{Cc}/u;

export function listRemotes(repository: Repository): RemoteSettings[] {
  return repository.config.remotes();
}

/** @throws RepoError DITS_REPO_REMOTE_NOT_FOUND */
export function getRemote(repository: Repository, name: string): RemoteSettings {
  const remotes = listRemotes(repository);
  const found = remotes.find((remote) => remote.name === name);
  if (found !== undefined) return found;
  const [similar] = similarNames(
    name,
    remotes.map((remote) => remote.name),
  );
  throw new RepoError('DITS_REPO_REMOTE_NOT_FOUND', `there is no remote ${name}`, {
    hint:
      similar === undefined
        ? `add it with: dits remote add ${REMOTE_NAME.test(name) ? name : 'NAME'} ADDRESS`
        : `did you mean ${similar}?`,
  });
}

/** @throws RepoError DITS_REPO_REMOTE_EXISTS, DITS_REPO_REMOTE_INVALID */
export async function addRemote(repository: Repository, remote: RemoteSettings): Promise<void> {
  const { name, address } = remote;
  const isAddress =
    address !== '' && address.length <= ADDRESS_LENGTH_MAX && !CONTROL.test(address);
  if (!REMOTE_NAME.test(name) || name.includes('..') || name.endsWith('.') || !isAddress) {
    throw new RepoError(
      'DITS_REPO_REMOTE_INVALID',
      `cannot add the remote ${JSON.stringify(name)}`,
      {
        hint: 'a name has letters, digits, dots, dashes and underscores; an address one line',
      },
    );
  }
  await repository.updateConfig((settings) => {
    if (settings.remotes().some((one) => one.name === name)) {
      throw new RepoError('DITS_REPO_REMOTE_EXISTS', `there is a remote ${name} already`, {
        hint: `remove it first with: dits remote remove ${name}`,
      });
    }
    settings.set(`remote.${JSON.stringify(name)}.address`, address);
  });
}

/**
 * Removes a remote, its tracking refs, and that branches follow it.
 * @throws RepoError DITS_REPO_REMOTE_NOT_FOUND
 */
export async function removeRemote(repository: Repository, name: string): Promise<void> {
  getRemote(repository, name);
  await repository.updateConfig((settings) => {
    for (const branch of settings.names('branch')) {
      if (settings.upstream(branch)?.remote !== name) continue;
      settings.unset(`branch.${JSON.stringify(branch)}.remote`);
      settings.unset(`branch.${JSON.stringify(branch)}.merge`);
    }
    settings.unset(`remote.${JSON.stringify(name)}`);
  });
  const { refs } = repository.store;
  const prefix = `refs/remotes/${name}/`;
  const changes = (await refs.list())
    .filter((ref) => ref.name.startsWith(prefix))
    .map((ref) => ({ name: ref.name, target: null }));
  if (changes.length === 0) return;
  await refs.update(changes, { actor: actorOf(repository), reason: `remote: removed ${name}` });
}

/** The ref in which we keep where a remote's branch was when last seen. */
export function trackingRef(remote: string, branch: string): RefName {
  return remoteRef(remote, branch);
}

/** Remembers what a branch follows, for `pull` and `push` without arguments. */
export async function setUpstream(
  repository: Repository,
  branch: string,
  upstream: { readonly remote: string; readonly merge: string },
): Promise<void> {
  await repository.updateConfig((settings) => {
    settings.set(`branch.${JSON.stringify(branch)}.remote`, upstream.remote);
    settings.set(`branch.${JSON.stringify(branch)}.merge`, upstream.merge);
  });
}
