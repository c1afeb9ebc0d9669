import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';

import { signMove } from '../../node/index.ts';
import { branchRef, openStore, remoteRef, type CommitId, type Ref } from '../../store/index.ts';
import type { RunningNode } from '../cli/running-node.ts';
import type { Json, RunResult } from '../cli/sandbox.ts';
import { Studio } from './studio.ts';

const MAIN = branchRef('main');
const TRACKED = remoteRef('origin', 'main');
const BY = { actor: 'relay', reason: 'by itself' };

describe('a relay that cannot be trusted', function () {
  this.timeout(60_000);
  let start: Studio;
  let studio: Studio;
  let relay: RunningNode;
  /** Where the relay was when everything was made. */
  let address: string;
  let first: CommitId;
  let second: CommitId;
  /** How the relay held main after the first push. */
  let earlier: Ref;

  before(async () => {
    start = await Studio.create();
    studio = start;
    for (const name of ['ada', 'ben']) await studio.grant(name, 'write');
    first = (await studio.project('ada', { 'notes.txt': '1\n' })) as CommitId;
    await ada('branch', 'old');
    relay = await studio.relay();
    address = relay.at('film');
    await ada('remote', 'add', 'origin', address);
    await ada('push', 'origin', 'main');
    earlier = await held();
    await studio.sandbox.write('ada/notes.txt', '2\n');
    second = (await studio.record('ada', 'second')) as CommitId;
    await ada('push');
    await studio.json('', ['clone', address, 'ben'], { home: 'ben' });
    // Copies begin with what a node that has ended leaves.
    await relay.end();
  });
  after(async () => {
    await relay.end();
    await start[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    studio = await start.copy();
    relay = await studio.relay();
    for (const name of ['ada', 'ben']) {
      const file = studio.path(name, '.dits', 'config.toml');
      const text = await readFile(file, 'utf8');
      await writeFile(file, text.replace(address, relay.at('film')));
    }
  });
  afterEach(async () => {
    await relay.end();
    await studio[Symbol.asyncDispose]();
  });

  function ada(...words: readonly string[]): Promise<Json> {
    return studio.json('ada', words, { home: 'ada' });
  }

  function ben(...words: readonly string[]): Promise<RunResult> {
    return studio.run('ben', words, { home: 'ben' });
  }

  /** main as the relay has it. */
  async function held(): Promise<Ref> {
    await using store = await openStore(studio.path('data/film'));
    return (await store.refs.list()).find(({ name }) => name === MAIN)!;
  }

  /** What whoever owns the relay's disk can do. */
  async function put(ref: Omit<Ref, 'name'>): Promise<void> {
    await using store = await openStore(studio.path('data/film'));
    await store.refs.update([{ name: MAIN, ...ref }], BY);
  }

  async function trackedByBen(): Promise<string | undefined> {
    await using store = await openStore(studio.path('ben/.dits'));
    return await store.refs.get(TRACKED);
  }

  async function assertRefused(expected: {
    readonly status: number;
    readonly code: string;
    readonly says: RegExp;
  }): Promise<void> {
    for (const verb of ['fetch', 'pull']) {
      const { status, result } = await ben(verb);
      assert.equal(status, expected.status, JSON.stringify(result));
      assert.equal(result['error'].code, expected.code);
      assert.match(String(result['error'].message), expected.says);
      assert.equal(result['refs'][0].code, expected.code);
    }
    assert.equal(await trackedByBen(), second);
  }

  it('is told apart when it puts a branch back, until somebody moves it on', async () => {
    await put(earlier);
    const says = new RegExp(relay.peerId);
    await assertRefused({ status: 4, code: 'DITS_CLI_REF_ROLLED_BACK', says });
    const pushed = await ada('push');
    assert.equal(pushed['refs'][0].result, 'updated');
    const { status, result } = await ben('pull');
    assert.equal(status, 0, JSON.stringify(result));
    assert.equal(await trackedByBen(), second);
  });

  it('is told apart when it moves a branch by itself, and obeyed only on request', async () => {
    await put({ target: first });
    const says = new RegExp(`${relay.peerId}.*without anybody's signature`);
    await assertRefused({ status: 7, code: 'DITS_CLI_REF_NOT_VOUCHED', says });
    const { status } = await ben('fetch', '--trust-moves');
    assert.equal(status, 0);
    assert.equal(await trackedByBen(), first);
  });

  it('cannot forge who moved a branch, towards a clone neither', async () => {
    const { move } = await held();
    await put({ target: first, move: { ...move!, sequence: move!.sequence + 1 } });
    const says = /signature that is wrong/;
    await assertRefused({ status: 7, code: 'DITS_CLI_REF_NOT_VOUCHED', says });
    const words = ['clone', relay.at('film'), 'copy'];
    const { status, result } = await studio.run('', words, { home: 'ben' });
    assert.equal(status, 7, JSON.stringify(result));
    assert.equal(result['head'], null);
  });

  it('cannot show a branch of another repository in the place of this one', async () => {
    await ada('push', relay.at('other'), 'old:main');
    await using other = await openStore(studio.path('data/other'));
    const [foreign] = await other.refs.list();
    const { move } = await held();
    await put({ target: first, move: { ...foreign!.move!, repository: move!.repository } });
    const says = /signature that is wrong/;
    await assertRefused({ status: 7, code: 'DITS_CLI_REF_NOT_VOUCHED', says });
    // What was fetched from one address says nothing about another.
    await put({ target: second, move });
    for (const name of ['film', 'other']) {
      assert.equal((await ben('fetch', relay.at(name))).status, 0);
    }
  });

  it('cannot pass on a branch that went back, unless somebody signed for that', async () => {
    const identity = await studio.identity('ada');
    const { move } = await held();
    const moving = {
      ...{ name: MAIN, old: second, target: first, before: move, isForward: true },
      custody: { repositoryId: move!.repository, kept: true },
      ...{ rememberedSequence: 0, nowMs: Date.now() },
    };
    // As a program would sign that hides what it did.
    await put({ target: first, move: signMove(identity, moving) });
    const says = new RegExp(`${relay.peerId}.*nobody signed for that`);
    await assertRefused({ status: 4, code: 'DITS_CLI_REF_ROLLED_BACK', says });
    await put({ target: second, move });
    await ada('push', '--force', 'origin', 'old:main');
    const { status, result } = await ben('fetch');
    assert.equal(status, 0, JSON.stringify(result));
    assert.equal(result['refs'][0].movedBy.peerId, identity.peerId);
    assert.equal(await trackedByBen(), first);
  });

  it('is believed about known people only, when asked to', async () => {
    await studio.json('ben', ['config', 'set', 'refs.movers', 'known'], { home: 'ben' });
    await studio.sandbox.write('ada/notes.txt', '3\n');
    await studio.record('ada', 'third');
    await ada('push');
    const { peerId } = await studio.identity('ada');
    await assertRefused({
      ...{ status: 7, code: 'DITS_CLI_REF_NOT_VOUCHED' },
      says: new RegExp(`${peerId}, who is not known`),
    });
    await studio.sandbox.json(['peer', 'add', peerId, '--name', 'ada'], { home: 'ben' });
    const { status, result } = await ben('fetch');
    assert.equal(status, 0, JSON.stringify(result));
    assert.deepEqual(result['refs'][0].movedBy, { peerId, name: 'ada' });
  });

  it('holds a protected branch where it is, against --force and --delete', async () => {
    await studio.json('data/film', ['config', 'set', 'refs.protect', 'main release/*']);
    for (const words of [
      ['push', '--force', 'origin', 'old:main'],
      ['push', 'origin', '--delete', 'main'],
    ]) {
      const { status, result } = await studio.run('ada', words, { home: 'ada' });
      assert.equal(status, 7, JSON.stringify(result));
      assert.match(String(result['error'].message), /protected/);
    }
    const path = studio.path('data/film');
    const local = await studio.run('ada', ['push', '--force', path, 'old:main']);
    assert.equal(local.status, 7, JSON.stringify(local.result));
    assert.equal((await held()).target, second);
    const words = ['config', 'set', 'refs.protect', 'main a..b'];
    assert.equal((await studio.run('data/film', words)).status, 2);
  });
});
