/** Another program replaces files while they are staged: what is committed is a version that was there, never parts of two. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { RepoError, add, commit, type Repository } from '../../../repo/index.ts';
import { findEntry, readCommit, readFileContent, type CommitId } from '../../../store/index.ts';
import { fixturePath } from '../../support/fixture-path.ts';
import { repositoryFixture, type Fixture } from '../repository-fixture.ts';

const RUN_MS = 4_000;
const KIB = 1024;

/** Starts the writer; the returned function ends it. */
async function rewrite(files: readonly string[], size: number): Promise<() => Promise<void>> {
  const script = fixturePath('repo/stage/rewrite-files.mjs');
  const child = spawn(process.execPath, [script, String(size), ...files], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  await Promise.race([once(child.stdout, 'data'), closed]);
  return async () => {
    child.stdin.end();
    await closed;
  };
}

/** The bytes of a file in a commit. */
async function contentOf(repository: Repository, id: CommitId, name: string): Promise<Buffer> {
  const { objects } = repository.store;
  const { tree } = await readCommit(objects, id);
  const entry = await findEntry(objects, tree, [name]);
  assert.ok(entry?.kind === 'file');
  const pieces: Uint8Array[] = [];
  for await (const piece of readFileContent(objects, entry.content, { size: entry.size })) {
    pieces.push(Buffer.from(piece));
  }
  return Buffer.concat(pieces);
}

/** Stages and commits as often as there is time; every committed version is checked. */
async function check(fixture: Fixture, names: readonly string[], size: number): Promise<void> {
  const { repository, root } = fixture;
  const end = await rewrite(
    names.map((name) => path.join(root, name)),
    size,
  );
  let versions = 0;
  let skipped = 0;
  try {
    const start = performance.now();
    while (performance.now() - start < RUN_MS || versions === 0) {
      skipped += (await add(repository, names)).skipped.length;
      try {
        const { id } = await commit(repository, { message: 'Whatever is there' });
        for (const name of names) {
          const bytes = await contentOf(repository, id, name);
          assert.ok([size, size - 7].includes(bytes.length), `${bytes.length} bytes`);
          assert.ok(
            bytes.every((byte) => byte === bytes[0]),
            `${name} is parts of two versions`,
          );
          versions++;
        }
      } catch (error) {
        // Nothing was staged: every file changed whenever it was read.
        if (!(error instanceof RepoError) || error.code !== 'DITS_REPO_NOTHING_TO_COMMIT')
          throw error;
      }
    }
  } finally {
    await end();
  }
  assert.ok(versions > 0, `no version, ${skipped} skipped`);
}

describe('files that are replaced while they are staged', () => {
  const fixture = repositoryFixture();

  it('are committed whole when they are small', async () => {
    await check(fixture(), ['a.bin', 'b.bin', 'c.bin'], 200 * KIB);
  });

  it('are committed whole when they are cut into many chunks', async () => {
    await check(fixture(), ['long.bin'], 9 * KIB * KIB);
  });
});
