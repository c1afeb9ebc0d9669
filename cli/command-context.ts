/** Everything a verb may use of the world around it. Verbs touch no `process`. */
import type { Output } from './output.ts';
import type { ProgressState } from './terminal/progress-line.ts';

/** A question on the terminal. */
type Ask = (question: string) => Promise<boolean>;

/** How to start this very programme again: for `dits try`. */
type SelfCommand = { readonly executable: string; readonly arguments: readonly string[] };

export type CommandContext = {
  /** Folder the verb works in: the process's, or what -C says. */
  readonly cwd: string;
  /** DITS_HOME: identity, trust and the user's configuration. */
  readonly home: string;
  /** Environment variables by name; read once, at the start. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly output: Output;
  readonly progress: (state: ProgressState) => void;
  /** Aborted by INT or TERM. */
  readonly signal: AbortSignal;
  /** Undefined where nobody can answer: not on a terminal, or with --json. */
  readonly ask: Ask | undefined;
  readonly version: string;
  readonly processId: number;
  readonly self: SelfCommand;
};
