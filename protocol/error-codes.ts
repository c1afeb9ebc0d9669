/**
 * One table for every failure that a peer can be told: our code, the documented ERROR number, and the application error
 * code that closes a connection or resets a stream (docs/errors.md, "Protocol"). A test holds it against that page.
 */
import { DitsError } from '../store/index.ts';
import { ProtocolError, type ProtocolErrorCode } from './protocol-error.ts';
import type { ErrorMessage } from './messages/control.ts';

/** Numbers of ERROR as documented. */
const ERROR_NUMBER = {
  unknown: 0,
  invalidMessage: 1,
  unsupportedVersion: 2,
  notFound: 3,
  permissionDenied: 4,
  rateLimited: 5,
  serverError: 6,
  timeout: 7,
} as const;

/** Application error code of a normal end. */
export const APPLICATION_CODE_NONE = 0;
/** Application error code of a stream that its user gave up: no failure of anyone. */
export const APPLICATION_CODE_CANCELLED = 14;

export type ErrorCodes = {
  /** ERROR.code. */ readonly errorNumber: number;
  /** Code of a close or a reset. */ readonly applicationCode: number;
};

export const PROTOCOL_ERROR_CODES: Readonly<Record<ProtocolErrorCode, ErrorCodes>> = {
  DITS_PROTOCOL_INVALID_MESSAGE: codes(ERROR_NUMBER.invalidMessage, 1),
  DITS_PROTOCOL_UNSUPPORTED_VERSION: codes(ERROR_NUMBER.unsupportedVersion, 2),
  DITS_PROTOCOL_NOT_FOUND: codes(ERROR_NUMBER.notFound, 3),
  DITS_PROTOCOL_PERMISSION_DENIED: codes(ERROR_NUMBER.permissionDenied, 4),
  DITS_PROTOCOL_RATE_LIMITED: codes(ERROR_NUMBER.rateLimited, 5),
  DITS_PROTOCOL_PEER_FAILED: codes(ERROR_NUMBER.serverError, 6),
  DITS_PROTOCOL_TIMEOUT: codes(ERROR_NUMBER.timeout, 7),
  DITS_PROTOCOL_TOO_LARGE: codes(ERROR_NUMBER.invalidMessage, 8),
  DITS_PROTOCOL_BAD_DATA: codes(ERROR_NUMBER.invalidMessage, 9),
  DITS_PROTOCOL_INCOMPLETE: codes(ERROR_NUMBER.notFound, 10),
  DITS_PROTOCOL_UNSUPPORTED: codes(ERROR_NUMBER.invalidMessage, 11),
  DITS_PROTOCOL_CONNECTION_LOST: codes(ERROR_NUMBER.unknown, 12),
  DITS_PROTOCOL_STREAM_RESET: codes(ERROR_NUMBER.unknown, 13),
  DITS_PROTOCOL_QUOTA_EXCEEDED: codes(ERROR_NUMBER.serverError, 15),
};

function codes(errorNumber: number, applicationCode: number): ErrorCodes {
  return { errorNumber, applicationCode };
}

const CODE_NAMES = Object.keys(PROTOCOL_ERROR_CODES) as ProtocolErrorCode[];

/** The application error code for a failure: its own, "server error" for one of the store, "cancelled" for an abort. */
export function applicationCodeOf(error: unknown): number {
  if (!(error instanceof DitsError)) return APPLICATION_CODE_CANCELLED;
  const code = error instanceof ProtocolError ? error.code : 'DITS_PROTOCOL_PEER_FAILED';
  return PROTOCOL_ERROR_CODES[code].applicationCode;
}

/** The code behind an application error code, or undefined for one that this program does not know. */
export function protocolErrorOf(applicationCode: number): ProtocolErrorCode | undefined {
  return CODE_NAMES.find((name) => PROTOCOL_ERROR_CODES[name].applicationCode === applicationCode);
}

/** What a peer is told of a failure. Failures that are none of ours are reported without their text. */
export function toErrorMessage(error: unknown): ErrorMessage {
  if (error instanceof ProtocolError) {
    const { errorNumber } = PROTOCOL_ERROR_CODES[error.code];
    return { code: errorNumber, message: error.message, name: error.code, retryAfterMs: 0 };
  }
  const name = error instanceof DitsError ? error.code : '';
  const message = name === '' ? 'internal error' : failureText(name);
  return { code: ERROR_NUMBER.serverError, message, name, retryAfterMs: 0 };
}

/** What a stranger may know of a failure of the store: that the disk is full, which its owner can do something about. */
function failureText(code: string): string {
  return code === 'DITS_STORE_NO_SPACE'
    ? 'there is no space left on its disk'
    : 'the peer could not complete the request';
}

const CODE_BY_NUMBER: readonly ProtocolErrorCode[] = [
  'DITS_PROTOCOL_PEER_FAILED',
  'DITS_PROTOCOL_INVALID_MESSAGE',
  'DITS_PROTOCOL_UNSUPPORTED_VERSION',
  'DITS_PROTOCOL_NOT_FOUND',
  'DITS_PROTOCOL_PERMISSION_DENIED',
  'DITS_PROTOCOL_RATE_LIMITED',
  'DITS_PROTOCOL_PEER_FAILED',
  'DITS_PROTOCOL_TIMEOUT',
];

/** The error that an ERROR message reports. `details.reportedByPeer` tells it from one found here. */
export function fromErrorMessage(message: ErrorMessage): ProtocolError {
  const named = CODE_NAMES.find((name) => name === message.name);
  const code = named ?? CODE_BY_NUMBER[message.code] ?? 'DITS_PROTOCOL_PEER_FAILED';
  const text = message.message === '' ? 'no reason given' : message.message;
  return new ProtocolError(code, `the peer reports: ${text}`, {
    ...(code === 'DITS_PROTOCOL_PEER_FAILED' ? { hint: hintFor(message.name) } : {}),
    details: { reportedByPeer: true, peerCode: message.name, retryAfterMs: message.retryAfterMs },
  });
}

/** What helps when the failure is the peer's own, by its code where it told one. */
function hintFor(peerCode: string): string {
  if (peerCode === 'DITS_STORE_NO_SPACE') {
    return 'make room on the peer, then run the command again: what arrived is kept';
  }
  const reason = peerCode === '' ? '' : ` (${peerCode})`;
  return `the log of the node there says why${reason}; dits fsck there finds damage`;
}

/** The failure behind a stream that the peer reset, when its code says one; any other error as it is. */
export function explainReset(error: unknown): unknown {
  if (!(error instanceof ProtocolError) || error.code !== 'DITS_PROTOCOL_STREAM_RESET')
    return error;
  const { applicationCode } = error.details;
  const code = typeof applicationCode === 'number' ? protocolErrorOf(applicationCode) : undefined;
  if (code === undefined || code === 'DITS_PROTOCOL_STREAM_RESET') return error;
  return new ProtocolError(code, 'the peer broke the exchange off', {
    ...(code === 'DITS_PROTOCOL_PEER_FAILED' ? { hint: hintFor('') } : {}),
    details: { reportedByPeer: true },
    cause: error,
  });
}

const VIOLATIONS: ReadonlySet<ProtocolErrorCode> = new Set<ProtocolErrorCode>([
  'DITS_PROTOCOL_INVALID_MESSAGE',
  'DITS_PROTOCOL_UNSUPPORTED_VERSION',
  'DITS_PROTOCOL_TOO_LARGE',
  'DITS_PROTOCOL_BAD_DATA',
]);

/** Whether the peer broke a rule, so that the connection must end and not just the request. */
export function isViolation(error: unknown): boolean {
  return (
    error instanceof ProtocolError &&
    VIOLATIONS.has(error.code) &&
    error.details['reportedByPeer'] !== true
  );
}
