/**
 * Names of refs: git's rules (git-check-ref-format), with the rules for paths on top, so that a ref can always be a file,
 * a line of a log and an argument (docs/store-format.md, "Names and paths").
 */
import { nameProblem } from '../paths/name-rules.ts';
import { quoteForMessage } from '../paths/printable.ts';
import { StoreError } from '../store-error.ts';
import type { RefName } from './ref-store.ts';

/** Bytes of a whole ref name: what a line of a ref list can carry without a thought. */
const REF_NAME_SIZE_MAX_BYTES = 1024;

const BRANCH_PREFIX = 'refs/heads/';
const TAG_PREFIX = 'refs/tags/';
const REMOTE_PREFIX = 'refs/remotes/';
const SHORTENED_PREFIXES = [BRANCH_PREFIX, TAG_PREFIX, REMOTE_PREFIX];

/** What revision syntax gives a meaning to, and the space that ends an argument. */
const FORBIDDEN = /[ ~^:?*[\\]/;

/**
 * Accepts a full ref name, such as `refs/heads/main`.
 * @throws StoreError DITS_STORE_INVALID_REF_NAME (details.name, escaped; details.reason)
 */
export function checkRefName(text: string): RefName {
  const problem = refNameProblem(text);
  if (problem !== undefined) throw invalidRefName(text, problem);
  return text as RefName;
}

/** The ref of a branch. @throws as `checkRefName`; also for a name an option or HEAD would be mistaken for */
export function branchRef(name: string): RefName {
  return checkRefName(BRANCH_PREFIX + checkShortName(name));
}

/** The ref of a tag. @throws as `branchRef` */
export function tagRef(name: string): RefName {
  return checkRefName(TAG_PREFIX + checkShortName(name));
}

/** The ref that remembers a remote's branch. @throws as `branchRef` */
export function remoteRef(remote: string, name: string): RefName {
  if (remote.includes('/')) throw invalidRefName(remote, 'has a slash');
  return checkRefName(`${REMOTE_PREFIX}${checkShortName(remote)}/${checkShortName(name)}`);
}

/** The name people use: without `refs/heads/`, `refs/tags/` or `refs/remotes/`. */
export function shortRefName(name: RefName): string {
  const prefix = SHORTENED_PREFIXES.find((candidate) => name.startsWith(candidate));
  return prefix === undefined ? name : name.slice(prefix.length);
}

/** Whether the ref is a branch of this repository. */
export function isBranchRef(name: RefName): boolean {
  return name.startsWith(BRANCH_PREFIX);
}

/** Whether the ref is a tag. */
export function isTagRef(name: RefName): boolean {
  return name.startsWith(TAG_PREFIX);
}

function checkShortName(name: string): string {
  if (name.startsWith('-')) throw invalidRefName(name, 'begins with a dash, like an option');
  if (name === 'HEAD') throw invalidRefName(name, 'is the name of the current position');
  return name;
}

function refNameProblem(text: string): string | undefined {
  if (text.length > REF_NAME_SIZE_MAX_BYTES || Buffer.byteLength(text) > REF_NAME_SIZE_MAX_BYTES) {
    return `is longer than ${REF_NAME_SIZE_MAX_BYTES} bytes`;
  }
  const components = text.split('/');
  if (components[0] !== 'refs' || components.length < 3) return 'is not of the form refs/kind/name';
  if (text.includes('..')) return 'has two dots in a row, which mean a range';
  if (text.includes('@{')) return 'has @{, which means an older value';
  for (const component of components) {
    const problem = componentProblem(component);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function componentProblem(component: string): string | undefined {
  if (component === '') return 'has an empty component';
  const problem = nameProblem(component);
  if (problem !== undefined) return `has a part that ${problem}`;
  if (FORBIDDEN.test(component)) return 'has a space or one of ~ ^ : ? * [ \\';
  if (component.startsWith('.')) return 'has a part that begins with a dot';
  if (component.endsWith('.lock')) return 'has a part that ends in .lock';
  if (component === '@') return 'has a part that is a lone @';
  return undefined;
}

function invalidRefName(text: string, reason: string): StoreError {
  const quoted = quoteForMessage(text);
  return new StoreError('DITS_STORE_INVALID_REF_NAME', `refused ref name ${quoted}: it ${reason}`, {
    hint: 'choose letters, digits, dashes and slashes, such as feature/grading',
    details: { name: quoted.slice(1, -1), reason },
  });
}
