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
import { RelayScene } from './relay-scene.ts';

const MAIN = branchRef('main');

function hasCode(code: string): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof NodeError || error instanceof ProtocolError, String(error));
    assert.equal(error.code, code, error.message);
    return true;
  };
}

describe('a node', () => {
  let scene: RelayScene;

  beforeEach(async () => {
    scene = await RelayScene.create();
  });

  afterEach(async () => {
    await scene.close();
  });

  it('takes a push of a new repository and gives it back, also after a restart', async () => {
    await scene.grant('*', 'write');
    const node = await scene.start();
    const local = new SampleRepository();
    await local.commit({ clip: new Random(1).bytes(3_000_000) });
    const target = (await local.refs.get(MAIN))!;
    const session = await scene.session(node);
    const remote = await session.openRepository('film', { access: 'write', create: true });
    await remote.push({ store: local.objects, wants: [target], haves: [] });
    const [result] = await remote.updateRefs([
      { name: MAIN, old: null, new: target, force: false },
    ]);
    assert.equal(result?.result, 'created');
    await session.close();
    await node.stop();

    const again = await scene.start();
    const copy = new SampleRepository();
    const second = await scene.session(again);
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
      await scene.grant('*', 'write');
      const settings = resolveNodeSettings({ listen: '127.0.0.1:0', bulkLanes });
      const node = await scene.start({ settings });
      const connection = await scene.dial(node, { settings });
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
    const node = await scene.start();
    await assert.rejects(scene.session(node), hasCode('DITS_PROTOCOL_PERMISSION_DENIED'));
  });

  it('tells a peer without a grant the same whether a repository exists or not', async () => {
    await scene.grant('known', 'read');
    await createStore(join(scene.relay.folder, 'data', 'secret')).then((store) => store.close());
    const node = await scene.start();
    const session = await scene.session(node);
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
    await scene.grant('film', 'read');
    await scene.grant('absent', 'write');
    for (const name of ['film', 'secret']) {
      await createStore(join(scene.relay.folder, 'data', name)).then((store) => store.close());
    }
    const node = await scene.start();
    const session = await scene.session(node);
    assert.deepEqual(await session.listRepositories(), [{ name: 'film', access: 'read' }]);
    await scene.relay.trust.remove(scene.user.identity.peerId);
    await session.closed;
  });

  it('makes repositories only for writers, only when asked, and only below its data folder', async () => {
    await scene.grant('*', 'write');
    const node = await scene.start();
    const session = await scene.session(node);
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
    assert.deepEqual(await readdir(join(scene.relay.folder, 'data')), ['Film']);
    await session.close();
  });

  it('makes no repository when it was not started to', async () => {
    await scene.grant('*', 'write');
    const node = await scene.start({ canCreate: false });
    const session = await scene.session(node);
    await assert.rejects(
      session.openRepository('film', { access: 'write', create: true }),
      hasCode('DITS_PROTOCOL_NOT_FOUND'),
    );
    await assert.rejects(access(join(scene.relay.folder, 'data')));
    await session.close();
  });

  it('serves a working tree, whose checked-out branch stays where it is', async () => {
    await scene.grant('work', 'write');
    const tree = join(scene.bench.folder, 'tree');
    await mkdir(tree);
    await createStore(join(tree, '.dits')).then((store) => store.close());
    const node = await scene.start({ serve: { work: tree } });
    const local = new SampleRepository();
    await local.commit({ a: new Random(2).bytes(100) });
    const target = (await local.refs.get(MAIN))!;
    const session = await scene.session(node);
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
    await scene.grant('*', 'write');
    const node = await scene.start();
    const session = await scene.session(node);
    const startedMs = performance.now();
    await scene.relay.trust.remove('user');
    const { by, code } = await session.closed;
    assert.deepEqual({ by, code }, { by: 'remote', code: 4 });
    assert.ok(performance.now() - startedMs < 1_000);
    await assert.rejects(scene.session(node), hasCode('DITS_PROTOCOL_PERMISSION_DENIED'));
  });

  it('applies a smaller grant to a connection that is open', async () => {
    await scene.grant('*', 'write');
    const node = await scene.start();
    const session = await scene.session(node);
    const remote = await session.openRepository('film', { access: 'write', create: true });
    await scene.grant('*', 'read');
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
    await scene.relay.trust.add({
      peerId: scene.user.identity.peerId,
      grants: [{ repository: '*', access: 'write', branches }],
    });
    const node = await scene.start();
    const session = await scene.session(node);
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
    await scene.relay.trust.add({
      peerId: scene.user.identity.peerId,
      grants: [{ repository: '*', access: 'write', until: until.toISOString() }],
    });
    const node = await scene.start();
    const session = await scene.session(node);
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
    const node = await scene.start();
    const session = await scene.bench.session(scene.relay, node);
    await session.openRepository('mine', { access: 'admin', create: true });
    await session.close();
  });

  it('reports on itself, and stops when asked from outside', async () => {
    await scene.grant('*', 'write');
    const node = await scene.start();
    const session = await scene.session(node);
    await session.openRepository('film', { access: 'write', create: true });
    const status = await queryNode(scene.relay.folder);
    assert.equal(status.peerId, scene.relay.identity.peerId);
    assert.deepEqual(status.addresses, node.addresses);
    assert.deepEqual(status.repositories, ['film']);
    const [connection] = status.connections;
    assert.equal(connection?.peerId, scene.user.identity.peerId);
    assert.equal(connection.name, 'user');
    assert.equal(connection.path, 'quic');
    assert.ok(connection.bytesSent > 0 && connection.bytesReceived > 0);
    await stopNode(scene.relay.folder);
    await node.stopped;
    assert.equal((await session.closed).by, 'remote');
    await assert.rejects(queryNode(scene.relay.folder), hasCode('DITS_NODE_NOT_RUNNING'));
  });

  it('stops while a transfer runs, and what was acknowledged is kept', async () => {
    await scene.grant('*', 'write');
    const node = await scene.start();
    const local = new SampleRepository();
    await local.commit({ clip: new Random(4).bytes(20_000_000) });
    const target = (await local.refs.get(MAIN))!;
    const session = await scene.session(node);
    const remote = await session.openRepository('film', { access: 'write', create: true });
    const pushing = remote
      .push({ store: local.objects, wants: [target], haves: [] })
      .catch((error: unknown) => error);
    const startedMs = performance.now();
    await node.stop();
    assert.ok(performance.now() - startedMs < 3_000);
    await pushing;
    const again = await scene.start();
    const second = await scene.session(again);
    const target2 = await second.openRepository('film', { access: 'write' });
    await target2.push({ store: local.objects, wants: [target], haves: [] });
    await second.close();
  });

  it('runs once per home, and refuses folders that are no repositories', async () => {
    await scene.start();
    await assert.rejects(scene.start(), hasCode('DITS_NODE_ALREADY_RUNNING'));
    const other = scene.bench.home();
    await assert.rejects(
      scene.bench.start(other, { serve: { film: scene.bench.folder } }),
      hasCode('DITS_NODE_BAD_REPOSITORY'),
    );
    // The failed start holds nothing back.
    await scene.bench.start(other);
  });

  it('does not start with a peers file that it cannot read', async () => {
    await mkdir(scene.relay.folder, { recursive: true });
    await writeFile(scene.relay.trust.path, 'peers = 7');
    await assert.rejects(scene.start(), hasCode('DITS_NODE_TRUST_CORRUPT'));
  });
});

describe('dialling a peer', () => {
  let scene: RelayScene;

  beforeEach(async () => {
    scene = await RelayScene.create();
    await scene.relay.trust.add({ peerId: scene.user.identity.peerId });
  });

  afterEach(async () => {
    await scene.close();
  });

  it('refuses a peer that proves another identity than the address says', async () => {
    const node = await scene.start();
    const [, where] = node.addresses[0]!.split('@');
    const address = `dits://${scene.bench.home().identity.peerId}@${where}/film`;
    await assert.rejects(scene.dial(node, { address }), hasCode('DITS_NODE_IDENTITY_MISMATCH'));
  });

  it('refuses an unknown peer when the address names none, unless someone confirms it', async () => {
    const node = await scene.start();
    const [, where] = node.addresses[0]!.split('@');
    const address = `dits://${where}/film`;
    await assert.rejects(scene.dial(node, { address }), hasCode('DITS_NODE_UNKNOWN_PEER'));
    await assert.rejects(
      scene.dial(node, { address, confirmUnknown: () => false }),
      hasCode('DITS_NODE_UNKNOWN_PEER'),
    );
    const asked: string[] = [];
    const confirmUnknown = (peerId: string): boolean => asked.push(peerId) > 0;
    await scene.dial(node, { address, confirmUnknown });
    // Remembered: nobody is asked again.
    await scene.dial(node, { address, confirmUnknown });
    assert.deepEqual(asked, [scene.relay.identity.peerId]);
    assert.deepEqual((await scene.user.trust.read()).get(scene.relay.identity.peerId)?.grants, []);
  });

  it('reports a host that does not exist', async () => {
    const node = await scene.start();
    await assert.rejects(
      scene.dial(node, { address: 'dits://nowhere.invalid/film' }),
      hasCode('DITS_NODE_HOST_NOT_FOUND'),
    );
  });
});
