/** Somebody exchanges folders for links while files are written and removed: nothing may happen where the links lead. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { RepoError, move, remove, restore } from '../../../repo/index.ts';
import { fixturePath } from '../../support/fixture-path.ts';
import { repositoryFixture } from '../repository-fixture.ts';

const RUN_MS = 6_000;
/** Commands that must have met the folder, on a machine that is slow. */
const DONE_MIN = 10;
const FILES = 12;
const NAMES: readonly string[] = Array.from({ length: FILES }, (_, at) => `frame-${at}.exr`);

/** Everything below a folder. */
function contents(folder: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const item of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const file = path.join(item.parentPath, item.name);
    found[path.relative(folder, file)] = item.isFile() ? readFileSync(file, 'utf8') : 'folder';
  }
  return found;
}

/** Starts the exchange; the returned function ends it and tells how often it took place. */
async function exchange(folder: string, target: string): Promise<() => Promise<number>> {
  const script = fixturePath('repo/checkout/exchange-folder.mjs');
  const child = spawn(process.execPath, [script, folder, `${folder}-aside`, target], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const closed = once(child, 'close');
  await Promise.race([once(child.stdout, 'data'), closed]);
  return async () => {
    child.stdin.end();
    await closed;
    return Number(said.split('\n')[1]);
  };
}

describe('a folder that is exchanged for a link', () => {
  const fixture = repositoryFixture();

  it('never leads a command out of the working tree', async function () {
    // Elsewhere a moment is left (repo/files/held-folders.ts).
    if (process.platform !== 'linux') this.skip();
    const { repository, root, write, record } = fixture();
    const outside = mkdtempSync(path.join(tmpdir(), 'dits-outside-'));
    try {
      mkdirSync(path.join(outside, 'empty/below'), { recursive: true });
      for (const name of [...NAMES, 'empty/kept']) {
        writeFileSync(path.join(outside, name), 'not yours');
      }
      const before = contents(outside);
      for (const name of NAMES) write(`shots/7/${name}`, `one ${name}`);
      const first = await record('First');
      for (const name of NAMES.slice(3)) write(`shots/7/${name}`, `two ${name}`);
      for (const name of NAMES.slice(0, 3)) rmSync(path.join(root, 'shots/7', name));
      write('shots/7/empty/new', 'two');
      const second = await record('Second');
      const end = await exchange(path.join(root, 'shots/7'), outside);
      let done = 0;
      let refused = 0;
      const attempt = async (work: () => Promise<unknown>): Promise<void> => {
        try {
          await work();
          done++;
        } catch (error) {
          if (!(error instanceof RepoError)) throw error;
          refused++;
        }
      };
      const start = performance.now();
      while (performance.now() - start < RUN_MS || done <= DONE_MIN) {
        for (const source of [first, second]) {
          await attempt(() => restore(repository, ['.'], { source, into: 'both' }));
        }
        await attempt(() => remove(repository, ['shots/7/frame-5.exr'], { force: true }));
        await attempt(() =>
          move(repository, { sources: ['shots/7/frame-6.exr'], destination: 'shots/7/moved' }),
        );
      }
      const exchanges = await end();
      assert.deepEqual(contents(outside), before, `${done} done, ${refused} refused`);
      assert.ok(exchanges > 100, `only ${exchanges} exchanges`);
      await restore(repository, ['.'], { source: second, into: 'both' });
      assert.equal(readFileSync(path.join(root, 'shots/7/frame-9.exr'), 'utf8'), 'two frame-9.exr');
    } finally {
      rmSync(outside, { recursive: true, force: true });
    }
  });
});
