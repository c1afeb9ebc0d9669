/** Which exit status an error leads to: one table for every code of every family (docs/errors.md). */
import { DitsError, type StoreErrorCode } from '../store/index.ts';
import type { NodeErrorCode } from '../node/index.ts';
import type { ProtocolErrorCode } from '../protocol/index.ts';
import type { RepoErrorCode } from '../repo/index.ts';
import type { CliErrorCode } from './cli-error.ts';

/** The statuses of docs/cli.md. */
export const EXIT_STATUS = {
  done: 0,
  failed: 1,
  usage: 2,
  notFound: 3,
  refused: 4,
  locked: 5,
  unreachable: 6,
  notAllowed: 7,
  corrupt: 8,
  interrupted: 130,
} as const;

type ExitMeaning = keyof typeof EXIT_STATUS;

/** Every code of every family that can reach the command line. */
type AnyErrorCode =
  StoreErrorCode | RepoErrorCode | ProtocolErrorCode | NodeErrorCode | CliErrorCode;

/** The compiler refuses this table when a code is missing; a test compares it with docs/errors.md. */
export const EXIT_MEANING_BY_CODE: Readonly<Record<AnyErrorCode, ExitMeaning>> = {
  DITS_STORE_NOT_FOUND: 'corrupt',
  DITS_STORE_CORRUPT: 'corrupt',
  DITS_STORE_INVALID_OBJECT: 'corrupt',
  DITS_STORE_HASH_MISMATCH: 'corrupt',
  DITS_STORE_BAD_COMPRESSION: 'corrupt',
  DITS_STORE_UNSAFE_PATH: 'failed',
  DITS_STORE_INVALID_REF_NAME: 'usage',
  DITS_STORE_REF_NOT_FOUND: 'notFound',
  DITS_STORE_REF_CHANGED: 'refused',
  DITS_STORE_LOCKED: 'locked',
  DITS_STORE_NOT_A_STORE: 'notFound',
  DITS_STORE_INDEX_CORRUPT: 'corrupt',
  DITS_STORE_NO_SPACE: 'failed',
  DITS_STORE_IO: 'failed',
  DITS_STORE_FILE_UNREADABLE: 'failed',
  DITS_STORE_FILE_CHANGED: 'failed',
  DITS_STORE_CLOSED: 'failed',

  DITS_REPO_NOT_A_REPOSITORY: 'notFound',
  DITS_REPO_BARE: 'failed',
  DITS_REPO_CONFIG_INVALID: 'failed',
  DITS_REPO_INDEX_CORRUPT: 'corrupt',
  DITS_REPO_LOCKED: 'locked',
  DITS_REPO_PATH_NOT_FOUND: 'notFound',
  DITS_REPO_PATH_OUTSIDE: 'failed',
  DITS_REPO_UNSAFE_PATH: 'failed',
  DITS_REPO_NAME_TWIN: 'failed',
  DITS_REPO_PATH_IGNORED: 'failed',
  DITS_REPO_IS_FOLDER: 'usage',
  DITS_REPO_PATH_EXISTS: 'refused',
  DITS_REPO_NOTHING_TO_COMMIT: 'failed',
  DITS_REPO_EMPTY_MESSAGE: 'usage',
  DITS_REPO_REVISION_NOT_FOUND: 'notFound',
  DITS_REPO_REVISION_AMBIGUOUS: 'notFound',
  DITS_REPO_LOCAL_CHANGES: 'refused',
  DITS_REPO_NOT_FAST_FORWARD: 'refused',
  DITS_REPO_REF_EXISTS: 'refused',
  DITS_REPO_BRANCH_IN_USE: 'refused',
  DITS_REPO_BRANCH_NOT_MERGED: 'refused',
  DITS_REPO_REMOTE_EXISTS: 'refused',
  DITS_REPO_REMOTE_NOT_FOUND: 'notFound',
  DITS_REPO_REMOTE_INVALID: 'usage',
  DITS_REPO_CONTENT_MISMATCH: 'corrupt',
  DITS_REPO_IO: 'failed',

  DITS_PROTOCOL_INVALID_MESSAGE: 'failed',
  DITS_PROTOCOL_UNSUPPORTED_VERSION: 'failed',
  DITS_PROTOCOL_UNSUPPORTED: 'failed',
  DITS_PROTOCOL_QUOTA_EXCEEDED: 'failed',
  DITS_PROTOCOL_TOO_LARGE: 'failed',
  DITS_PROTOCOL_NOT_FOUND: 'notFound',
  DITS_PROTOCOL_PERMISSION_DENIED: 'notAllowed',
  DITS_PROTOCOL_RATE_LIMITED: 'failed',
  DITS_PROTOCOL_PEER_FAILED: 'failed',
  DITS_PROTOCOL_TIMEOUT: 'unreachable',
  DITS_PROTOCOL_BAD_DATA: 'corrupt',
  DITS_PROTOCOL_CONNECTION_LOST: 'unreachable',
  DITS_PROTOCOL_STREAM_RESET: 'unreachable',
  DITS_PROTOCOL_INCOMPLETE: 'failed',

  DITS_NODE_BAD_ADDRESS: 'usage',
  DITS_NODE_HOST_NOT_FOUND: 'unreachable',
  DITS_NODE_UNREACHABLE: 'unreachable',
  DITS_NODE_PROTOCOL_MISMATCH: 'failed',
  DITS_NODE_REFUSED: 'unreachable',
  DITS_NODE_IDENTITY_MISMATCH: 'notAllowed',
  DITS_NODE_UNKNOWN_PEER: 'notAllowed',
  DITS_NODE_NOT_ALLOWED: 'notAllowed',
  DITS_NODE_CODE_INVALID: 'usage',
  DITS_NODE_CODE_NOT_FOUND: 'notAllowed',
  DITS_NODE_WRONG_CODE: 'notAllowed',
  DITS_NODE_CODE_EXPIRED: 'unreachable',
  DITS_NODE_PAIRING_DECLINED: 'notAllowed',
  DITS_NODE_TICKET_INVALID: 'usage',
  DITS_NODE_PORT_BUSY: 'failed',
  DITS_NODE_LISTEN_FAILED: 'failed',
  DITS_NODE_KEY_CORRUPT: 'corrupt',
  DITS_NODE_TRUST_CORRUPT: 'corrupt',
  DITS_NODE_CONFIG_INVALID: 'failed',
  DITS_NODE_NOT_RUNNING: 'failed',
  DITS_NODE_ALREADY_RUNNING: 'locked',
  DITS_NODE_BAD_REPOSITORY: 'notFound',
  DITS_NODE_IO: 'failed',
  DITS_NODE_CLOSED: 'failed',

  DITS_CLI_USAGE: 'usage',
  DITS_CLI_NO_SUCH_DIRECTORY: 'notFound',
  DITS_CLI_CONFIG_NOT_FOUND: 'notFound',
  DITS_CLI_NO_REMOTE: 'notFound',
  DITS_CLI_TARGET_EXISTS: 'refused',
  DITS_CLI_NO_SUCH_REF: 'notFound',
  DITS_CLI_NO_SUCH_PEER: 'notFound',
  DITS_CLI_NO_SUCH_TICKET: 'notFound',
  DITS_CLI_NOT_FAST_FORWARD: 'refused',
  DITS_CLI_REF_LOCKED: 'locked',
  DITS_CLI_REF_DENIED: 'notAllowed',
  DITS_CLI_REF_INCOMPLETE: 'failed',
  DITS_CLI_REF_ROLLED_BACK: 'refused',
  DITS_CLI_REF_NOT_VOUCHED: 'notAllowed',
  DITS_CLI_DAMAGED: 'corrupt',
  DITS_CLI_IO: 'failed',
  DITS_CLI_TRY_FAILED: 'failed',
  DITS_CLI_INTERRUPTED: 'interrupted',
};

function isKnownCode(code: string): code is AnyErrorCode {
  return Object.hasOwn(EXIT_MEANING_BY_CODE, code);
}

/** The exit status for whatever was thrown: 1 for anything this project does not know. */
export function exitStatusOf(error: unknown): number {
  if (!(error instanceof DitsError) || !isKnownCode(error.code)) return EXIT_STATUS.failed;
  return EXIT_STATUS[EXIT_MEANING_BY_CODE[error.code]];
}
