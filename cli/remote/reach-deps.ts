/** What it takes to reach a peer: this machine's identity, the known peers, and an ear on the network. */
import {
  TrustFile,
  loadOrCreateIdentity,
  nearLookUp,
  silentLogger,
  type NodeSettings,
  type TellDeps,
} from '../../node/index.ts';
import type { CommandContext } from '../command-context.ts';
import { readNodeSettings } from '../node-settings.ts';

/** @throws NodeError DITS_NODE_CONFIG_INVALID, DITS_NODE_KEY_CORRUPT */
export async function readReach(
  context: CommandContext,
): Promise<{ readonly deps: TellDeps; readonly settings: NodeSettings }> {
  const { home } = context;
  const identity = await loadOrCreateIdentity(home);
  const trust = new TrustFile(home, { now: () => new Date() });
  const settings = await readNodeSettings(context);
  const { peerId } = identity;
  const lookUp = settings.discovery
    ? nearLookUp({ home, peerId, logger: silentLogger })
    : undefined;
  const software = `dits/${context.version}`;
  return { deps: { identity, trust, lookUp, home, software }, settings };
}
