/** `dits clone`: gets a repository from a peer, or from another folder. */
import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';

import {
  DITS_FOLDER,
  addRemote,
  checkoutAhead,
  initRepository,
  listRemotes,
  mergeFastForward,
  setUpstream,
  switchTo,
  trackingRef,
  type WrittenAhead,
} from '../../repo/index.ts';
import {
  branchRef,
  checkRefName,
  isBranchRef,
  resolveToCommit,
  shortRefName,
  tagRef,
  type ObjectId,
} from '../../store/index.ts';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { operationOptions, readUserSettings, type DiskRepository } from '../open-repository.ts';
import { addressOfTicket } from '../remote/accept-ticket.ts';
import { DEFAULT_REMOTE } from '../remote/choose-remote.ts';
import { SOURCE_OPTION, sourceChoiceOf } from '../remote/extra-sources.ts';
import { fetchRefs, type Arriving, type Fetched, type RefMap } from '../remote/fetch-refs.ts';
import type { RemoteRefs } from '../../protocol/index.ts';
import { addressOfWord } from '../remote/peer-name.ts';
import { parseRemoteAddress, repositoryNameOf } from '../remote/remote-address.ts';
import { openRemoteLink, type RemoteLink } from '../remote/remote-link.ts';
import { addressWithVia, withViaOption } from '../remote/via.ts';
import { printTransfer, refusalOf, transferFields } from '../remote/transfer-report.ts';
import { printableName } from '../terminal/printable.ts';
import { formatBytes, formatCount } from '../terminal/quantities.ts';
import type { LeafVerb } from '../verb.ts';
import type { VerbInput } from '../verb-input.ts';

/** Set while a clone is not finished: the same command may then go on in its folder. */
const UNFINISHED_KEY = 'clone.unfinished';

export const clone: LeafVerb = {
  configure: (command) => {
    withViaOption(command)
      .argument('<address>', 'dits://[PEERID@]HOST[:PORT]/REPO, PEER/REPO, TICKET/REPO, or a path')
      .argument('[dir]', "folder to make (default: the repository's name)")
      .option('-b, --branch <name>', 'branch or tag to check out (default: what the remote has)')
      .option('-n, --no-checkout', 'write no files')
      .option('--bare', 'without a working tree')
      .option(...SOURCE_OPTION)
      .option('--trust-new', 'accept a peer that is not known yet, and remember it')
      .option('--trust-moves', 'take branches as the remote shows them, whoever moved them');
  },
  run: async (context, input) => {
    const given = await addressOfTicket(context, input.required(0, 'address'));
    const word = await addressOfWord(context, given);
    const text = addressWithVia(word, input);
    const address = parseRemoteAddress(text);
    const folder = resolve(context.cwd, input.operands[1] ?? repositoryNameOf(address));
    const stored = address.kind === 'path' ? resolve(context.cwd, address.path) : text;
    await refuseForeignFolder(folder, input);
    // The peer first: a wrong address must not leave a folder behind.
    const link = await openRemoteLink(context, stored, {
      access: 'read',
      create: false,
      trustsNew: input.flag('trustNew'),
    });
    try {
      return await cloneOver(context, link, { folder, address: stored, input });
    } finally {
      await link.close();
    }
  },
};

type Cloning = {
  readonly folder: string;
  readonly address: string;
  readonly input: VerbInput;
};

async function cloneOver(
  context: CommandContext,
  link: RemoteLink,
  cloning: Cloning,
): ReturnType<LeafVerb['run']> {
  const repository = await prepare(context, cloning);
  try {
    return await fill(context, { repository, link }, cloning);
  } catch (error) {
    context.output.warn(
      `what arrived is kept in ${printableName(cloning.folder)}; the same command goes on from there`,
    );
    throw error;
  } finally {
    await repository.close();
  }
}

/** A folder with anything in it that no clone can have left. */
async function refuseForeignFolder(folder: string, input: VerbInput): Promise<void> {
  const present = await namesIn(folder);
  const couldBeOurs = input.flag('bare') || present.includes(DITS_FOLDER);
  if (present.length > 0 && !couldBeOurs) throw targetExists(folder);
}

/** Makes the repository, or opens the one that an earlier try left. */
async function prepare(
  context: CommandContext,
  { folder, address, input }: Cloning,
): Promise<DiskRepository> {
  const present = await namesIn(folder);
  const isBare = input.flag('bare');
  const userSettings = await readUserSettings(context);
  const { repository, created } = await initRepository(folder, { bare: isBare, userSettings });
  try {
    if (created && present.some((name) => name !== DITS_FOLDER)) throw targetExists(folder);
    if (!created && !(await isUnfinished(repository, address))) throw targetExists(folder);
    if (repository.config.get(UNFINISHED_KEY) === undefined) {
      await repository.updateConfig((settings) => settings.set(UNFINISHED_KEY, address));
    }
    if (listRemotes(repository).length === 0) {
      await addRemote(repository, { name: DEFAULT_REMOTE, address });
    }
    return repository;
  } catch (error) {
    await repository.close();
    throw error;
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') {
      throw targetExists(folder);
    }
    throw error;
  }
}

/** Left by a clone of the same address that did not end, or by one that ended before it could write that down. */
async function isUnfinished(repository: DiskRepository, address: string): Promise<boolean> {
  const unfinished = repository.config.get(UNFINISHED_KEY);
  if (unfinished !== undefined) return unfinished === address;
  const refs = await repository.store.refs.list();
  return refs.length === 0 && listRemotes(repository).length === 0;
}

function targetExists(folder: string): CliError {
  return new CliError('DITS_CLI_TARGET_EXISTS', `${folder} is there already and not empty`, {
    hint: 'name another folder: dits clone ADDRESS DIR',
    details: { path: folder },
  });
}

async function fill(
  context: CommandContext,
  { repository, link }: { readonly repository: DiskRepository; readonly link: RemoteLink },
  { address, folder, input }: Cloning,
): ReturnType<LeafVerb['run']> {
  const map: RefMap = repository.isBare
    ? { kind: 'mirror' }
    : { kind: 'tracking', remote: DEFAULT_REMOTE };
  let ahead: WrittenAhead | undefined;
  const alongside = async (arriving: Arriving): Promise<void> => {
    ahead = await writeAhead(context, repository, { arriving, input });
  };
  const trustsMoves = input.flag('trustMoves');
  const choice = sourceChoiceOf(input, address);
  const options = { map, choice, alongside, trustsMoves };
  const fetched = await fetchRefs(context, { repository, link, ...options });
  const failure = refusalOf(fetched.refs);
  const totals = await settle(context, repository, { fetched, input, ahead });
  if (failure === undefined) {
    await repository.updateConfig((settings) => void settings.unset('clone'));
  }
  printTransfer(context, fetched, {
    done: `Cloned into ${printableName(folder)} from`,
    where: address,
  });
  const { written, bytes } = totals;
  if (written > 0)
    context.output.note(`${formatCount(written, 'file')} written (${formatBytes(bytes)})`);
  const fields = transferFields(fetched, 'received');
  const head = totals.head ?? null;
  return {
    fields: { ...fields, directory: folder, head, branch: totals.branch ?? null, written },
    failure,
  };
}

/**
 * Writes the files of what will most likely be checked out while they arrive; undefined when that did not work out. The
 * checkout after the transfer then does it, and reports whatever stands in its way.
 */
async function writeAhead(
  context: CommandContext,
  repository: DiskRepository,
  { arriving, input }: { readonly arriving: Arriving; readonly input: VerbInput },
): Promise<WrittenAhead | undefined> {
  const { remoteRefs, reader } = arriving;
  const target = headAhead(remoteRefs, input.text('branch'));
  if (target === undefined || repository.isBare || input.isSwitchedOff('checkout')) {
    return undefined;
  }
  try {
    return await checkoutAhead(repository, { reader, target }, { signal: context.signal });
  } catch {
    return undefined;
  }
}

/** What the remote says of the branch or tag that is wanted, before any of it is here. */
function headAhead({ head, refs }: RemoteRefs, name: string | undefined): ObjectId | undefined {
  const wanted =
    name === undefined
      ? [head.kind === 'branch' ? head.name : undefined]
      : [`refs/heads/${name}`, `refs/tags/${name}`];
  const found = wanted.map((full) => refs.find((ref) => ref.name === full));
  return found.find((ref) => ref !== undefined)?.target;
}

type Settled = {
  readonly head?: string | undefined;
  readonly branch?: string | undefined;
  readonly written: number;
  readonly bytes: number;
};

type Settling = {
  readonly fetched: Fetched;
  readonly input: VerbInput;
  readonly ahead: WrittenAhead | undefined;
};

/** Points HEAD at the branch that is wanted, and writes its files unless told not to. */
async function settle(
  context: CommandContext,
  repository: DiskRepository,
  { fetched, input, ahead }: Settling,
): Promise<Settled> {
  const { refs, objects } = repository.store;
  const wanted = await chooseHead(repository, { fetched, name: input.text('branch') });
  const reason = { actor: repository.user.name ?? 'local', reason: 'clone' };
  if (wanted.kind === 'nothing') {
    await refs.setHead({ kind: 'branch', name: branchRef(wanted.branch) }, reason);
    context.output.warn('the repository is empty: it has no commits yet');
    return { written: 0, bytes: 0, branch: wanted.branch };
  }
  const commit = await resolveToCommit(objects, wanted.target);
  if (wanted.kind === 'detached') {
    if (repository.isBare || input.isSwitchedOff('checkout')) {
      await refs.setHead({ kind: 'detached', target: commit }, reason);
      return { head: commit, written: 0, bytes: 0 };
    }
    // From HEAD's branch without commits, so that the files are written and only then pointed at.
    return switchTo(repository, commit, { ...operationOptions(context), detach: true, ahead });
  }
  const name = branchRef(wanted.branch);
  await refs.setHead({ kind: 'branch', name }, reason);
  if (!repository.isBare) {
    await setUpstream(repository, wanted.branch, { remote: DEFAULT_REMOTE, merge: wanted.branch });
  }
  if (repository.isBare || input.isSwitchedOff('checkout')) {
    await refs.update([{ name, target: commit }], reason);
    return { head: commit, branch: wanted.branch, written: 0, bytes: 0 };
  }
  const options = { ...operationOptions(context), reason: 'clone', ahead };
  return { ...(await mergeFastForward(repository, commit, options)), branch: wanted.branch };
}

type WantedHead =
  | { readonly kind: 'branch'; readonly branch: string; readonly target: ObjectId }
  | { readonly kind: 'detached'; readonly target: ObjectId }
  | { readonly kind: 'nothing'; readonly branch: string };

/** Where a branch of the remote is, as it was kept here. */
type Kept = (branch: string) => Promise<ObjectId | undefined>;

/** The branch or tag that was asked for, else the remote's HEAD, else any branch. */
async function chooseHead(
  repository: DiskRepository,
  { fetched, name }: { readonly fetched: Fetched; readonly name: string | undefined },
): Promise<WantedHead> {
  const { refs } = repository.store;
  const kept: Kept = (branch) =>
    refs.get(repository.isBare ? branchRef(branch) : trackingRef(DEFAULT_REMOTE, branch));
  return name === undefined
    ? headOfRemote(repository, fetched, kept)
    : headByName(repository, name, kept);
}

async function headByName(
  { store }: DiskRepository,
  name: string,
  kept: Kept,
): Promise<WantedHead> {
  const target = await kept(name);
  if (target !== undefined) return { kind: 'branch', branch: name, target };
  const tag = await store.refs.get(tagRef(name));
  if (tag !== undefined) return { kind: 'detached', target: tag };
  throw new CliError('DITS_CLI_NO_SUCH_REF', `the remote has no branch or tag ${name}`);
}

async function headOfRemote(
  { store }: DiskRepository,
  { refs, remoteRefs: { head } }: Fetched,
  kept: Kept,
): Promise<WantedHead> {
  const headBranch = head.kind === 'branch' ? branchOf(head.name) : undefined;
  const names = [headBranch, ...refs.map((ref) => branchOf(ref.name))];
  if (head.kind === 'detached' && (await store.objects.has([head.target]))[0] === true) {
    return { kind: 'detached', target: head.target };
  }
  for (const branch of names) {
    const target = branch === undefined ? undefined : await kept(branch);
    if (branch !== undefined && target !== undefined) return { kind: 'branch', branch, target };
  }
  return { kind: 'nothing', branch: headBranch ?? 'main' };
}

/** The short name of a branch that a peer named; undefined for anything that is none. */
function branchOf(name: string): string | undefined {
  if (!name.startsWith('refs/heads/')) return undefined;
  const checked = checkRefName(name);
  return isBranchRef(checked) ? shortRefName(checked) : undefined;
}
