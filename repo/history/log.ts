/** `log`: commits from a revision backwards. */
import {
  findEntry,
  history,
  readCommit,
  type Commit,
  type CommitId,
  type ObjectId,
  type TreeEntry,
  type TreeId,
} from '../../store/index.ts';
import { toRepositoryPaths } from '../files/repository-path.ts';
import type { OperationOptions, Repository } from '../repository/repository.ts';
import { resolveRevision } from '../revisions/resolve-revision.ts';

export type LogEntry = {
  readonly id: CommitId;
  readonly commit: Commit;
};

export type LogOptions = OperationOptions & {
  /** Revisions to start from; HEAD when there are none. `A..B` leaves out what A leads to. */
  readonly revisions?: readonly string[] | undefined;
  readonly countMax?: number | undefined;
  /** Only commits that changed one of these paths against their first parent. */
  readonly paths?: readonly string[] | undefined;
  readonly cwd?: string | undefined;
};

/** Commits, newer ones first. @throws RepoError DITS_REPO_REVISION_NOT_FOUND */
export async function* log(
  repository: Repository,
  options: LogOptions = {},
): AsyncGenerator<LogEntry, void, undefined> {
  const { start, exclude } = await resolveRanges(repository, options);
  const paths = pathsOf(repository, options);
  const { signal } = options;
  let left = options.countMax ?? Infinity;
  if (left <= 0) return;
  for await (const entry of history(repository.store.objects, start, { exclude, signal })) {
    signal?.throwIfAborted();
    if (paths.length > 0 && !(await touches(repository, entry, paths))) continue;
    yield entry;
    if (--left <= 0) return;
  }
}

async function resolveRanges(
  repository: Repository,
  options: LogOptions,
): Promise<{ start: CommitId[]; exclude: CommitId[] }> {
  const start: CommitId[] = [];
  const exclude: CommitId[] = [];
  const resolve = async (text: string): Promise<CommitId> =>
    (await resolveRevision(repository, text === '' ? 'HEAD' : text, options)).commit;
  const given = options.revisions ?? [];
  for (const text of given.length === 0 ? ['HEAD'] : given) {
    const dots = text.indexOf('..');
    if (dots >= 0) {
      exclude.push(await resolve(text.slice(0, dots)));
      start.push(await resolve(text.slice(dots + '..'.length)));
    } else if (text.startsWith('^')) exclude.push(await resolve(text.slice(1)));
    else start.push(await resolve(text));
  }
  return { start, exclude };
}

function pathsOf(repository: Repository, options: LogOptions): string[] {
  const given = options.paths ?? [];
  if (given.length === 0) return [];
  // Without a working tree there is no folder to start from: paths are taken as they are.
  if (repository.isBare) return given.filter((path) => path !== '.');
  const { tree } = repository;
  return toRepositoryPaths(tree, options.cwd ?? tree.root, given).filter((path) => path !== '');
}

async function touches(
  repository: Repository,
  { commit }: LogEntry,
  paths: readonly string[],
): Promise<boolean> {
  const { objects } = repository.store;
  const [parent] = commit.parents;
  const before = parent === undefined ? undefined : (await readCommit(objects, parent)).tree;
  for (const path of paths) {
    const now = await versionAt(repository, commit.tree, path);
    const then = before === undefined ? undefined : await versionAt(repository, before, path);
    if (now !== then) return true;
  }
  return false;
}

/** A text that is equal for equal versions. */
async function versionAt(
  repository: Repository,
  tree: TreeId,
  path: string,
): Promise<string | undefined> {
  const entry = await findEntry(repository.store.objects, tree, path.split('/'));
  return entry === undefined ? undefined : `${entry.kind} ${idOf(entry) ?? 'empty'}`;
}

function idOf(entry: TreeEntry): ObjectId | undefined {
  if (entry.kind === 'directory') return entry.tree;
  if (entry.kind === 'symlink') return entry.target;
  return entry.content.kind === 'empty' ? undefined : entry.content.id;
}
