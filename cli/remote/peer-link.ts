/** A repository that a peer serves, reached over the network. */
import {
  formatHostPort,
  parsePeerTarget,
  reachPeer,
  type NodeSettings,
  type PeerTarget,
  type ReachDeps,
} from '../../node/index.ts';
import { connectSession } from '../../protocol/index.ts';
import type { CommandContext } from '../command-context.ts';
import { printable } from '../terminal/printable.ts';
import { formatDuration } from '../terminal/quantities.ts';
import type { LinkOptions, RemoteLink } from './remote-link.ts';
import { ResumingLink, type OpenedPath, type PathEvent } from './resuming-link.ts';
import { readReach } from './reach-deps.ts';
import { systemClock } from './system-clock.ts';

/** What it takes to reach one repository of a peer, as often as needed. */
type Reaching = {
  readonly deps: ReachDeps;
  readonly settings: NodeSettings;
  readonly target: PeerTarget;
  /** What to call the peer: its name if it is known, else where it was said to be. */
  readonly called: string;
  readonly options: LinkOptions;
};

export async function openPeerLink(
  context: CommandContext,
  text: string,
  options: LinkOptions,
): Promise<RemoteLink> {
  const target = parsePeerTarget(text);
  const { deps, settings } = await readReach(context);
  const known =
    target.peerId === undefined ? undefined : (await deps.trust.read()).get(target.peerId);
  const called = known?.name ?? target.at?.host ?? target.peerId!;
  const reaching = { deps, settings, target, called, options };
  context.progress({ phase: `connecting to ${called}` });
  const first = await reach(context, reaching, context.signal);
  // From here on it must be this very peer, whatever the address says.
  const { remotePeerId: peerId } = first.session;
  const again = { ...reaching, target: { ...target, peerId } };
  return new ResumingLink(
    first,
    {
      clock: systemClock,
      random: Math.random,
      reopen: (signal) => reach(context, again, signal),
      onEvent: (event) => tell(context, { event, host: called }),
    },
    { patienceMs: settings.reconnectMs, signal: context.signal },
  );
}

async function reach(
  context: CommandContext,
  { deps, settings, target, called, options }: Reaching,
  signal: AbortSignal,
): Promise<OpenedPath> {
  const { connection } = await reachPeer(deps, target, {
    settings,
    signal,
    confirmUnknown: (peerId) => confirm(context, { peerId, host: called, options }),
    onFalsePlace: (place, { message }) => {
      const why = place.source === 'near' ? 'announces itself as it' : 'was its address';
      context.output.warn(printable(`${formatHostPort(place)} ${why}: ${message}`));
    },
  });
  // The session owns the connection from here on, and closes it with itself.
  const session = await connectSession(
    connection,
    { clock: systemClock },
    { software: `dits/${context.version}`, signal },
  );
  try {
    const { access, create } = options;
    const repository = await session.openRepository(target.repository, { access, create, signal });
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
