/**
 * Datagrams that the system has joined (udp(7), UDP_GRO): all of one connection, all of one length but the last. The length
 * is told in a place that `node:dgram` does not show, but each begins with the connection's id, and the id is random.
 */
import { CONNECTION_ID_BYTES } from './quic-limits.ts';

/** First bit of a long header (RFC 8999 section 5.1). */
const LONG_HEADER_BIT = 0x80;
/** Where the id is in a short header (RFC 8999 section 5.2). */
const ID_OFFSET = 1;
/** The system joins no more than this many (UDP_GRO_CNT_MAX). */
const JOINED_MAX_COUNT = 64;

/**
 * Length of the first datagram in `bytes`, and of all that follow it, except the last. Datagrams of a handshake are left
 * as they are: their packets say how long they are, and several in one datagram are what QUIC expects there anyway.
 */
export function joinedLength(bytes: Uint8Array): number {
  const first = bytes[0] ?? LONG_HEADER_BIT;
  if ((first & LONG_HEADER_BIT) !== 0) return bytes.length;
  const idEnd = ID_OFFSET + CONNECTION_ID_BYTES;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const next = buffer.indexOf(buffer.subarray(ID_OFFSET, idEnd), idEnd);
  if (next === -1) return bytes.length;
  const length = next - ID_OFFSET;
  return length * JOINED_MAX_COUNT < bytes.length ? bytes.length : length;
}
