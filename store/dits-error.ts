/**
 * The base of every error this project raises on purpose. One family per layer extends it; programmes
 * match on `code`, people read `message` and `hint`. See docs/errors.md.
 */

/** Facts about a failure that a caller may show or act on. Values are plain data. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | undefined>>;

/** What an error carries beside its message. */
export type DitsErrorOptions = {
  /** The command or action to try next, as one sentence. */
  readonly hint?: string | undefined;
  readonly details?: ErrorDetails | undefined;
  readonly cause?: unknown;
};

/** An operational failure with a stable code (`DITS_<FAMILY>_<WHAT>`). */
export abstract class DitsError extends Error {
  abstract readonly code: string;
  readonly hint: string | undefined;
  readonly details: ErrorDetails;

  constructor(message: string, options: DitsErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.hint = options.hint;
    this.details = options.details ?? {};
  }
}
