import assert from 'node:assert/strict';
import type { ChunkId } from '../../store/index.ts';
import { ProtocolError } from '../../protocol/index.ts';
import type { MessageChannel } from '../../protocol/session/message-channel.ts';
import { NO_TOTALS } from '../../protocol/sync/sync-progress.ts';
import { SampleRepository } from '../../simulations/index.ts';
import { assertClosed, batchOf, chunk, expectMessage, frame } from './support/raw-peer.ts';
import { FAST, SwarmBench, type RawSource } from './support/swarm-peers.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

/** Runs a test under its bench's clock. */
function onBench(test: (bench: SwarmBench) => Promise<void>): () => Promise<void> {
  return async () => {
    const bench = new SwarmBench();
    await bench.clock.run(() => test(bench));
  };
}

/** Fetches from an honest source and a raw one; what the raw one does is up to the test. */
async function fetchBeside(
  bench: SwarmBench,
  raw: RawSource,
  behave: (feed: Awaited<ReturnType<RawSource['feed']>>) => Promise<void>,
): Promise<string | undefined> {
  const startMs = bench.clock.now();
  const honest = await bench.dial(bench.seed, { ...FAST, bytesPerMs: 500 });
  const fetch = await bench.fetcher();
  const ended = fetch.add(raw.repository);
  void fetch.add(honest.repository);
  // A peer that was dropped finds its streams broken, whatever it was about.
  const behaving = behave(await raw.feed(true)).catch((error: unknown) => {
    if (!(error instanceof ProtocolError)) throw error;
  });
  await fetch.run();
  assert.ok(bench.clock.now() - startMs < 60_000);
  await bench.assertComplete();
  await behaving;
  const { dropped, peerId } = await ended;
  assert.equal(peerId, 'mallory');
  return dropped?.reason;
}

/** Fetches from a raw source alone. `failed` resolves when the fetch has given up waiting for it. */
async function fetchInVain(
  bench: SwarmBench,
): Promise<{ readonly raw: RawSource; readonly failed: Promise<void> }> {
  await bench.commit(MIB);
  const raw = await bench.dialRaw('mallory');
  const fetch = await bench.fetcher();
  void fetch.add(raw.repository);
  const failed = assert.rejects(fetch.run(), { code: 'DITS_PROTOCOL_TIMEOUT' });
  return { raw, failed };
}

describe('a fetch from a hostile source', () => {
  it(
    'drops and names one that sends other bytes than it was asked for',
    onBench(async (bench) => {
      await bench.commit(2 * MIB);
      const raw = await bench.dialRaw('mallory');
      const reason = await fetchBeside(bench, raw, async ({ channel, requestId }) => {
        const { ids } = await expectMessage(channel, 'FEED_WANT');
        const lie = chunk(Buffer.from('not what it says'), { id: ids[0]! });
        const bulk = await raw.connection.openSink();
        await bulk.write([frame('CHUNK_UPLOAD', requestId, batchOf(1, [lie]))]);
        await assertClosed(raw.connection, 'DITS_PROTOCOL_BAD_DATA');
      });
      assert.equal(reason, 'wrong-bytes');
    }),
  );

  it(
    'drops one that sends what nobody asked for',
    onBench(async (bench) => {
      await bench.commit(MIB);
      const raw = await bench.dialRaw('mallory');
      const unwanted = chunk(Buffer.from('unwanted'));
      const reason = await fetchBeside(bench, raw, async ({ requestId }) => {
        const bulk = await raw.connection.openSink();
        await bulk.write([frame('CHUNK_UPLOAD', requestId, batchOf(1, [unwanted]))]);
        await assertClosed(raw.connection, 'DITS_PROTOCOL_BAD_DATA');
      });
      assert.equal(reason, 'wrong-bytes');
      assert.deepEqual(await bench.local.objects.has([unwanted.id]), [false]);
    }),
  );

  it(
    'drops one that sends nothing, and asks the others',
    onBench(async (bench) => {
      await bench.commit(8 * MIB);
      const raw = await bench.dialRaw('mallory');
      const reason = await fetchBeside(bench, raw, async ({ channel }) => {
        await expectMessage(channel, 'FEED_WANT');
        await bench.clock.sleep(10_800);
        await expectMessage(channel, 'ERROR');
      });
      assert.equal(reason, 'silent');
    }),
  );

  it(
    'drops one that sends a byte a minute',
    onBench(async (bench) => {
      await bench.commit(8 * MIB);
      const raw = await bench.dialRaw('mallory');
      const reason = await fetchBeside(bench, raw, async ({ channel, requestId }) => {
        const { ids } = await expectMessage(channel, 'FEED_WANT');
        const records = await bench.seed.objects.getRecords(ids.slice(0, 1));
        const bytes = frame('CHUNK_UPLOAD', requestId, batchOf(1, records));
        const bulk = await raw.connection.openSink();
        for (const byte of bytes) {
          await bulk.write([Buffer.from([byte])]);
          await bench.clock.sleep(60_000);
        }
      });
      assert.equal(reason, 'silent');
    }),
  );

  it(
    'drops one that crawls',
    onBench(async (bench) => {
      await bench.commit(16 * MIB);
      const raw = await bench.dialRaw('mallory');
      const reason = await fetchBeside(bench, raw, async ({ channel, requestId }) => {
        const { ids } = await expectMessage(channel, 'FEED_WANT');
        const bulk = await raw.connection.openSink();
        for (let at = 0; at < ids.length; at++) {
          await bench.clock.sleep(5_000);
          const records = await bench.seed.objects.getRecords([ids[at]!]);
          await bulk.write([frame('CHUNK_UPLOAD', requestId, batchOf(at + 1, records))]);
        }
      });
      assert.equal(reason, 'slow');
    }),
  );

  it(
    'waits for one that nobody can replace, but not for ever',
    onBench(async (bench) => {
      const { raw, failed } = await fetchInVain(bench);
      const startMs = bench.clock.now();
      await raw.feed(true);
      await failed;
      const waitedMs = bench.clock.now() - startMs;
      assert.ok(waitedMs > 110_000 && waitedMs < 130_000, String(waitedMs));
    }),
  );

  it(
    'waits for one that nobody can replace as long as it says that it holds back',
    onBench(async (bench) => {
      const { raw, failed } = await fetchInVain(bench);
      const { channel, requestId } = await raw.feed(true);
      const startMs = bench.clock.now();
      for (let sign = 0; sign < 5; sign++) {
        await bench.clock.sleep(60_000);
        await channel.send('SYNC_PROGRESS', requestId, { totals: NO_TOTALS });
      }
      await failed;
      const waitedMs = bench.clock.now() - startMs;
      assert.ok(waitedMs > 410_000 && waitedMs < 430_000, String(waitedMs));
    }),
  );

  it(
    'drops one that announces more than it was told to',
    onBench(async (bench) => {
      await bench.commit(8 * MIB);
      const raw = await bench.dialRaw('mallory');
      const reason = await fetchBeside(bench, raw, async ({ channel, requestId }) => {
        // A billion would take 15,000 of these: the second is too much for a fetch of 2,048 chunks.
        const prefixes = bench.random
          .bytes(8 * KIB)
          .toString('hex')
          .repeat(32);
        const have = { prefixes: Buffer.from(prefixes), complete: false };
        assert.equal(have.prefixes.length / 8, 65_536);
        await channel.send('FEED_HAVE', requestId, have);
        await channel.send('FEED_HAVE', requestId, have);
        await assertClosed(raw.connection, 'DITS_PROTOCOL_TOO_LARGE');
      });
      assert.equal(reason, 'broke-rules');
    }),
  );

  it(
    'gets from others what one only claimed to have',
    onBench(async (bench) => {
      await bench.commit(MIB);
      const raw = await bench.dialRaw('mallory');
      let count = 0;
      const reason = await fetchBeside(bench, raw, async ({ channel, requestId }) => {
        for (;;) {
          const { ids, last } = await expectMessage(channel, 'FEED_WANT');
          if (last) break;
          count += ids.length;
          await channel.send('FEED_ABSENT', requestId, { ids });
        }
      });
      assert.equal(reason, undefined);
      assert.ok(count > 0 && count <= 256);
    }),
  );

  it(
    'drops one that leaves wants unanswered, or answers what was not wanted',
    onBench(async (bench) => {
      const ends: readonly ((channel: MessageChannel, requestId: number) => Promise<void>)[] = [
        (channel, requestId) =>
          channel.send('SYNC_END', requestId, { batches: 0, totals: NO_TOTALS }),
        (channel, requestId) =>
          channel.send('FEED_ABSENT', requestId, { ids: ['ab'.repeat(32) as ChunkId] }),
        (channel, requestId) => channel.send('FEED_OPENED', requestId, { complete: true }),
        (channel, requestId) =>
          channel.send('FEED_HAVE', requestId + 1, {
            prefixes: new Uint8Array(8),
            complete: false,
          }),
        async (channel, requestId) => {
          const unasked = {
            ...batchOf(1, []),
            records: [chunk(Buffer.from('x'), { kind: 'tree' })],
          };
          await channel.takeOver().write([frame('MANIFEST_PUSH', requestId, unasked)]);
        },
      ];
      await bench.commit(MIB);
      for (const end of ends) {
        const raw = await bench.dialRaw('mallory');
        const reason = await fetchBeside(bench, raw, async ({ channel, requestId }) => {
          await expectMessage(channel, 'FEED_WANT');
          await end(channel, requestId);
          const { by } = await raw.connection.closed;
          assert.equal(by, 'remote');
        });
        assert.ok(reason === 'broke-rules' || reason === 'wrong-bytes', reason);
        // The next one is to have something to do, too.
        bench.local = new SampleRepository();
        await bench.copy(({ kind }) => kind !== 'chunk');
      }
    }),
  );

  it(
    'does without one whose feed ends early, with an error or without',
    onBench(async (bench) => {
      const failure = { code: 6, message: 'no room', name: '', retryAfterMs: 0 };
      const ends: readonly ((channel: MessageChannel, requestId: number) => Promise<void>)[] = [
        (channel) => channel.end(),
        (channel, requestId) => channel.send('ERROR', requestId, failure),
      ];
      await bench.commit(MIB);
      for (const end of ends) {
        const raw = await bench.dialRaw('mallory');
        const reason = await fetchBeside(bench, raw, async ({ channel, requestId }) => {
          await expectMessage(channel, 'FEED_WANT');
          await end(channel, requestId);
        });
        assert.equal(reason, 'lost');
        bench.local = new SampleRepository();
        await bench.copy(({ kind }) => kind !== 'chunk');
      }
    }),
  );

  it(
    'drops one that sends more batches than it says, or wanted chunks as something else',
    onBench(async (bench) => {
      await bench.commit(MIB);
      for (const message of ['CHUNK_UPLOAD', 'MANIFEST_PUSH'] as const) {
        const raw = await bench.dialRaw('mallory');
        const reason = await fetchBeside(bench, raw, async ({ channel, requestId }) => {
          const { ids } = await expectMessage(channel, 'FEED_WANT');
          await channel.send('SYNC_END', requestId, { batches: 1, totals: NO_TOTALS });
          const bulk = await raw.connection.openSink();
          for (let at = 0; at < 2; at++) {
            const records = await bench.seed.objects.getRecords([ids[at]!]);
            await bulk.write([frame(message, requestId, batchOf(at + 1, records))]);
          }
          await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
        });
        assert.equal(reason, 'broke-rules');
        bench.local = new SampleRepository();
        await bench.copy(({ kind }) => kind !== 'chunk');
      }
    }),
  );

  it(
    'finds the end of one that never answers FEED_OPEN',
    onBench(async (bench) => {
      const { failed } = await fetchInVain(bench);
      await failed;
    }),
  );
});
