import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

import { Discovery, parsePeerAddress, silentLogger } from '../../node/index.ts';
import { RunningNode } from './running-node.ts';
import { Sandbox, type Json } from './sandbox.ts';

type Seen = { readonly ann: Json; readonly all: readonly Json[] };

describe('peers on one network', function () {
  this.timeout(60_000);
  let sandbox: Sandbox;
  let ann: string;
  let node: RunningNode;

  before(async () => {
    sandbox = await Sandbox.create();
    const [one, bob] = await Promise.all(
      ['ann', 'bob'].map(async (home) => String((await sandbox.json(['id'], { home }))['peerId'])),
    );
    ann = one!;
    const words = ['peer', 'add', bob!, '--name', 'bob', '--repo', 'film', '--access', 'write'];
    await sandbox.json(words, { home: 'ann' });
    await sandbox.json(['peer', 'add', ann, '--name', 'ann'], { home: 'bob' });
    for (const name of ['film', 'secret']) {
      await sandbox.json(['init', name], { home: 'ann' });
      await sandbox.write(`${name}/notes.txt`, 'first\n');
      await record(name, 'ann');
    }
    node = await startAnn();
  });
  after(async () => {
    await node.end();
    await sandbox[Symbol.asyncDispose]();
  });

  function startAnn(): Promise<RunningNode> {
    return RunningNode.start(sandbox, ['--serve', 'film=film', '--serve', 'secret=secret'], {
      home: 'ann',
    });
  }

  async function record(folder: string, home: string): Promise<void> {
    await sandbox.json(['-C', folder, 'add', '-A'], { home });
    await sandbox.json(['-C', folder, 'commit', '-m', 'more'], { home });
  }

  async function peersOf(home: string): Promise<Seen> {
    const { peers } = await sandbox.json(['peers'], { home });
    const all = peers as Json[];
    const found = all.find(({ peerId }) => peerId === ann);
    assert.ok(found !== undefined, JSON.stringify(all));
    return { ann: found, all };
  }

  it('see each other, and what is shared with them; strangers are told nothing', async () => {
    const homes = ['bob', 'stranger'].map((home) => peersOf(home));
    const [{ ann: seen }, { ann: unknown }] = (await Promise.all(homes)) as [Seen, Seen];
    const { name, isKnown, repositories } = unknown;
    assert.deepEqual([name, isKnown, repositories], [null, false, null]);
    assert.equal(node.count('peer.problem'), 0);
    assert.deepEqual(seen, {
      peerId: ann,
      name: 'ann',
      isKnown: true,
      addresses: [node.at('x').replace(/^.*@(.*)\/x$/, '$1')],
      offersCode: false,
      repositories: [{ name: 'film', access: 'write' }],
      problem: null,
    });
    const { stdout } = await sandbox.run(['peers'], { home: 'bob' });
    assert.match(stdout, /^ann +127\.0\.0\.1:\d+ +shares film \(write\)$/m);
  });

  it('can be cloned from by name, and are followed to another address', async () => {
    await sandbox.json(['clone', 'ann/film', 'copy'], { home: 'bob' });
    assert.equal(await readFile(sandbox.path('copy/notes.txt'), 'utf8'), 'first\n');
    const { remotes } = await sandbox.json(['-C', 'copy', 'remote'], { home: 'bob' });
    assert.deepEqual(remotes, [{ name: 'origin', address: `dits://${ann}/film` }]);

    await node.end();
    await sandbox.write('film/notes.txt', 'second\n');
    await record('film', 'ann');
    const before = node.address;
    node = await startAnn();
    assert.notEqual(node.address, before);
    const pulled = await sandbox.json(['-C', 'copy', 'pull'], { home: 'bob' });
    assert.equal(pulled['refs'][0].result, 'updated');
    const peers = await readFile(sandbox.path('.bob', 'peers.toml'), 'utf8');
    assert.ok(peers.includes(node.address.replace(/^.*@/, '')), peers);

    // An address with an id leads to the same peer, also when it is one of yesterday.
    const old = `${before}/film`;
    await sandbox.json(['-C', 'copy', 'remote', 'add', 'old', old], { home: 'bob' });
    const fetched = await sandbox.json(['-C', 'copy', 'fetch', 'old'], { home: 'bob' });
    assert.equal(fetched['refs'][0].result, 'created');
    const pushed = await sandbox.json(['-C', 'copy', 'push', 'ann/film', 'main:new'], {
      home: 'bob',
    });
    assert.equal(pushed['refs'][0].result, 'created');
  });

  it('are not what a folder of that name is', async () => {
    await sandbox.json(['init', 'ann/film'], { home: 'bob' });
    await sandbox.write('ann/film/own.txt', 'mine\n');
    await record('ann/film', 'bob');
    await sandbox.json(['clone', 'ann/film', 'of-the-folder'], { home: 'bob' });
    assert.equal(await readFile(sandbox.path('of-the-folder/own.txt'), 'utf8'), 'mine\n');
    const { status, result } = await sandbox.run(['clone', 'nobody/film', '--json'], {
      home: 'bob',
    });
    assert.equal(status, 3);
    assert.equal(result['error'].code, 'DITS_REPO_NOT_A_REPOSITORY');
  });

  it('name who answers for somebody else, and reach the right one all the same', async () => {
    const mallory = await RunningNode.start(sandbox, [], { home: 'mallory' });
    const at = parsePeerAddress(mallory.at('x'));
    const lie = Discovery.start(
      { logger: silentLogger },
      { peerId: ann, announce: { host: at.host, port: at.port } },
    );
    try {
      const { ann: seen } = await peersOf('bob');
      assert.ok((seen['addresses'] as string[]).includes(`${at.host}:${at.port}`));
      assert.deepEqual(seen['repositories'], [{ name: 'film', access: 'write' }]);

      await node.end();
      const { status, result } = await sandbox.run(['-C', 'copy', '--json', 'fetch'], {
        home: 'bob',
      });
      assert.equal(status, 7);
      assert.equal(result['error'].code, 'DITS_NODE_IDENTITY_MISMATCH');
      assert.ok(String(result['error'].message).includes(mallory.peerId));
      node = await startAnn();
      const fetched = await sandbox.json(['-C', 'copy', 'fetch'], { home: 'bob' });
      assert.equal(fetched['refs'][0].result, 'up-to-date');
    } finally {
      await lie.close();
      await mallory.end();
    }
  });

  it('are not looked for, nor announced, when that is switched off', async () => {
    await sandbox.json(['config', 'set', '--user', 'node.discovery', 'false'], { home: 'hidden' });
    const hidden = await RunningNode.start(sandbox, [], { home: 'hidden' });
    try {
      const { all } = await peersOf('bob');
      assert.ok(!all.some(({ peerId }) => peerId === hidden.peerId));
      const status = await sandbox.json(['node', 'status'], { home: 'hidden' });
      assert.equal(status['near'], undefined);
      const own = await sandbox.json(['peers'], { home: 'hidden' });
      assert.deepEqual([own['discovery'], own['peers']], [false, []]);
    } finally {
      await hidden.end();
    }
  });
});
