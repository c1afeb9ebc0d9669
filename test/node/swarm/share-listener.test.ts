import assert from 'node:assert/strict';
import {
  dialPeer,
  resolveNodeSettings,
  silentLogger,
  systemClock,
  type Identity,
} from '../../../node/index.ts';
import { issuePass } from '../../../node/swarm/pass.ts';
import { ShareListener } from '../../../node/swarm/share-listener.ts';
import { STRANGER_WINDOW_BYTES } from '../../../node/swarm/swarm-limits.ts';
import {
  ProtocolError,
  connectSession,
  type Pass,
  type RemoteRepository,
  type Session,
} from '../../../protocol/index.ts';
import { SampleRepository, SeededRandom } from '../../../simulations/index.ts';
import { branchRef } from '../../../store/index.ts';
import { NodeBench, type Home } from '../node-bench.ts';

const SOFTWARE = 'test';

function denied(error: unknown): boolean {
  assert.ok(error instanceof ProtocolError, String(error));
  assert.equal(error.code, 'DITS_PROTOCOL_PERMISSION_DENIED', error.message);
  return true;
}

describe('the listener of a fetching process', () => {
  let bench: NodeBench;
  let fetcher: Home;
  let other: Home;
  let seed: Identity;
  let store: SampleRepository;
  let listener: ShareListener;
  let members: string[];
  const sessions: Session[] = [];
  const now = Math.floor(Date.now() / 1000);

  beforeEach(async () => {
    bench = await NodeBench.create();
    fetcher = bench.home();
    other = bench.home();
    seed = bench.home().identity;
    store = new SampleRepository();
    await store.commit({ clip: new SeededRandom(3).bytes(100_000) });
    members = [];
    await open();
  });

  afterEach(async () => {
    await Promise.all(sessions.splice(0).map((session) => session.close()));
    await listener.close();
    await bench.close();
  });

  async function open(passMaxMs?: number): Promise<void> {
    const { objects, refs } = store;
    listener = await ShareListener.open(
      {
        identity: fetcher.identity,
        logger: silentLogger,
        shared: { objects, refs, isFeedOnly: true },
        onMember: (peerId) => members.push(peerId),
      },
      {
        settings: resolveNodeSettings(),
        software: SOFTWARE,
        host: '127.0.0.1',
        passMaxMs,
      },
    );
    listener.trust(seed.peerId, 'film', now);
  }

  async function dial(from: Home): Promise<Session> {
    const { peerId } = fetcher.identity;
    const address = { host: '127.0.0.1', port: listener.port, peerId };
    const settings = resolveNodeSettings({ bulkLanes: 'never' });
    const connection = await dialPeer(from, address, { settings });
    const session = await connectSession(
      connection,
      { clock: systemClock },
      { software: SOFTWARE },
    );
    sessions.push(session);
    return session;
  }

  function passFor(subject: Identity, repository = 'film', at = now): Pass {
    return issuePass(seed, { subject: subject.peerId, repository, now: at });
  }

  async function enter(): Promise<RemoteRepository> {
    const session = await dial(other);
    const pass = passFor(other.identity);
    return session.openRepository('film', { access: 'read', pass });
  }

  it('lets in who has a pass of the peer that is fetched from', async () => {
    const repository = await enter();
    assert.deepEqual(members, [other.identity.peerId]);
    assert.equal(repository.access, 'read');
  });

  it('shows such a peer no refs and no objects', async () => {
    const repository = await enter();
    const target = (await store.refs.get(branchRef('main')))!;
    assert.deepEqual((await repository.listRefs()).refs, []);
    await assert.rejects(repository.listRefs(), denied);
    await assert.rejects(repository.has([target]), denied);
    await assert.rejects(repository.joinSwarm(7000), denied);
    const change = { name: 'refs/heads/main', old: target, new: null, force: true };
    await assert.rejects(repository.updateRefs([change]), denied);
    const copy = new SampleRepository();
    await assert.rejects(
      repository.pull({ store: copy.objects, wants: [target], haves: [] }),
      denied,
    );
    await assert.rejects(
      repository.push({ store: store.objects, wants: [target], haves: [] }),
      denied,
    );
    await assert.rejects(async () => {
      for await (const records of repository.fetchObjects([target]))
        assert.equal(records.length, 0);
    }, denied);
    assert.equal(await store.refs.get(branchRef('main')), target);
  });

  it('refuses everyone else, and says why', async () => {
    const session = await dial(other);
    const { identity } = other;
    const stranger = bench.home().identity;
    const forged = { ...passFor(stranger), subject: identity.peerId };
    const byOther = issuePass(stranger, { subject: identity.peerId, repository: 'film', now });
    const cases: readonly [Pass | undefined, string, RegExp][] = [
      [undefined, 'film', /only peers with a pass/],
      [passFor(stranger), 'film', /somebody else/],
      [forged, 'film', /not signed/],
      [byOther, 'film', /not being fetched from that peer/],
      [passFor(identity, 'secret'), 'secret', /not being fetched/],
      [passFor(identity, 'secret'), 'film', /another repository/],
      [passFor(identity, 'film', now - 10_000), 'film', /expired/],
    ];
    for (const [pass, repository, why] of cases) {
      await assert.rejects(
        session.openRepository(repository, { access: 'read', pass }),
        (error) => {
          assert.match((error as Error).message, why);
          return denied(error);
        },
      );
    }
    const pass = passFor(identity);
    await assert.rejects(session.openRepository('film', { access: 'write', pass }), denied);
    assert.deepEqual(members, []);
  });

  it("goes by the issuer's clock", async () => {
    const aheadBy = 3_600;
    listener.trust(seed.peerId, 'film', now + aheadBy);
    const session = await dial(other);
    const early = passFor(other.identity);
    await assert.rejects(session.openRepository('film', { access: 'read', pass: early }), denied);
    const pass = passFor(other.identity, 'film', now + aheadBy);
    await session.openRepository('film', { access: 'read', pass });
  });

  it('closes connections that show no pass in time', async () => {
    await listener.close();
    await open(1);
    const session = await dial(other).catch((error: unknown) => error);
    if (session instanceof Error) assert.ok(denied(session));
    else assert.equal((await (session as Session).closed).by, 'remote');
    assert.equal(listener.connectionCount, 0);
  });

  it('takes no more from who shows no pass than a small window holds', async () => {
    await listener.close();
    await open(300);
    const address = { host: '127.0.0.1', port: listener.port, peerId: fetcher.identity.peerId };
    const settings = resolveNodeSettings({ bulkLanes: 'never' });
    const connection = await dialPeer(other, address, { settings });
    const control = await connection.openStream();
    await control.write([Buffer.from('D')]);
    const flood = await connection.openSink();
    await assert.rejects(flood.write([Buffer.alloc(16 * STRANGER_WINDOW_BYTES)]));
    const { bytesSent } = connection.stats();
    assert.ok(bytesSent < 2 * STRANGER_WINDOW_BYTES, `${bytesSent} bytes were taken`);
  });

  it('is gone when it is closed', async () => {
    const repository = await enter();
    await listener.close();
    await assert.rejects(repository.listRefs().then(() => repository.listRefs()));
    assert.equal(listener.connectionCount, 0);
  });
});

describe('a node that serves a repository', () => {
  it('brings those together who fetch it, and nobody else', async () => {
    const bench = await NodeBench.create();
    try {
      const seed = bench.home();
      const homes = [bench.home(), bench.home(), bench.home()];
      for (const [index, { identity }] of homes.entries()) {
        const repository = index === 2 ? 'other' : 'film';
        const grants = [{ repository, access: 'write' as const }];
        await seed.trust.add({ peerId: identity.peerId, name: `peer ${index}`, grants });
      }
      const node = await bench.start(seed);
      const open = async (home: Home, name: string): Promise<RemoteRepository> => {
        const session = await bench.session(home, node);
        return session.openRepository(name, { access: 'write', create: true });
      };
      const [a, b, c] = [
        await open(homes[0]!, 'film'),
        await open(homes[1]!, 'film'),
        await open(homes[2]!, 'other'),
      ];
      assert.deepEqual((await a.joinSwarm(7001)).members, []);
      const answer = await b.joinSwarm(7002);
      const first = { peerId: homes[0]!.identity.peerId, host: '127.0.0.1', port: 7001 };
      assert.deepEqual(answer.members, [first]);
      assert.equal(answer.pass.issuer, seed.identity.peerId);
      assert.equal(answer.pass.subject, homes[1]!.identity.peerId);
      assert.equal(answer.pass.repository, 'film');
      assert.deepEqual((await c.joinSwarm(7003)).members, []);
    } finally {
      await bench.close();
    }
  });
});
