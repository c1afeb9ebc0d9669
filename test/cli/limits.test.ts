import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { queryNode } from '../../node/index.ts';
import { RunningNode } from './running-node.ts';
import { Sandbox, type RunResult } from './sandbox.ts';

const MB = 1_000_000;
const CLIP_BYTES = 5 * MB;
/** A pause, a limit: each holds within a second. */
const OBEYED_WITHIN_MS = 1_000;

describe('limits on bandwidth', function () {
  this.timeout(60_000);
  let sandbox: Sandbox;
  let node: RunningNode;
  let bob: string;
  let branches = 0;

  before(async () => {
    sandbox = await Sandbox.create();
    bob = String((await sandbox.json(['id'], { home: 'bob' }))['peerId']);
    const words = ['peer', 'add', bob, '--name', 'bob', '--access', 'write'];
    await sandbox.json(words, { home: 'ann' });
    await sandbox.json(['init', 'film'], { home: 'bob' });
    node = await RunningNode.start(sandbox, ['--relay', '--create', '--data', 'data'], {
      home: 'ann',
    });
    await sandbox.json(['-C', 'film', 'remote', 'add', 'origin', node.at('film')], { home: 'bob' });
    await sandbox.json(['peer', 'add', node.peerId, '--name', 'ann'], { home: 'bob' });
  });
  after(async () => {
    await node.end();
    await sandbox[Symbol.asyncDispose]();
  });
  afterEach(async () => {
    for (const home of ['ann', 'bob']) {
      await sandbox.json(['limit', '--up', 'none', '--down', 'none'], { home });
      await sandbox.json(['resume'], { home });
    }
    await sandbox.json(['limit', '--peer', 'bob', '--down', 'none'], { home: 'ann' });
  });

  async function recordClip(): Promise<void> {
    await sandbox.write('film/clip.bin', randomBytes(CLIP_BYTES));
    await sandbox.json(['-C', 'film', 'add', '-A'], { home: 'bob' });
    await sandbox.json(['-C', 'film', 'commit', '-m', 'A clip'], { home: 'bob' });
  }

  async function push(options: readonly string[] = ['--json']): Promise<RunResult> {
    const words = ['-C', 'film', ...options, 'push', 'origin', `main:b${++branches}`];
    return await sandbox.run(words, { home: 'bob' });
  }

  async function bytesThere(): Promise<number> {
    const { connections } = await queryNode(sandbox.homePath('ann'));
    return connections.reduce((sum, one) => sum + one.bytesReceived, 0);
  }

  /** Waits until the push is well under way. */
  async function untilMoving(bytes: number): Promise<void> {
    while ((await bytesThere()) < bytes) await delay(20);
  }

  for (const [title, home, words] of [
    ['the sender for all', 'bob', ['--up', '3MB']],
    ['the sender for one peer', 'bob', ['--peer', 'ann', '--up', '3MB/s']],
    ['the receiver for one peer', 'ann', ['--peer', 'bob', '--down', '2MB']],
  ] as const) {
    it(`are kept to by ${title}`, async () => {
      await recordClip();
      const shown = await sandbox.json(['limit', ...words], { home });
      assert.ok(JSON.stringify(shown).includes('000000'), JSON.stringify(shown));
      // The node looks at its files from time to time: a push that starts at once may be through before.
      await delay(OBEYED_WITHIN_MS);
      const startedMs = performance.now();
      const { result } = await push();
      const elapsedMs = performance.now() - startedMs;
      assert.equal(result['refs'][0].result, 'created');
      assert.ok(elapsedMs > 1_200, String(elapsedMs));
      await sandbox.json(['limit', '--peer', 'ann', '--up', 'none'], { home: 'bob' });
    });
  }

  for (const [title, home] of [
    ['the sender', 'bob'],
    ['the receiver', 'ann'],
  ] as const) {
    it(`can be set, and transfers paused and resumed, while they run, by ${title}`, async () => {
      await recordClip();
      const limit = home === 'bob' ? '--up' : '--down';
      await sandbox.json(['limit', limit, '500KB'], { home });
      const pushing = push([]);
      await untilMoving(300_000);
      await sandbox.json(['pause'], { home });
      await delay(OBEYED_WITHIN_MS);
      const before = await bytesThere();
      const started = performance.now();
      // Small questions are answered during the pause, on a connection of their own.
      await sandbox.json(['-C', 'film', 'fetch'], { home: 'bob' });
      assert.ok(performance.now() - started < 5_000);
      await delay(OBEYED_WITHIN_MS);
      const during = (await bytesThere()) - before;
      assert.ok(during < 100_000, String(during));

      await sandbox.json(['limit', limit, 'none'], { home });
      const paused = await sandbox.json(['limit'], { home });
      assert.equal(paused['paused'], true);
      await sandbox.json(['resume'], { home });
      const resumedMs = performance.now();
      const { status, stdout, stderr } = await pushing;
      assert.equal(status, 0, stderr);
      assert.ok(performance.now() - resumedMs < 10_000);
      if (home === 'bob') assert.match(stdout + stderr, /Paused: dits resume goes on\n.*Going on/s);
    });
  }

  it('can pause one peer, and refuse what makes no sense', async () => {
    const paused = await sandbox.json(['pause', 'bob'], { home: 'ann' });
    assert.deepEqual([paused['paused'], paused['pausedPeers']], [false, [bob]]);
    const resumed = await sandbox.json(['resume', 'bob'], { home: 'ann' });
    assert.deepEqual(resumed['pausedPeers'], []);
    for (const [words, status] of [
      [['limit', '--up', 'fast'], 2],
      [['limit', '--up', '-3MB'], 2],
      [['limit', '--peer', 'bob'], 2],
      [['limit', '--peer', 'nobody', '--up', '1MB'], 3],
      [['pause', 'nobody'], 3],
    ] as const) {
      assert.equal((await sandbox.run(words, { home: 'ann' })).status, status, words.join(' '));
    }
    await sandbox.write('.carl/limits.toml', 'up = "fast"\n');
    const { status, result } = await sandbox.run(['limit', '--json'], { home: 'carl' });
    assert.equal(status, 1);
    assert.equal(result['error'].code, 'DITS_NODE_CONFIG_INVALID');
  });
});
