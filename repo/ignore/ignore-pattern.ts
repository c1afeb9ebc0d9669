/**
 * One rule of an ignore file, as in gitignore(5), for paths below the folder of the file. A slash always separates names, also
 * in brackets, where it makes no sense.
 */
import { parseNameGlob, type NameGlob } from './name-glob.ts';

export type IgnorePattern = {
  /** Takes back what an earlier rule ignores. */
  readonly isNegated: boolean;
  readonly matches: (names: readonly string[], type: 'file' | 'folder') => boolean;
};

/** Any number of folders, none among them: two stars, or more. */
const FOLDERS = /^\*{2,}$/;

/** The rule in a line; undefined for blank lines, comments, and patterns that nothing matches. */
export function parseIgnorePattern(line: string): IgnorePattern | undefined {
  const trimmed = withoutTrailingSpaces(line);
  if (trimmed === '' || trimmed.startsWith('#')) return undefined;
  const isNegated = trimmed.startsWith('!');
  const pattern = isNegated ? trimmed.slice(1) : trimmed;
  const isForFolders = pattern.endsWith('/');
  const path = isForFolders ? pattern.slice(0, -1) : pattern;
  if (path === '' || path === '/') return undefined;
  // A slash at the start or in the middle ties a pattern to its folder; without one it matches at any depth below.
  const parts = path.includes('/') ? path.replace(/^\//, '').split('/') : ['**', path];
  const globs = parseParts(parts);
  if (globs === undefined) return undefined;
  return {
    isNegated,
    matches: (names, type) => (type === 'folder' || !isForFolders) && matchesPath(globs, names),
  };
}

/** Spaces at the end do not count, unless a backslash stands before them. */
function withoutTrailingSpaces(line: string): string {
  let end = line.length;
  while (end > 0 && line[end - 1] === ' ' && !isEscaped(line, end - 1)) end--;
  return line.slice(0, end);
}

function isEscaped(line: string, at: number): boolean {
  let backslashes = 0;
  while (line[at - 1 - backslashes] === '\\') backslashes++;
  return backslashes % 2 === 1;
}

/** Undefined stands for `**`. */
type PartGlob = NameGlob | undefined;

function parseParts(parts: readonly string[]): PartGlob[] | undefined {
  const globs: PartGlob[] = [];
  for (const [at, part] of parts.entries()) {
    if (FOLDERS.test(part)) {
      const isLast = at === parts.length - 1;
      if (at === 0 || globs.at(-1) !== undefined) globs.push(undefined);
      // At the end it stands for what is in a folder, not for the folder.
      if (isLast) globs.push(() => true);
      continue;
    }
    const glob = parseNameGlob(part);
    if (glob === undefined) return undefined;
    globs.push(glob);
  }
  return globs;
}

/** As for names: only the last `**` has to give way. */
function matchesPath(globs: readonly PartGlob[], names: readonly string[]): boolean {
  let part = 0;
  let at = 0;
  let folders = -1;
  let taken = 0;
  while (at < names.length) {
    const glob = globs[part];
    if (part < globs.length && glob === undefined) {
      folders = part++;
      taken = at;
    } else if (glob?.(names[at]!) === true) {
      part++;
      at++;
    } else if (folders >= 0) {
      part = folders + 1;
      at = ++taken;
    } else return false;
  }
  return globs.slice(part).every((rest) => rest === undefined);
}
