/** A repository in a folder of its own for each test. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { add, commit, initRepository, type Repository } from '../../repo/index.ts';
import type { CommitId, Store } from '../../store/index.ts';

export type Fixture = {
  readonly repository: Repository<Store>;
  readonly root: string;
  /** Writes a file, making its folders. */
  readonly write: (name: string, content: string | Uint8Array, mode?: number) => void;
  readonly read: (name: string) => string;
  /** Stages everything and commits it. */
  readonly record: (message: string) => Promise<CommitId>;
  /** Every file (with mode) and link below the root, without `.dits`. */
  readonly snapshot: () => Record<string, string>;
};

/** Call inside `describe`; the returned function gives the running test's repository. */
export function repositoryFixture(): () => Fixture {
  let folder = '';
  let current: Fixture | undefined;
  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'dits-repo-'));
    const { repository } = await initRepository(path.join(folder, 'work'));
    await repository.updateConfig((settings) => {
      settings.set('user.name', 'Ada');
      settings.set('user.email', 'ada@example.org');
    });
    current = fixtureOf(repository);
  });
  afterEach(async () => {
    await current?.repository.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return () => current!;
}

function fixtureOf(repository: Repository<Store>): Fixture {
  const root = repository.tree.root;
  return {
    repository,
    root,
    write(name, content, mode = 0o644) {
      const file = path.join(root, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, content, { mode });
    },
    read: (name) => readFileSync(path.join(root, name), 'utf8'),
    async record(message) {
      await add(repository, ['.']);
      return (await commit(repository, { message })).id;
    },
    snapshot: () => snapshotOf(root),
  };
}

function snapshotOf(root: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const item of readdirSync(root, { withFileTypes: true, recursive: true })) {
    const file = path.join(item.parentPath, item.name);
    const name = path.relative(root, file);
    if (name === '.dits' || name.startsWith('.dits/')) continue;
    if (item.isSymbolicLink()) found[name] = `link ${readlinkSync(file)}`;
    else if (item.isFile()) {
      const mode = (statSync(file).mode & 0o100) === 0 ? 'file' : 'executable';
      found[name] = `${mode} ${readFileSync(file).toString('latin1')}`;
    }
  }
  return found;
}

/** The code of the error that a promise rejects with. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return String(error.code);
    throw error;
  }
  return 'no error';
}
