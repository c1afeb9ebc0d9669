/** A repository that a peer serves, reached over the network. */
import { parsePeerTarget } from '../../node/index.ts';
import type { CommandContext } from '../command-context.ts';
import { printable } from '../terminal/printable.ts';
import { formatDuration } from '../terminal/quantities.ts';
import { PeerPaths } from './peer-paths.ts';
import type { LinkOptions, RemoteLink } from './remote-link.ts';
import { ResumingLink, type PathEvent } from './resuming-link.ts';
import { readReach } from './reach-deps.ts';
import { startLimits } from './start-limits.ts';
import { systemClock } from './system-clock.ts';

export async function openPeerLink(
  context: CommandContext,
  text: string,
  options: LinkOptions,
): Promise<RemoteLink> {
  const target = parsePeerTarget(text);
  const { deps, settings } = await readReach(context);
  const own = options.limits === undefined ? await startLimits(context, deps) : undefined;
  const limits = options.limits ?? own;
  const known =
    target.peerId === undefined ? undefined : (await deps.trust.read()).holderOf(target.peerId);
  const called = known?.name ?? target.at?.host ?? target.peerId!;
  const limited = { ...deps, limits };
  context.progress({ phase: `connecting to ${called}` });
  const paths = new PeerPaths(context, { deps: limited, settings, target, called, options });
  const first = await paths.open(context.signal).catch(async (error: unknown) => {
    await own?.stop();
    throw error;
  });
  return new ResumingLink(
    first,
    {
      clock: systemClock,
      random: Math.random,
      reopen: (signal) => paths.open(signal),
      onEvent: (event) => tell(context, { event, host: called }),
      limits,
      onClose: () => own?.stop() ?? Promise.resolve(),
    },
    { patienceMs: settings.reconnectMs, signal: context.signal },
  );
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
