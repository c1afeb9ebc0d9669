import assert from 'node:assert/strict';
import { systemClock } from '../../../node/index.ts';
import { placesOf } from '../../../node/relay/punch-socket.ts';
import { connectSession } from '../../../protocol/index.ts';
import { SampleRepository, SeededRandom } from '../../../simulations/index.ts';
import { branchRef } from '../../../store/index.ts';
import { NodeBench, type Home } from '../node-bench.ts';
import { dialVia, startMember, startRelay, until } from './relay-bench.ts';

const MAIN = branchRef('main');
const MIB = 1024 * 1024;

describe('two peers that met at a relay', function () {
  this.timeout(20_000);
  let bench: NodeBench;
  let tess: Home;
  let ian: Home;

  beforeEach(async () => {
    bench = await NodeBench.create();
    [tess, ian] = [bench.home(), bench.home()];
    const grants = [{ repository: '*', access: 'write' as const }];
    await tess.trust.add({ peerId: ian.identity.peerId, name: 'ian', grants });
  });
  afterEach(async () => {
    await bench.close();
  });

  it('go on directly when they get through to each other', async () => {
    const { node: relay, address } = await startRelay(bench, bench.home(), { tess, ian });
    const node = await startMember(bench, tess, relay, { holePunching: true });
    const connection = await dialVia(ian, address, tess.identity.peerId, { holePunching: true });
    assert.equal(connection.path, 'relay');
    const session = await connectSession(connection, { clock: systemClock }, { software: 'test' });
    await until(node, ({ connections }) => connections[0]?.path === 'quic');
    const local = new SampleRepository();
    await local.commit({ clip: new SeededRandom(1).bytes(4 * MIB) });
    const target = (await local.refs.get(MAIN))!;
    const remote = await session.openRepository('film', { access: 'write', create: true });
    await remote.push({ store: local.objects, wants: [target], haves: [] });
    await remote.updateRefs([{ name: MAIN, old: null, new: target, force: false }]);
    const copy = new SampleRepository();
    await remote.pull({ store: copy.objects, wants: [target], haves: [] });
    assert.equal(await copy.objects.count(), await local.objects.count());
    assert.equal(connection.path, 'quic');
    const { connections } = await node.status();
    assert.match(connections[0]?.pathReason ?? '', /direct path/);
    await session.close();
    await until(relay, ({ circuits }) => circuits?.open === 0);
    const { bytes = 0 } = (await relay.status()).circuits ?? {};
    assert.ok(bytes < MIB, `the relay carried ${bytes} bytes`);
  });

  it('stay on the circuit when one of them does not want to, or cannot', async () => {
    const { node: relay, address } = await startRelay(bench, bench.home(), { tess, ian });
    const node = await startMember(bench, tess, relay);
    const connection = await dialVia(ian, address, tess.identity.peerId, { holePunching: true });
    const session = await connectSession(connection, { clock: systemClock }, { software: 'test' });
    const remote = await session.openRepository('film', { access: 'write', create: true });
    await remote.listRefs();
    assert.equal(connection.path, 'relay');
    assert.equal((await node.status()).connections[0]?.path, 'relay');
    await session.close();
  });
});

describe('the addresses where a peer says that it is', () => {
  it('are tried as far as they can be its own', () => {
    const good = ['192.0.2.7:4433', '10.0.0.3:1', '[2001:db8::1]:4433', '[fe80::1%eth0]:4433'];
    const bad = [
      ...['db.internal:5432', '10.0.0.3:0', '224.0.0.251:5353', '255.255.255.255:9', '0.0.0.0:53'],
      ...['[::]:53', '[ff02::fb]:5353', '[::ffff:224.0.0.251]:5353', 'nothing at all:', ''],
    ];
    const own = ['127.0.0.1:5432', '[::1]:5432', '[::ffff:127.0.0.1]:5432'];
    const tried = (texts: readonly string[], isAtHome: boolean): number =>
      texts.flatMap((text) => placesOf([text], isAtHome)).length;
    assert.equal(tried(good, false), good.length);
    assert.equal(tried([...bad, ...own], false), 0);
    assert.equal(tried([...bad, ...own], true), own.length);
    assert.equal(placesOf(new Array<string>(50).fill(good[0]!), false).length, 8);
  });
});
