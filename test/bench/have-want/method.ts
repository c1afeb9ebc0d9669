/** What every way of finding the missing ids is judged by. */
import type { IdSets } from './id-sets.ts';

type Outcome = {
  /** Bytes from source to sink. */
  readonly toSinkBytes: number;
  readonly toSourceBytes: number;
  /** Ids that the source found missing: a wrong number fails the benchmark. */
  readonly missingCount: number;
  /** False when the method gave up, and another one has to be used after it. */
  readonly isDone: boolean;
};

/** Runs both sides in turn, in this process. Looking ids up in the sink's index comes on top: another case measures it. */
export type Method = (sets: IdSets) => Outcome | Promise<Outcome>;
