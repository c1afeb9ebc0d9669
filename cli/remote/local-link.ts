/**
 * A repository in another folder of this machine as a remote: the same two sessions as over the network, joined in
 * memory, so that a path behaves like a peer.
 */
import { randomBytes } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';

import {
  ProtocolError,
  connectSession,
  createMemoryPair,
  serveConnection,
  type AccessGrant,
  type RefVeto,
} from '../../protocol/index.ts';
import {
  DITS_FOLDER,
  RepoError,
  findRepository,
  openLocation,
  type RepositoryLocation,
} from '../../repo/index.ts';
import { DitsError, isBranchRef, isProtectedRef, shortRefName } from '../../store/index.ts';

import type { CommandContext } from '../command-context.ts';
import type { DiskRepository } from '../open-repository.ts';
import { linkOver, type LinkOptions, type RemoteLink } from './remote-link.ts';
import { systemClock } from './system-clock.ts';

/** Close code of an orderly end (docs/errors.md). */
const NO_ERROR = 0;
/** There is one repository behind the link; what it is called there does not matter. */
const REPOSITORY_NAME = 'local';

export async function openLocalLink(
  context: CommandContext,
  path: string,
  options: LinkOptions,
): Promise<RemoteLink> {
  const folder = resolve(context.cwd, path);
  const target = await openLocation(locate(folder));
  const pair = createMemoryPair({ diallerPeerId: 'local', acceptorPeerId: folder });
  const software = `dits/${context.version}`;
  // The sessions tell each other of a failure in general words, as they do peers: here the file may be named.
  let problem: unknown;
  const host = { authorize: () => Promise.resolve(grant(target, options)) };
  const served = serveConnection(
    pair.acceptor,
    { clock: systemClock, host, random: randomBytes },
    {
      software,
      onProblem: (error) => {
        problem = error;
      },
    },
  );
  const tellWhy = async (error: unknown): Promise<unknown> => {
    const isTheirs = error instanceof ProtocolError && error.code === 'DITS_PROTOCOL_PEER_FAILED';
    if (!isTheirs) return error;
    // A transfer tells its peer before it is over and says so here.
    await served.close(NO_ERROR, 'failed');
    await served.done.catch(() => undefined);
    return problem instanceof DitsError ? problem : error;
  };
  const closeAll = async (): Promise<void> => {
    try {
      await served.close(NO_ERROR, 'done');
      // How the served side ended is told to the session; here it only has to be over.
      await served.done.catch(() => undefined);
    } finally {
      await target.close();
    }
  };
  try {
    const { signal } = context;
    const session = await connectSession(
      pair.dialler,
      { clock: systemClock },
      { software, signal },
    );
    const repository = await session.openRepository(REPOSITORY_NAME, {
      access: options.access,
      signal,
    });
    return linkOver(session, repository, { address: folder, tellWhy, onClose: closeAll });
  } catch (error) {
    await closeAll();
    throw await tellWhy(error);
  }
}

/** The repository of exactly this folder: one further up is not what was named. */
function locate(folder: string): RepositoryLocation {
  const named = basename(folder) === DITS_FOLDER ? dirname(folder) : folder;
  const found = findRepository(named);
  const place = found?.root ?? found?.ditsDir;
  if (found !== undefined && place === realpathSync(named)) return found;
  throw new RepoError('DITS_REPO_NOT_A_REPOSITORY', `there is no repository in ${folder}`, {
    path: folder,
    hint: 'check the path; dits init --bare makes a repository that can be pushed to',
  });
}

/** The folder's owner is whoever runs this: the file system decides what is allowed. */
function grant(target: DiskRepository, { access }: LinkOptions): AccessGrant {
  const { store } = target;
  return {
    isGranted: true,
    access,
    repository: {
      objects: store.objects,
      refs: store.refs,
      hold: () => store.hold(),
      isKept: target.isBare,
      isProtected: (name) =>
        Promise.resolve(isProtectedRef(name, target.config.getText('refs.protect') ?? '')),
      checkRefUpdate: async ({ name }) => vetoOf(target, name),
    },
  };
}

/** A branch that somebody works on must not move under the files. */
async function vetoOf(target: DiskRepository, name: string): Promise<RefVeto | undefined> {
  if (target.isBare) return undefined;
  const head = await target.store.refs.head();
  if (head.kind !== 'branch' || head.name !== name || !isBranchRef(head.name)) return undefined;
  const branch = shortRefName(head.name);
  return {
    result: 'denied',
    message: `${branch} is checked out there; push to another branch, or to a bare repository`,
  };
}
