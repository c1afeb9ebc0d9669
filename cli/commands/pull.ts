/** `dits pull`: fetches, then moves the branch forward. */
import {
  RepoError,
  mergeFastForward,
  readHead,
  setUpstream,
  trackingRef,
} from '../../repo/index.ts';
import { resolveToCommit, type CommitId } from '../../store/index.ts';
import { CliError } from '../cli-error.ts';
import { operationOptions, withRepository, type DiskRepository } from '../open-repository.ts';
import {
  branchThere,
  chooseRemote,
  currentBranch,
  type ChosenRemote,
} from '../remote/choose-remote.ts';
import { SOURCE_OPTION } from '../remote/extra-sources.ts';
import type { Fetched } from '../remote/fetch-refs.ts';
import {
  printTransfer,
  refusalOf,
  transferFields,
  type RefReport,
  type Transfer,
} from '../remote/transfer-report.ts';
import { formatBytes, formatCount } from '../terminal/quantities.ts';
import type { CommandContext } from '../command-context.ts';
import { withViaOption } from '../remote/via.ts';
import type { LeafVerb } from '../verb.ts';
import type { VerbInput } from '../verb-input.ts';
import { UNNAMED_REMOTE, fetchFrom } from './fetch.ts';

export const pull: LeafVerb = {
  configure: (command) => {
    withViaOption(command)
      .argument('[remote]', 'name or address (default: the one the branch follows, or origin)')
      .argument('[branch]', 'branch of the remote (default: the one the branch follows)')
      .option(...SOURCE_OPTION)
      .option('--trust-new', 'accept a peer that is not known yet, and remember it')
      .option('--trust-moves', 'take branches as the remote shows them, whoever moved them');
  },
  run: (context, input) =>
    withRepository(context, async (repository) => {
      if (repository.isBare) {
        throw new RepoError('DITS_REPO_BARE', 'a bare repository has no files to bring forward', {
          hint: 'dits fetch brings the commits',
        });
      }
      const branch = await currentBranch(repository);
      const [word, branchWord] = input.operands;
      const remote = await chooseRemote(repository, { word, branch, context });
      const wanted = branchWord ?? wantedBranch(repository, remote.name, branch);
      const { transfer, merged } = await fetchAndMerge(context, repository, {
        remote,
        wanted,
        input,
      });
      const { written, removed } = merged.totals;
      await followFirst(repository, { branch, remote: remote.name, wanted });
      return {
        fields: {
          ...transferFields(transfer, 'received'),
          head: merged.head ?? null,
          branch: branch ?? null,
          written,
          removed,
        },
        failure: merged.failure ?? refusalOf(transfer.refs),
      };
    }),
};

async function fetchAndMerge(
  context: CommandContext,
  repository: DiskRepository,
  facts: { readonly remote: ChosenRemote; readonly wanted: string; readonly input: VerbInput },
): Promise<{ readonly transfer: Transfer; readonly merged: Merged }> {
  const startedMs = performance.now();
  const { remote, wanted, input } = facts;
  const fetched = await fetchFrom(context, repository, { remote, input });
  const shown = fetched.refs.find(({ name }) => name === `refs/heads/${wanted}`);
  const from = { fetched, remote: remote.name ?? UNNAMED_REMOTE, branch: wanted };
  const merged =
    shown?.code === undefined
      ? await merge(context, repository, from)
      : await notMerged(repository, fetched, shown);
  const transfer = { ...fetched, refs: merged.refs, elapsedMs: performance.now() - startedMs };
  printTransfer(context, transfer, { done: 'Pulled from', where: remote.name ?? remote.address });
  const { written, removed, bytes } = merged.totals;
  if (written + removed > 0) {
    context.output.note(
      `${formatCount(written, 'file')} written (${formatBytes(bytes)}), ${removed} removed`,
    );
  }
  return { transfer, merged };
}

/** The first pull of a branch from its namesake makes it follow that. */
async function followFirst(
  repository: DiskRepository,
  facts: {
    readonly branch: string | undefined;
    readonly remote: string | undefined;
    readonly wanted: string;
  },
): Promise<void> {
  const { branch, remote, wanted } = facts;
  if (branch !== wanted || remote === undefined) return;
  if (repository.config.upstream(branch) !== undefined) return;
  await setUpstream(repository, branch, { remote, merge: wanted });
}

function wantedBranch(
  repository: DiskRepository,
  remote: string | undefined,
  branch: string | undefined,
): string {
  if (branch !== undefined) return branchThere(repository, remote, branch);
  throw new CliError('DITS_CLI_NO_REMOTE', 'HEAD is on no branch, so none can be moved forward', {
    hint: 'name the branch: dits pull REMOTE BRANCH, or go to one: dits switch BRANCH',
  });
}

type Merged = {
  readonly refs: readonly RefReport[];
  readonly head: CommitId | undefined;
  readonly totals: { readonly written: number; readonly removed: number; readonly bytes: number };
  readonly failure: RepoError | CliError | undefined;
};

/** The branch that was to be pulled is not believed to be where the remote shows it: ours stays. */
async function notMerged(
  repository: DiskRepository,
  { refs }: Fetched,
  disbelieved: RefReport,
): Promise<Merged> {
  const { commit: head } = await readHead(repository);
  const totals = { written: 0, removed: 0, bytes: 0 };
  return { refs, head, totals, failure: refusalOf([disbelieved]) };
}

/** Moves the current branch to where the remote's branch is. The report of that branch tells of ours. */
async function merge(
  context: CommandContext,
  repository: DiskRepository,
  facts: { readonly fetched: Fetched; readonly remote: string; readonly branch: string },
): Promise<Merged> {
  const { fetched, remote, branch } = facts;
  const { refs, objects } = repository.store;
  const name = `refs/heads/${branch}`;
  const target = await refs.get(trackingRef(remote, branch));
  if (target === undefined || !fetched.refs.some((ref) => ref.name === name)) {
    throw new CliError('DITS_CLI_NO_SUCH_REF', `the remote has no branch ${branch}`, {
      hint: 'dits branch -a lists the branches that it has',
    });
  }
  const commit = await resolveToCommit(objects, target);
  const others = (own: RefReport): readonly RefReport[] =>
    fetched.refs.map((ref) => (ref.name === name ? own : ref));
  try {
    const options = { ...operationOptions(context), reason: `pull: from ${remote}` };
    const {
      old = null,
      head,
      moved,
      ...totals
    } = await mergeFastForward(repository, commit, options);
    const result = !moved ? 'up-to-date' : old === null ? 'created' : 'updated';
    return {
      refs: others({ name, old, new: moved ? commit : old, result }),
      head,
      totals,
      failure: undefined,
    };
  } catch (error) {
    if (!(error instanceof RepoError) || error.code !== 'DITS_REPO_NOT_FAST_FORWARD') throw error;
    const held = await refs.head();
    const old = held.kind === 'branch' ? ((await refs.get(held.name)) ?? null) : held.target;
    return {
      refs: others({ name, old, new: target, result: 'rejected-non-fast-forward' }),
      head: undefined,
      totals: { written: 0, removed: 0, bytes: 0 },
      failure: error,
    };
  }
}
