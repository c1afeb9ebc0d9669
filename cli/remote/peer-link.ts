/** A repository that a peer serves, reached over the network. */
import { TrustFile, dialPeer, loadOrCreateIdentity, parsePeerAddress } from '../../node/index.ts';
import { connectSession } from '../../protocol/index.ts';
import type { CommandContext } from '../command-context.ts';
import { readNodeSettings } from '../node-settings.ts';
import { printable } from '../terminal/printable.ts';
import { linkOver, type LinkOptions, type RemoteLink } from './remote-link.ts';
import { systemClock } from './system-clock.ts';

export async function openPeerLink(
  context: CommandContext,
  text: string,
  options: LinkOptions,
): Promise<RemoteLink> {
  const address = parsePeerAddress(text);
  const { signal, version } = context;
  const identity = await loadOrCreateIdentity(context.home);
  const trust = new TrustFile(context.home, { now: () => new Date() });
  const settings = await readNodeSettings(context);
  context.progress({ phase: `connecting to ${address.host}` });
  const connection = await dialPeer({ identity, trust }, address, {
    settings,
    signal,
    confirmUnknown: (peerId) => confirm(context, { peerId, host: address.host, options }),
  });
  // The session owns the connection from here on, and closes it with itself.
  const session = await connectSession(
    connection,
    { clock: systemClock },
    { software: `dits/${version}`, signal },
  );
  try {
    const { access, create } = options;
    const repository = await session.openRepository(address.repository, { access, create, signal });
    return linkOver(session, repository, {
      path: connection.path,
      onClose: () => Promise.resolve(),
    });
  } catch (error) {
    await session.close();
    throw error;
  }
}

/** A peer that nobody here knows: taken on request, else shown and asked for where somebody can answer. */
async function confirm(
  { ask, output }: CommandContext,
  facts: { readonly peerId: string; readonly host: string; readonly options: LinkOptions },
): Promise<boolean> {
  const { peerId, host, options } = facts;
  if (options.trustsNew) {
    output.warn(`${printable(host)} is ${peerId}; it is known from now on`);
    return true;
  }
  if (ask === undefined) return false;
  output.errorLine(`${printable(host)} has not been seen before. It proves to be`);
  output.errorLine(`  ${peerId}`);
  return ask('Compare this with what `dits id` says there. Is it the same?');
}
