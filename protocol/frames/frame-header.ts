/** Encodes and parses frame headers; every rule on a header is checked here and nowhere else. */
import { ProtocolError } from '../protocol-error.ts';
import {
  FRAME_FLAG,
  FRAME_FLAGS_RESERVED,
  FRAME_FLAGS_SUPPORTED,
  FRAME_HEADER_BYTES,
  FRAME_MAGIC,
  FRAME_OFFSET,
  FRAME_VERSION,
  PAYLOAD_SIZE_MAX_BYTES,
  type FrameHeader,
} from './frame-format.ts';

const UINT32_RANGE = 0x1_0000_0000;

/** The 20 bytes of a header. @throws ProtocolError DITS_PROTOCOL_TOO_LARGE for a payload above the cap */
export function encodeFrameHeader(header: FrameHeader): Buffer {
  if (header.payloadLength > PAYLOAD_SIZE_MAX_BYTES) {
    throw new ProtocolError(
      'DITS_PROTOCOL_TOO_LARGE',
      `a payload of ${header.payloadLength} bytes does not fit into one frame`,
    );
  }
  const bytes = Buffer.alloc(FRAME_HEADER_BYTES);
  bytes.writeUInt32BE(FRAME_MAGIC, FRAME_OFFSET.magic);
  bytes.writeUInt8(FRAME_VERSION, FRAME_OFFSET.version);
  bytes.writeUInt8(header.type, FRAME_OFFSET.type);
  bytes.writeUInt8(header.isCompressed ? FRAME_FLAG.compressed : 0, FRAME_OFFSET.flags);
  bytes.writeUInt32BE(header.payloadLength, FRAME_OFFSET.payloadLength);
  bytes.writeUInt32BE(Math.floor(header.requestId / UINT32_RANGE), FRAME_OFFSET.requestId);
  bytes.writeUInt32BE(header.requestId % UINT32_RANGE, FRAME_OFFSET.requestId + 4);
  return bytes;
}

/**
 * Parses 20 bytes.
 * @throws ProtocolError DITS_PROTOCOL_INVALID_MESSAGE, DITS_PROTOCOL_UNSUPPORTED_VERSION, DITS_PROTOCOL_TOO_LARGE
 */
export function parseFrameHeader(bytes: Uint8Array): FrameHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, FRAME_HEADER_BYTES);
  const magic = view.getUint32(FRAME_OFFSET.magic);
  if (magic !== FRAME_MAGIC) throw invalid(`starts with ${hex(magic, 8)}, not with "DITS"`);
  const version = view.getUint8(FRAME_OFFSET.version);
  if (version !== FRAME_VERSION) {
    throw new ProtocolError(
      'DITS_PROTOCOL_UNSUPPORTED_VERSION',
      `the peer sends frames of version ${version}, this program knows version ${FRAME_VERSION}`,
    );
  }
  const flags = view.getUint8(FRAME_OFFSET.flags);
  checkFlags(flags);
  if (view.getUint8(FRAME_OFFSET.reserved) !== 0) throw invalid('has a reserved byte set');
  const payloadLength = view.getUint32(FRAME_OFFSET.payloadLength);
  if (payloadLength > PAYLOAD_SIZE_MAX_BYTES) {
    throw new ProtocolError(
      'DITS_PROTOCOL_TOO_LARGE',
      `a frame announces ${payloadLength} bytes, the limit is ${PAYLOAD_SIZE_MAX_BYTES}`,
    );
  }
  const requestId =
    view.getUint32(FRAME_OFFSET.requestId) * UINT32_RANGE +
    view.getUint32(FRAME_OFFSET.requestId + 4);
  if (!Number.isSafeInteger(requestId)) throw invalid('has a request id beyond 2^53 - 1');
  return {
    type: view.getUint8(FRAME_OFFSET.type),
    isCompressed: (flags & FRAME_FLAG.compressed) !== 0,
    payloadLength,
    requestId,
  };
}

function checkFlags(flags: number): void {
  if ((flags & FRAME_FLAGS_RESERVED) !== 0) throw invalid('has reserved flags set');
  if ((flags & FRAME_FLAG.encrypted) !== 0) throw invalid('is ENCRYPTED, which is not supported');
  if ((flags & ~FRAME_FLAGS_SUPPORTED) !== 0) {
    throw invalid('is CHUNKED or FINAL, which no message needs');
  }
}

function invalid(what: string): ProtocolError {
  return new ProtocolError('DITS_PROTOCOL_INVALID_MESSAGE', `a frame from the peer ${what}`);
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
