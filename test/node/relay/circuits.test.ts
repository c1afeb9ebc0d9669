import assert from 'node:assert/strict';
import type { RunningNode } from '../../../node/index.ts';
import type { RelayAddress } from '../../../node/relay/relay-address.ts';
import { SampleRepository, SeededRandom } from '../../../simulations/index.ts';
import { branchRef } from '../../../store/index.ts';
import { NodeBench, type Home } from '../node-bench.ts';
import {
  dialVia,
  relayAddress,
  sessionVia,
  settingsWith,
  startMember,
  startRelay,
  until,
} from './relay-bench.ts';

const MAIN = branchRef('main');
const MIB = 1024 * 1024;

describe('a node behind a relay', function () {
  this.timeout(20_000);
  let bench: NodeBench;
  let relayHome: Home;
  let tess: Home;
  let ian: Home;
  let relay: RunningNode;
  let address: RelayAddress;

  beforeEach(async () => {
    bench = await NodeBench.create();
    [relayHome, tess, ian] = [bench.home(), bench.home(), bench.home()];
    ({ node: relay, address } = await startRelay(bench, relayHome, { tess, ian }));
    const grants = [{ repository: '*', access: 'write' as const }];
    await tess.trust.add({ peerId: ian.identity.peerId, name: 'ian', grants });
  });
  afterEach(async () => {
    await bench.close();
  });

  it('serves those it knows, end to end, as if they had dialled it', async () => {
    const node = await startMember(bench, tess, relay);
    const local = new SampleRepository();
    await local.commit({ clip: new SeededRandom(1).bytes(6 * MIB) });
    const target = (await local.refs.get(MAIN))!;
    const session = await sessionVia(ian, address, tess.identity.peerId);
    assert.equal(session.remotePeerId, tess.identity.peerId);
    const remote = await session.openRepository('film', { access: 'write', create: true });
    await remote.push({ store: local.objects, wants: [target], haves: [] });
    await remote.updateRefs([{ name: MAIN, old: null, new: target, force: false }]);
    const copy = new SampleRepository();
    await remote.pull({ store: copy.objects, wants: [target], haves: [] });
    assert.deepEqual([...(await copy.ids())].sort(), [...(await local.ids())].sort());
    const [connection] = (await node.status()).connections;
    assert.equal(connection?.path, 'relay');
    assert.equal(connection.name, 'ian');
    const { circuits, repositories } = await relay.status();
    assert.deepEqual(repositories, [], 'nothing was left at the relay');
    assert.equal(circuits?.open, 1);
    assert.deepEqual(circuits.reachable, [tess.identity.peerId]);
    await session.close();
    await until(relay, (status) => status.circuits?.open === 0);
    assert.ok((await relay.status()).circuits!.bytes > 12 * MIB);
  });

  it('turns away who it does not know, whatever the relay thinks', async () => {
    await tess.trust.remove('ian');
    await startMember(bench, tess, relay);
    await assert.rejects(
      async () => {
        const session = await sessionVia(ian, address, tess.identity.peerId);
        await session.openRepository('film', { access: 'read' });
      },
      { code: 'DITS_PROTOCOL_PERMISSION_DENIED' },
    );
  });

  it('is left alone by strangers to the relay', async () => {
    await startMember(bench, tess, relay);
    const eve = bench.home();
    await assert.rejects(sessionVia(eve, address, tess.identity.peerId), {
      code: 'DITS_PROTOCOL_PERMISSION_DENIED',
    });
  });

  it('is not there before it has a relay, and says so in words that help', async () => {
    await assert.rejects(dialVia(ian, address, tess.identity.peerId), {
      code: 'DITS_NODE_UNREACHABLE',
      message: /is not at the relay/,
      hint: /node\.relays/,
    });
    const plain = bench.home();
    await plain.trust.add({ peerId: ian.identity.peerId, name: 'ian' });
    const node = await bench.start(plain, { settings: settingsWith() });
    await assert.rejects(dialVia(ian, relayAddress(node), tess.identity.peerId), {
      code: 'DITS_NODE_UNREACHABLE',
      hint: /--relay/,
    });
  });

  it('comes back to a relay that was away', async () => {
    const node = await startMember(bench, tess, relay);
    const listen = `${address.host}:${address.port}`;
    await relay.stop();
    await until(node, ({ relays }) => relays[0]?.isReserved === false);
    assert.match((await node.status()).relays[0]?.problem ?? '', /stopping/);
    const again = await bench.start(relayHome, {
      settings: settingsWith({ listen }),
      isRelay: true,
    });
    await until(node, ({ relays }) => relays[0]?.isReserved === true);
    const session = await sessionVia(ian, relayAddress(again), tess.identity.peerId);
    await session.close();
  });

  it('loses its circuits when the relay no longer knows it', async () => {
    await startMember(bench, tess, relay);
    const session = await sessionVia(ian, address, tess.identity.peerId);
    await relayHome.trust.remove('tess');
    const { by } = await session.closed;
    assert.notEqual(by, 'local');
    await until(relay, ({ circuits }) => circuits?.reachable.length === 0);
    await session.close();
  });
});
