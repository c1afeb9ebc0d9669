/** Failures of a conversation with a peer. Codes are listed in docs/errors.md. */
import { DitsError, type DitsErrorOptions } from '../store/index.ts';

export type ProtocolErrorCode =
  /** Wrong magic, reserved bits, length, order, or a payload that does not decode. Never retried. */
  | 'DITS_PROTOCOL_INVALID_MESSAGE'
  | 'DITS_PROTOCOL_UNSUPPORTED_VERSION'
  /** A message type that this program does not speak; the conversation goes on. */
  | 'DITS_PROTOCOL_UNSUPPORTED'
  /** A frame, list or count above its limit. */
  | 'DITS_PROTOCOL_TOO_LARGE'
  | 'DITS_PROTOCOL_NOT_FOUND'
  | 'DITS_PROTOCOL_PERMISSION_DENIED'
  | 'DITS_PROTOCOL_RATE_LIMITED'
  /** The peer keeps no more of this: a quota of its owner is used up. */
  | 'DITS_PROTOCOL_QUOTA_EXCEEDED'
  /** The peer reports a failure of its own (disk full, internal error). */
  | 'DITS_PROTOCOL_PEER_FAILED'
  | 'DITS_PROTOCOL_TIMEOUT'
  /** The peer sent data that does not match its id, or data nobody asked for. */
  | 'DITS_PROTOCOL_BAD_DATA'
  | 'DITS_PROTOCOL_CONNECTION_LOST'
  | 'DITS_PROTOCOL_STREAM_RESET'
  /** The other side lacks objects that the new ref value needs. */
  | 'DITS_PROTOCOL_INCOMPLETE';

export class ProtocolError extends DitsError {
  readonly code: ProtocolErrorCode;

  constructor(code: ProtocolErrorCode, message: string, options?: DitsErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
