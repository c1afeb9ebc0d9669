/** `dits peer ticket` and `dits peer accept`: access for machines where nobody is there to confirm. */
import {
  ANY_REPOSITORY,
  TicketFile,
  TrustFile,
  formatTicket,
  isAccess,
  isOutstanding,
  loadOrCreateIdentity,
  nodeAddresses,
  parseHostPort,
  PORT_DEFAULT,
  formatHostPort,
  type IssuedTicket,
} from '../../node/index.ts';
import { CliError, usageError } from '../cli-error.ts';
import { collect } from '../command-line.ts';
import type { CommandContext } from '../command-context.ts';
import { readNodeSettings } from '../node-settings.ts';
import { parsePointInTime } from '../point-in-time.ts';
import { acceptTicket } from '../remote/accept-ticket.ts';
import { peerFields, printPeer } from '../terminal/peer-text.ts';
import { printable } from '../terminal/printable.ts';
import type { LeafVerb } from '../verb.ts';
import type { VerbInput } from '../verb-input.ts';

const EXPIRES_DEFAULT = '7d';
const USES_DEFAULT = 1;

export const peerTicket: LeafVerb & { readonly summary: string } = {
  summary: 'make a ticket that lets a machine in; `ticket list`, `ticket revoke ID`',
  configure: (command) => {
    command
      .argument('[action]', 'list, or revoke; without it, a ticket is made')
      .argument('[id]', 'the ticket to revoke')
      .option('--repo <name>', 'repository that it is for (default: every one)')
      .option('--access <access>', 'read, write or admin', 'read')
      .option('--branch <pattern>', 'branches that may be moved; several may be given', collect)
      .option('--expires <time>', 'when it ends: 12h, 7d, or 2027-01-31T18:00:00Z', EXPIRES_DEFAULT)
      .option('--uses <n>', 'how many machines may use it', String(USES_DEFAULT))
      .option(
        '--address <host:port>',
        'where this node is reached; several may be given (default: where it listens)',
        collect,
      );
  },
  run: async (context, input) => {
    const [action, id] = input.operands;
    if (action === undefined) return await issue(context, input);
    if (action === 'list' && id === undefined) return await list(context);
    if (action === 'revoke' && id !== undefined) return await revoke(context, id);
    throw usageError('ticket takes nothing, list, or revoke and the id of a ticket');
  },
};

export const peerAccept: LeafVerb & { readonly summary: string } = {
  summary: 'use a ticket: the machine that made it lets this one in',
  configure: (command) => {
    command
      .argument('<ticket>', 'the line that `dits peer ticket` printed')
      .option('--name <name>', 'what to call the other machine here (default: its own name)');
  },
  run: async (context, input) => {
    const { output } = context;
    const { peer, granted } = await acceptTicket(context, input.required(0, 'ticket'), {
      name: input.text('name'),
    });
    const { access, repository } = granted;
    const until = new Date(granted.until * 1_000).toISOString();
    printPeer(output, peer, new Date());
    const what = repository === ANY_REPOSITORY ? 'everything' : printable(repository);
    output.note(`${printable(peer.name)} grants ${access} of ${what} until ${until}`);
    return { fields: { peers: [peerFields(peer)], granted: { repository, access, until } } };
  },
};

async function issue(context: CommandContext, input: VerbInput): ReturnType<LeafVerb['run']> {
  const { home, output } = context;
  const access = input.text('access') ?? 'read';
  if (!isAccess(access)) throw usageError(`--access takes read, write or admin, not ${access}`);
  const branches = input.texts('branch');
  if (branches.length > 0 && access === 'read') {
    throw usageError('--branch says which branches may be moved: it needs --access write');
  }
  const until = parsePointInTime(input.text('expires') ?? EXPIRES_DEFAULT, 'expires', new Date());
  const addresses = await addressesOf(context, input);
  const { peerId } = await loadOrCreateIdentity(home);
  const repository = input.text('repo') ?? ANY_REPOSITORY;
  const { issued, id, secret } = await ticketsOf(context).issue({
    grant: { repository, access, ...(branches.length === 0 ? {} : { branches }) },
    usesMax: input.count('uses') ?? USES_DEFAULT,
    until,
  });
  const ticket = formatTicket({ peerId, id, secret, until, addresses });
  output.line(ticket);
  output.warn(`whoever has this line can use it: dits peer accept TICKET, on the other machine`);
  return { fields: { ...ticketFields(issued), ticket, addresses } };
}

async function list(context: CommandContext): ReturnType<LeafVerb['run']> {
  const { output } = context;
  const issued = await ticketsOf(context).read();
  for (const ticket of issued) {
    const { id, grant, until, usedBy, usesMax } = ticket;
    const what = grant.repository === ANY_REPOSITORY ? 'everything' : printable(grant.repository);
    const used = `used ${usedBy.length} of ${usesMax}`;
    output.line(`${id}  ${grant.access} ${what}, ${used}, ${stateOf(ticket)}, until ${until}`);
  }
  if (issued.length === 0) output.note('There are no tickets: dits peer ticket makes one');
  return { fields: { tickets: issued.map(ticketFields) } };
}

async function revoke(context: CommandContext, id: string): ReturnType<LeafVerb['run']> {
  const revoked = await ticketsOf(context).revoke(id.toLowerCase());
  if (revoked === undefined) {
    throw new CliError('DITS_CLI_NO_SUCH_TICKET', `no ticket has the id ${printable(id)}`, {
      hint: 'dits peer ticket list shows them',
    });
  }
  context.output.note(`The ticket ${revoked.id} is void, and so is what came with it`);
  return { fields: { tickets: [ticketFields(revoked)] } };
}

/** @throws NodeError DITS_NODE_BAD_ADDRESS, CliError DITS_CLI_USAGE when nobody would find this machine */
async function addressesOf(context: CommandContext, input: VerbInput): Promise<readonly string[]> {
  const given = input.texts('address');
  const addresses =
    given.length > 0
      ? given.map((text) => formatHostPort(parseHostPort(text, PORT_DEFAULT)))
      : await nodeAddresses(context.home, await readNodeSettings(context));
  if (addresses.length > 0) return addresses;
  throw usageError('this machine has no address to put in', 'start the node, or add --address');
}

function stateOf(ticket: IssuedTicket): 'open' | 'over' | 'revoked' | 'used' {
  if (ticket.isRevoked) return 'revoked';
  if (isOutstanding(ticket, new Date())) return 'open';
  return ticket.usedBy.length >= ticket.usesMax ? 'used' : 'over';
}

function ticketFields(ticket: IssuedTicket): Readonly<Record<string, unknown>> {
  const { id, grant, until, usesMax, usedBy } = ticket;
  const branches = grant.branches ?? null;
  return { id, ...grant, branches, until, uses: usesMax, usedBy, state: stateOf(ticket) };
}

function ticketsOf({ home }: CommandContext): TicketFile {
  const now = (): Date => new Date();
  return new TicketFile(home, { trust: new TrustFile(home, { now }), now });
}
