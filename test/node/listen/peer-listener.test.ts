import assert from 'node:assert/strict';
import { resolveNodeSettings, systemClock, type RunningNode } from '../../../node/index.ts';
import { connectSession, type Session } from '../../../protocol/index.ts';
import { SampleRepository, SeededRandom as Random } from '../../../simulations/index.ts';
import { branchRef } from '../../../store/index.ts';
import { NodeBench, type Home } from '../node-bench.ts';

const MAIN = branchRef('main');
const LISTEN = '127.0.0.1:0';

describe('a node that listens over QUIC and TCP', () => {
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

  async function knowUser(): Promise<void> {
    const grants = [{ repository: '*', access: 'write' as const }];
    await relay.trust.add({ peerId: user.identity.peerId, name: 'user', grants });
  }

  async function overTcp(node: RunningNode): Promise<Session> {
    const settings = resolveNodeSettings({ transports: 'tcp' });
    const connection = await bench.dial(user, node, { settings });
    assert.equal(connection.path, 'tcp');
    return await connectSession(connection, { clock: systemClock }, { software: 'test' });
  }

  it('takes a push over TCP, and shows how the peer came', async () => {
    await knowUser();
    const node = await bench.start(relay);
    const session = await overTcp(node);
    const remote = await session.openRepository('film', { access: 'write', create: true });
    const local = new SampleRepository();
    await local.commit({ clip: new Random(5).bytes(8_000_000) });
    const target = (await local.refs.get(MAIN))!;
    await remote.push({ store: local.objects, wants: [target], haves: [] });
    const { connections } = await node.status();
    assert.equal(connections[0]?.path, 'tcp');
    assert.equal(connections[0].peerId, user.identity.peerId);
    assert.ok(connections[0].bytesReceived > 8_000_000);
    await session.close();
  });

  it('is reached over TCP when it has no UDP, and is told why', async () => {
    await knowUser();
    const settings = resolveNodeSettings({ listen: LISTEN, transports: 'tcp' });
    const node = await bench.start(relay, { settings });
    const connection = await bench.dial(user, node);
    assert.equal(connection.path, 'tcp');
    const session = await connectSession(connection, { clock: systemClock }, { software: 'test' });
    const { connections } = await node.status();
    assert.match(connections[0]?.pathReason ?? '', /^UDP failed: .*nobody listens/);
    await session.close();
  });

  it('lets nobody in over TCP when it is set to QUIC alone', async () => {
    await knowUser();
    const settings = resolveNodeSettings({ listen: LISTEN, transports: 'quic' });
    const node = await bench.start(relay, { settings });
    await assert.rejects(overTcp(node), { code: 'DITS_NODE_UNREACHABLE' });
    const connection = await bench.dial(user, node);
    assert.equal(connection.path, 'quic');
  });

  it('turns unknown peers away over TCP as over QUIC', async () => {
    const node = await bench.start(relay);
    await assert.rejects(overTcp(node), { code: 'DITS_PROTOCOL_PERMISSION_DENIED' });
  });

  it('counts the connections of a peer over QUIC and TCP together', async () => {
    await knowUser();
    const settings = resolveNodeSettings({ listen: LISTEN, connectionsPerPeerMax: 2 });
    const node = await bench.start(relay, { settings });
    const sessions = [await overTcp(node), await bench.session(user, node)];
    await assert.rejects(overTcp(node), { code: 'DITS_PROTOCOL_RATE_LIMITED' });
    await assert.rejects(bench.session(user, node), { code: 'DITS_PROTOCOL_RATE_LIMITED' });
    await Promise.all(sessions.map((session) => session.close()));
  });

  it('closes the TCP connection of a peer that is removed', async () => {
    await knowUser();
    const node = await bench.start(relay);
    const settings = resolveNodeSettings({ transports: 'tcp' });
    const connection = await bench.dial(user, node, { settings });
    const session = await connectSession(connection, { clock: systemClock }, { software: 'test' });
    await relay.trust.remove('user');
    const { by, code } = await connection.closed;
    assert.deepEqual([by, code], ['remote', 4]);
    await session.close();
  });

  it('refuses a peer that proves another identity over TCP', async () => {
    const node = await bench.start(relay);
    const [address] = node.addresses;
    const other = bench.home().identity.peerId;
    await assert.rejects(
      bench.dial(user, node, {
        address: `${address!.replace(node.peerId, other)}/film`,
        settings: resolveNodeSettings({ transports: 'tcp' }),
      }),
      { code: 'DITS_NODE_IDENTITY_MISMATCH' },
    );
  });
});
