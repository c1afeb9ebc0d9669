/** Uses tickets: by itself, and in the place of an address as `TICKET/REPO` (docs/cli.md, "Addresses"). */
import {
  TrustFile,
  loadOrCreateIdentity,
  looksLikeTicket,
  parseTicket,
  redeemTicket,
  type Redeemed,
} from '../../node/index.ts';
import { usageError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { readNodeSettings } from '../node-settings.ts';

/** @throws NodeError DITS_NODE_TICKET_INVALID, and as `redeemTicket` */
export async function acceptTicket(
  context: CommandContext,
  text: string,
  options: { readonly name?: string | undefined } = {},
): Promise<Redeemed> {
  const { home, signal, version } = context;
  const ticket = parseTicket(text);
  const trust = new TrustFile(home, { now: () => new Date() });
  const identity = await loadOrCreateIdentity(home);
  context.progress({ phase: 'showing the ticket' });
  return await redeemTicket({ identity, trust }, ticket, {
    settings: await readNodeSettings(context),
    software: `dits/${version}`,
    name: options.name,
    signal,
  });
}

/** The address of a repository for which a ticket was given, which is used with that; any other word as it is. */
export async function addressOfTicket(context: CommandContext, word: string): Promise<string> {
  if (!looksLikeTicket(word)) return word;
  const slash = word.lastIndexOf('/');
  if (slash === -1)
    throw usageError('which repository? write TICKET/REPO', 'dits clone TICKET/REPO');
  const { peer } = await acceptTicket(context, word.slice(0, slash));
  return `dits://${peer.peerId}${word.slice(slash)}`;
}
