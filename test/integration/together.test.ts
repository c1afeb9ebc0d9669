import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';

import { RunningNode } from '../cli/running-node.ts';
import type { Json } from '../cli/sandbox.ts';
import { Studio, seededBytes } from './studio.ts';

const MIB = 1024 * 1024;
/** A change of what a node must obey holds within this time (docs/cli.md). */
const OBEYED_MS = 1_000;

describe('several at once', function () {
  this.timeout(60_000);
  let studio: Studio;
  let node: RunningNode | undefined;

  beforeEach(async () => {
    studio = await Studio.create();
  });
  afterEach(async () => {
    await node?.end();
    node = undefined;
    await studio[Symbol.asyncDispose]();
  });

  async function assertSound(...folders: readonly string[]): Promise<void> {
    for (const folder of folders) {
      const { corrupt, missing } = await studio.json(folder, ['fsck']);
      assert.deepEqual([folder, corrupt, missing], [folder, [], []]);
    }
  }

  it('two pushes for one branch: one wins, the other is told to pull, nothing is lost', async () => {
    await studio.grant('home', 'write');
    await studio.project('ada', { 'base.txt': 'base\n' });
    node = await studio.relay();
    await studio.json('ada', ['push', node.at('film'), 'main']);
    await studio.json('', ['clone', node.at('film'), 'ben']);
    const heads: Record<string, string> = {};
    for (const [seed, folder] of [
      [1, 'ada'],
      [2, 'ben'],
    ] as const) {
      await studio.sandbox.write(`${folder}/${folder}.mov`, seededBytes(seed, 4 * MIB));
      heads[folder] = await studio.record(folder, folder);
    }
    const address = node.at('film');
    const results = await Promise.all(
      ['ada', 'ben'].map((folder) => studio.run(folder, ['push', address, 'main'])),
    );
    const statuses = results.map(({ status }) => status);
    assert.deepEqual([...statuses].sort(), [0, 4], JSON.stringify(results));
    const [winner, loser] = statuses[0] === 0 ? ['ada', 'ben'] : ['ben', 'ada'];
    const { result } = results[statuses.indexOf(4)]!;
    assert.equal(result['refs'][0].result, 'rejected-non-fast-forward');
    assert.equal(result['error'].code, 'DITS_CLI_NOT_FAST_FORWARD');
    const { branches } = await studio.json('data/film', ['branch']);
    assert.equal(branches[0].target, heads[winner]);
    // Force is for those who may: the same peer may, and what was overwritten is still whole.
    const forced = await studio.json(loser, ['push', '--force', address, 'main']);
    assert.deepEqual([forced['refs'][0].old, forced['refs'][0].new], [heads[winner], heads[loser]]);
    await assertSound('data/film');
  });

  it('two commands that add to one repository: both are done, or one says that it is locked', async () => {
    await studio.project('film', { 'base.txt': 'base\n' });
    const names = ['a.mov', 'b.mov', 'c.mov'];
    for (const [seed, name] of names.entries()) {
      await studio.sandbox.write(`film/${name}`, seededBytes(seed, 4 * MIB));
    }
    const results = await Promise.all(names.map((name) => studio.run('film', ['add', name])));
    for (const { status, result } of results) {
      const isLocked = status === 5 && result['error'].code === 'DITS_REPO_LOCKED';
      assert.ok(status === 0 || isLocked, JSON.stringify(result));
    }
    const { staged } = await studio.json('film', ['status']);
    const added = names.filter((_, index) => results[index]?.status === 0);
    assert.ok(added.length > 0);
    assert.deepEqual(
      (staged as Json[]).map(({ path }) => String(path)),
      added,
    );
    await studio.record('film', 'All of them');
    await assertSound('film');
  });

  it('work in a repository while others clone it from a running node', async () => {
    await studio.grant('ben', 'read');
    await studio.project('film', { 'base.mov': seededBytes(1, 4 * MIB) });
    node = await RunningNode.start(studio.sandbox, ['--serve', `film=${studio.path('film')}`], {
      home: 'relay',
    });
    const address = node.at('film');
    const work = async (): Promise<void> => {
      for (let take = 1; take <= 3; take += 1) {
        await studio.sandbox.write(`film/take-${take}.mov`, seededBytes(take, 2 * MIB));
        await studio.record('film', `Take ${take}`);
      }
    };
    const watch = async (): Promise<void> => {
      for (const folder of ['one', 'two', 'three']) {
        await studio.json('', ['clone', address, folder], { home: 'ben' });
        assert.equal((await studio.json(folder, ['status']))['clean'], true);
      }
    };
    await Promise.all([work(), watch()]);
    await studio.json('one', ['pull'], { home: 'ben' });
    assert.ok(
      (await readFile(studio.path('film/take-3.mov'))).equals(
        await readFile(studio.path('one/take-3.mov')),
      ),
    );
    await assertSound('film', 'one', 'three');
  });

  it('a node obeys `peer remove` and `peer add` within a second, in the middle of a transfer too', async () => {
    const peerId = await studio.grant('home', 'write');
    await studio.project('film', { 'take.mov': seededBytes(5, 24 * MIB) });
    node = await studio.relay();
    const address = node.at('film');
    const push = ['push', address, 'main'];
    let client: ChildProcess | undefined;
    const pushing = studio.run('film', push, { onStart: (child) => (client = child) });
    await node.logged('repository.created');
    // Held in the middle of its transfer, however fast this machine is.
    client?.kill('SIGSTOP');
    await studio.json('', ['peer', 'remove', 'home'], { home: 'relay' });
    const removedMs = performance.now();
    await node.logged(`peer.revoked peerId=${peerId}`);
    assert.ok(performance.now() - removedMs < OBEYED_MS);
    client?.kill('SIGCONT');
    const cut = await pushing;
    assert.equal(cut.status, 7, JSON.stringify(cut.result));
    assert.equal(cut.result['error'].code, 'DITS_PROTOCOL_PERMISSION_DENIED');
    assert.equal((await studio.run('film', push)).status, 7);
    const words = ['peer', 'add', peerId, '--name', 'home', '--repo', 'film'];
    await studio.json('', [...words, '--access', 'read'], { home: 'relay' });
    const addedMs = performance.now();
    let read = await studio.run('film', ['fetch', address]);
    while (read.status === 7 && performance.now() - addedMs < OBEYED_MS) {
      read = await studio.run('film', ['fetch', address]);
    }
    assert.equal(read.status, 0, JSON.stringify(read.result));
    const denied = await studio.run('film', push);
    assert.deepEqual(
      [denied.status, denied.result['error'].code],
      [7, 'DITS_PROTOCOL_PERMISSION_DENIED'],
    );
  });

  it('a node says so when its port is taken, and when it runs already', async () => {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const { port } = socket.address();
    const start = ['node', 'start', '--listen', `127.0.0.1:${port}`];
    const busy = await studio.run('', start);
    await new Promise<void>((done) => void socket.close(done));
    assert.deepEqual([busy.status, busy.result['error'].code], [1, 'DITS_NODE_PORT_BUSY']);
    assert.match(String(busy.result['error'].hint), /--listen/);
    node = await RunningNode.start(studio.sandbox, ['--listen', `127.0.0.1:${port}`]);
    const second = await studio.run('', ['node', 'start', '--listen', '127.0.0.1:0']);
    assert.deepEqual(
      [second.status, second.result['error'].code],
      [5, 'DITS_NODE_ALREADY_RUNNING'],
    );
  });
});
