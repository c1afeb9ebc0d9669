import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createStore, openStore, type ObjectId } from '../../store/index.ts';
import { childChunk, type ChildMessage } from './store-child.ts';
import { withTemporaryFolder } from './temporary-folder.ts';

const SCRIPT = fileURLToPath(new URL('./store-child.js', import.meta.url));
/** Change it to try other moments of death; a failure prints it. */
const SEED = 20_231;
const FOREVER = 1_000_000;

type Child = {
  readonly process: ChildProcess;
  readonly flushed: ObjectId[];
  readonly exited: Promise<unknown>;
  /** Resolves after this many more flushes. */
  flushes(count: number): Promise<void>;
  failure: string | undefined;
};

function start(directory: string, name: string, rounds: number): Child {
  const process = fork(SCRIPT, [directory, name, String(rounds)], { stdio: 'inherit' });
  const listeners = new Set<() => void>();
  const child: Child = {
    process,
    flushed: [],
    failure: undefined,
    exited: once(process, 'exit'),
    flushes: (count) =>
      new Promise((resolve, reject) => {
        let left = count;
        const listener = (): void => {
          if (--left > 0) return;
          listeners.delete(listener);
          resolve();
        };
        listeners.add(listener);
        process.once('exit', () => reject(new Error(`${name} ended: ${child.failure ?? ''}`)));
      }),
  };
  process.on('message', (message: ChildMessage) => {
    if (message.event === 'failed') child.failure = message.message;
    if (message.event !== 'flushed') return;
    child.flushed.push(...message.ids);
    for (const listener of [...listeners]) listener();
  });
  return child;
}

async function assertHolds(directory: string, children: readonly Child[]): Promise<void> {
  await using store = await openStore(directory);
  for (const { flushed } of children) {
    assert.equal((await store.objects.get(flushed)).length, flushed.length);
  }
}

describe('store used by several processes', () => {
  it('takes the objects of two processes that put and read at once', async () => {
    await withTemporaryFolder(async (folder) => {
      await (await createStore(folder)).close();
      const children = [start(folder, 'a', 30), start(folder, 'b', 30)];
      await Promise.all(children.map(({ exited }) => exited));
      for (const child of children) {
        assert.equal(child.failure, undefined);
        assert.equal(child.flushed.length, 300);
      }
      await assertHolds(folder, children);
      await using store = await openStore(folder);
      const [first] = await store.objects.get([children[1]!.flushed[7]!]);
      assert.deepEqual(Buffer.from(first!.bytes), childChunk('b', 7));
    });
  });

  it('goes on when the process that leads the index is killed', async () => {
    await withTemporaryFolder(async (folder) => {
      await (await createStore(folder)).close();
      const leader = start(folder, 'leader', FOREVER);
      await leader.flushes(1);
      const followers = [start(folder, 'x', 40), start(folder, 'y', 40)];
      await Promise.all(followers.map((child) => child.flushes(5)));
      leader.process.kill('SIGKILL');
      await leader.exited;
      await Promise.all(followers.map(({ exited }) => exited));
      for (const child of followers) {
        assert.equal(child.failure, undefined);
        assert.equal(child.flushed.length, 400);
      }
      await assertHolds(folder, [leader, ...followers]);
    });
  });

  it('has everything that was flushed after writers were killed at any moment', async () => {
    await withTemporaryFolder(async (folder) => {
      await (await createStore(folder)).close();
      const children: Child[] = [];
      let random = SEED;
      for (let round = 0; round < 4; round++) {
        const pair = [start(folder, `k${round}`, FOREVER), start(folder, `l${round}`, FOREVER)];
        children.push(...pair);
        for (const child of pair) {
          random = (random * 1_103_515_245 + 12_345) % 2 ** 31;
          await child.flushes(1 + (random % 7));
          child.process.kill('SIGKILL');
          await child.exited;
        }
      }
      await assertHolds(folder, children);
    }).catch((error: unknown) => {
      throw new Error(`with seed ${SEED}`, { cause: error });
    });
  });

  it('leaves no trace of where the leader listened once everyone has closed', async () => {
    await withTemporaryFolder(async (folder) => {
      const store = await createStore(folder);
      await store.objects.count();
      const leaderFile = await readFile(join(folder, 'locks', 'index-leader'), 'utf8');
      const socketPath = leaderFile.split('\n')[1]!;
      await store.close();
      await assert.rejects(readFile(socketPath), { code: 'ENOENT' });
    });
  });
});
