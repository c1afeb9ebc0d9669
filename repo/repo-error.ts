/** Failures of a working tree and of the verbs that act on it. Codes are listed in docs/errors.md, section "repo". */
import {
  DitsError,
  quoteForMessage,
  systemErrorCode,
  systemErrorHint,
  type DitsErrorOptions,
} from '../store/index.ts';

export type RepoErrorCode =
  /** No `.dits` folder here or in any parent folder. */
  | 'DITS_REPO_NOT_A_REPOSITORY'
  /** The operation needs a working tree, and this repository has none. */
  | 'DITS_REPO_BARE'
  /** `config.toml` is not valid TOML, or a setting has the wrong type. */
  | 'DITS_REPO_CONFIG_INVALID'
  /** The working-tree index does not pass its checks. */
  | 'DITS_REPO_INDEX_CORRUPT'
  /** Another process is changing the index or the configuration. */
  | 'DITS_REPO_LOCKED'
  | 'DITS_REPO_PATH_NOT_FOUND'
  /** A path leads outside the repository, directly or through a symbolic link. */
  | 'DITS_REPO_PATH_OUTSIDE'
  /** A name that some platform cannot hold, or that would be dangerous there. */
  | 'DITS_REPO_UNSAFE_PATH'
  /** Two names that differ only in case or Unicode form. */
  | 'DITS_REPO_NAME_TWIN'
  | 'DITS_REPO_PATH_IGNORED'
  /** A folder was named where only a file is meant, or without asking for what is below it. */
  | 'DITS_REPO_IS_FOLDER'
  /** Something is already where a file should go. */
  | 'DITS_REPO_PATH_EXISTS'
  | 'DITS_REPO_NOTHING_TO_COMMIT'
  | 'DITS_REPO_EMPTY_MESSAGE'
  | 'DITS_REPO_REVISION_NOT_FOUND'
  /** A short id that several objects share. */
  | 'DITS_REPO_REVISION_AMBIGUOUS'
  /** Changes that are nowhere else would be lost. */
  | 'DITS_REPO_LOCAL_CHANGES'
  | 'DITS_REPO_NOT_FAST_FORWARD'
  | 'DITS_REPO_REF_EXISTS'
  /** The branch that HEAD is on cannot be deleted. */
  | 'DITS_REPO_BRANCH_IN_USE'
  /** A branch whose commits are on no other branch. */
  | 'DITS_REPO_BRANCH_NOT_MERGED'
  | 'DITS_REPO_REMOTE_EXISTS'
  | 'DITS_REPO_REMOTE_NOT_FOUND'
  | 'DITS_REPO_REMOTE_INVALID'
  /** The bytes written do not have the hash that the manifest promises. */
  | 'DITS_REPO_CONTENT_MISMATCH'
  /** The operating system refused something on a file of the working tree or of `.dits`. */
  | 'DITS_REPO_IO';

export type RepoErrorOptions = DitsErrorOptions & {
  /** The path that the failure is about, as the user knows it. */
  readonly path?: string | undefined;
  /** All paths concerned, at most `PATHS_SHOWN_MAX` of them. */
  readonly paths?: readonly string[] | undefined;
};

/** More paths than this help nobody; `details.pathCount` tells how many there were. */
const PATHS_SHOWN_MAX = 100;

export class RepoError extends DitsError {
  readonly code: RepoErrorCode;
  readonly path: string | undefined;
  readonly paths: readonly string[];

  constructor(code: RepoErrorCode, message: string, options: RepoErrorOptions = {}) {
    const all = options.paths ?? (options.path === undefined ? [] : [options.path]);
    super(message, {
      ...options,
      details: {
        ...options.details,
        ...(options.path === undefined ? {} : { path: options.path }),
        ...(all.length === 0 ? {} : { pathCount: all.length }),
      },
    });
    this.code = code;
    this.path = options.path;
    this.paths = all.slice(0, PATHS_SHOWN_MAX);
  }
}

/** `a, b, c and 4 more`: enough of a list for one line. */
export function listPaths(paths: readonly string[]): string {
  const shown = paths.slice(0, PATHS_IN_LINE_MAX).map(quoteUnlessPlain).join(', ');
  const rest = paths.length - PATHS_IN_LINE_MAX;
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}

const PATHS_IN_LINE_MAX = 5;

function quoteUnlessPlain(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : quoteForMessage(path);
}

/** Wraps a failed system call; anything else (aborts, errors of our own) comes back as it is. */
export function fromSystemError(error: unknown, action: string, path: string): unknown {
  const name = systemErrorCode(error);
  if (name === undefined || error instanceof DitsError || !/^E[A-Z0-9]+$/.test(name)) return error;
  return new RepoError('DITS_REPO_IO', `cannot ${action} ${path}: ${name}`, {
    path,
    hint: systemErrorHint(name),
    details: { errno: name },
    cause: error,
  });
}
