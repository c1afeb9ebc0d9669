/** `dits peer`: who may connect to a node of this machine, and to what. */
import { ANY_REPOSITORY, TrustFile, isAccess, type KnownPeer } from '../../node/index.ts';
import { CliError, usageError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { printable } from '../terminal/printable.ts';
import type { GroupVerb } from '../verb.ts';

const NAME_COLUMNS = 16;

export const peer: GroupVerb = {
  fallback: 'list',
  verbs: {
    list: {
      summary: 'list the known peers and what they may do',
      configure: () => undefined,
      run: async (context) => {
        const { peers } = await trustOf(context).read();
        for (const one of peers) printPeer(context, one);
        if (peers.length === 0) context.output.note('No peers are known yet: dits peer add PEERID');
        return { fields: { peers: peers.map(peerFields) } };
      },
    },
    add: {
      summary: 'make a peer known, and let it do something',
      configure: (command) => {
        command
          .argument('<peerid>', 'what `dits id` says on the other machine')
          .option('--name <name>', 'what to call it here')
          .option('--repo <name>', 'repository that it may use (default: every one)')
          .option('--access <access>', 'read, write or admin', 'read');
      },
      run: async (context, input) => {
        const access = input.text('access') ?? 'read';
        if (!isAccess(access)) {
          throw usageError(`--access takes read, write or admin, not ${access}`);
        }
        const added = await trustOf(context).add({
          peerId: input.required(0, 'peerid'),
          name: input.text('name'),
          grants: [{ repository: input.text('repo') ?? ANY_REPOSITORY, access }],
        });
        printPeer(context, added);
        return { fields: { peers: [peerFields(added)] } };
      },
    },
    remove: {
      summary: 'forget a peer: it can no longer connect',
      configure: (command) => {
        command.argument('<peer>', 'name or peer id');
      },
      run: async (context, input) => {
        const word = input.required(0, 'peer');
        const removed = await trustOf(context).remove(word);
        if (removed === undefined) {
          throw new CliError('DITS_CLI_NO_SUCH_PEER', `no peer is called ${word}`, {
            hint: 'dits peer list shows them',
          });
        }
        context.output.note(`${printable(removed.name)} is not known any more`);
        return { fields: { peers: [peerFields(removed)] } };
      },
    },
  },
};

function trustOf({ home }: CommandContext): TrustFile {
  return new TrustFile(home, { now: () => new Date() });
}

function peerFields({ peerId, name, grants, firstSeen, lastSeen }: KnownPeer): object {
  const list = Object.entries(grants).map(([repository, access]) => ({ repository, access }));
  return {
    peerId,
    name,
    grants: list,
    firstSeen: firstSeen ?? null,
    lastSeen: lastSeen ?? null,
  };
}

function printPeer({ output }: CommandContext, { peerId, name, grants }: KnownPeer): void {
  const shown = Object.entries(grants).map(
    ([repository, access]) =>
      `${access} ${repository === ANY_REPOSITORY ? 'everything' : printable(repository)}`,
  );
  const what = shown.length === 0 ? 'nothing' : shown.join(', ');
  output.line(`${printable(name).padEnd(NAME_COLUMNS)} ${peerId}  may: ${what}`);
}
