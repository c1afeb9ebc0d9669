import assert from 'node:assert/strict';
import { useFakeTimers, type SinonFakeTimers } from 'sinon';
import { Discovery, browse, generateIdentity, silentLogger } from '../../../node/index.ts';
import { announcementPacket, queryPacket } from '../../../node/near/announcement.ts';
import { Segment } from './segment.ts';

const A = '192.0.2.1';
const B = '192.0.2.2';

describe('discovery', () => {
  let clock: SinonFakeTimers;
  let segment: Segment;
  let open: Discovery[];

  beforeEach(() => {
    clock = useFakeTimers();
    segment = new Segment();
    open = [];
  });

  afterEach(async () => {
    const closing = Promise.all(open.map((one) => one.close()));
    await clock.runAllAsync();
    await closing;
    clock.restore();
  });

  function start(address: string, peerId = generateIdentity().peerId): Discovery {
    const discovery = Discovery.start(
      { logger: silentLogger, openLinks: segment.open(address), nowMs: () => clock.now },
      { peerId, announce: { host: address, port: 4433 } },
    );
    open.push(discovery);
    return discovery;
  }

  it('finds a node that was there before, and is found by it, within a second', async () => {
    const [a, b] = [generateIdentity().peerId, generateIdentity().peerId];
    const first = start(A, a);
    await clock.tickAsync(60_000);
    const second = start(B, b);
    await clock.tickAsync(1_000);
    assert.deepEqual(first.peers(), [
      { peerId: b, version: 1, endpoints: [{ host: B, port: 4433 }], nameplates: [] },
    ]);
    assert.equal(second.get(a)?.endpoints[0]?.host, A);
    assert.equal(second.get(b), undefined);
  });

  it('keeps two nodes found for as long as they run, and says goodbye', async () => {
    const [a, b] = [generateIdentity().peerId, generateIdentity().peerId];
    const first = start(A, a);
    const second = start(B, b);
    for (let minutes = 0; minutes < 60; minutes++) {
      await clock.tickAsync(60_000);
      assert.notEqual(first.get(b), undefined);
      assert.notEqual(second.get(a), undefined);
    }
    // Questions of either node, answers to those of the other: a few packets a minute.
    assert.ok(segment.log.length < 300, String(segment.log.length));
    await second.close();
    assert.equal(first.get(b), undefined);
  });

  it('forgets a node that was switched off', async () => {
    const first = start(A);
    const { peerId } = generateIdentity();
    const announcement = { peerId, port: 1, nameplates: [] };
    segment.send(B, announcementPacket(announcement, { addresses: [], ttlSeconds: 120 }));
    assert.notEqual(first.get(peerId), undefined);
    await clock.tickAsync(120_000);
    assert.equal(first.get(peerId), undefined);
  });

  it('answers at most once a second, however often it is asked', async () => {
    start(A);
    await clock.tickAsync(10_000);
    const before = segment.count(A, 'response');
    for (let index = 0; index < 1_000; index++) {
      segment.send(B, queryPacket([]));
      await clock.tickAsync(10);
    }
    const answers = segment.count(A, 'response') - before;
    assert.ok(answers >= 9 && answers <= 11, String(answers));
  });

  it('announces and asks again when the network has changed', async () => {
    start(A);
    await clock.tickAsync(300_000);
    const before = segment.log.length;
    segment.change(A);
    await clock.tickAsync(1_500);
    assert.deepEqual(
      segment.log.slice(before).map(({ packet }) => packet.type),
      ['response', 'query', 'response', 'query'],
    );
  });

  it('shows that a pairing code is offered, for as long as it is', async () => {
    const { peerId } = generateIdentity();
    const first = start(A, peerId);
    const second = start(B);
    await clock.tickAsync(5_000);
    const finding = second.find((peer) => peer.nameplates.includes('7Q'), { timeoutMs: 60_000 });
    const withdraw = first.offer('7Q');
    await clock.tickAsync(10);
    assert.equal((await finding)?.peerId, peerId);
    withdraw();
    await clock.tickAsync(10);
    assert.deepEqual(second.get(peerId)?.nameplates, []);
    assert.throws(() => first.offer('a nameplate that is too long'), RangeError);
  });

  it('stops looking when the time is over, when it is told to, and when it is closed', async () => {
    const first = start(A);
    const tooLong = first.find(() => true, { timeoutMs: 100 });
    await clock.tickAsync(100);
    assert.equal(await tooLong, undefined);
    const controller = new AbortController();
    const { signal } = controller;
    const given = assert.rejects(
      first.find(() => true, { timeoutMs: 1_000, signal }),
      /enough/,
    );
    controller.abort(new Error('enough'));
    await given;
    const left = first.find(() => true, { timeoutMs: 1_000_000 });
    const closing = first.close();
    await clock.tickAsync(500);
    await closing;
    assert.equal(await left, undefined);
  });
});

describe('looking for nodes without being one', () => {
  it('asks without a name, and announces nothing', async () => {
    const segment = new Segment();
    const { peerId } = generateIdentity();
    const deps = { logger: silentLogger, openLinks: segment.open(A) };
    assert.deepEqual(await browse(deps, { peerId, timeoutMs: 20 }), []);
    assert.deepEqual(
      segment.log.map(({ packet }) => packet),
      [queryPacket([])],
    );
  });
});

describe('discovery over real multicast', () => {
  it('finds a node of this machine, and nobody sees who only looks', async () => {
    const [announced, looking] = [generateIdentity().peerId, generateIdentity().peerId];
    const deps = { logger: silentLogger };
    const announce = { host: '127.0.0.1', port: 45_678 };
    const discovery = Discovery.start(deps, { peerId: announced, announce });
    try {
      const found = await browse(deps, {
        peerId: looking,
        timeoutMs: 5_000,
        until: ({ peerId }) => peerId === announced,
      });
      const peer = found.find(({ peerId }) => peerId === announced);
      assert.ok(peer?.endpoints.some(({ host, port }) => host === '127.0.0.1' && port === 45_678));
      assert.equal(discovery.get(looking), undefined);
    } finally {
      await discovery.close();
    }
  });
});
