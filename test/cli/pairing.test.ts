import assert from 'node:assert/strict';

import { CodeOnScreen, hostPort, mistyped, withoutDiscovery } from './pairing-bench.ts';
import { RunningNode } from './running-node.ts';
import { Sandbox } from './sandbox.ts';

const TIMEOUT_MS = 30_000;
const REFUSED = 7;
const USAGE = 2;

describe('dits peer pair', function () {
  this.timeout(TIMEOUT_MS);
  let sandbox: Sandbox;
  let nodes: RunningNode[];

  beforeEach(async () => {
    sandbox = await Sandbox.create();
    nodes = [];
    await withoutDiscovery(sandbox, 'ann', 'bob', 'relay', 'eve');
  });

  afterEach(async () => {
    await Promise.all(nodes.map((node) => node.end()));
    await sandbox[Symbol.asyncDispose]();
  });

  const start = async (home: string, ...words: string[]): Promise<RunningNode> => {
    const node = await RunningNode.start(sandbox, words, { home });
    nodes.push(node);
    return node;
  };
  const join = (code: string, at: string, home = 'bob') =>
    sandbox.run(['peer', 'pair', code, '--at', at, '--yes', '--json'], { home });
  const peersOf = async (home: string) =>
    (await sandbox.json(['peer', 'list'], { home }))['peers'] as Record<string, unknown>[];

  it('makes two machines known to each other that meet at a relay neither knows', async () => {
    const relay = await start('relay', '--relay');
    const at = hostPort(relay.address);
    const ann = await CodeOnScreen.show(sandbox, 'ann', ['--at', at, '--as', 'edit-suite']);
    assert.match(ann.code, /^[2-9AC-HJ-NP-RTV-Y]{6}$/);
    const spelled = `${ann.code.slice(0, 3)}-${ann.code.slice(3)}`.toLowerCase();
    const bob = await join(spelled, at);
    assert.equal(bob.status, 0, bob.stderr);
    const { status, result } = await ann.end();
    assert.equal(status, 0);
    const [annId, bobId] = await Promise.all(
      ['ann', 'bob'].map(
        async (home) => (await sandbox.json(['id'], { home }))['peerId'] as string,
      ),
    );
    assert.equal(result['peers'][0].peerId, bobId);
    const grants = [{ repository: '*', access: 'read', branches: null, until: null, ticket: null }];
    const [atBob] = await peersOf('bob');
    assert.deepEqual(
      [atBob?.['peerId'], atBob?.['name'], atBob?.['grants']],
      [annId, 'edit-suite', grants],
    );
    assert.deepEqual(await peersOf('relay'), []);
    assert.ok(!relay.log.includes(ann.code.slice(2)), 'the relay has not seen the secret');
  });

  it('takes four commands from two fresh machines to the first clone', async () => {
    await sandbox.write('film/reel.txt', 'scene one');
    await sandbox.json(['init', 'film'], { home: 'ann' });
    await sandbox.json(['add', '.'], { home: 'ann', cwd: 'film' });
    await sandbox.json(['commit', '-m', 'first'], { home: 'ann', cwd: 'film' });
    const node = await start('ann', '--serve', `film=${sandbox.path('film')}`);
    const ann = await CodeOnScreen.show(sandbox, 'ann', ['--as', 'studio']);
    const bob = await join(ann.code, hostPort(node.address));
    assert.equal(bob.status, 0, bob.stderr);
    assert.equal((await ann.end()).status, 0);
    const [studio] = await peersOf('bob');
    assert.deepEqual(studio?.['addresses'], [hostPort(node.address)]);
    await sandbox.json(['clone', 'studio/film', 'copy'], { home: 'bob' });
  });

  it('needs no node that runs: the code is offered by one that runs only meanwhile', async () => {
    const ann = await CodeOnScreen.show(sandbox, 'ann', ['--access', 'none']);
    const bob = await join(ann.code, ann.addresses[0]!);
    assert.equal(bob.status, 0, bob.stderr);
    const { result } = await ann.end();
    assert.deepEqual(result['peers'][0].grants, []);
  });

  it('finds a code on the network without being told where', async () => {
    for (const home of ['ann', 'bob']) {
      await sandbox.json(['config', '--global', 'node.discovery', 'true'], { home });
    }
    const ann = await CodeOnScreen.show(sandbox, 'ann');
    const bob = await sandbox.run(['peer', 'pair', ann.code, '--yes', '--json'], { home: 'bob' });
    assert.equal(bob.status, 0, bob.stderr);
    assert.equal((await ann.end()).status, 0);
  });

  it('is over after three wrong codes, each of which fails by itself', async () => {
    const ann = await CodeOnScreen.show(sandbox, 'ann');
    const at = ann.addresses[0]!;
    const tries = await Promise.all([1, 2, 3].map(() => join(mistyped(ann.code), at, 'eve')));
    for (const eve of tries) {
      assert.equal(eve.status, REFUSED, eve.stderr);
      assert.equal(eve.result['error'].code, 'DITS_NODE_WRONG_CODE');
    }
    const { status, events, result } = await ann.end();
    assert.equal(status, REFUSED);
    assert.equal(result['error'].code, 'DITS_NODE_WRONG_CODE');
    const left = events
      .filter((one) => one['event'] === 'wrong-code')
      .map((one) => Number(one['triesLeft']));
    assert.deepEqual(left, [2, 1, 0]);
    assert.deepEqual([await peersOf('ann'), await peersOf('eve')], [[], []]);
  });

  it('works for the right one after a wrong code, and only once', async () => {
    const node = await start('ann');
    const at = hostPort(node.address);
    const ann = await CodeOnScreen.show(sandbox, 'ann');
    assert.equal((await join(mistyped(ann.code), at, 'eve')).status, REFUSED);
    assert.equal((await join(ann.code, at)).status, 0);
    assert.equal((await ann.end()).status, 0);
    const again = await join(ann.code, at, 'eve');
    assert.equal(again.status, REFUSED);
    assert.equal(again.result['error'].code, 'DITS_NODE_CODE_NOT_FOUND');
    assert.deepEqual(await peersOf('eve'), []);
  });

  it('lets no stranger into a node that offers nothing, and none further than the lobby', async () => {
    const node = await start('ann');
    const at = hostPort(node.address);
    const early = await join('22QM2X', at);
    assert.equal(early.status, REFUSED);
    assert.equal(early.result['error'].code, 'DITS_NODE_CODE_NOT_FOUND');
    const ann = await CodeOnScreen.show(sandbox, 'ann');
    const clone = await sandbox.run(['clone', node.at('film'), 'copy', '--json'], { home: 'bob' });
    assert.equal(clone.status, REFUSED, clone.stderr);
    await ann.stop();
  });

  it('says what is wrong with a code that is none, and where nobody can confirm', async () => {
    const bad = await sandbox.run(['peer', 'pair', 'hello', '--yes', '--json'], { home: 'bob' });
    assert.deepEqual([bad.status, bad.result['error'].code], [USAGE, 'DITS_NODE_CODE_INVALID']);
    const unasked = await sandbox.run(['peer', 'pair', '--json'], { home: 'bob' });
    assert.equal(unasked.status, USAGE);
    assert.match(String(unasked.result['error'].hint), /--yes/);
  });

  it('ends at once when it is told to, and the code with it', async () => {
    const node = await start('ann');
    const ann = await CodeOnScreen.show(sandbox, 'ann');
    ann.child.kill('SIGINT');
    assert.equal((await ann.end()).status, 130);
    const late = await join(ann.code, hostPort(node.address));
    assert.equal(late.result['error'].code, 'DITS_NODE_CODE_NOT_FOUND');
  });
});
