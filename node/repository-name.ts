/** What a repository may be called on the network: one rule for addresses, served names, and folders made for a peer. */
import { nameProblem } from '../store/index.ts';

const REPOSITORY_NAME_LENGTH_MAX = 100;
const REPOSITORY_NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/;

/** Why `name` is refused, or undefined. A name that passes is also a safe folder name on every platform. */
export function repositoryNameProblem(name: string): string | undefined {
  if (name.length === 0) return 'is empty';
  if (name.length > REPOSITORY_NAME_LENGTH_MAX) {
    return `is longer than ${REPOSITORY_NAME_LENGTH_MAX} characters`;
  }
  if (!REPOSITORY_NAME.test(name)) {
    return 'may only have letters, digits, dots, dashes and underscores, and may not begin with a dot';
  }
  return nameProblem(name);
}
