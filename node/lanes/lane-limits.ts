/** Numbers of bulk lanes (docs/transport.md, "Bulk lanes"). */
import { BULK_STREAMS } from '../../protocol/index.ts';

/** Application protocol of a lane's TLS handshake. */
export const LANE_ALPN = 'dits-lane/1';
/** The first bytes on a lane, in both directions. */
export const LANE_MAGIC: Buffer = Buffer.from('DITSLANE');

/** Lanes that a dialler opens: one for each stream of a transfer. */
export const LANES_PER_DIAL: number = BULK_STREAMS;
/** Times that a connection opens lanes: at first, and when it has lost all of them. A path that keeps killing them is left alone. */
export const LANE_DIALS_MAX = 8;
/** Lanes that one connection may have. */
export const LANES_MAX: number = 2 * LANES_PER_DIAL;
/**
 * Longest round trip of a path on which lanes are worth it. On a local network processors are the limit, and the
 * system's TCP needs less of them for a byte; beyond it the network is, and QUIC copes better with loss.
 */
export const LANE_RTT_MAX_MS = 5;

/** How long a lane may take from the first packet to its greeting. */
export const LANE_HANDSHAKE_MAX_MS = 5_000;
/** After a lane broke: how long its streams wait for word that the whole connection has ended. */
export const LANE_LOSS_GRACE_MS = 250;
/** Received bytes that nobody has read yet, from which on a lane stops reading. */
export const LANE_UNREAD_MAX_BYTES: number = 256 * 1024;
/**
 * Silence on a lane after which the system asks the other end whether it is there; it gives up some ten seconds later. A lane
 * that only receives would never find out otherwise that its path is gone.
 */
export const LANE_KEEP_ALIVE_MS = 1_000;
/** How long a write may go on whose stream was given up, before the lane is closed. */
export const LANE_STUCK_MAX_MS = 1_000;
