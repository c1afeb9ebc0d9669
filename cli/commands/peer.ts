/** `dits peer`: who may connect to a node of this machine, and to what. */
import { ANY_REPOSITORY, TrustFile, isAccess, type Grant } from '../../node/index.ts';
import { CliError, usageError } from '../cli-error.ts';
import { collect } from '../command-line.ts';
import type { CommandContext } from '../command-context.ts';
import { parsePointInTime } from '../point-in-time.ts';
import { peerFields, printPeer } from '../terminal/peer-text.ts';
import { printable } from '../terminal/printable.ts';
import type { GroupVerb } from '../verb.ts';
import type { VerbInput } from '../verb-input.ts';
import { peerPair } from './peer-pair.ts';
import { peerAccept, peerTicket } from './peer-ticket.ts';

export const peer: GroupVerb = {
  fallback: 'list',
  verbs: {
    list: {
      summary: 'list the known peers and what they may do',
      configure: () => undefined,
      run: async (context) => {
        const { output } = context;
        const { peers } = await trustOf(context).read();
        for (const one of peers) printPeer(output, one, new Date());
        if (peers.length === 0) output.note('No peers are known yet: dits peer add PEERID');
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
          .option('--access <access>', 'read, write or admin', 'read')
          .option(
            '--branch <pattern>',
            'branches that it may move, such as artist/*; several may be given (default: all)',
            collect,
          )
          .option('--until <time>', 'when that ends: 12h, 7d, or 2027-01-31T18:00:00Z');
      },
      run: async (context, input) => {
        const added = await trustOf(context).add({
          peerId: input.required(0, 'peerid'),
          name: input.text('name'),
          grants: [grantOf(input, new Date())],
        });
        printPeer(context.output, added, new Date());
        return { fields: { peers: [peerFields(added)] } };
      },
    },
    pair: peerPair,
    ticket: peerTicket,
    accept: peerAccept,
    rename: {
      summary: 'call a peer something else',
      configure: (command) => {
        command.argument('<peer>', 'name or peer id').argument('<name>', 'what to call it here');
      },
      run: async (context, input) => {
        const word = input.required(0, 'peer');
        const renamed = await trustOf(context).rename(word, input.required(1, 'name'));
        if (renamed === undefined) throw noSuchPeer(word);
        printPeer(context.output, renamed, new Date());
        return { fields: { peers: [peerFields(renamed)] } };
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
        if (removed === undefined) throw noSuchPeer(word);
        context.output.note(`${printable(removed.name)} is not known any more`);
        return { fields: { peers: [peerFields(removed)] } };
      },
    },
  },
};

function grantOf(input: VerbInput, now: Date): Grant {
  const access = input.text('access') ?? 'read';
  if (!isAccess(access)) throw usageError(`--access takes read, write or admin, not ${access}`);
  const branches = input.texts('branch');
  if (branches.length > 0 && access === 'read') {
    throw usageError('--branch says which branches a peer may move: it needs --access write');
  }
  const until = input.text('until');
  return {
    repository: input.text('repo') ?? ANY_REPOSITORY,
    access,
    ...(branches.length === 0 ? {} : { branches }),
    ...(until === undefined ? {} : { until: parsePointInTime(until, 'until', now).toISOString() }),
  };
}

function trustOf({ home }: CommandContext): TrustFile {
  return new TrustFile(home, { now: () => new Date() });
}

function noSuchPeer(word: string): CliError {
  return new CliError('DITS_CLI_NO_SUCH_PEER', `no peer is called ${printable(word)}`, {
    hint: 'dits peer list shows them',
  });
}
