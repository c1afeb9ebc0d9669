/** What follows from two HELLOs; pure. */
import { PAYLOAD_SIZE_MAX_BYTES } from '../frames/frame-format.ts';
import type { Hello } from '../messages/hello.ts';
import { invalidMessage } from '../messages/wire-fields.ts';
import { ProtocolError } from '../protocol-error.ts';
import { WINDOW_MAX_BYTES, WINDOW_MIN_BYTES } from './session-limits.ts';

/** What both sides keep to on this connection. */
export type Negotiated = {
  readonly version: number;
  readonly software: string;
  readonly capabilities: readonly string[];
  /** Most ids in one message to the peer. */
  readonly batchIdsMax: number;
  /** Bulk bytes per sync that the peer accepts unacknowledged. */
  readonly peerWindowBytes: number;
};

/**
 * Picks the version and the limits.
 * @throws ProtocolError DITS_PROTOCOL_UNSUPPORTED_VERSION, DITS_PROTOCOL_INVALID_MESSAGE
 */
export function negotiate(ours: Hello, theirs: Hello): Negotiated {
  const version = Math.max(-1, ...ours.versions.filter((one) => theirs.versions.includes(one)));
  if (version < 0) {
    throw new ProtocolError(
      'DITS_PROTOCOL_UNSUPPORTED_VERSION',
      `the peer speaks protocol version ${theirs.versions.join(', ')}, this program ${ours.versions.join(', ')}`,
      { hint: 'update dits on the older side' },
    );
  }
  if (theirs.payloadMaxBytes < PAYLOAD_SIZE_MAX_BYTES) {
    throw invalidMessage(`accepts payloads of ${theirs.payloadMaxBytes} bytes only`);
  }
  if (theirs.batchIdsMax === 0) throw invalidMessage('accepts no ids');
  return {
    version,
    software: theirs.software,
    capabilities: theirs.capabilities.filter((name) => ours.capabilities.includes(name)),
    batchIdsMax: Math.min(ours.batchIdsMax, theirs.batchIdsMax),
    peerWindowBytes: checkWindow(theirs.windowBytes),
  };
}

/** The part of a peer's window that is used. @throws ProtocolError DITS_PROTOCOL_INVALID_MESSAGE when it holds no frame */
export function checkWindow(windowBytes: number): number {
  if (windowBytes < WINDOW_MIN_BYTES) {
    throw invalidMessage(`offers a window of ${windowBytes} bytes, which holds no full frame`);
  }
  return Math.min(windowBytes, WINDOW_MAX_BYTES);
}
