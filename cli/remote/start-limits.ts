/** Holds a command's transfers to the limits of the home folder, and says when they are paused. */
import { BandwidthLimits, LimitsFile, silentLogger, type DialDeps } from '../../node/index.ts';
import type { CommandContext } from '../command-context.ts';

/** @throws NodeError DITS_NODE_CONFIG_INVALID */
export function startLimits(
  { home, output, progress }: CommandContext,
  { identity, trust }: DialDeps,
): Promise<BandwidthLimits> {
  return BandwidthLimits.start({
    file: new LimitsFile(home),
    trust,
    ownPeerId: identity.peerId,
    logger: silentLogger,
    nowMs: () => performance.now(),
    onPause: (_, isPaused) => {
      if (isPaused) progress({ phase: 'paused' });
      output.note(isPaused ? 'Paused: dits resume goes on' : 'Going on');
    },
  });
}
