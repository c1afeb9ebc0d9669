/** The 20-byte frame header and its limits (docs/protocol.md, "Frames"). */

/** "DITS". */
export const FRAME_MAGIC = 0x44495453;
export const FRAME_VERSION = 1;
export const FRAME_HEADER_BYTES = 20;

/** The documented cap on one message: nothing longer is sent, accepted or allocated. */
export const PAYLOAD_SIZE_MAX_BYTES: number = 16 * 1024 * 1024;

/** Bits of the flags byte. Bits 4 to 7 are reserved and must be 0. */
export const FRAME_FLAG = {
  /** The payload is one zstd frame that declares its content size. */
  compressed: 0x01,
  /** Documented, but no key agreement beyond TLS is: refused. */
  encrypted: 0x02,
  /** Documented for payloads that span frames; no message of ours exceeds the cap: refused. */
  chunked: 0x04,
  /** Only ever set together with `chunked`: refused. */
  final: 0x08,
} as const;

/** Flags that this version understands. */
export const FRAME_FLAGS_SUPPORTED: number = FRAME_FLAG.compressed;
/** Bits that must be 0 in every version. */
export const FRAME_FLAGS_RESERVED = 0xf0;

/** Offsets of the header's fields, in bytes. Integers are big-endian. */
export const FRAME_OFFSET = {
  magic: 0,
  version: 4,
  type: 5,
  flags: 6,
  reserved: 7,
  payloadLength: 8,
  requestId: 12,
} as const;

/** A parsed header. */
export type FrameHeader = {
  /** Message type, see `message-types.ts`. */
  readonly type: number;
  readonly isCompressed: boolean;
  /** Bytes of payload that follow, at most `PAYLOAD_SIZE_MAX_BYTES`. */
  readonly payloadLength: number;
  /** Ascending per connection and direction; 0 belongs to no request. */
  readonly requestId: number;
};
