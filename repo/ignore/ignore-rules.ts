/**
 * Which untracked files are left alone: `.ditsignore` files at every level, in the syntax of gitignore(5). A folder's
 * rules are its parents' rules followed by its own, rewritten to be relative to the root, so that one list decides and
 * the last matching rule wins, also when it takes back a rule of a parent folder.
 */
import { lstatSync, readFileSync } from 'node:fs';
import path from 'node:path';
import createIgnore, { type Ignore } from 'ignore';
import { joinPath } from '../files/path-order.ts';
import { RepoError, fromSystemError } from '../repo-error.ts';

export const IGNORE_FILE = '.ditsignore';

/** A rule file larger than this is a mistake, and matching against it would take minutes. */
const IGNORE_FILE_MAX_BYTES: number = 1024 * 1024;

/** The rules in force in one folder. Immutable; child folders extend it. */
export class IgnoreRules {
  static readonly none: IgnoreRules = new IgnoreRules([]);

  readonly #lines: readonly string[];
  #matcher: Ignore | undefined;

  private constructor(lines: readonly string[]) {
    this.#lines = lines;
  }

  /** Whether an untracked path is ignored. Its parent folders are taken into account. */
  isIgnored(file: string, type: 'file' | 'folder'): boolean {
    if (this.#lines.length === 0) return false;
    this.#matcher ??= createIgnore({ ignorecase: false }).add(this.#lines);
    return this.#matcher.ignores(type === 'folder' ? `${file}/` : file);
  }

  /** These rules with those of a rule file's text in `folder` after them. */
  extend(folder: string, text: string): IgnoreRules {
    const own = text
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/)
      .map((line) => relativeToRoot(line, folder))
      .filter((line) => line !== undefined);
    return own.length === 0 ? this : new IgnoreRules([...this.#lines, ...own]);
  }
}

/** The rules of `folder`, given its parent's. Reads the rule file if there is one and it is a plain file. */
export function readIgnoreRules(root: string, folder: string, parent: IgnoreRules): IgnoreRules {
  const name = joinPath(folder, IGNORE_FILE);
  const file = path.join(root, name);
  try {
    const stats = lstatSync(file, { throwIfNoEntry: false });
    // A link could make a stranger's repository read any file of this machine.
    if (stats?.isFile() !== true) return parent;
    if (stats.size > IGNORE_FILE_MAX_BYTES) {
      throw new RepoError(
        'DITS_REPO_IO',
        `${name} has ${stats.size} bytes; rule files may have ${IGNORE_FILE_MAX_BYTES}`,
        { path: name, hint: 'ignore whole folders instead of listing their files' },
      );
    }
    return parent.extend(folder, readFileSync(file, 'utf8'));
  } catch (error) {
    throw fromSystemError(error, 'read', name);
  }
}

/** A rule of `folder` as a rule of the root; undefined for blank lines and comments. */
function relativeToRoot(line: string, folder: string): string | undefined {
  if (line.trim() === '' || line.startsWith('#')) return undefined;
  if (folder === '') return line;
  const negation = line.startsWith('!') ? '!' : '';
  const pattern = line.slice(negation.length);
  const prefix = `${negation}/${escapeGlob(folder)}/`;
  // A slash at the start or in the middle ties a pattern to its folder; without one it matches at any depth below.
  const slash = pattern.indexOf('/');
  if (slash >= 0 && slash < pattern.trimEnd().length - 1) {
    return prefix + pattern.replace(/^\//, '');
  }
  return `${prefix}**/${pattern}`;
}

function escapeGlob(text: string): string {
  return text.replace(/[\\*?[\] !#]/g, '\\$&');
}
