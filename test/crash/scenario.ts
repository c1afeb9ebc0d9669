/** What a scenario of the crash matrix is made of. */
import type { Stage } from './stage.ts';

/** One command of the recording, which runs as a process of its own. */
export type Step = {
  /** Folder of the stage in which it runs: `a/film`. */
  readonly folder: string;
  /** Words after `dits`. */
  readonly words: readonly string[];
  /**
   * Commands that finish the work when the same one refuses, by the code of the refusal: what its hint names. Files that a
   * loss of power has torn look like changes of the user's.
   */
  readonly insist?: Readonly<Record<string, readonly (readonly string[])[]>>;
  /** Codes with which the same command may end when its work was done before the crash. */
  readonly mayEnd?: readonly string[];
  /** Folder of a working tree whose files are moved away first, when the same command refuses. */
  readonly clears?: string;
  /** Commands that are run instead where the recorded one needs a running node; none: nothing is run again. */
  readonly again?: readonly (readonly string[])[];
  /** Run again, it does its work once more: it leads elsewhere than a single run. */
  readonly isOnceMore?: boolean;
  /** Store to which the command sends or brings objects: run again, it must move no more than what is missing there. */
  readonly receiver?: string;
};

/** What the check of a recording needs to know. */
export type ScenarioFacts = {
  readonly name: string;
  /** The disk that crashes; the other one stays as it is at that moment. */
  readonly disk: 'a' | 'b';
  /** Names of a description that do not have to be the old or the new one: addresses and times of peers that were met. */
  readonly unpromised?: RegExp | undefined;
  /** Names that may have any value until the last step told of its success. */
  readonly between?: RegExp | undefined;
  /** The disk is damaged at the beginning: fsck has to be content only after the last step. */
  readonly isDamaged?: boolean | undefined;
};

export type Scenario = ScenarioFacts & {
  /** Words of `node start` in the home of disk b, when a node is to run there. */
  readonly node?: readonly string[];
  /** Puts things in place. */
  readonly prepare: (stage: Stage) => Promise<void>;
  /** With the address of the node, when there is one. */
  readonly steps: (address: string) => readonly Step[];
};
