/** What each tool keeps and sends when a folder goes from version to version. Sizes only: times are other sections' business. */
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { DitsSide, RelaySide, replaceContent } from '../dits-side.ts';
import { isInstalled } from '../other-tools/installed.ts';
import { folderBytes, runTool } from './run-tool.ts';

/** Bytes for the first version, and for all later ones together. */
export type Sizes = { readonly first: number; readonly later: number };

export type ToolName = 'restic' | 'borg' | 'casync' | 'rsync';

/** Ours: what the repository grew by, and what went over the wire. */
export type OurSizes = { readonly stored: Sizes; readonly sent: Sizes };

function empty(folder: string): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/**
 * Commits and pushes every version, then clones and compares the last.
 * @throws Error when the clone differs
 */
export async function measureOurs(versions: readonly string[], work: string): Promise<OurSizes> {
  const root = empty(join(work, 'ours'));
  const side = new DitsSide(join(root, 'a'));
  const relay = new RelaySide(join(root, 'relay'));
  await relay.run(['peer', 'add', await side.peerId(), '--name', 'a', '--access', 'admin']);
  await side.run(['peer', 'add', await relay.peerId(), '--name', 'relay']);
  await relay.start();
  try {
    const tree = await side.workingTree('tree', versions[0]!);
    await side.run(['remote', 'add', 'origin', `${relay.address}/dedup`], tree);
    const stored: number[] = [folderBytes(join(tree, '.dits'))];
    const sent: number[] = [];
    for (const version of versions) {
      await replaceContent(tree, version);
      await side.run(['add', '-A', '.'], tree);
      await side.run(['commit', '-m', 'save'], tree);
      const { result } = await side.run(['push', 'origin', 'main'], tree);
      sent.push((result['bytes'] as { wire: number }).wire);
      stored.push(folderBytes(join(tree, '.dits')));
    }
    const copy = join(root, 'copy');
    await side.run(['clone', `${relay.address}/dedup`, copy]);
    await runTool('diff', ['-r', '--exclude=.dits', versions.at(-1)!, copy]);
    return {
      stored: growth(stored),
      sent: { first: sent[0]!, later: sent.slice(1).reduce((sum, bytes) => sum + bytes, 0) },
    };
  } finally {
    await relay.stop();
  }
}

/** From the sizes before the first version and after each one. */
function growth(sizes: readonly number[]): Sizes {
  return { first: sizes[1]! - sizes[0]!, later: sizes.at(-1)! - sizes[1]! };
}

/** Takes version after version into one repository of a tool; resolves with its bytes after each. */
type Keeper = (versions: readonly string[], work: string) => Promise<number[]>;

const keepInRestic: Keeper = async (versions, work) => {
  const repository = join(work, 'repository');
  const env = { RESTIC_PASSWORD: 'x', RESTIC_CACHE_DIR: join(work, 'cache') };
  await runTool('restic', ['-r', repository, 'init'], { env });
  return grow(versions, repository, work, (tree) =>
    runTool('restic', ['-r', repository, 'backup', '.'], { env, cwd: tree }),
  );
};

const keepInBorg: Keeper = async (versions, work) => {
  const repository = join(work, 'repository');
  const env = {
    BORG_BASE_DIR: join(work, 'base'),
    BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK: 'yes',
  };
  await runTool('borg', ['init', '-e', 'none', repository], { env });
  return grow(versions, join(repository, 'data'), work, (tree, index) =>
    runTool('borg', ['create', `${repository}::v${index}`, '.'], { env, cwd: tree }),
  );
};

const keepInCasync: Keeper = async (versions, work) => {
  const store = join(work, 'store');
  mkdirSync(store);
  return grow(versions, store, work, (tree, index) =>
    runTool('casync', ['make', `--store=${store}/chunks`, `${store}/v${index}.caidx`, tree]),
  );
};

/** A folder that takes the versions' contents in turn, as a working tree does. */
async function grow(
  versions: readonly string[],
  repository: string,
  work: string,
  save: (tree: string, index: number) => Promise<string>,
): Promise<number[]> {
  const tree = join(work, 'tree');
  mkdirSync(tree);
  const sizes = [folderBytes(repository)];
  for (const [index, version] of versions.entries()) {
    await runTool('rsync', ['-a', '--delete', `${version}/`, `${tree}/`]);
    await save(tree, index);
    sizes.push(folderBytes(repository));
  }
  return sizes;
}

const KEEPERS = { restic: keepInRestic, borg: keepInBorg, casync: keepInCasync } as const;

/** What rsync says it sent, its delta algorithm on; the other end of the pipe is a process on this machine. */
async function rsyncSent(versions: readonly string[], work: string): Promise<Sizes> {
  const target = join(work, 'target');
  const sent: number[] = [];
  for (const version of versions) {
    const args = ['-a', '--delete', '--no-whole-file', '--stats'];
    const printed = await runTool('rsync', [...args, `${version}/`, `${target}/`]);
    const bytes = /Total bytes sent: ([\d,]+)/.exec(printed)?.[1]?.replaceAll(',', '');
    if (bytes === undefined) throw new Error('rsync does not say what it sent');
    sent.push(Number(bytes));
  }
  return { first: sent[0]!, later: sent.slice(1).reduce((sum, bytes) => sum + bytes, 0) };
}

/** Another tool's sizes, or undefined when it is not installed. */
export async function measureTool(
  tool: ToolName,
  versions: readonly string[],
  work: string,
): Promise<Sizes | undefined> {
  if (!isInstalled(tool)) return undefined;
  const folder = empty(join(work, tool));
  const sizes =
    tool === 'rsync'
      ? await rsyncSent(versions, folder)
      : growth(await KEEPERS[tool](versions, folder));
  rmSync(folder, { recursive: true, force: true });
  return sizes;
}

/**
 * What nobody who sees both versions needs much more than: the zstd patches from each version to the next, with a window
 * over both, folders as sorted tar archives. Undefined without zstd.
 */
export async function idealBytes(
  versions: readonly string[],
  work: string,
): Promise<number | undefined> {
  if (!isInstalled('zstd')) return undefined;
  const folder = empty(join(work, 'ideal'));
  const archives: string[] = [];
  for (const [index, version] of versions.entries()) {
    const archive = join(folder, `${index}.tar`);
    const plain = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner'];
    await runTool('tar', ['-C', version, ...plain, '-cf', archive, '.']);
    archives.push(archive);
  }
  let bytes = 0;
  for (const [index, archive] of archives.entries()) {
    if (index === 0) continue;
    const patch = join(folder, 'patch', String(index));
    mkdirSync(patch, { recursive: true });
    const from = `--patch-from=${archives[index - 1]!}`;
    await runTool('zstd', ['-q', '-9', '--long=31', from, archive, '-o', join(patch, 'bytes')]);
    bytes += folderBytes(patch);
  }
  rmSync(folder, { recursive: true, force: true });
  return bytes;
}

/** Any fixed time; versions are minutes apart. */
const FIRST_SAVE_SECONDS = 1_700_000_000;

/**
 * Gives every file the time of its version, or of the one before where nothing changed: made within one second, two versions
 * would look the same to tools that compare times and sizes.
 */
export function stampVersions(versions: readonly string[]): void {
  for (const [index, version] of versions.entries()) {
    const before = versions[index - 1];
    for (const entry of readdirSync(version, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      const former = before && join(before, relative(version, path));
      const isSame =
        former && existsSync(former) && readFileSync(former).equals(readFileSync(path));
      const seconds = isSame ? statSync(former).mtimeMs / 1000 : FIRST_SAVE_SECONDS + 60 * index;
      utimesSync(path, seconds, seconds);
    }
  }
}
