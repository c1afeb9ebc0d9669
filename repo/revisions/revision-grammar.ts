/** How a revision is written: a name or id, then steps back: `main`, `v1^`, `HEAD~3`, `origin/main^2~1`, `@`. */
import { RepoError } from '../repo-error.ts';

/** `parent` n: the n-th parent (1 is the first, 0 the commit itself). `ancestor` n: first parents n times. */
export type RevisionStep = { readonly kind: 'parent' | 'ancestor'; readonly count: number };

export type ParsedRevision = { readonly base: string; readonly steps: readonly RevisionStep[] };

/** Text longer than this names nothing. */
const REVISION_LENGTH_MAX = 1024;
/** More generations than any project has. */
const STEP_COUNT_MAX = 1_000_000;

const STEP = /(?:[~^]\d*)$/;

/** Splits a revision into its base and steps. @throws RepoError DITS_REPO_REVISION_NOT_FOUND when it is none */
export function parseRevision(text: string): ParsedRevision {
  if (text.length > REVISION_LENGTH_MAX) throw malformed(text);
  const steps: RevisionStep[] = [];
  let base = text;
  for (let match = STEP.exec(base); match !== null; match = STEP.exec(base)) {
    const sign = match[0].slice(0, 1);
    const digits = match[0].slice(1);
    const count = digits === '' ? 1 : Number(digits);
    if (count > STEP_COUNT_MAX) throw malformed(text);
    steps.unshift({ kind: sign === '~' ? 'ancestor' : 'parent', count });
    base = base.slice(0, match.index);
  }
  if (base === '') throw malformed(text);
  return { base: base === '@' ? 'HEAD' : base, steps };
}

function malformed(text: string): RepoError {
  const shown = text.slice(0, 100);
  return new RepoError('DITS_REPO_REVISION_NOT_FOUND', `${JSON.stringify(shown)} is no revision`, {
    hint: 'write a branch, tag or commit id, optionally with ~N or ^N after it',
  });
}
