/** `dits fetch`: brings what a remote has and this repository lacks. */
import type { CommandContext } from '../command-context.ts';
import { withRepository, type DiskRepository } from '../open-repository.ts';
import { chooseRemote, currentBranch, type ChosenRemote } from '../remote/choose-remote.ts';
import { SOURCE_OPTION, sourceChoiceOf } from '../remote/extra-sources.ts';
import { fetchRefs, type Fetched } from '../remote/fetch-refs.ts';
import { openRemoteLink } from '../remote/remote-link.ts';
import { printTransfer, refusalOf, transferFields } from '../remote/transfer-report.ts';
import { addressWithVia, withViaOption } from '../remote/via.ts';
import type { LeafVerb } from '../verb.ts';
import type { VerbInput } from '../verb-input.ts';

export const fetch: LeafVerb = {
  configure: (command) => {
    withViaOption(command)
      .argument('[remote]', 'name or address (default: the one the branch follows, or origin)')
      .option(...SOURCE_OPTION)
      .option('--trust-new', 'accept a peer that is not known yet, and remember it')
      .option('--trust-moves', 'take branches as the remote shows them, whoever moved them');
  },
  run: async (context, input) => {
    const fetched = await withRepository(context, async (repository) => {
      const branch = await currentBranch(repository);
      const remote = await chooseRemote(repository, {
        word: input.operands[0],
        branch,
        context,
      });
      const result = await fetchFrom(context, repository, { remote, input });
      printTransfer(context, result, {
        done: 'Fetched from',
        where: remote.name ?? remote.address,
      });
      return result;
    });
    return { fields: transferFields(fetched, 'received'), failure: refusalOf(fetched.refs) };
  },
};

/** Fetches all branches and tags of a remote; those of an address without a name are kept under `FETCHED`. */
export async function fetchFrom(
  context: CommandContext,
  repository: DiskRepository,
  {
    remote,
    input,
  }: {
    readonly remote: ChosenRemote;
    readonly input: VerbInput;
  },
): Promise<Fetched> {
  const link = await openRemoteLink(context, addressWithVia(remote.address, input), {
    access: 'read',
    create: false,
    trustsNew: input.flag('trustNew'),
  });
  try {
    const map = { kind: 'tracking', remote: remote.name ?? UNNAMED_REMOTE } as const;
    const trustsMoves = input.flag('trustMoves');
    const choice = sourceChoiceOf(input, remote.address);
    const isUnnamed = remote.name === undefined;
    const request = { repository, link, map, choice, trustsMoves, isUnnamed };
    return await fetchRefs(context, request);
  } finally {
    await link.close();
  }
}

/** Where branches are kept that came from an address without a name. */
export const UNNAMED_REMOTE = 'FETCHED';
