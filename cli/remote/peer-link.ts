/** A repository that a peer serves, reached over the network. */
import {
  TrustFile,
  dialPeer,
  loadOrCreateIdentity,
  parsePeerAddress,
  type DialDeps,
  type NodeSettings,
  type PeerAddress,
} from '../../node/index.ts';
import { connectSession } from '../../protocol/index.ts';
import type { CommandContext } from '../command-context.ts';
import { readNodeSettings } from '../node-settings.ts';
import { printable } from '../terminal/printable.ts';
import { formatDuration } from '../terminal/quantities.ts';
import type { LinkOptions, RemoteLink } from './remote-link.ts';
import { ResumingLink, type OpenedPath, type PathEvent } from './resuming-link.ts';
import { systemClock } from './system-clock.ts';

/** What it takes to reach one repository of a peer, as often as needed. */
type Reaching = {
  readonly deps: DialDeps;
  readonly settings: NodeSettings;
  readonly address: PeerAddress & { readonly repository: string };
  readonly options: LinkOptions;
};

export async function openPeerLink(
  context: CommandContext,
  text: string,
  options: LinkOptions,
): Promise<RemoteLink> {
  const address = parsePeerAddress(text);
  const identity = await loadOrCreateIdentity(context.home);
  const trust = new TrustFile(context.home, { now: () => new Date() });
  const settings = await readNodeSettings(context);
  const reaching = { deps: { identity, trust }, settings, address, options };
  context.progress({ phase: `connecting to ${address.host}` });
  const first = await reach(context, reaching, context.signal);
  // From here on it must be this very peer, whatever the address says.
  const { remotePeerId: peerId } = first.session;
  const again = { ...reaching, address: { ...address, peerId } };
  return new ResumingLink(
    first,
    {
      clock: systemClock,
      random: Math.random,
      reopen: (signal) => reach(context, again, signal),
      onEvent: (event) => tell(context, { event, host: address.host }),
    },
    { patienceMs: settings.reconnectMs, signal: context.signal },
  );
}

async function reach(
  context: CommandContext,
  { deps, settings, address, options }: Reaching,
  signal: AbortSignal,
): Promise<OpenedPath> {
  const connection = await dialPeer(deps, address, {
    settings,
    signal,
    confirmUnknown: (peerId) => confirm(context, { peerId, host: address.host, options }),
  });
  // The session owns the connection from here on, and closes it with itself.
  const session = await connectSession(
    connection,
    { clock: systemClock },
    { software: `dits/${context.version}`, signal },
  );
  try {
    const { access, create } = options;
    const repository = await session.openRepository(address.repository, { access, create, signal });
    return { session, repository, path: connection.path };
  } catch (error) {
    await session.close();
    throw error;
  }
}

/** Says what became of the path: in the progress line, and with -v on stderr. */
function tell(
  { output, progress }: CommandContext,
  { event, host }: { readonly event: PathEvent; readonly host: string },
): void {
  if (event.kind === 'lost') progress({ phase: `connecting to ${host} again` });
  if (!output.options.isVerbose) return;
  const words = (): string => {
    switch (event.kind) {
      case 'lost':
        return `lost ${host} (${event.reason}); trying to reach it again`;
      case 'not-yet':
        return `${host} is not reached yet (${event.reason})`;
      case 'repeated':
        return `a part of the transfer broke off (${event.reason}); going on with what is missing`;
      case 'regained':
        return `reached ${host} again over ${event.path} after ${formatDuration(event.elapsedMs)}; going on`;
    }
  };
  output.errorLine(printable(words()));
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
