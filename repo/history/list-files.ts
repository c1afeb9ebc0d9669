/** `ls-files`: what a tree or the index holds, with the hash that `b3sum` prints for each file. */
import {
  decodeManifestRoot,
  readCommit,
  readManifest,
  walkTree,
  type ManifestId,
  type ManifestRoot,
  type ObjectReader,
} from '../../store/index.ts';
import { isWithin } from '../files/path-order.ts';
import { toRepositoryPaths } from '../files/repository-path.ts';
import { activeHash } from '../../store/index.ts';
import type { OperationOptions, Repository } from '../repository/repository.ts';
import { resolveRevision } from '../revisions/resolve-revision.ts';
import type { IndexEntry, IndexEntryKind } from '../worktree-index/index-entry.ts';
import { loadIndex } from '../worktree-index/index-file.ts';
import { toIndexEntry } from '../worktree-index/index-tree.ts';

export type ListedFile = {
  readonly path: string;
  readonly kind: IndexEntryKind;
  /** Bytes; of a link, those of its target. */
  readonly size: number;
  /** BLAKE3-256 of the content, 64 hexadecimal digits; of a link, of its target. */
  readonly b3: string;
  readonly chunks: number;
};

export type ListFilesOptions = OperationOptions & {
  /** The index when left out; HEAD in a bare repository. */
  readonly revision?: string | undefined;
  readonly paths?: readonly string[] | undefined;
  readonly cwd?: string | undefined;
};

/** Files whose manifests are read with one call. */
const BATCH_FILES = 512;

/** Files and links in path order. */
export async function* listFiles(
  repository: Repository,
  options: ListFilesOptions = {},
): AsyncGenerator<ListedFile, void, undefined> {
  const { objects } = repository.store;
  const within = pathFilter(repository, options);
  let batch: IndexEntry[] = [];
  for await (const entry of entriesOf(repository, options)) {
    if (!within(entry.path)) continue;
    batch.push(entry);
    if (batch.length < BATCH_FILES) continue;
    options.signal?.throwIfAborted();
    yield* await describeBatch(objects, batch, options);
    batch = [];
  }
  yield* await describeBatch(objects, batch, options);
}

function pathFilter(repository: Repository, options: ListFilesOptions): (path: string) => boolean {
  const given = options.paths ?? [];
  if (given.length === 0) return () => true;
  const targets = repository.isBare
    ? given
    : toRepositoryPaths(repository.tree, options.cwd ?? repository.tree.root, given);
  return (path) => targets.some((target) => isWithin(path, target));
}

async function* entriesOf(
  repository: Repository,
  options: ListFilesOptions,
): AsyncIterable<IndexEntry> {
  const { objects } = repository.store;
  const revision = options.revision ?? (repository.isBare ? 'HEAD' : undefined);
  if (revision === undefined) {
    yield* (await loadIndex(repository.layout)).entries();
    return;
  }
  const { commit } = await resolveRevision(repository, revision, options);
  const { tree } = await readCommit(objects, commit);
  for await (const { path, entry } of walkTree(objects, tree, { signal: options.signal })) {
    if (entry.kind !== 'directory') yield toIndexEntry(path, entry);
  }
}

const EMPTY_HASH = activeHash.hash(new Uint8Array()).toString('hex');

async function describeBatch(
  reader: ObjectReader,
  entries: readonly IndexEntry[],
  { signal }: OperationOptions,
): Promise<ListedFile[]> {
  const ids = entries.flatMap(({ content }) => (content.kind === 'manifest' ? [content.id] : []));
  const unique = [...new Set(ids)];
  const found = unique.length === 0 ? [] : await reader.get(unique, { signal });
  const roots = new Map(found.map(({ bytes }, at) => [unique[at]!, decodeManifestRoot(bytes)]));
  const files: ListedFile[] = [];
  for (const { path, kind, size, content } of entries) {
    if (content.kind === 'empty') files.push({ path, kind, size, b3: EMPTY_HASH, chunks: 0 });
    else if (content.kind === 'chunk') files.push({ path, kind, size, b3: content.id, chunks: 1 });
    else {
      const root = roots.get(content.id)!;
      const chunks = await countChunks(reader, { id: content.id, root }, signal);
      files.push({ path, kind, size, b3: root.fileHash, chunks });
    }
  }
  return files;
}

async function countChunks(
  reader: ObjectReader,
  { id, root }: { readonly id: ManifestId; readonly root: ManifestRoot },
  signal: AbortSignal | undefined,
): Promise<number> {
  if ('chunks' in root.node) return root.node.chunks.length;
  let count = 0;
  for await (const chunks of readManifest(reader, id, { signal })) count += chunks.length;
  return count;
}

/**
 * A line that `b3sum --check` accepts; undefined for a link, whose own bytes `b3sum` cannot see. Names with a backslash or
 * a line break are written the way `b3sum` writes them: escaped, behind a leading backslash.
 */
export function b3sumLine({ b3, path, kind }: ListedFile): string | undefined {
  if (kind === 'symlink') return undefined;
  if (!/[\\\n\r]/.test(path)) return `${b3}  ${path}`;
  const escaped = path.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  return `\\${b3}  ${escaped}`;
}
