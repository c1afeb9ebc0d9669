/** Opens bulk lanes to a peer to which there is a connection already. */
import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { BulkLanes } from '../config.ts';
import type { Credentials } from '../identity/certificate.ts';
import type { SocketAddress } from '../quic/socket-address.ts';
import type { LaneSockets } from './lane.ts';
import { closeSignal, laneTlsOptions, peerIdOf, readGreeting } from './lane-handshake.ts';
import {
  LANES_PER_DIAL,
  LANE_HANDSHAKE_MAX_MS,
  LANE_MAGIC,
  LANE_RTT_MAX_MS,
} from './lane-limits.ts';
import type { LaneDialler } from './laned-connection.ts';

/** The connection that lanes are for. */
export type LaneTarget = {
  readonly remote: SocketAddress;
  readonly remotePeerId: string;
  /** Names the connection to the peer; `CONNECTION_ID_BYTES` long. */
  readonly connectionId: Uint8Array;
  readonly roundTripMs: number;
};

/**
 * A dialler of lanes, undefined when there are to be none. A lane that does not come about is no failure: bulk goes over
 * the connection then.
 */
export function laneDialler(
  credentials: Credentials,
  target: LaneTarget,
  use: BulkLanes,
): LaneDialler | undefined {
  if (use === 'never') return undefined;
  return async (onLane, signal) => {
    if (use === 'auto' && target.roundTripMs > LANE_RTT_MAX_MS) return;
    const attempts = Array.from({ length: LANES_PER_DIAL }, () =>
      dialLane(credentials, target, signal).then(onLane),
    );
    await Promise.allSettled(attempts);
  };
}

async function dialLane(
  credentials: Credentials,
  { remote, remotePeerId, connectionId }: LaneTarget,
  signal: AbortSignal,
): Promise<LaneSockets> {
  const tcp = connectTcp({ host: remote.host, port: remote.port, noDelay: true });
  const tls = connectTls({ ...laneTlsOptions(credentials), socket: tcp });
  const giveUp = (): void => {
    tls.destroy();
    tcp.destroy();
  };
  const timer = setTimeout(giveUp, LANE_HANDSHAKE_MAX_MS);
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    // Errors of either socket end in the other one's close.
    tcp.on('error', giveUp);
    tls.on('error', giveUp);
    await once(tls, 'secureConnect', { signal: closeSignal(tls) });
    if (peerIdOf(tls) !== remotePeerId) throw new Error('somebody else answers');
    tls.write(Buffer.concat([LANE_MAGIC, connectionId]));
    const answer = await readGreeting(tls, LANE_MAGIC.length);
    if (!answer.equals(LANE_MAGIC)) throw new Error('the answer is no greeting');
    return { tls, tcp };
  } catch (error) {
    giveUp();
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
  }
}
