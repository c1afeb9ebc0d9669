/** `dits push`: sends what a remote lacks, then moves its branches. */
import { setUpstream } from '../../repo/index.ts';
import { branchRef, isTagRef, tagRef } from '../../store/index.ts';
import { CliError, usageError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { withRepository, type DiskRepository } from '../open-repository.ts';
import {
  branchTarget,
  branchThere,
  chooseRemote,
  currentBranch,
  type ChosenRemote,
} from '../remote/choose-remote.ts';
import { pushRefs, type PushRequest } from '../remote/push-refs.ts';
import { openRemoteLink } from '../remote/remote-link.ts';
import {
  printTransfer,
  refusalOf,
  transferFields,
  type RefReport,
} from '../remote/transfer-report.ts';
import { printable } from '../terminal/printable.ts';
import { addressWithVia, withViaOption } from '../remote/via.ts';
import type { LeafVerb } from '../verb.ts';
import type { VerbInput } from '../verb-input.ts';

/** A branch here and its name there. */
type Pushed = { readonly branch: string | undefined; readonly request: PushRequest };

export const push: LeafVerb = {
  configure: (command) => {
    withViaOption(command)
      .argument('[remote]', 'name or address (default: the one the branch follows, or origin)')
      .argument('[branch...]', 'branches or tags, HERE or HERE:THERE (default: the current branch)')
      .option('-f, --force', 'move branches even where commits are given up')
      .option('--all', 'all branches')
      .option('--tags', 'all tags')
      .option('-d, --delete', 'delete the branches named, on the remote')
      .option('-u, --set-upstream', 'follow the branch there, even if another was followed')
      .option('--trust-new', 'accept a peer that is not known yet, and remember it');
  },
  run: (context, input) =>
    withRepository(context, async (repository) => {
      const branch = await currentBranch(repository);
      const remote = await chooseRemote(repository, {
        word: input.operands[0],
        branch,
        context,
      });
      const pushed = await choosePushed(repository, remote, input);
      const link = await openRemoteLink(context, addressWithVia(remote.address, input), {
        access: 'write',
        create: true,
        trustsNew: input.flag('trustNew'),
      });
      let transfer;
      try {
        transfer = await pushRefs(context, {
          repository,
          link,
          requests: pushed.map(({ request }) => request),
          isForced: input.flag('force'),
          remoteName: remote.name,
        });
      } finally {
        await link.close();
      }
      if (remote.name !== undefined) {
        const refs = transfer.refs;
        await follow(context, repository, { remote: remote.name, pushed, refs, input });
      }
      printTransfer(context, transfer, { done: 'Pushed to', where: remote.name ?? remote.address });
      return { fields: transferFields(transfer, 'sent'), failure: refusalOf(transfer.refs) };
    }),
};

async function choosePushed(
  repository: DiskRepository,
  remote: ChosenRemote,
  input: VerbInput,
): Promise<readonly Pushed[]> {
  const words = input.operands.slice(1);
  if (input.flag('delete')) return deletions(words);
  const pushed: Pushed[] = [];
  for (const word of words) pushed.push(await parseWord(repository, word));
  const all = await repository.store.refs.list();
  if (input.flag('all')) {
    for (const { name, target } of all) {
      if (!name.startsWith('refs/heads/')) continue;
      pushed.push({ branch: name.slice('refs/heads/'.length), request: { name, target } });
    }
  }
  if (input.flag('tags')) {
    for (const { name, target } of all) {
      if (isTagRef(name)) pushed.push({ branch: undefined, request: { name, target } });
    }
  }
  if (pushed.length > 0 || input.flag('tags') || input.flag('all')) return withoutDoubles(pushed);
  return [await currentPushed(repository, remote)];
}

function deletions(words: readonly string[]): readonly Pushed[] {
  if (words.length === 0)
    throw usageError('name the branches to delete', 'dits push REMOTE -d BRANCH');
  return words.map((word) => ({
    branch: undefined,
    request: { name: branchRef(word), target: null },
  }));
}

function withoutDoubles(pushed: readonly Pushed[]): readonly Pushed[] {
  return [...new Map(pushed.map((one) => [one.request.name, one])).values()];
}

async function currentPushed(repository: DiskRepository, remote: ChosenRemote): Promise<Pushed> {
  const branch = await currentBranch(repository);
  if (branch === undefined) {
    throw new CliError('DITS_CLI_NO_SUCH_REF', 'HEAD is on no branch: name what to push', {
      hint: 'dits push REMOTE BRANCH',
    });
  }
  const there = branchRef(branchThere(repository, remote.name, branch));
  return { branch, request: { name: there, target: await branchTarget(repository, branch) } };
}

/** `HERE` or `HERE:THERE`; `:THERE` deletes. A name is a branch if there is one, else a tag. */
async function parseWord(repository: DiskRepository, word: string): Promise<Pushed> {
  const [here = '', there = here, ...rest] = word.split(':');
  if (rest.length > 0 || there === '') throw usageError(`"${word}" is not HERE or HERE:THERE`);
  if (here === '') return { branch: undefined, request: { name: branchRef(there), target: null } };
  const { refs } = repository.store;
  const name = here === 'HEAD' ? ((await currentBranch(repository)) ?? here) : here;
  const tag = await refs.get(tagRef(name));
  if (tag !== undefined && (await refs.get(branchRef(name))) === undefined) {
    return { branch: undefined, request: { name: tagRef(there), target: tag } };
  }
  const target = await branchTarget(repository, name);
  const thereName = there === 'HEAD' ? name : there;
  return { branch: name, request: { name: branchRef(thereName), target } };
}

/** The first push of a branch makes it follow the one it went to. */
async function follow(
  context: CommandContext,
  repository: DiskRepository,
  facts: {
    readonly remote: string;
    readonly pushed: readonly Pushed[];
    readonly refs: readonly RefReport[];
    readonly input: VerbInput;
  },
): Promise<void> {
  for (const { branch, request } of facts.pushed) {
    const result = facts.refs.find(({ name }) => name === request.name)?.result;
    const isThere = result === 'created' || result === 'updated' || result === 'up-to-date';
    if (branch === undefined || !isThere) continue;
    const isFollowing = repository.config.upstream(branch) !== undefined;
    if (isFollowing && !facts.input.flag('setUpstream')) continue;
    const merge = request.name.slice('refs/heads/'.length);
    await setUpstream(repository, branch, { remote: facts.remote, merge });
    context.output.note(
      `Branch ${printable(branch)} follows ${printable(`${facts.remote}/${merge}`)}`,
    );
  }
}
