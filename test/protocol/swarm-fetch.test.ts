import assert from 'node:assert/strict';
import type { ChunkId } from '../../store/index.ts';
import type { SyncProgress } from '../../protocol/index.ts';
import { SampleRepository } from '../../simulations/index.ts';
import { FAST, SwarmBench, type Source } from './support/swarm-peers.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

/** Runs a test under its bench's clock. */
function onBench(test: (bench: SwarmBench) => Promise<void>): () => Promise<void> {
  return async () => {
    const bench = new SwarmBench();
    await bench.clock.run(() => test(bench));
  };
}

describe('a fetch from many sources', () => {
  it(
    'brings everything from one',
    onBench(async (bench) => {
      await bench.commit(300 * KIB);
      const source = await bench.dial(bench.seed);
      const { sync, sources } = await bench.fetch([source]);
      await bench.assertComplete();
      assert.deepEqual(sync.chunks, { total: 75, transferred: 75, present: 0 });
      assert.equal(sync.bytes.transferred, 300 * KIB);
      assert.equal(sources.length, 1);
      assert.equal(sources[0]?.chunks, 75);
      assert.equal(sources[0].bytes, 300 * KIB);
      assert.equal(sources[0].dropped, null);
    }),
  );

  it(
    'begins with a pull of everything but chunks',
    onBench(async (bench) => {
      await bench.commit(300 * KIB, { withStructure: false });
      const { repository } = await bench.dial(bench.seed);
      const tips = { wants: [bench.want], haves: [] };
      const report = await repository.pull({
        ...tips,
        store: bench.local.objects,
        structureOnly: true,
      });
      assert.equal(report.chunks.total, 0);
      const chunks = await bench.list();
      assert.equal(chunks.count, 75);
      assert.equal(chunks.missingCount, 75);
      assert.equal(chunks.missingBytes, 300 * KIB);
      await bench.fetch([{ repository }]);
      await bench.assertComplete();
    }),
  );

  it(
    'spreads one huge file over all who have it',
    onBench(async (bench) => {
      await bench.commit(12 * MIB);
      const sources: Source[] = [];
      for (let count = 0; count < 3; count++) sources.push(await bench.dial(await bench.clone()));
      const startMs = bench.clock.now();
      const report = await bench.fetch(sources);
      const elapsedMs = bench.clock.now() - startMs;
      await bench.assertComplete();
      const oneMs = (12 * MIB) / FAST.bytesPerMs;
      assert.ok(elapsedMs < oneMs / 2.4, `${elapsedMs} ms, one takes ${oneMs} ms`);
      for (const { bytes } of report.sources) assert.ok(bytes > 3 * MIB, String(bytes));
      assert.ok(report.sync.bytes.transferred < 14 * MIB);
    }),
  );

  it(
    'asks complete sources in the order of the file',
    onBench(async (bench) => {
      await bench.commit(3 * MIB);
      const arrived: ChunkId[] = [];
      const { objects } = bench.local;
      const put = objects.putRecords.bind(objects);
      objects.putRecords = async (records, options) => {
        arrived.push(...records.map(({ id }) => id as ChunkId));
        return put(records, options);
      };
      const chunks = await bench.list();
      await bench.fetch([await bench.dial(bench.seed)]);
      const places = arrived.map((id) => chunks.indexOf(id)!);
      // Streams overtake each other by a batch, not by more.
      const late = places.filter((place, at) => Math.abs(place - at) > (4 * MIB) / (4 * KIB));
      assert.deepEqual(late, []);
      assert.ok(places[0]! < 512);
    }),
  );

  it(
    'asks for nothing that is there already',
    onBench(async (bench) => {
      await bench.commit(400 * KIB);
      let count = 0;
      await bench.copy(({ kind }) => kind === 'chunk' && count++ % 2 === 0);
      const { sync } = await bench.fetch([await bench.dial(bench.seed)]);
      await bench.assertComplete();
      assert.deepEqual(sync.chunks, { total: 100, transferred: 50, present: 50 });
      assert.equal(sync.bytes.transferred, 200 * KIB);
    }),
  );

  it(
    'has nothing to do when everything is there',
    onBench(async (bench) => {
      await bench.commit(40 * KIB);
      await bench.copy(() => true);
      const { sync } = await bench.fetch([]);
      assert.equal(sync.chunks.transferred, 0);
    }),
  );

  it(
    'leaves to peers that are fetching what they hold, and spares the one that has everything',
    onBench(async (bench) => {
      await bench.commit(8 * MIB);
      const other = new SampleRepository();
      let count = 0;
      await bench.copy(({ kind }) => kind !== 'chunk' || count++ % 4 !== 0, other);
      const half = await bench.fetcher(other);
      const [seed, peer] = [await bench.dial(bench.seed), await bench.dial(half.share.repository)];
      const { sources } = await bench.fetch([seed, peer]);
      await bench.assertComplete();
      const bytesOf = ({ repository }: Source): number =>
        sources.find(({ peerId }) => peerId === repository.remotePeerId)!.bytes;
      assert.ok(bytesOf(peer) > 3 * MIB, `the peer gave ${bytesOf(peer)}`);
      assert.ok(bytesOf(seed) + bytesOf(peer) < 9 * MIB);
    }),
  );

  it(
    'fetches from peers that fetch the same, while they do',
    onBench(async (bench) => {
      await bench.commit(6 * MIB);
      const slow = { ...FAST, bytesPerMs: 400 };
      const peers = [];
      for (let count = 0; count < 3; count++) {
        const repository = new SampleRepository();
        await bench.copy(({ kind }) => kind !== 'chunk', repository);
        peers.push({ repository, fetch: await bench.fetcher(repository) });
      }
      for (const { fetch } of peers) {
        void fetch.add((await bench.dial(bench.seed, slow)).repository);
        for (const { fetch: other } of peers) {
          if (other === fetch) continue;
          void fetch.add((await bench.dial(other.share.repository)).repository);
        }
      }
      const startMs = bench.clock.now();
      const reports = await Promise.all(peers.map(({ fetch }) => fetch.run()));
      const elapsedMs = bench.clock.now() - startMs;
      for (const { repository } of peers) await bench.assertComplete(repository);
      // Each has 400 bytes a millisecond of its own from the seed, and the others' share as well.
      assert.ok(elapsedMs < ((6 * MIB) / 400) * 0.75, `${elapsedMs} ms`);
      for (const { sources } of reports) {
        const given = sources.filter(({ bytes }) => bytes > 0);
        assert.ok(given.length === 3 && sources.every(({ dropped }) => dropped === null));
      }
    }),
  );

  it(
    'goes on when a source is lost, and says so',
    onBench(async (bench) => {
      await bench.commit(6 * MIB);
      const [a, b] = [await bench.dial(bench.seed), await bench.dial(await bench.clone())];
      const fetch = await bench.fetcher();
      const ended = fetch.add(a.repository);
      void fetch.add(b.repository);
      const running = fetch.run();
      await bench.clock.sleep(150);
      a.sever();
      const lost = await ended;
      assert.equal(lost.dropped?.reason, 'lost');
      assert.ok(lost.bytes > 0);
      const { sources } = await running;
      await bench.assertComplete();
      assert.deepEqual(sources.map(({ dropped }) => dropped?.reason).sort(), ['lost', undefined]);
    }),
  );

  it(
    'takes in a source that comes later',
    onBench(async (bench) => {
      await bench.commit(4 * MIB);
      const fetch = await bench.fetcher();
      const settle = fetch.expectSources();
      const running = fetch.run();
      const first = await bench.dial(bench.seed);
      void fetch.add(first.repository);
      await bench.clock.sleep(100);
      first.sever();
      await bench.clock.sleep(60_000);
      void fetch.add((await bench.dial(bench.seed)).repository);
      settle();
      const { sources } = await running;
      await bench.assertComplete();
      assert.equal(sources.length, 2);
    }),
  );

  it(
    'fails as its last source did when none is left',
    onBench(async (bench) => {
      await bench.commit(4 * MIB);
      const { repository, sever } = await bench.dial(bench.seed);
      const fetch = await bench.fetcher();
      void fetch.add(repository);
      const failed = assert.rejects(fetch.run(), { code: 'DITS_PROTOCOL_CONNECTION_LOST' });
      await bench.clock.sleep(100);
      sever();
      await failed;
    }),
  );

  it(
    'fails when nobody has what is missing',
    onBench(async (bench) => {
      await bench.commit(400 * KIB);
      const clone = await bench.clone();
      const chunks = await bench.list();
      clone.objects.damage(chunks.idAt(33), undefined);
      const source = await bench.dial(clone);
      await assert.rejects(bench.fetch([source]), {
        code: 'DITS_PROTOCOL_INCOMPLETE',
        details: { missing: 1 },
      });
    }),
  );

  it(
    'waits for peers that are fetching only as long as they get anywhere',
    onBench(async (bench) => {
      await bench.commit(400 * KIB);
      const other = new SampleRepository();
      await bench.copy(({ kind }) => kind !== 'chunk', other);
      const idle = await bench.fetcher(other);
      const source = await bench.dial(idle.share.repository);
      const startMs = bench.clock.now();
      await assert.rejects(bench.fetch([source]), { code: 'DITS_PROTOCOL_INCOMPLETE' });
      const waitedMs = bench.clock.now() - startMs;
      assert.ok(waitedMs >= 30_000 && waitedMs < 40_000, String(waitedMs));
    }),
  );

  it(
    'ends at once when it is told to',
    onBench(async (bench) => {
      await bench.commit(6 * MIB);
      const controller = new AbortController();
      const fetch = await bench.fetcher(bench.local, { signal: controller.signal });
      void fetch.add((await bench.dial(bench.seed)).repository);
      const stopped = assert.rejects(fetch.run(), { message: 'enough' });
      await bench.clock.sleep(100);
      controller.abort(new Error('enough'));
      await stopped;
    }),
  );

  it(
    'does not wait for a slow source at the end',
    onBench(async (bench) => {
      await bench.commit(8 * MIB);
      const slow = await bench.dial(bench.seed, { ...FAST, bytesPerMs: 200 });
      const fast = await bench.dial(await bench.clone());
      const startMs = bench.clock.now();
      const { sync } = await bench.fetch([slow, fast]);
      const elapsedMs = bench.clock.now() - startMs;
      const alone = (8 * MIB) / FAST.bytesPerMs;
      assert.ok(elapsedMs < alone * 1.5, `${elapsedMs} ms, the fast one alone takes ${alone} ms`);
      assert.ok(sync.bytes.transferred < 9.5 * MIB, String(sync.bytes.transferred));
    }),
  );

  it(
    'reports how far it is',
    onBench(async (bench) => {
      await bench.commit(8 * MIB);
      const seen: SyncProgress[] = [];
      const onProgress = (progress: SyncProgress): number => seen.push(progress);
      const fetch = await bench.fetcher(bench.local, { onProgress });
      void fetch.add((await bench.dial(bench.seed)).repository);
      await fetch.run();
      assert.ok(seen.length > 3);
      assert.equal(seen.at(-1)?.phase, 'done');
      assert.equal(seen.at(-1)?.chunks, 2_048);
      assert.equal(seen.at(-1)?.bytes, 8 * MIB);
      const counts = seen.map(({ chunks }) => chunks);
      assert.deepEqual(
        counts,
        [...counts].sort((a, b) => a - b),
      );
    }),
  );
});
