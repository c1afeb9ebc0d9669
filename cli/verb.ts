/** What a verb is to the command line: a name, its arguments and options, and a function that does the work. */
import type { Command } from 'commander';

import type { DitsError } from '../store/index.ts';
import type { CommandContext } from './command-context.ts';
import type { VerbInput } from './verb-input.ts';

/** What a verb has to say at the end: the fields of the JSON result, and the failure when there was one. */
type VerbOutcome = {
  readonly fields: Readonly<Record<string, unknown>>;
  /** Set when the work ended with an answer and a failure at once: a rejected ref, damage found by fsck. */
  readonly failure?: DitsError | undefined;
};

export type LeafVerb = {
  /** Declares arguments and options. */
  readonly configure: (command: Command) => void;
  readonly run: (context: CommandContext, input: VerbInput) => Promise<VerbOutcome>;
};

/** A verb with verbs of its own: `remote add`. */
export type GroupVerb = {
  readonly verbs: Readonly<Record<string, LeafVerb & { readonly summary: string }>>;
  /** Runs when no inner verb is named; usage otherwise. */
  readonly fallback?: string | undefined;
};

export type Verb = LeafVerb | GroupVerb;
