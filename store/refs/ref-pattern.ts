/** Patterns for refs: which branches a grant or a protection is for (docs/configuration.md, "Patterns"). */
import { checkRefName } from './ref-name.ts';

/** Characters of a pattern: as long as any branch that people type. */
const PATTERN_LENGTH_MAX = 255;
/** Stars in a pattern; matching takes time in proportion. */
const STARS_MAX = 8;
const STAR = '*';
const BRANCH_PREFIX = 'refs/heads/';

/**
 * Why `pattern` is none, or undefined. A pattern is the name of a branch in which `*` stands for any characters, slashes
 * included; one that begins with `refs/` is for full names: `refs/tags/*`.
 */
export function refPatternProblem(pattern: string): string | undefined {
  if (pattern === '') return 'is empty';
  if (pattern.length > PATTERN_LENGTH_MAX) return `is longer than ${PATTERN_LENGTH_MAX} characters`;
  if (pattern.split(STAR).length - 1 > STARS_MAX) return `has more than ${STARS_MAX} stars`;
  try {
    // With a letter for each star it must be a name that a ref can have.
    checkRefName(fullPattern(pattern).replaceAll(STAR, 'x'));
    return undefined;
  } catch {
    return 'could not be the name of a branch';
  }
}

/** Whether a ref falls under a pattern that `refPatternProblem` had no objection to. */
export function matchesRefPattern(name: string, pattern: string): boolean {
  const [head = '', ...rest] = fullPattern(pattern).split(STAR);
  const tail = rest.pop();
  if (tail === undefined) return name === head;
  if (!name.startsWith(head)) return false;
  let at = head.length;
  // The first place for each part is as good as any later one.
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - tail.length >= at && name.endsWith(tail);
}

/**
 * Whether a ref falls under one of the patterns of the setting `refs.protect`, which are separated by spaces. A word that
 * is no pattern protects nothing but a ref of exactly that name.
 */
export function isProtectedRef(name: string, setting: string): boolean {
  return protectionPatterns(setting).some((pattern) => matchesRefPattern(name, pattern));
}

/** The patterns of the setting. */
export function protectionPatterns(setting: string): readonly string[] {
  return setting.split(/\s+/).filter((pattern) => pattern !== '');
}

function fullPattern(pattern: string): string {
  return pattern.startsWith('refs/') ? pattern : BRANCH_PREFIX + pattern;
}
