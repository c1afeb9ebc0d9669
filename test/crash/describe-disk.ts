/**
 * What a disk holds as its owner sees it, as words that can be compared: refs, HEAD, what is staged, settings, trust.
 * Each is promised to be the old or the new one after a crash, and the new one once it was acknowledged.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

import { layoutOf } from '../../repo/index.ts';
import { contentId } from '../../repo/worktree-index/index-entry.ts';
import { loadIndex } from '../../repo/worktree-index/index-file.ts';
import { openStore, readCommit, resolveToCommit } from '../../store/index.ts';
import type { ObjectId, Store } from '../../store/index.ts';

/** By name: `film ref refs/heads/main`, `film staged a.mov`, `home peers.toml`. */
export type Description = ReadonlyMap<string, string>;

export type DescribeOptions = {
  /**
   * Commits by what they hold and not by their ids, which depend on the time: for comparing a command that was run
   * again with the first run.
   */
  readonly timeless?: boolean;
};

/** Files of a home that are promised to be whole. */
const HOME_FILES = /\.(toml|pem|json)$/;

/** Describes what is below the folder of a disk. @throws whatever opening and reading a repository throws */
export async function describeDisk(
  folder: string,
  options: DescribeOptions = {},
): Promise<Description> {
  const description = new Map<string, string>();
  for (const directory of storeFolders(folder)) {
    await describeStore({ folder, directory, description, options });
  }
  describeHome(join(folder, 'home'), description, options);
  return description;
}

/** Folders of stores: `.dits` of working trees, and bare ones. */
export function storeFolders(folder: string): string[] {
  const found: string[] = [];
  const visit = (path: string, depth: number): void => {
    if (existsSync(join(path, 'format'))) found.push(path);
    else if (depth > 0) {
      for (const name of readdirSync(path)) {
        const below = join(path, name);
        if (statSync(below, { throwIfNoEntry: false })?.isDirectory() === true) {
          visit(below, depth - 1);
        }
      }
    }
  };
  visit(folder, 3);
  return found.sort();
}

type Described = {
  readonly folder: string;
  readonly directory: string;
  readonly description: Map<string, string>;
  readonly options: DescribeOptions;
};

async function describeStore(described: Described): Promise<void> {
  const { folder, directory, description, options } = described;
  const name = relative(folder, directory).replace(/\/?\.dits$/, '');
  const store = await openStore(directory);
  try {
    const valueOf = (id: ObjectId): Promise<string> =>
      options.timeless === true ? contentOf(store, id) : Promise.resolve(id);
    const head = await store.refs.head();
    description.set(
      `${name} HEAD`,
      head.kind === 'branch' ? head.name : await valueOf(head.target),
    );
    for (const ref of await store.refs.list()) {
      description.set(`${name} ref ${ref.name}`, await valueOf(ref.target));
    }
  } finally {
    await store.close();
  }
  const config = join(directory, 'config.toml');
  if (existsSync(config)) description.set(`${name} config`, readFileSync(config, 'utf8'));
  if (directory.endsWith('.dits')) await describeIndex(described, name);
}

/** As one value: the index is replaced as a whole. */
async function describeIndex({ directory, description }: Described, name: string): Promise<void> {
  const index = await loadIndex(layoutOf(directory));
  const lines: string[] = [];
  for (const { path, kind, size, content } of index.entries()) {
    lines.push(`${path} ${kind} ${size} ${contentId(content) ?? ''}`);
  }
  description.set(`${name} staged`, lines.join('\n'));
}

/** A commit by its message, tree and parents; a tag by what it is for. */
async function contentOf(store: Store, id: ObjectId): Promise<string> {
  const commitId = await resolveToCommit(store.objects, id);
  const { message, tree, parents } = await readCommit(store.objects, commitId);
  const before = await Promise.all(parents.map((parent) => contentOf(store, parent)));
  return `${id === commitId ? '' : 'tag '}(${message} ${tree} ${before.join(' ')})`;
}

function describeHome(
  home: string,
  description: Map<string, string>,
  { timeless = false }: DescribeOptions,
): void {
  if (!existsSync(home)) return;
  for (const name of readdirSync(home).sort()) {
    if (HOME_FILES.test(name)) {
      const text = readFileSync(join(home, name), 'utf8');
      description.set(`home ${name}`, timeless ? withoutChance(text) : text);
    }
  }
}

/** Without times, keys and what follows from a key. */
function withoutChance(text: string): string {
  return text
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replace(/-----BEGIN[^-]*-----[^-]*/g, 'KEY')
    .replace(/12D3Koo\w+/g, 'PEER')
    .replace(/[\w+/]{43,}=*/g, 'BYTES');
}
