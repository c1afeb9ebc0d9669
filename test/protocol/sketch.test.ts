import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { branchRef, type ObjectId } from '../../store/index.ts';
import { SampleRepository, SeededRandom } from '../../simulations/index.ts';
import { CodedSymbols } from '../../protocol/sketch/coded-symbols.ts';
import { KeyedDigest, DIGEST_WORDS, idWords } from '../../protocol/sketch/keyed-digest.ts';
import { SketchDecoder, digestKey } from '../../protocol/sketch/sketch-decoder.ts';
import { chooseHaveMethod } from '../../protocol/sync/have-method.ts';
import { fixturePath } from '../support/fixture-path.ts';
import { assertClosed, expectMessage, rawAcceptor, rawDiallerIn } from './support/raw-peer.ts';
import { connectPair, openHost } from './support/session-pair.ts';

const KIB = 1024;
const KEY = Buffer.alloc(16, 9);

function symbolsOf(ids: Buffer, first: number, end: number, key: Uint8Array = KEY): CodedSymbols {
  const symbols = new CodedSymbols(first, end);
  symbols.addIds(idWords(ids), new KeyedDigest(key));
  return symbols;
}

function digestOf(id: Buffer, key: Uint8Array = KEY): string {
  const digest = new Uint32Array(DIGEST_WORDS);
  new KeyedDigest(key).digest(idWords(id), 0, digest);
  return digestKey(digest);
}

/** Ids back to back. */
function randomIds(random: SeededRandom, count: number): Buffer {
  return random.bytes(32 * count);
}

describe('a sketch', () => {
  it('shows exactly what one set has and the other lacks', () => {
    const random = new SeededRandom(11);
    const shared = randomIds(random, 3_000);
    for (const [ours, theirs] of [
      [0, 0],
      [1, 0],
      [0, 1],
      [20, 5],
      [300, 200],
    ] as const) {
      const mine = randomIds(random, ours);
      const own = Buffer.concat([shared, mine]);
      const peer = Buffer.concat([randomIds(random, theirs), shared]);
      const decoder = new SketchDecoder();
      let isWhole = false;
      while (!isWhole) {
        const first = decoder.symbolCount;
        assert.ok(first <= 64 + 3 * (ours + theirs), 'too many symbols');
        const sent = symbolsOf(peer, first, first + 64).encode();
        const received = CodedSymbols.decode(sent, first);
        isWhole = decoder.extend(received, symbolsOf(own, first, first + 64));
      }
      const expected = new Set<string>();
      for (let at = 0; at < mine.length; at += 32) expected.add(digestOf(mine.subarray(at)));
      assert.deepEqual(decoder.missing(), expected);
    }
  });

  it('tells about how many differences there are that it can not show', () => {
    const random = new SeededRandom(12);
    for (const differences of [500, 5_000]) {
      const decoder = new SketchDecoder();
      const own = symbolsOf(randomIds(random, differences / 2), 0, 64);
      assert.equal(
        decoder.extend(symbolsOf(randomIds(random, differences / 2), 0, 64), own),
        false,
      );
      const estimate = decoder.foundCount + decoder.estimateLeft();
      assert.ok(estimate > differences / 2 && estimate < differences * 2, String(estimate));
    }
  });

  it('has other digests under another key', () => {
    const id = Buffer.alloc(32, 1);
    assert.notEqual(digestOf(id), digestOf(id, Buffer.alloc(16, 8)));
    // Each half of the key decides half of the digest.
    const half = Buffer.concat([KEY.subarray(0, 8), Buffer.alloc(8, 8)]);
    assert.equal(digestOf(id).slice(0, 4), digestOf(id, half).slice(0, 4));
    assert.notEqual(digestOf(id).slice(4), digestOf(id, half).slice(4));
  });

  it('ends on symbols that no set has', () => {
    const random = new SeededRandom(13);
    const empty = new CodedSymbols(0, 512);
    const noise = CodedSymbols.decode(random.bytes(512 * 24), 0);
    assert.equal(new SketchDecoder().extend(noise, empty), false);
    // Single digests everywhere, each of which spoils the others.
    const single = symbolsOf(randomIds(random, 1), 0, 1);
    const repeated = Buffer.concat(Array.from({ length: 512 }, () => single.encode()));
    const decoder = new SketchDecoder();
    assert.equal(decoder.extend(CodedSymbols.decode(repeated, 0), empty), false);
    assert.ok(decoder.foundCount <= 512);
  });

  it('has the symbols of the vectors', () => {
    const text = readFileSync(fixturePath('vectors/sketch.json'), 'utf8');
    const { cases } = JSON.parse(text) as {
      cases: { key: string; ids: string[]; first: number; end: number; symbols: string }[];
    };
    assert.ok(cases.length > 0);
    for (const { key, ids, first, end, symbols } of cases) {
      const bytes = Buffer.concat(ids.map((id) => Buffer.from(id, 'hex')));
      const made = symbolsOf(bytes, first, end, Buffer.from(key, 'hex'));
      assert.equal(Buffer.from(made.encode()).toString('hex'), symbols);
      assert.deepEqual(CodedSymbols.decode(Buffer.from(symbols, 'hex'), first).sums, made.sums);
    }
  });
});

describe('the way to find out what a sink lacks', () => {
  it('depends on what both sides hold', () => {
    const choose = (source: number, sink: number, hasCommon = false): string =>
      chooseHaveMethod({ source, sink, hasCommon });
    assert.equal(choose(1_000_000, 0), 'all');
    assert.equal(choose(1_000_000, 1_000_000, true), 'check');
    assert.equal(choose(10_000, 10_000_000), 'check');
    assert.equal(choose(1_000, 1_000), 'filter');
    assert.equal(choose(1_000_000, 990_000), 'sketch');
    assert.equal(choose(1_000_000, 100_000), 'filter');
    assert.equal(choose(0, 1_000_000), 'filter');
  });
});

describe('a sync between stores that are nearly alike', () => {
  const MAIN = branchRef('main');
  /** 5,000 chunks, of which `fresh` bytes differ at the end. */
  const content = (fresh: number, seed: number): Buffer =>
    Buffer.concat([
      new SeededRandom(21).bytes(5_000 * 4 * KIB - fresh),
      new SeededRandom(seed).bytes(fresh),
    ]);

  async function transfer(direction: 'push' | 'pull', fresh: number) {
    const [source, sink] = [new SampleRepository(), new SampleRepository()];
    const wanted = await source.commit({ film: content(fresh, 22) });
    await sink.commit({ film: content(fresh, 23) }, { branch: 'other' });
    const served = direction === 'push' ? sink : source;
    const { session, pair, close } = await connectPair(openHost({ repo: served }));
    const opened = await session.openRepository('repo', { access: 'write' });
    const options = { wants: [wanted], haves: [] };
    const report =
      direction === 'push'
        ? await opened.push({ store: source.objects, ...options })
        : await opened.pull({ store: sink.objects, ...options });
    for (const id of await source.ids()) assert.deepEqual(await sink.objects.has([id]), [true]);
    const { bytesSent, bytesReceived } = pair.dialler.stats();
    await close();
    return { report, bytes: bytesSent + bytesReceived };
  }

  for (const direction of ['push', 'pull'] as const) {
    it(`costs little beside what differs, in a ${direction}`, async () => {
      const { report, bytes } = await transfer(direction, 40 * KIB);
      assert.equal(report.chunks.transferred, 10);
      // Questions about 5,000 objects would take 160 KB.
      assert.ok(bytes < 40 * KIB + 60 * KIB, `${bytes} bytes`);
    }).timeout(20_000);

    it(`takes a filter where too much differs, in a ${direction}`, async () => {
      const { report } = await transfer(direction, 4_000 * 4 * KIB);
      assert.equal(report.chunks.transferred, 4_000);
    }).timeout(20_000);
  }

  it('ends for a source that asks for more symbols than there are', async () => {
    const sink = new SampleRepository();
    await sink.commit({ film: content(0, 0) });
    const raw = await rawDiallerIn(openHost({ repo: sink }));
    const channel = await raw.open();
    await channel.send('SYNC_REQUEST', 2, {
      ...{ handle: 1, direction: 'push' as const },
      ...{ wants: ['aa'.repeat(32) as ObjectId], haves: [], heldCount: 5_000, windowBytes: 0 },
    });
    const { sketchKey } = await expectMessage(channel, 'SYNC_RESPONSE');
    assert.equal(sketchKey?.length, 16);
    await channel.send('SKETCH_REQUEST', 2, { count: 200_000, filter: false });
    assert.equal((await expectMessage(channel, 'SKETCH')).symbols.length, 200_000 * 24);
    await channel.send('SKETCH_REQUEST', 2, { count: 200_000, filter: false });
    await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
  }).timeout(20_000);

  it('ends for a sink that sends another number of symbols', async () => {
    const raw = await rawAcceptor();
    const opening = raw.session.openRepository('repo', { access: 'write' });
    const received = await raw.control.receive();
    await raw.control.send('AUTH_OK', received!.requestId, {
      ...{ handle: 1, access: 'write' as const, head: { kind: 'branch' as const, name: MAIN } },
      ...{ objectCount: 0, refs: [] },
    });
    const opened = await opening;
    const local = new SampleRepository();
    const id = await local.commit({ a: Buffer.from('a') });
    const pushing = opened.push({ store: local.objects, wants: [id], haves: [] });
    const refused = assert.rejects(pushing, { code: 'DITS_PROTOCOL_INVALID_MESSAGE' });
    const channel = await raw.accept();
    const { requestId } = (await channel.receive())!;
    const answer = { common: [], heldCount: 5, windowBytes: 16 * 1024 * KIB, filter: false };
    await channel.send('SYNC_RESPONSE', requestId, { ...answer, sketchKey: KEY });
    const { count } = await expectMessage(channel, 'SKETCH_REQUEST');
    await channel.send('SKETCH', requestId, { symbols: Buffer.alloc(24 * (count + 1)) });
    await refused;
    await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
    await raw.session.close();
  });
});
