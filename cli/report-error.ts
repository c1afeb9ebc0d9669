/** An error as the user sees it: what, where, and what to do next. No stack unless asked for. */
import { DitsError, systemErrorCode, systemErrorHint } from '../store/index.ts';
import { CliError, type CliErrorCode } from './cli-error.ts';
import { EXIT_STATUS, exitStatusOf } from './exit-status.ts';
import type { Output } from './output.ts';
import { printable, printableLines } from './terminal/printable.ts';

/** The `error` object of a JSON result. */
export type ErrorReport = {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly details?: Readonly<Record<string, unknown>>;
};

/** Code of an error that no family knows: a defect. */
const UNKNOWN_CODE = 'DITS_CLI_UNEXPECTED';

/** Code of a failed system call that no layer had something to say about. */
const SYSTEM_CODE: CliErrorCode = 'DITS_CLI_IO';

/** What to try next where the error itself does not say. */
const GENERAL_HINTS: Readonly<Record<number, string>> = {
  [EXIT_STATUS.locked]: 'try again when the other command is done',
  [EXIT_STATUS.unreachable]:
    'check the address and that a node runs there (dits node status); what arrived is kept, so run it again',
  [EXIT_STATUS.notAllowed]: 'ask the owner of the other side for access; dits id shows who you are',
  [EXIT_STATUS.corrupt]: 'see what is damaged with: dits fsck',
};

export function errorReport(error: unknown): ErrorReport {
  if (error instanceof DitsError) {
    const hint = error.hint ?? GENERAL_HINTS[exitStatusOf(error)] ?? '';
    const report = { code: error.code, message: error.message, hint };
    return Object.keys(error.details).length === 0 ? report : { ...report, details: error.details };
  }
  const message = error instanceof Error ? error.message : String(error);
  const systemCode = systemErrorCode(error);
  if (error instanceof Error && 'syscall' in error) {
    return { code: SYSTEM_CODE, message, hint: systemErrorHint(systemCode) };
  }
  return { code: UNKNOWN_CODE, message, hint: 'run it again with -v to see where this comes from' };
}

/** Writes the error to stderr. */
export function printError(output: Output, error: unknown): void {
  const { message, hint } = errorReport(error);
  // Usage text has lines of its own; anything else may carry text from outside and stays on one line.
  const isOwnText = error instanceof CliError && error.code === 'DITS_CLI_USAGE';
  const text = isOwnText ? printableLines(message) : printable(message);
  output.errorLine(`${output.errorStyle('red', 'dits:')} ${text}`);
  if (hint !== '') output.errorLine(`${output.errorStyle('cyan', 'hint:')} ${printable(hint)}`);
  if (output.options.isVerbose) printStack(output, error);
}

/** A chain of causes longer than this is a loop. */
const CAUSES_MAX = 10;

function printStack(output: Output, error: unknown): void {
  let at: unknown = error;
  for (let depth = 0; at instanceof Error && depth < CAUSES_MAX; depth += 1) {
    output.errorLine(
      printableLines(`${depth === 0 ? '' : 'caused by: '}${at.stack ?? at.message}`),
    );
    at = at.cause;
  }
}
