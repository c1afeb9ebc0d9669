/** What one conversation may cost: counts, bytes and milliseconds, each with its reason. */
import { PAYLOAD_SIZE_MAX_BYTES } from '../frames/frame-format.ts';
import { IDS_PER_MESSAGE_MAX } from '../messages/limits.ts';
import type { Hello } from '../messages/hello.ts';

/** Protocol versions spoken, most wanted first. */
const PROTOCOL_VERSIONS: readonly number[] = [1];

/** A handshake is two small messages: whoever takes longer is not a peer, or not reachable. */
export const HANDSHAKE_TIMEOUT_MS = 10_000;
/** Quiet time after which a PING is sent; the transport's documented keep-alive interval. */
export const KEEP_ALIVE_MS = 10_000;
/** Time without any message on the control stream after which the peer counts as gone; the documented idle timeout. */
export const PEER_SILENCE_MAX_MS = 30_000;
/** Bytes that come before a HELLO is read: it and the handshakes below take some 20 kB. What comes above nobody would read. */
export const HELLO_BYTES_MAX: number = 1024 * 1024;
/** How often they are counted: what comes in between is bounded by the speed of the link. */
export const HELLO_COUNT_INTERVAL_MS = 50;
/** Time from a CLOSE to the end of the connection, which its sender brings about: a goodbye must not be a way to stay. */
export const CLOSING_MAX_MS = 5_000;
/** Time without progress in either direction after which a transfer is given up: far above any flush or index lookup. */
export const SYNC_STALL_MAX_MS = 120_000;
/** Time a peer has for the first message on a stream it opened. */
export const FIRST_MESSAGE_MAX_MS = 30_000;
/** Time a sink has to build a filter of all it holds: minutes for tens of millions of objects on a slow disk. */
export const FILTER_WAIT_MAX_MS = 600_000;
/** Least time between two reports of a source's totals. */
export const PROGRESS_INTERVAL_MS = 500;

/** Bulk bytes that may be unacknowledged per sync: 1 Gbit/s over a round trip of 250 ms. */
export const WINDOW_DEFAULT_BYTES: number = 32 * 1024 * 1024;
/** A window must hold at least one frame, or nothing could ever be sent. */
export const WINDOW_MIN_BYTES: number = PAYLOAD_SIZE_MAX_BYTES;
/** Above this a window costs memory and gains nothing: it fills 10 Gbit/s over 400 ms. */
export const WINDOW_MAX_BYTES: number = 512 * 1024 * 1024;

/** Ids that were offered, or found missing, and are not acknowledged yet: bounds the sets on both sides of a sync. */
export const OFFERED_IDS_MAX = 131_072;
/** Transfers at a time on one connection; each may hold a window in memory. */
export const SYNCS_MAX = 4;
/** Answers being worked on at a time for one connection. */
export const REQUESTS_MAX = 64;
/** Repositories open at a time on one connection. */
export const HANDLES_MAX = 64;
/** Unidirectional streams a source spreads its batches over: enough to keep a slow one from holding up the rest. */
export const BULK_STREAMS = 4;
/**
 * Bytes after which a bulk stream is ended and the next one opened: a link that has got a faster way for bulk meanwhile
 * can use it, and one that has lost it can go on.
 */
export const BULK_STREAM_BYTES: number = 4 * 1024 * 1024;
/** Unidirectional streams a peer may have open: those of every transfer. */
export const BULK_STREAMS_MAX: number = SYNCS_MAX * BULK_STREAMS * 2;
/**
 * Bytes that a node may have read for its peers and not handed to the links yet: what a dozen transfers at full speed hold, and with a
 * thousand connections far below the memory of a small machine.
 */
export const SEND_MEMORY_MAX_BYTES: number = 128 * 1024 * 1024;
/** Time in which a link must take `SEND_MOVED_MIN_BYTES` of what was read for it, when others wait for the memory. */
export const SEND_STANDSTILL_MAX_MS = 10_000;
/** 50 kbit/s: the slowest line that a transfer keeps others waiting for. */
export const SEND_MOVED_MIN_BYTES: number = 64 * 1024;
/** Least time between two looks at who stands still. */
export const SEND_LOOK_INTERVAL_MS = 1_000;
/** What a message that begins a request may hold: the largest are lists. */
export const REQUEST_PAYLOAD_MAX_BYTES: number = 1024 * 1024;
/** Payloads from this size on are counted, where there may be thousands of smaller ones. */
export const COUNTED_PAYLOAD_MIN_BYTES: number = 16 * 1024;
/**
 * Bytes that peers may have sent and a node is not done with, in all: four windows. More does not make the disk faster, and a small
 * machine has room for it.
 */
export const RECEIVE_MEMORY_MAX_BYTES: number = 128 * 1024 * 1024;
/** Time that a connection waits for its part of that, before the one that holds most has to go. */
export const RECEIVE_WAIT_MAX_MS = 20_000;
/**
 * Streams of one peer that may wait for it, over all of its connections: each keeps unread what fits its window. A transfer has four.
 */
export const RECEIVE_WAITING_PER_PEER_MAX = 32;
/** Least time between two looks whether somebody waits for too long. */
export const RECEIVE_LOOK_INTERVAL_MS = 1_000;
/** Ended syncs whose late bulk frames are dropped instead of being held against the peer. */
export const ENDED_SYNCS_KEPT = 1_024;

/** The HELLO of this program. */
export function createHello(software: string, windowBytes: number): Hello {
  return {
    versions: PROTOCOL_VERSIONS,
    software,
    capabilities: [],
    payloadMaxBytes: PAYLOAD_SIZE_MAX_BYTES,
    windowBytes,
    batchIdsMax: IDS_PER_MESSAGE_MAX,
  };
}
