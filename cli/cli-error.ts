/** Failures that belong to the command line itself. Codes are listed in docs/errors.md. */
import { DitsError, type DitsErrorOptions } from '../store/index.ts';

export type CliErrorCode =
  /** The command line cannot be understood: unknown verb or option, missing or bad argument. */
  | 'DITS_CLI_USAGE'
  /** The folder given with -C does not exist. */
  | 'DITS_CLI_NO_SUCH_DIRECTORY'
  /** No configuration value under this name. */
  | 'DITS_CLI_CONFIG_NOT_FOUND'
  /** No remote, branch or upstream to work with, and none given. */
  | 'DITS_CLI_NO_REMOTE'
  /** The target of a clone exists and is not empty. */
  | 'DITS_CLI_TARGET_EXISTS'
  /** No such branch or tag, here or on the remote. */
  | 'DITS_CLI_NO_SUCH_REF'
  /** No known peer has this name or id. */
  | 'DITS_CLI_NO_SUCH_PEER'
  /** This machine has issued no ticket with this id. */
  | 'DITS_CLI_NO_SUCH_TICKET'
  /** A ref did not move because that would have lost commits. */
  | 'DITS_CLI_NOT_FAST_FORWARD'
  /** A ref did not move because someone else holds it locked. */
  | 'DITS_CLI_REF_LOCKED'
  /** A ref did not move because the peer does not allow it. */
  | 'DITS_CLI_REF_DENIED'
  /** A ref did not move because the remote lacks objects that it needs. */
  | 'DITS_CLI_REF_INCOMPLETE'
  /** A ref was not taken because it is older than what was seen before, or goes back without a signature. */
  | 'DITS_CLI_REF_ROLLED_BACK'
  /** A ref was not taken because nobody who may signed for where it is. */
  | 'DITS_CLI_REF_NOT_VOUCHED'
  /** The check found damaged or missing objects. */
  | 'DITS_CLI_DAMAGED'
  /** The operating system refused something that no layer had more to say about. */
  | 'DITS_CLI_IO'
  /** The demonstration of `dits try` found a difference. */
  | 'DITS_CLI_TRY_FAILED'
  /** A signal ended the command. */
  | 'DITS_CLI_INTERRUPTED';

export class CliError extends DitsError {
  readonly code: CliErrorCode;

  constructor(code: CliErrorCode, message: string, options?: DitsErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Wrong usage, with the hint to read the verb's help. */
export function usageError(message: string, hint = 'dits --help shows how to use it'): CliError {
  return new CliError('DITS_CLI_USAGE', message, { hint });
}
