/** Errors of the operating system, recognised by their symbolic code. */

/** Whether `error` is a system error with one of these codes (`ENOENT`, …). */
export function isErrno(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
