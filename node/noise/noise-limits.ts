/** Numbers of connections over TCP and relays (docs/transport.md, "TCP with Noise"). */
import { CONCURRENT_STREAMS_MAX, STREAM_WINDOW_BYTES } from '../quic/quic-limits.ts';

const KIB = 1024;
const MIB: number = 1024 * KIB;

/** Names under which streams are opened, in the manner of libp2p. */
export const STREAM_PROTOCOL = {
  bidirectional: '/dits/1',
  unidirectional: '/dits/1/sink',
  control: '/dits/1/control',
} as const;
export type StreamPurpose = keyof typeof STREAM_PROTOCOL;

/** How long the whole handshake may take on either side. */
export const CHANNEL_HANDSHAKE_MAX_MS = 10_000;

/** Streams that this side has open at once, those for both directions and those for one together; more wait. */
export const OWN_STREAMS_MAX: number = CONCURRENT_STREAMS_MAX;
/**
 * Streams that the peer may have open: its own limit, and as many that it has closed while the news of it was on the way.
 * Yamux resets what is above.
 */
export const PEER_STREAMS_MAX: number = 2 * CONCURRENT_STREAMS_MAX;
/** Streams of the peer that nobody has taken yet; more is a peer run wild. */
export const UNTAKEN_STREAMS_MAX: number = 2 * PEER_STREAMS_MAX;

/** What yamux lets a stream receive beyond what its reader has taken: as much for a whole connection as QUIC's window. */
export const WINDOW_MAX_BYTES: number = STREAM_WINDOW_BYTES / 8;
/** Received bytes that nobody has read yet, from which on a stream lets the peer wait. */
export const UNREAD_MAX_BYTES: number = 256 * KIB;

/** Largest Noise message without its tag (Noise specification, section 3), less a header of yamux: one write makes one. */
export const WRITE_PIECE_BYTES: number = 65_535 - 16 - 12;
/** Bytes handed to the link and not yet taken by it, from which on writers wait. */
export const UNSENT_MAX_BYTES: number = 256 * KIB;
/** Frames that are taken from a peer while the link has no room for what they may make yamux answer. */
export const FRAMES_UNANSWERED_MAX = 65_536;
/** Bytes of control records that may wait. */
export const UNSENT_ANSWERS_MAX_BYTES: number = MIB;
/** All that may wait for the link: answers, and of each stream a piece that got its window when the link was full. */
export const BACKLOG_MAX_BYTES: number =
  UNSENT_ANSWERS_MAX_BYTES + (OWN_STREAMS_MAX + PEER_STREAMS_MAX) * WRITE_PIECE_BYTES;
/** Bytes asked of the link at once. */
export const READ_SLAB_BYTES: number = 128 * KIB;
/** A slab with less room than this is not used any more. */
export const READ_ROOM_MIN_BYTES: number = 32 * KIB;

/** How long a close waits for the peer to take the last bytes. */
export const CLOSE_LINGER_MAX_MS = 1_000;
/** A yamux ping goes out this often within the time after which silence ends the connection. */
export const PINGS_PER_IDLE_TIMEOUT = 3;
/** Longest text that goes with a close. */
export const CONTROL_TEXT_MAX_BYTES: number = KIB;
