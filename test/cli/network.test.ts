import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';

import { RunningNode } from './running-node.ts';
import { Sandbox } from './sandbox.ts';

describe('two machines and a node', function () {
  this.timeout(60_000);
  let start: Sandbox;
  let sandbox: Sandbox;
  let relay: RunningNode;
  let ada: string;
  let ben: string;
  /** The commit of the project that every test begins with. */
  let first: string;

  before(async () => {
    start = await Sandbox.create();
    sandbox = start;
    const ids = ['ada', 'ben'].map((home) => sandbox.json(['id'], { home }));
    [ada = '', ben = ''] = (await Promise.all(ids)).map(({ peerId }) => String(peerId));
    for (const [id, name] of [
      [ada, 'ada'],
      [ben, 'ben'],
    ] as const) {
      const words = ['peer', 'add', id, '--name', name, '--access', 'write'];
      await sandbox.json(words, { home: 'relay' });
    }
    await sandbox.json(['init', 'film'], { home: 'ada' });
    await sandbox.write('film/take.mov', randomBytes(3_000_000));
    await sandbox.write('film/notes.txt', 'first\n');
    first = await record('film', 'ada', 'The first cut');
  });
  after(async () => {
    await start[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    sandbox = await start.copy();
    relay = await RunningNode.start(sandbox, ['--relay', '--create', '--data', 'data'], {
      home: 'relay',
    });
  });
  afterEach(async () => {
    await relay.end();
    await sandbox[Symbol.asyncDispose]();
  });

  async function record(folder: string, home: string, message: string): Promise<string> {
    await sandbox.json(['-C', folder, 'add', '-A'], { home });
    return String((await sandbox.json(['-C', folder, 'commit', '-m', message], { home }))['id']);
  }

  it('share a project: push, clone, change, push, pull', async () => {
    const address = relay.at('film');
    await sandbox.json(['-C', 'film', 'remote', 'add', 'origin', address], { home: 'ada' });
    const pushed = await sandbox.json(['-C', 'film', 'push'], { home: 'ada' });
    assert.equal(pushed['refs'][0].result, 'created');
    assert.equal(pushed['path'], 'quic');
    assert.equal(pushed['bytes'].logical, 3_000_006);
    assert.ok(pushed['bytes'].wire > 3_000_000);

    const cloned = await sandbox.json(['clone', address, 'copy'], { home: 'ben' });
    assert.equal(cloned['head'], first);
    assert.deepEqual(
      await readFile(sandbox.path('copy/take.mov')),
      await readFile(sandbox.path('film/take.mov')),
    );
    await sandbox.write('copy/notes.txt', 'second\n');
    const second = await record('copy', 'ben', 'Graded');
    const back = await sandbox.json(['-C', 'copy', 'push'], { home: 'ben' });
    assert.equal(back['chunks'].sent, 1);
    assert.equal(back['bytes'].logical, 7);

    const fetched = await sandbox.json(['-C', 'film', 'fetch'], { home: 'ada' });
    assert.deepEqual(fetched['refs'][0], {
      name: 'refs/heads/main',
      old: first,
      new: second,
      result: 'updated',
      movedBy: { peerId: ben, name: null },
    });
    const pulled = await sandbox.json(['-C', 'film', 'pull'], { home: 'ada' });
    assert.equal(pulled['head'], second);
    assert.equal(pulled['chunks'].received, 0);
    assert.equal(await readFile(sandbox.path('film/notes.txt'), 'utf8'), 'second\n');
  });

  it('tell who the node is and what it does, and stop it', async () => {
    const status = await sandbox.json(['node', 'status'], { home: 'relay' });
    assert.equal(status['peerId'], relay.peerId);
    assert.equal(status['pid'], relay.child.pid);
    assert.deepEqual(status['addresses'], [relay.address]);
    const ended = once(relay.child, 'close');
    await sandbox.json(['node', 'stop'], { home: 'relay' });
    await ended;
    assert.equal(relay.child.exitCode, 0);
    assert.equal((await sandbox.run(['node', 'status'], { home: 'relay' })).status, 1);
  });

  it('end the node with 0 on a signal', async () => {
    assert.equal(await relay.end('SIGINT'), 0);
  });

  it('need no grant when the user is the same', async () => {
    const words = ['-C', 'film', 'push', relay.at('film'), 'main'];
    assert.equal((await sandbox.run(words, { home: 'relay' })).status, 0);
  });

  describe('are refused with 7', () => {
    it('when the node does not know them', async () => {
      const { status, result } = await sandbox.run(
        ['-C', 'film', 'push', relay.at('film'), 'main', '--json'],
        { home: 'stranger' },
      );
      assert.equal(status, 7, JSON.stringify(result));
    });

    it('when they have no grant for what they want', async () => {
      const { peerId } = await sandbox.json(['id'], { home: 'reader' });
      await sandbox.json(['peer', 'add', String(peerId), '--name', 'reader', '--repo', 'film'], {
        home: 'relay',
      });
      await sandbox.json(['-C', 'film', 'push', relay.at('film'), 'main'], { home: 'ada' });
      const push = ['-C', 'film', 'push', relay.at('film'), 'main', '--json'];
      const denied = await sandbox.run(push, { home: 'reader' });
      assert.equal(denied.status, 7, JSON.stringify(denied.result));
      assert.equal(denied.result['error'].code, 'DITS_PROTOCOL_PERMISSION_DENIED');
      await sandbox.json(['clone', relay.at('film'), 'copy'], { home: 'reader' });
      assert.equal((await sandbox.run(['clone', relay.at('other')], { home: 'reader' })).status, 7);
    });

    it('when the node has another key than the address says', async () => {
      const { status, result } = await sandbox.run(
        ['clone', relay.at('film', { peerId: ada }), '--json'],
        { home: 'ben' },
      );
      assert.equal(status, 7);
      assert.equal(result['error'].code, 'DITS_NODE_IDENTITY_MISMATCH');
    });

    it('when they do not know the node, until they say --trust-new', async () => {
      const push = ['-C', 'film', 'push', relay.at('film', { peerId: null }), 'main', '--json'];
      const unknown = await sandbox.run(push, { home: 'ada' });
      assert.equal(unknown.status, 7);
      assert.equal(unknown.result['error'].code, 'DITS_NODE_UNKNOWN_PEER');
      assert.equal((await sandbox.run([...push, '--trust-new'], { home: 'ada' })).status, 0);
      assert.equal((await sandbox.run(push, { home: 'ada' })).status, 0);
    });
  });

  it('are told with 3 when there is no such repository', async () => {
    const { status } = await sandbox.run(['clone', relay.at('nothing')], { home: 'ada' });
    assert.equal(status, 3);
  });

  it('are told with 6 when nobody is there', async () => {
    await relay.end();
    const { status, result } = await sandbox.run(
      ['-C', 'film', 'push', relay.at('film'), 'main', '--json'],
      { home: 'ada' },
    );
    assert.equal(status, 6, JSON.stringify(result));
    assert.ok(result['error'].hint !== '');
  });

  it('mend a damaged repository from the node', async () => {
    await sandbox.json(['-C', 'film', 'remote', 'add', 'origin', relay.at('film')], {
      home: 'ada',
    });
    await sandbox.json(['-C', 'film', 'push'], { home: 'ada' });
    const [segment] = ['film/.dits/segments/00000001.seg', 'film/.dits/segments/00000000.seg'];
    const bytes = await readFile(sandbox.path(segment));
    bytes.fill(0xff, 1_000_000, 1_000_100);
    await sandbox.write(segment, bytes);
    const found = await sandbox.run(['-C', 'film', 'fsck', '--json'], { home: 'ada' });
    assert.equal(found.status, 8, JSON.stringify(found.result));
    assert.equal(found.result['ok'], false);
    assert.equal(found.result['corrupt'].length, 1);
    const mended = await sandbox.json(['-C', 'film', 'fsck', '--repair'], { home: 'ada' });
    assert.ok(mended['repaired'] >= 1);
    const after = await sandbox.json(['-C', 'film', 'fsck'], { home: 'ada' });
    assert.deepEqual([after['corrupt'], after['missing']], [[], []]);
  });

  it('end with 130 on a signal in the middle, and go on afterwards', async () => {
    await sandbox.write('film/large.mov', randomBytes(60_000_000));
    await record('film', 'ada', 'A large take');
    const push = ['-C', 'film', 'push', relay.at('film'), 'main', '--json'];
    const interrupted = await sandbox.run(push, {
      home: 'ada',
      onStart: (child) => {
        relay.child.stderr?.once('data', () => child.kill('SIGINT'));
      },
    });
    assert.equal(interrupted.status, 130, JSON.stringify(interrupted.result));
    assert.equal(interrupted.result['error'].code, 'DITS_CLI_INTERRUPTED');
    const again = await sandbox.json(push.slice(0, -1), { home: 'ada' });
    assert.equal(again['refs'][0].result, 'created');
    await rm(sandbox.path('film'), { recursive: true });
    await sandbox.json(['clone', relay.at('film')], { home: 'ada' });
  });
});
