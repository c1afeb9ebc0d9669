/** Every message type: number, and the most its payload may hold (docs/protocol.md, "Messages"). */
import { PAYLOAD_SIZE_MAX_BYTES } from './frame-format.ts';

const KIB = 1024;
const MIB: number = 1024 * KIB;

type TypeEntry = {
  readonly code: number;
  /** Bytes, inflated. */ readonly payloadMaxBytes: number;
};

function entry(code: number, payloadMaxBytes: number): TypeEntry {
  return { code, payloadMaxBytes };
}

/** Small fixed messages: names, codes, counters. */
const SMALL: number = 4 * KIB;
/** Lists of up to a few thousand ids or refs, or reports about as many objects. */
const LIST: number = MIB;

/**
 * Types that this program sends and accepts. The numbers of 00-06, 20-27, 40-43 and 60-64 are the documented ones and
 * are never redefined; the others lie in the documented free ranges.
 */
export const MESSAGE_TYPE = {
  PING: entry(0x00, SMALL),
  PONG: entry(0x01, SMALL),
  AUTH: entry(0x02, SMALL),
  AUTH_OK: entry(0x03, LIST),
  AUTH_FAIL: entry(0x04, SMALL),
  CLOSE: entry(0x05, SMALL),
  ERROR: entry(0x06, SMALL),
  HELLO: entry(0x07, SMALL),
  IDENTITY_ROTATE: entry(0x08, SMALL),
  IDENTITY_ROTATED: entry(0x09, 4 * SMALL),
  CHUNK_CHECK: entry(0x20, SMALL),
  CHUNK_CHECK_RESP: entry(0x21, SMALL),
  CHUNK_UPLOAD: entry(0x22, PAYLOAD_SIZE_MAX_BYTES),
  CHUNK_UPLOAD_ACK: entry(0x23, LIST),
  CHUNK_DOWNLOAD: entry(0x24, LIST),
  CHUNK_DATA: entry(0x25, PAYLOAD_SIZE_MAX_BYTES),
  CHUNK_BATCH_CHECK: entry(0x26, LIST),
  CHUNK_BATCH_RESP: entry(0x27, LIST),
  MANIFEST_GET: entry(0x40, LIST),
  MANIFEST_DATA: entry(0x41, PAYLOAD_SIZE_MAX_BYTES),
  MANIFEST_PUSH: entry(0x42, PAYLOAD_SIZE_MAX_BYTES),
  MANIFEST_ACK: entry(0x43, LIST),
  REF_LIST: entry(0x44, SMALL),
  REF_LIST_RESP: entry(0x45, 4 * MIB),
  REF_UPDATE: entry(0x46, 4 * MIB),
  REF_UPDATE_RESULT: entry(0x47, 4 * MIB),
  REPO_LIST: entry(0x48, SMALL),
  REPO_LIST_RESP: entry(0x49, LIST),
  SYNC_REQUEST: entry(0x60, LIST),
  SYNC_RESPONSE: entry(0x61, LIST),
  BLOOM_FILTER: entry(0x62, PAYLOAD_SIZE_MAX_BYTES),
  SYNC_END: entry(0x65, SMALL),
  SYNC_DONE: entry(0x66, SMALL),
  SYNC_PROGRESS: entry(0x67, SMALL),
  SKETCH_REQUEST: entry(0x68, SMALL),
  SKETCH: entry(0x69, PAYLOAD_SIZE_MAX_BYTES),
  SWARM_JOIN: entry(0x70, SMALL),
  SWARM_PEERS: entry(0x71, 4 * SMALL),
  MEET_OFFER: entry(0x90, SMALL),
  MEET_OFFERED: entry(0x91, SMALL),
  MEET_JOIN: entry(0x92, SMALL),
  MEET_BEGIN: entry(0x93, SMALL),
  MEET_MESSAGE: entry(0x94, SMALL),
  MEET_END: entry(0x95, SMALL),
  TICKET_REDEEM: entry(0x98, SMALL),
  TICKET_REDEEMED: entry(0x99, SMALL),
  CIRCUIT_RESERVE: entry(0x80, SMALL),
  CIRCUIT_RESERVED: entry(0x81, SMALL),
  CIRCUIT_CONNECT: entry(0x82, SMALL),
  CIRCUIT_CONNECTED: entry(0x83, SMALL),
  CIRCUIT_OFFER: entry(0x84, SMALL),
  CIRCUIT_ACCEPT: entry(0x85, SMALL),
  PUNCH: entry(0x86, SMALL),
  PUNCH_READY: entry(0x87, SMALL),
  OBSERVE: entry(0x88, SMALL),
  OBSERVED: entry(0x89, SMALL),
  FEED_OPEN: entry(0x6a, LIST),
  FEED_OPENED: entry(0x6b, SMALL),
  FEED_HAVE: entry(0x6c, LIST),
  FEED_WANT: entry(0x6d, LIST),
  FEED_ABSENT: entry(0x6e, LIST),
  FEED_CANCEL: entry(0x6f, LIST),
} as const;

export type MessageName = keyof typeof MESSAGE_TYPE;

/** Documented, but not spoken: answered with ERROR, name DITS_PROTOCOL_UNSUPPORTED. */
export const RESERVED_MESSAGE_TYPE = { DELTA_REQUEST: 0x63, DELTA_DATA: 0x64 } as const;

const NAMES: ReadonlyMap<number, MessageName> = new Map(
  (Object.keys(MESSAGE_TYPE) as MessageName[]).map((name) => [MESSAGE_TYPE[name].code, name]),
);

/** The message with this number, or undefined for one that is not spoken. */
export function messageNameOf(code: number): MessageName | undefined {
  return NAMES.get(code);
}
