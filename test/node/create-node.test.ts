import assert from 'node:assert/strict';
import { access, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  NodeError,
  queryNode,
  resolveNodeSettings,
  stopNode,
  systemClock,
} from '../../node/index.ts';
import { ProtocolError, connectSession } from '../../protocol/index.ts';
import { SampleRepository, SeededRandom as Random } from '../../simulations/index.ts';
import { branchRef, createStore } from '../../store/index.ts';
import { NodeBench, type Home } from './node-bench.ts';

const MAIN = branchRef('main');

function hasCode(code: string): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof NodeError || error instanceof ProtocolError, String(error));
    assert.equal(error.code, code, error.message);
    return true;
  };
}

describe('a node', () => {
  let bench: NodeBench;
  let relay: Home;
  let user: Home;

  beforeEach(async () => {
    bench = await NodeBench.create();
    relay = bench.home();
    user = bench.home();
  });

  afterEach(async () => {
    await bench.close();
  });

  async function grant(repository: string, level: 'read' | 'write'): Promise<void> {
    const grants = [{ repository, access: level }];
    await relay.trust.add({ peerId: user.identity.peerId, name: 'user', grants });
  }

  it('takes a push of a new repository and gives it back, also after a restart', async () => {
    await grant('*', 'write');
    const node = await bench.start(relay);
    const local = new SampleRepository();
    await local.commit({ clip: new Random(1).bytes(3_000_000) });
    const target = (await local.refs.get(MAIN))!;
    const session = await bench.session(user, node);
    const remote = await session.openRepository('film', { access: 'write', create: true });
    await remote.push({ store: local.objects, wants: [target], haves: [] });
    const [result] = await remote.updateRefs([
      { name: MAIN, old: null, new: target, force: false },
    ]);
    assert.equal(result?.result, 'created');
    await session.close();
    await node.stop();

    const again = await bench.start(relay);
    const copy = new SampleRepository();
    const second = await bench.session(user, again);
    const source = await second.openRepository('film', { access: 'read' });
    const { refs } = await source.listRefs();
    assert.deepEqual(
      refs.map((ref) => ref.target),
      [target],
    );
    await source.pull({ store: copy.objects, wants: [target], haves: [] });
    assert.deepEqual([...(await copy.ids())].sort(), [...(await local.ids())].sort());
    await second.close();
  });

  for (const [bulkLanes, lanes] of [
    ['always', 4],
    ['never', 0],
  ] as const) {
    it(`moves bulk over ${lanes} lanes when they are ${bulkLanes} wanted`, async () => {
      await grant('*', 'write');
      const settings = resolveNodeSettings({ listen: '127.0.0.1:0', bulkLanes });
      const node = await bench.start(relay, { settings });
      const connection = await bench.dial(user, node, { settings });
      const session = await connectSession(
        connection,
        { clock: systemClock },
        { software: 'test' },
      );
      const remote = await session.openRepository('film', { access: 'write', create: true });
      const local = new SampleRepository();
      await local.commit({ clip: new Random(2).bytes(40_000_000) });
      const target = (await local.refs.get(MAIN))!;
      await remote.push({ store: local.objects, wants: [target], haves: [] });
      const { connections } = await node.status();
      assert.equal(connections[0]?.bulkLanes, lanes);
      assert.ok(connections[0].bytesReceived > 40_000_000);
      await session.close();
    });
  }

  it('turns unknown peers away', async () => {
    const node = await bench.start(relay);
    await assert.rejects(bench.session(user, node), hasCode('DITS_PROTOCOL_PERMISSION_DENIED'));
  });

  it('tells a peer without a grant the same whether a repository exists or not', async () => {
    await grant('known', 'read');
    await createStore(join(relay.folder, 'data', 'secret')).then((store) => store.close());
    const node = await bench.start(relay);
    const session = await bench.session(user, node);
    const messages = await Promise.all(
      ['secret', 'absent'].map(async (name) => {
        const error = await session
          .openRepository(name, { access: 'read' })
          .catch((e: unknown) => e);
        assert.ok(hasCode('DITS_PROTOCOL_PERMISSION_DENIED')(error));
        return (error as Error).message.replace(name, 'NAME');
      }),
    );
    assert.equal(messages[0], messages[1]);
    await assert.rejects(
      session.openRepository('known', { access: 'read' }),
      hasCode('DITS_PROTOCOL_NOT_FOUND'),
    );
    await session.close();
  });

  it('lists the repositories that a peer may read, and no others', async () => {
    await grant('film', 'read');
    await grant('absent', 'write');
    for (const name of ['film', 'secret']) {
      await createStore(join(relay.folder, 'data', name)).then((store) => store.close());
    }
    const node = await bench.start(relay);
    const session = await bench.session(user, node);
    assert.deepEqual(await session.listRepositories(), [{ name: 'film', access: 'read' }]);
    await relay.trust.remove(user.identity.peerId);
    await session.closed;
  });

  it('makes repositories only for writers, only when asked, and only below its data folder', async () => {
    await grant('*', 'write');
    const node = await bench.start(relay);
    const session = await bench.session(user, node);
    await assert.rejects(
      session.openRepository('film', { access: 'write' }),
      hasCode('DITS_PROTOCOL_NOT_FOUND'),
    );
    for (const name of ['.dits', 'a/b', 'con', 'film.', 'x'.repeat(101), '.hidden', 'a b']) {
      await assert.rejects(
        session.openRepository(name, { access: 'write', create: true }),
        hasCode('DITS_PROTOCOL_NOT_FOUND'),
        name,
      );
    }
    await session.openRepository('Film', { access: 'write', create: true });
    await assert.rejects(
      session.openRepository('film', { access: 'write', create: true }),
      hasCode('DITS_PROTOCOL_NOT_FOUND'),
    );
    assert.deepEqual(await readdir(join(relay.folder, 'data')), ['Film']);
    await session.close();
  });

  it('makes no repository when it was not started to', async () => {
    await grant('*', 'write');
    const node = await bench.start(relay, { canCreate: false });
    const session = await bench.session(user, node);
    await assert.rejects(
      session.openRepository('film', { access: 'write', create: true }),
      hasCode('DITS_PROTOCOL_NOT_FOUND'),
    );
    await assert.rejects(access(join(relay.folder, 'data')));
    await session.close();
  });

  it('serves a working tree, whose checked-out branch stays where it is', async () => {
    await grant('work', 'write');
    const tree = join(bench.folder, 'tree');
    await mkdir(tree);
    await createStore(join(tree, '.dits')).then((store) => store.close());
    const node = await bench.start(relay, { serve: { work: tree } });
    const local = new SampleRepository();
    await local.commit({ a: new Random(2).bytes(100) });
    const target = (await local.refs.get(MAIN))!;
    const session = await bench.session(user, node);
    const remote = await session.openRepository('work', { access: 'write' });
    await remote.push({ store: local.objects, wants: [target], haves: [] });
    const other = branchRef('other');
    const results = await remote.updateRefs([
      { name: MAIN, old: null, new: target, force: false },
      { name: other, old: null, new: target, force: false },
    ]);
    assert.deepEqual(
      results.map(({ result }) => result),
      ['denied', 'created'],
    );
    await session.close();
  });

  it('closes the connection of a peer that is removed, within a second', async () => {
    await grant('*', 'write');
    const node = await bench.start(relay);
    const session = await bench.session(user, node);
    const startedMs = performance.now();
    await relay.trust.remove('user');
    const { by, code } = await session.closed;
    assert.deepEqual({ by, code }, { by: 'remote', code: 4 });
    assert.ok(performance.now() - startedMs < 1_000);
    await assert.rejects(bench.session(user, node), hasCode('DITS_PROTOCOL_PERMISSION_DENIED'));
  });

  it('applies a smaller grant to a connection that is open', async () => {
    await grant('*', 'write');
    const node = await bench.start(relay);
    const session = await bench.session(user, node);
    const remote = await session.openRepository('film', { access: 'write', create: true });
    await grant('*', 'read');
    const local = new SampleRepository();
    await local.commit({ a: new Random(3).bytes(100) });
    const target = (await local.refs.get(MAIN))!;
    await assert.rejects(async () => {
      for (;;) await remote.push({ store: local.objects, wants: [target], haves: [] });
    }, hasCode('DITS_PROTOCOL_PERMISSION_DENIED'));
    await session.openRepository('film', { access: 'read' });
    await session.close();
  });

  it('lets a peer move only the branches that it was granted', async () => {
    const branches = ['artist/*'];
    await relay.trust.add({
      peerId: user.identity.peerId,
      grants: [{ repository: '*', access: 'write', branches }],
    });
    const node = await bench.start(relay);
    const session = await bench.session(user, node);
    const remote = await session.openRepository('film', { access: 'write', create: true });
    const local = new SampleRepository();
    await local.commit({ a: new Random(5).bytes(100) });
    const target = (await local.refs.get(MAIN))!;
    await remote.push({ store: local.objects, wants: [target], haves: [] });
    const names = [MAIN, branchRef('artist/ada'), 'refs/tags/v1'];
    const results = await remote.updateRefs(
      names.map((name) => ({ name, old: null, new: target, force: false })),
    );
    assert.deepEqual(
      results.map(({ result }) => result),
      ['denied', 'created', 'denied'],
    );
    await session.close();
  });

  it('stops what runs under a grant when its time is over, within a second', async () => {
    const until = new Date(Date.now() + 400);
    await relay.trust.add({
      peerId: user.identity.peerId,
      grants: [{ repository: '*', access: 'write', until: until.toISOString() }],
    });
    const node = await bench.start(relay);
    const session = await bench.session(user, node);
    const remote = await session.openRepository('film', { access: 'write', create: true });
    const local = new SampleRepository();
    await local.commit({ clip: new Random(6).bytes(100) });
    const target = (await local.refs.get(MAIN))!;
    await assert.rejects(async () => {
      for (;;) await remote.push({ store: local.objects, wants: [target], haves: [] });
    }, hasCode('DITS_PROTOCOL_PERMISSION_DENIED'));
    assert.ok(Date.now() - until.getTime() < 1_000);
    await assert.rejects(
      session.openRepository('film', { access: 'read' }),
      hasCode('DITS_PROTOCOL_PERMISSION_DENIED'),
    );
    await session.close();
  });

  it('lets commands of its own user do everything', async () => {
    const node = await bench.start(relay);
    const session = await bench.session(relay, node);
    await session.openRepository('mine', { access: 'admin', create: true });
    await session.close();
  });

  it('reports on itself, and stops when asked from outside', async () => {
    await grant('*', 'write');
    const node = await bench.start(relay);
    const session = await bench.session(user, node);
    await session.openRepository('film', { access: 'write', create: true });
    const status = await queryNode(relay.folder);
    assert.equal(status.peerId, relay.identity.peerId);
    assert.deepEqual(status.addresses, node.addresses);
    assert.deepEqual(status.repositories, ['film']);
    const [connection] = status.connections;
    assert.equal(connection?.peerId, user.identity.peerId);
    assert.equal(connection.name, 'user');
    assert.equal(connection.path, 'quic');
    assert.ok(connection.bytesSent > 0 && connection.bytesReceived > 0);
    await stopNode(relay.folder);
    await node.stopped;
    assert.equal((await session.closed).by, 'remote');
    await assert.rejects(queryNode(relay.folder), hasCode('DITS_NODE_NOT_RUNNING'));
  });

  it('stops while a transfer runs, and what was acknowledged is kept', async () => {
    await grant('*', 'write');
    const node = await bench.start(relay);
    const local = new SampleRepository();
    await local.commit({ clip: new Random(4).bytes(20_000_000) });
    const target = (await local.refs.get(MAIN))!;
    const session = await bench.session(user, node);
    const remote = await session.openRepository('film', { access: 'write', create: true });
    const pushing = remote
      .push({ store: local.objects, wants: [target], haves: [] })
      .catch((error: unknown) => error);
    const startedMs = performance.now();
    await node.stop();
    assert.ok(performance.now() - startedMs < 3_000);
    await pushing;
    const again = await bench.start(relay);
    const second = await bench.session(user, again);
    const target2 = await second.openRepository('film', { access: 'write' });
    await target2.push({ store: local.objects, wants: [target], haves: [] });
    await second.close();
  });

  it('runs once per home, and refuses folders that are no repositories', async () => {
    await bench.start(relay);
    await assert.rejects(bench.start(relay), hasCode('DITS_NODE_ALREADY_RUNNING'));
    const other = bench.home();
    await assert.rejects(
      bench.start(other, { serve: { film: bench.folder } }),
      hasCode('DITS_NODE_BAD_REPOSITORY'),
    );
    // The failed start holds nothing back.
    await bench.start(other);
  });

  it('does not start with a peers file that it cannot read', async () => {
    await mkdir(relay.folder, { recursive: true });
    await writeFile(relay.trust.path, 'peers = 7');
    await assert.rejects(bench.start(relay), hasCode('DITS_NODE_TRUST_CORRUPT'));
  });
});

describe('dialling a peer', () => {
  let bench: NodeBench;
  let relay: Home;
  let user: Home;

  beforeEach(async () => {
    bench = await NodeBench.create();
    relay = bench.home();
    user = bench.home();
    await relay.trust.add({ peerId: user.identity.peerId });
  });

  afterEach(async () => {
    await bench.close();
  });

  it('refuses a peer that proves another identity than the address says', async () => {
    const node = await bench.start(relay);
    const [, where] = node.addresses[0]!.split('@');
    const address = `dits://${bench.home().identity.peerId}@${where}/film`;
    await assert.rejects(
      bench.dial(user, node, { address }),
      hasCode('DITS_NODE_IDENTITY_MISMATCH'),
    );
  });

  it('refuses an unknown peer when the address names none, unless someone confirms it', async () => {
    const node = await bench.start(relay);
    const [, where] = node.addresses[0]!.split('@');
    const address = `dits://${where}/film`;
    await assert.rejects(bench.dial(user, node, { address }), hasCode('DITS_NODE_UNKNOWN_PEER'));
    await assert.rejects(
      bench.dial(user, node, { address, confirmUnknown: () => false }),
      hasCode('DITS_NODE_UNKNOWN_PEER'),
    );
    const asked: string[] = [];
    const confirmUnknown = (peerId: string): boolean => asked.push(peerId) > 0;
    await bench.dial(user, node, { address, confirmUnknown });
    // Remembered: nobody is asked again.
    await bench.dial(user, node, { address, confirmUnknown });
    assert.deepEqual(asked, [relay.identity.peerId]);
    assert.deepEqual((await user.trust.read()).get(relay.identity.peerId)?.grants, []);
  });

  it('reports a host that does not exist', async () => {
    const node = await bench.start(relay);
    await assert.rejects(
      bench.dial(user, node, { address: 'dits://nowhere.invalid/film' }),
      hasCode('DITS_NODE_HOST_NOT_FOUND'),
    );
  });
});
