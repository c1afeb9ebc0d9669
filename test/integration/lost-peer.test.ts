import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';

import { SeededRandom } from '../../simulations/index.ts';
import type { RunningNode } from '../cli/running-node.ts';
import type { RunOptions, RunResult } from '../cli/sandbox.ts';
import { assertResumed } from './interrupted-transfer.ts';
import { Studio, seededBytes } from './studio.ts';

const MIB = 1024 * 1024;
const TAKE_BYTES = 24 * MIB;
/** When the kills of this run fall; a failure is replayed with the same number. */
const SEED = 20_261_121;
/** A signal ends any verb within this time (docs/cli.md). */
const SIGNAL_MS = 2_000;
/** Silence after which the node of these tests counts as gone. */
const IDLE_MS = 2_000;

describe('a transfer that is cut off', function () {
  this.timeout(60_000);
  const take = seededBytes(11, TAKE_BYTES);
  const random = new SeededRandom(SEED);
  let studio: Studio;
  let node: RunningNode;

  before(async () => {
    studio = await Studio.create();
    await studio.grant('home', 'write');
    await studio.project('film', { 'take.mov': take });
    await studio.idleTimeout(IDLE_MS, 'home', 'relay');
    await studio.patience(0, 'home');
  });
  after(async () => {
    await studio[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    node = await studio.relay();
  });
  afterEach(async () => {
    await node.end('SIGKILL');
  });

  function push(name: string, options?: RunOptions): Promise<RunResult> {
    return studio.run('film', ['push', node.at(name), 'main'], options);
  }

  function clone(name: string, folder: string, options?: RunOptions): Promise<RunResult> {
    return studio.run('', ['clone', node.at(name), folder], options);
  }

  async function assertSound(...folders: readonly string[]): Promise<void> {
    for (const folder of folders) {
      const { corrupt, missing } = await studio.json(folder, ['fsck']);
      assert.deepEqual([folder, corrupt, missing], [folder, [], []]);
    }
  }

  it('by a node that falls silent ends with 6 within the idle timeout', async () => {
    let stoppedMs = 0;
    const cut = await push('silent', {
      onStart: () => {
        void node.logged('repository.created').then(() => {
          stoppedMs = performance.now();
          node.child.kill('SIGSTOP');
        });
      },
    });
    assert.equal(cut.status, 6, JSON.stringify(cut.result));
    assert.ok(performance.now() - stoppedMs < 2 * IDLE_MS + SIGNAL_MS);
    node.child.kill('SIGCONT');
    assert.equal((await push('silent')).result['refs'][0].result, 'created');
    await assertSound('data/silent');
  });

  it(`by kill -9 of a clone and a pull goes on where it stopped (seed ${SEED})`, async () => {
    await push('film');
    for (const words of [
      ['clone', node.at('film'), 'copy'],
      ['-C', 'copy', 'pull'],
    ]) {
      // Up to the time that a whole run takes here, so that the kills fall anywhere in it.
      const child = studio.sandbox.start(words);
      const isOver = once(child, 'close');
      const timer = setTimeout(() => child.kill('SIGKILL'), random.below(900));
      await isOver;
      clearTimeout(timer);
      if (words[0] !== 'clone') continue;
      const again = await clone('film', 'copy');
      const isThere = again.result['error']?.code === 'DITS_CLI_TARGET_EXISTS';
      assert.ok(again.status === 0 || isThere, JSON.stringify(again.result));
      await studio.sandbox.write('film/more.mov', seededBytes(random.below(1000), 8 * MIB));
      await studio.record('film', 'More');
      await push('film');
    }
    await studio.json('copy', ['pull']);
    assert.ok(take.equals(await readFile(studio.path('copy/take.mov'))));
    assert.deepEqual(
      await readFile(studio.path('copy/more.mov')),
      await readFile(studio.path('film/more.mov')),
    );
    await assertSound('copy');
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`by ${signal} ends with 130 within two seconds, at a push and a clone`, async () => {
      const name = `signal-${signal}`;
      let sentMs = 0;
      const signalled = (transferred: () => Promise<void>): RunOptions => ({
        onStart: (child) => {
          void transferred().then(() => {
            sentMs = performance.now();
            child.kill(signal);
          });
        },
      });
      const cut = await push(
        name,
        signalled(() => node.logged(`repository=${name}`)),
      );
      assert.equal(cut.status, 130, JSON.stringify(cut.result));
      assert.ok(performance.now() - sentMs < SIGNAL_MS);
      assert.equal((await push(name)).result['refs'][0].result, 'created');
      const connections = node.count('peer.connected');
      const cutClone = await clone(
        name,
        name,
        signalled(() => node.logged('peer.connected', connections + 1)),
      );
      assert.equal(cutClone.status, 130, JSON.stringify(cutClone.result));
      assert.ok(performance.now() - sentMs < SIGNAL_MS);
      assert.equal((await clone(name, name)).status, 0);
      await assertSound(`data/${name}`, name);
    });
  }
});

describe('a push that is killed', function () {
  this.timeout(60_000);

  it('by the client or the node, sends again only what was under way', async () => {
    await using studio = await Studio.create();
    await studio.grant('home', 'write');
    await studio.idleTimeout(IDLE_MS, 'home', 'relay');
    await studio.patience(0, 'home');
    await studio.project('film', { 'take.mov': seededBytes(12, TAKE_BYTES) });
    const cutAtBytes = TAKE_BYTES / 2;
    // What reached a node that lives is kept but for the frames that were cut off.
    const interruption = { studio, folder: 'film', cutAtBytes };
    await assertResumed({ ...interruption, side: 'client', twiceMaxBytes: 8 * MIB });
    await assertResumed({ ...interruption, side: 'node', twiceMaxBytes: cutAtBytes });
  });
});
