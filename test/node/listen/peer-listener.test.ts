import assert from 'node:assert/strict';
import { resolveNodeSettings, systemClock, type RunningNode } from '../../../node/index.ts';
import { connectSession, type Session } from '../../../protocol/index.ts';
import { SampleRepository, SeededRandom as Random } from '../../../simulations/index.ts';
import { branchRef } from '../../../store/index.ts';
import { RelayScene } from '../relay-scene.ts';

const MAIN = branchRef('main');
const LISTEN = '127.0.0.1:0';

describe('a node that listens over QUIC and TCP', () => {
  let scene: RelayScene;

  beforeEach(async () => {
    scene = await RelayScene.create();
  });

  afterEach(async () => {
    await scene.close();
  });

  async function overTcp(node: RunningNode): Promise<Session> {
    const settings = resolveNodeSettings({ transports: 'tcp' });
    const connection = await scene.dial(node, { settings });
    assert.equal(connection.path, 'tcp');
    return await connectSession(connection, { clock: systemClock }, { software: 'test' });
  }

  it('takes a push over TCP, and shows how the peer came', async () => {
    await scene.grant('*', 'write');
    const node = await scene.start();
    const session = await overTcp(node);
    const remote = await session.openRepository('film', { access: 'write', create: true });
    const local = new SampleRepository();
    await local.commit({ clip: new Random(5).bytes(8_000_000) });
    const target = (await local.refs.get(MAIN))!;
    await remote.push({ store: local.objects, wants: [target], haves: [] });
    const { connections } = await node.status();
    assert.equal(connections[0]?.path, 'tcp');
    assert.equal(connections[0].peerId, scene.user.identity.peerId);
    assert.ok(connections[0].bytesReceived > 8_000_000);
    await session.close();
  });

  it('is reached over TCP when it has no UDP, and is told why', async () => {
    await scene.grant('*', 'write');
    const settings = resolveNodeSettings({ listen: LISTEN, transports: 'tcp' });
    const node = await scene.start({ settings });
    const connection = await scene.dial(node);
    assert.equal(connection.path, 'tcp');
    const session = await connectSession(connection, { clock: systemClock }, { software: 'test' });
    const { connections } = await node.status();
    assert.match(connections[0]?.pathReason ?? '', /^UDP failed: .*nobody listens/);
    await session.close();
  });

  it('lets nobody in over TCP when it is set to QUIC alone', async () => {
    await scene.grant('*', 'write');
    const settings = resolveNodeSettings({ listen: LISTEN, transports: 'quic' });
    const node = await scene.start({ settings });
    await assert.rejects(overTcp(node), { code: 'DITS_NODE_UNREACHABLE' });
    const connection = await scene.dial(node);
    assert.equal(connection.path, 'quic');
  });

  it('turns unknown peers away over TCP as over QUIC', async () => {
    const node = await scene.start();
    await assert.rejects(overTcp(node), { code: 'DITS_PROTOCOL_PERMISSION_DENIED' });
  });

  it('counts the connections of a peer over QUIC and TCP together', async () => {
    await scene.grant('*', 'write');
    const settings = resolveNodeSettings({ listen: LISTEN, connectionsPerPeerMax: 2 });
    const node = await scene.start({ settings });
    const sessions = [await overTcp(node), await scene.session(node)];
    await assert.rejects(overTcp(node), { code: 'DITS_PROTOCOL_RATE_LIMITED' });
    await assert.rejects(scene.session(node), { code: 'DITS_PROTOCOL_RATE_LIMITED' });
    await Promise.all(sessions.map((session) => session.close()));
  });

  it('closes the TCP connection of a peer that is removed', async () => {
    await scene.grant('*', 'write');
    const node = await scene.start();
    const settings = resolveNodeSettings({ transports: 'tcp' });
    const connection = await scene.dial(node, { settings });
    const session = await connectSession(connection, { clock: systemClock }, { software: 'test' });
    await scene.relay.trust.remove('user');
    const { by, code } = await connection.closed;
    assert.deepEqual([by, code], ['remote', 4]);
    await session.close();
  });

  it('refuses a peer that proves another identity over TCP', async () => {
    const node = await scene.start();
    const [address] = node.addresses;
    const other = scene.bench.home().identity.peerId;
    await assert.rejects(
      scene.dial(node, {
        address: `${address!.replace(node.peerId, other)}/film`,
        settings: resolveNodeSettings({ transports: 'tcp' }),
      }),
      { code: 'DITS_NODE_IDENTITY_MISMATCH' },
    );
  });
});
