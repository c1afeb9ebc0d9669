import { randomBytes } from 'node:crypto';
import assert from 'node:assert/strict';
import { branchRef, tagRef } from '../../store/index.ts';
import {
  PROTOCOL_ERROR_CODES,
  connectSession,
  createMemoryPair,
  serveConnection,
  type AccessQuestion,
  type ServedRepositories,
} from '../../protocol/index.ts';
import { ManualClock } from './support/manual-clock.ts';
import { SampleRepository, SeededRandom } from '../../simulations/index.ts';
import { connectPair, openHost } from './support/session-pair.ts';

const MAIN = branchRef('main');
/** Turns of the event loop that a few messages between two sessions take at most. */
const SETTLE_TURNS = 50;

async function settle(): Promise<void> {
  for (let turn = 0; turn < SETTLE_TURNS; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('a session', () => {
  it('tells each side who the other is', async () => {
    const { session, close } = await connectPair(openHost({}), { acceptorPeerId: 'relay' });
    assert.equal(session.remotePeerId, 'relay');
    assert.equal(session.remoteSoftware, 'server/1');
    await close();
  });

  it('opens a repository with what the peer grants', async () => {
    const repository = new SampleRepository();
    await repository.commit({ a: Buffer.from('a') });
    const { session, close } = await connectPair(openHost({ film: repository }));
    const opened = await session.openRepository('film', { access: 'read' });
    assert.equal(opened.access, 'admin');
    assert.equal(opened.objectCount, 3);
    const { head, refs } = await opened.listRefs();
    assert.deepEqual(head, { kind: 'branch', name: MAIN });
    assert.deepEqual(refs, [{ name: MAIN, target: await repository.refs.get(MAIN) }]);
    await close();
  });

  it('asks the host about exactly what the peer wants, under its proven name', async () => {
    const questions: AccessQuestion[] = [];
    const host: ServedRepositories = {
      authorize: (question) => {
        questions.push(question);
        return Promise.resolve({ isGranted: false, failure: 'invalid', message: 'none such' });
      },
    };
    const { session, close } = await connectPair(host, { diallerPeerId: 'ann' });
    await assert.rejects(session.openRepository('a/b', { access: 'write', create: true }), {
      code: 'DITS_PROTOCOL_NOT_FOUND',
    });
    assert.deepEqual(questions, [
      { peerId: 'ann', repository: 'a/b', access: 'write', create: true, pass: undefined },
    ]);
    await close();
  });

  it('does not tell a repository that is not granted from one that does not exist', async () => {
    const { session, close } = await connectPair(openHost({}));
    await assert.rejects(session.openRepository('secret', { access: 'read' }), {
      code: 'DITS_PROTOCOL_PERMISSION_DENIED',
    });
    await close();
  });

  it('costs a few hundred bytes when there is nothing to do', async () => {
    const repository = new SampleRepository();
    await repository.commit({ a: Buffer.from('a') });
    const { session, pair, close } = await connectPair(openHost({ repo: repository }));
    const opened = await session.openRepository('repo', { access: 'write' });
    await opened.listRefs();
    await close();
    const { bytesSent, bytesReceived } = pair.dialler.stats();
    assert.ok(bytesSent + bytesReceived < 500, `${bytesSent + bytesReceived} bytes`);
  });

  it('lists more refs than one message holds', async () => {
    const repository = new SampleRepository();
    const id = await repository.commit({ a: Buffer.from('a') });
    const names = Array.from({ length: 5_000 }, (_, index) => tagRef(`v${index}`));
    await repository.refs.update(
      names.map((name) => ({ name, target: id })),
      { actor: 'test', reason: 'test' },
    );
    const { session, close } = await connectPair(openHost({ repo: repository }));
    const opened = await session.openRepository('repo', { access: 'read' });
    for (let round = 0; round < 2; round++) {
      const { refs } = await opened.listRefs();
      assert.deepEqual(new Set(refs.map((ref) => ref.name)), new Set([MAIN, ...names]));
    }
    await close();
  });

  it('does not show what a repository remembers of others', async () => {
    const repository = new SampleRepository();
    const id = await repository.commit({ a: Buffer.from('a') });
    const name = 'refs/remotes/origin/main' as typeof MAIN;
    await repository.refs.update([{ name, target: id }], { actor: 'test', reason: 'test' });
    const { session, close } = await connectPair(openHost({ repo: repository }));
    const opened = await session.openRepository('repo', { access: 'write' });
    assert.deepEqual(
      (await opened.listRefs()).refs.map((ref) => ref.name),
      [MAIN],
    );
    const [result] = await opened.updateRefs([{ name, old: id, new: null, force: true }]);
    assert.equal(result?.result, 'denied');
    await close();
  });

  it('lists what the host lets a peer read, however many there are', async () => {
    const all = Array.from({ length: 2_500 }, (_, index) => ({
      name: `film-${String(index).padStart(4, '0')}`,
      access: 'read' as const,
    }));
    const host: ServedRepositories = {
      authorize: () => Promise.reject(new Error('nothing is opened')),
      list: (peerId) => Promise.resolve(peerId === 'ann' ? all : []),
    };
    for (const [diallerPeerId, expected] of [
      ['ann', all],
      ['bob', []],
    ] as const) {
      const { session, close } = await connectPair(host, { diallerPeerId });
      assert.deepEqual(await session.listRepositories(), expected);
      await close();
    }
  });

  it('gives no more than was granted', async () => {
    const repository = new SampleRepository();
    const id = await repository.commit({ a: Buffer.from('a') });
    const host: ServedRepositories = {
      authorize: () => Promise.resolve({ isGranted: true, access: 'read', repository }),
    };
    const { session, close } = await connectPair(host);
    const opened = await session.openRepository('repo', { access: 'read' });
    const change = { name: MAIN, old: id, new: null, force: true };
    await assert.rejects(opened.updateRefs([change]), { code: 'DITS_PROTOCOL_PERMISSION_DENIED' });
    const local = new SampleRepository();
    const other = await local.commit({ b: Buffer.from('b') });
    await assert.rejects(opened.push({ store: local.objects, wants: [other], haves: [] }), {
      code: 'DITS_PROTOCOL_PERMISSION_DENIED',
    });
    assert.deepEqual(await repository.objects.has([other]), [false]);
    await close();
  });

  it('gives nothing that no ref leads to', async () => {
    const repository = new SampleRepository();
    await repository.commit({ a: Buffer.from('a') });
    const hidden = await repository.commitTree({ b: Buffer.from('b') }, []);
    const { session, close } = await connectPair(openHost({ repo: repository }));
    const opened = await session.openRepository('repo', { access: 'read' });
    const local = new SampleRepository();
    await assert.rejects(opened.pull({ store: local.objects, wants: [hidden], haves: [] }), {
      code: 'DITS_PROTOCOL_NOT_FOUND',
    });
    await close();
  });

  it('gives an old commit that a ref still leads to', async () => {
    const repository = new SampleRepository();
    const old = await repository.commit({ a: Buffer.from('a') });
    await repository.commit({ a: Buffer.from('b') });
    const { session, close } = await connectPair(openHost({ repo: repository }));
    const opened = await session.openRepository('repo', { access: 'read' });
    const local = new SampleRepository();
    await opened.pull({ store: local.objects, wants: [old], haves: [] });
    assert.deepEqual(await local.objects.has([old]), [true]);
    await close();
  });

  it('stops a transfer whose grant is withdrawn, and refuses what comes after', async () => {
    const repository = new SampleRepository();
    let isAllowed = true;
    const host: ServedRepositories = {
      authorize: () => Promise.resolve({ isGranted: true, access: 'write', repository }),
      isAllowed: () => isAllowed,
    };
    const { session, served, close } = await connectPair(host);
    const opened = await session.openRepository('repo', { access: 'write' });
    const local = new SampleRepository();
    const id = await local.commit({ a: new SeededRandom(1).bytes(4 * 1024 * 1024) });
    const withdraw = async (): Promise<void> => {
      isAllowed = false;
      await served.recheck();
    };
    let withdrawing: Promise<void> | undefined;
    const pushing = opened.push({
      store: local.objects,
      wants: [id],
      haves: [],
      onProgress: ({ objects }) => {
        if (objects > 0) withdrawing ??= withdraw();
      },
    });
    await assert.rejects(pushing, { code: 'DITS_PROTOCOL_PERMISSION_DENIED' });
    await withdrawing;
    await assert.rejects(opened.updateRefs([{ name: MAIN, old: null, new: id, force: false }]), {
      code: 'DITS_PROTOCOL_PERMISSION_DENIED',
    });
    assert.equal(await repository.refs.get(MAIN), undefined);
    await close();
  }).timeout(60_000);

  it('keeps gc away during transfers, and releases repositories with the connection', async () => {
    const local = new SampleRepository();
    const id = await local.commit({ a: Buffer.from('a') });
    const events: string[] = [];
    const sample = new SampleRepository();
    const repository = {
      objects: sample.objects,
      refs: sample.refs,
      hold: () => {
        events.push('hold');
        return Promise.resolve(() => {
          events.push('let go');
          return Promise.resolve();
        });
      },
      release: () => {
        events.push('release');
        return Promise.resolve();
      },
    };
    const { session, close } = await connectPair(openHost({ repo: repository }));
    const opened = await session.openRepository('repo', { access: 'write' });
    await opened.push({ store: local.objects, wants: [id], haves: [] });
    await opened.updateRefs([{ name: MAIN, old: null, new: id, force: false }]);
    await close();
    assert.deepEqual(events, ['hold', 'let go', 'hold', 'let go', 'release']);
  });

  it('rejects what is asked after it was closed', async () => {
    const { session, close } = await connectPair(openHost({}));
    await close();
    await assert.rejects(session.openRepository('x', { access: 'read' }), {
      code: 'DITS_PROTOCOL_CONNECTION_LOST',
    });
  });

  it('leaves no timer behind', async () => {
    const repository = new SampleRepository();
    const { session, clock, close } = await connectPair(openHost({ repo: repository }));
    const local = new SampleRepository();
    const id = await local.commit({ a: Buffer.from('a') });
    const opened = await session.openRepository('repo', { access: 'write' });
    await opened.push({ store: local.objects, wants: [id], haves: [] });
    await close();
    assert.equal(clock.sleeping, 0);
  });
});

describe('a session and its connection', () => {
  it('gives up a peer that does not say HELLO', async () => {
    const clock = new ManualClock();
    const { dialler, acceptor } = createMemoryPair();
    const connecting = connectSession(dialler, { clock }, { software: 'client/1' });
    const refused = assert.rejects(connecting, { code: 'DITS_PROTOCOL_TIMEOUT' });
    await settle();
    clock.advance(10_000);
    await settle();
    clock.advance(10_000);
    await refused;
    const { by, code } = await acceptor.closed;
    assert.deepEqual(
      [by, code],
      ['remote', PROTOCOL_ERROR_CODES.DITS_PROTOCOL_TIMEOUT.applicationCode],
    );
    assert.equal(clock.sleeping, 0);
  });

  it('gives up a dialler that does not say HELLO', async () => {
    const clock = new ManualClock();
    const { dialler, acceptor } = createMemoryPair();
    const served = serveConnection(
      acceptor,
      { clock, host: openHost({}), random: randomBytes },
      { software: 's' },
    );
    const refused = assert.rejects(served.done, { code: 'DITS_PROTOCOL_TIMEOUT' });
    await settle();
    clock.advance(10_000);
    await refused;
    assert.equal((await dialler.closed).by, 'remote');
  });

  it('stays alive while the peer answers, and ends when it falls silent', async () => {
    const { clock, session, served } = await connectPair(openHost({}));
    for (let round = 0; round < 20; round++) {
      clock.advance(10_000);
      await settle();
    }
    assert.equal(await Promise.race([session.closed, Promise.resolve('open')]), 'open');
    // The peer hangs: its clock and ours go on, its messages stop.
    clock.advance(40_000);
    await settle();
    const { code } = await session.closed;
    assert.equal(code, PROTOCOL_ERROR_CODES.DITS_PROTOCOL_TIMEOUT.applicationCode);
    await assert.rejects(served.done);
  });

  it('reports a link that breaks to everyone who waits', async () => {
    const local = new SampleRepository();
    const repository = new SampleRepository();
    const id = await local.commit({ a: new SeededRandom(2).bytes(2 * 1024 * 1024) });
    const { session, served, pair } = await connectPair(openHost({ repo: repository }));
    const opened = await session.openRepository('repo', { access: 'write' });
    const pushing = opened.push({
      store: local.objects,
      wants: [id],
      haves: [],
      onProgress: () => pair.sever(),
    });
    await assert.rejects(pushing, { code: 'DITS_PROTOCOL_CONNECTION_LOST' });
    await assert.rejects(opened.updateRefs([{ name: MAIN, old: null, new: id, force: false }]), {
      code: 'DITS_PROTOCOL_CONNECTION_LOST',
    });
    await assert.rejects(served.done, { code: 'DITS_PROTOCOL_CONNECTION_LOST' });
    await session.close();
  });

  it('tells the dialler why the node ended it', async () => {
    const { session, served } = await connectPair(openHost({}));
    const code = PROTOCOL_ERROR_CODES.DITS_PROTOCOL_PERMISSION_DENIED.applicationCode;
    await served.close(code, 'removed');
    const closed = await session.closed;
    assert.deepEqual(closed, { by: 'remote', code, reason: 'removed' });
    await assert.rejects(session.openRepository('x', { access: 'read' }), {
      code: 'DITS_PROTOCOL_PERMISSION_DENIED',
    });
  });

  it('ends with the signal that the node gave it', async () => {
    const controller = new AbortController();
    const clock = new ManualClock();
    const { dialler, acceptor } = createMemoryPair();
    const options = { software: 's', signal: controller.signal };
    const served = serveConnection(
      acceptor,
      { clock, host: openHost({}), random: randomBytes },
      options,
    );
    const session = await connectSession(dialler, { clock }, { software: 'c' });
    controller.abort();
    await served.done;
    await session.closed;
    await session.close();
  });
});
