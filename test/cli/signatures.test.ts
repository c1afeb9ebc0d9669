import assert from 'node:assert/strict';

import {
  readCommit,
  encodeCommit,
  openStore,
  branchRef,
  type CommitId,
} from '../../store/index.ts';
import { Sandbox, type Json } from './sandbox.ts';

const MAIN = branchRef('main');

describe('signed commits', function () {
  this.timeout(30_000);
  let sandbox: Sandbox;
  let ada: string;

  before(async () => {
    sandbox = await Sandbox.create();
    ada = String((await sandbox.json(['id'], { home: 'ada' }))['peerId']);
    await sandbox.json(['init', 'film'], { home: 'ada' });
    await sandbox.write('film/a.txt', '1\n');
    await dits('add', '-A');
    await dits('commit', '-m', 'unsigned');
    await dits('commit', '--allow-empty', '-S', '-m', 'signed');
    await dits('config', 'set', 'commit.sign', 'true');
    await dits('commit', '--allow-empty', '-m', 'by setting');
  });
  after(async () => {
    await sandbox[Symbol.asyncDispose]();
  });

  function dits(...words: readonly string[]): Promise<Json> {
    return sandbox.json(['-C', 'film', ...words], { home: 'ada' });
  }

  async function logged(home: string): Promise<Json[]> {
    const words = ['-C', 'film', 'log', '--show-signature', '--json'];
    const { events } = await sandbox.run(words, { home });
    return events
      .filter(({ event }) => event === 'commit')
      .map(({ message, signature }) => ({
        message: String(message),
        signature: signature as Json,
      }));
  }

  it('say by whom, to whoever asks', async () => {
    const good = { state: 'good', peerId: ada };
    assert.deepEqual(await logged('ada'), [
      { message: 'by setting', signature: { ...good, name: null, isOwn: true } },
      { message: 'signed', signature: { ...good, name: null, isOwn: true } },
      { message: 'unsigned', signature: { state: 'none' } },
    ]);
    await sandbox.json(['peer', 'add', ada, '--name', 'ada'], { home: 'ben' });
    const [first] = await logged('ben');
    assert.deepEqual(first?.['signature'], { ...good, name: 'ada', isOwn: false });
    const words = ['-C', 'film', 'show', '--show-signature'];
    const { stdout } = await sandbox.run(words, { home: 'ben' });
    assert.match(stdout, new RegExp(`^Signed: by ada \\(${ada}\\)$`, 'm'));
    const plain = await sandbox.run(['-C', 'film', 'log'], { home: 'ben' });
    assert.doesNotMatch(plain.stdout, /^Signed:/m);
  });

  it('are told apart when they were changed', async () => {
    const store = await openStore(sandbox.path('film/.dits'));
    try {
      const head = (await store.refs.get(MAIN)) as CommitId;
      const commit = await readCommit(store.objects, head);
      const bytes = encodeCommit({ ...commit, message: 'forged' });
      const [put] = await store.objects.put([{ kind: 'commit', bytes }]);
      await store.objects.flush();
      const by = { actor: 'mallory', reason: 'forged' };
      await store.refs.update([{ name: branchRef('forged'), target: put!.id }], by);
    } finally {
      await store.close();
    }
    const words = ['-C', 'film', 'log', '-n', '1', '--show-signature', 'forged'];
    const { events } = await sandbox.run([...words, '--json'], { home: 'ada' });
    assert.deepEqual(events[0]?.['signature'], {
      ...{ state: 'bad', peerId: ada, name: null, isOwn: true },
    });
    assert.match((await sandbox.run(words, { home: 'ada' })).stdout, /^Signed: BAD/m);
  });
});
