/** Who is nearby, for commands: from the running node of the same home, else by listening for a while. */
import { queryNode } from '../control/control-client.ts';
import type { Logger } from '../logger.ts';
import { NodeError } from '../node-error.ts';
import { browse } from './discovery.ts';
import type { NearPeer } from './near-table.ts';

/** How long a command listens: nodes answer within 120 ms, or within a second of their last answer. */
const BROWSE_TIMEOUT_MS = 1_250;

export type NearPeersDeps = {
  /** The home folder, whose node may be running. */
  readonly home: string;
  /** This machine's own peer id. */
  readonly peerId: string;
  readonly logger: Logger;
};

export type NearPeersOptions = {
  /** Called with everyone whenever there is news; true ends it. Left out, the table of a running node is enough. */
  readonly onHeard?: ((peer: NearPeer) => boolean) | undefined;
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
};

/** Everyone heard of, unproven. The caller minds the setting `node.discovery`. */
export async function nearPeers(
  deps: NearPeersDeps,
  options: NearPeersOptions = {},
): Promise<readonly NearPeer[]> {
  const { onHeard = () => false, timeoutMs = BROWSE_TIMEOUT_MS, signal } = options;
  const { peers, isSettled } = await peersOfNode(deps.home);
  const isEnough = peers.some(onHeard);
  if (isEnough || (isSettled && options.onHeard === undefined)) return peers;
  const { logger, peerId } = deps;
  const heard = await browse({ logger }, { peerId, timeoutMs, until: onHeard, signal });
  const heardIds = new Set(heard.map((one) => one.peerId));
  return [...heard, ...peers.filter((one) => !heardIds.has(one.peerId))];
}

/** What the running node knows; settled when it has run for long enough to have heard everyone. */
async function peersOfNode(
  home: string,
): Promise<{ readonly peers: readonly NearPeer[]; readonly isSettled: boolean }> {
  try {
    const { near, uptimeMs } = await queryNode(home);
    return { peers: near ?? [], isSettled: near !== undefined && uptimeMs > BROWSE_TIMEOUT_MS };
  } catch (error) {
    if (error instanceof NodeError) return { peers: [], isSettled: false };
    throw error;
  }
}
