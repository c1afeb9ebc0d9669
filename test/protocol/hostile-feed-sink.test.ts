import assert from 'node:assert/strict';
import type { ChunkId, ObjectId } from '../../store/index.ts';
import { FrameReader, encodeFrameHeader } from '../../protocol/index.ts';
import { RESERVED_MESSAGE_TYPE } from '../../protocol/frames/message-types.ts';
import { recordsCodec } from '../../protocol/messages/records.ts';
import type { MessageChannel } from '../../protocol/session/message-channel.ts';
import { NO_TOTALS } from '../../protocol/sync/sync-progress.ts';
import { SampleRepository } from '../../simulations/index.ts';
import {
  RAW_WINDOW_BYTES,
  assertClosed,
  chunk,
  expectMessage,
  rawDiallerIn,
  type RawDialler,
} from './support/raw-peer.ts';
import { openHost } from './support/session-pair.ts';
import { SwarmBench } from './support/swarm-peers.ts';

const KIB = 1024;
const MIB = 1024 * KIB;
/** A message that this version does not speak, of request 2. */
const STRANGE_FRAME = encodeFrameHeader({
  type: RESERVED_MESSAGE_TYPE.DELTA_DATA,
  isCompressed: false,
  payloadLength: 0,
  requestId: 2,
});

describe('a source before a hostile sink', () => {
  const seed = new SampleRepository();
  let want: ObjectId;
  let ids: ChunkId[];

  before(async () => {
    const bench = new SwarmBench();
    want = await seed.commit({ reel: bench.random.bytes(3 * MIB) });
    ids = [];
    for await (const infos of seed.objects.list()) {
      for (const { id, kind } of infos) if (kind === 'chunk') ids.push(id as ChunkId);
    }
  });

  async function open(
    over: { readonly wants?: ObjectId[]; readonly windowBytes?: number } = {},
    host = openHost({ repo: seed }),
  ): Promise<{ raw: RawDialler; channel: MessageChannel }> {
    const raw = await rawDiallerIn(host);
    const channel = await raw.open();
    const request = {
      ...{ handle: 1, wants: [want], windowBytes: RAW_WINDOW_BYTES, announcedMax: 1_000 },
      ...over,
    };
    await channel.send('FEED_OPEN', 2, request);
    return { raw, channel };
  }

  async function opened(host = openHost({ repo: seed })) {
    const { raw, channel } = await open({}, host);
    const { complete } = await expectMessage(channel, 'FEED_OPENED');
    return { raw, channel, complete };
  }

  it('opens no feed of what no ref leads to', async () => {
    const { channel, raw } = await open({ wants: ['cd'.repeat(32) as ObjectId] });
    const { name } = await expectMessage(channel, 'ERROR');
    assert.equal(name, 'DITS_PROTOCOL_NOT_FOUND');
    await raw.connection.close(0, '');
  });

  it('refuses a window that holds no frame', async () => {
    const { raw } = await open({ windowBytes: 1_000 });
    await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
  });

  it('refuses more wants than it keeps', async () => {
    const { raw, channel } = await opened();
    const many = Array.from({ length: 8_192 }, (_, at) => at.toString(16).padStart(64, '0'));
    const wantMany = async (): Promise<void> => {
      for (let part = 0; part < 7; part++) {
        const named = many.map((id) => `${part}${id.slice(1)}` as ChunkId);
        await channel.send('FEED_WANT', 2, { ids: named, last: false });
      }
    };
    // Nobody reads the answers, so that what is owed adds up, until the stream breaks.
    await assert.rejects(wantMany(), { code: 'DITS_PROTOCOL_STREAM_RESET' });
    await assertClosed(raw.connection, 'DITS_PROTOCOL_TOO_LARGE');
  });

  it('refuses a want of what is wanted, or after the last one', async () => {
    const twice = await opened();
    await twice.channel.send('FEED_WANT', 2, { ids: ids.slice(0, 600), last: false });
    await twice.channel.send('FEED_WANT', 2, { ids: ids.slice(599, 601), last: false });
    await assertClosed(twice.raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
    const after = await opened();
    await after.channel.send('FEED_WANT', 2, { ids: ids.slice(0, 200), last: true });
    await after.channel.send('FEED_WANT', 2, { ids: ids.slice(200, 210), last: false });
    await assertClosed(after.raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
  });

  it('refuses acknowledgements of nothing, and an end before the end', async () => {
    const acked = await opened();
    const results = [{ batch: 1, statuses: new Uint8Array(1) }];
    await acked.channel.send('CHUNK_UPLOAD_ACK', 2, { results });
    await assertClosed(acked.raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
    const ended = await opened();
    await ended.channel.send('SYNC_DONE', 2, { stored: 0, duplicates: 0, bytes: 0 });
    await assertClosed(ended.raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
  });

  it('takes nothing on the stream of a feed that has no place there', async () => {
    const misplaced: readonly ((channel: MessageChannel) => Promise<void>)[] = [
      (channel) => channel.send('FEED_WANT', 3, { ids: ids.slice(0, 1), last: false }),
      (channel) => channel.send('CHUNK_CHECK_RESP', 2, { present: true }),
    ];
    for (const send of misplaced) {
      const { raw, channel } = await opened();
      await send(channel);
      await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
    }
  });

  it('gives up only the feed when its stream ends early or brings an error', async () => {
    const failure = { code: 6, message: 'no room', name: '', retryAfterMs: 0 };
    const ends: readonly (readonly [string, (channel: MessageChannel) => Promise<void>])[] = [
      ['DITS_PROTOCOL_STREAM_RESET', (channel) => channel.end()],
      ['DITS_PROTOCOL_PEER_FAILED', (channel) => channel.send('ERROR', 2, failure)],
    ];
    for (const [code, end] of ends) {
      const { raw, channel } = await opened();
      // Held back for a while, and a message of a newer version: neither ends it.
      await channel.send('SYNC_PROGRESS', 2, { totals: NO_TOTALS });
      await channel.takeOver().write([STRANGE_FRAME]);
      await end(channel);
      assert.equal((await expectMessage(channel, 'ERROR')).name, code);
      await raw.control.send('REF_LIST', 9, { handle: 1, after: '' });
      await expectMessage(raw.control, 'REF_LIST_RESP');
      await raw.connection.close(0, '');
    }
  });

  it('answers every want once, whether it is given, taken back or not there', async () => {
    const { raw, channel } = await opened();
    const incoming = raw.connection.incoming()[Symbol.asyncIterator]();
    const unknown = 'ef'.repeat(32) as ChunkId;
    await channel.send('FEED_WANT', 2, { ids: [...ids, unknown], last: false });
    await channel.send('FEED_CANCEL', 2, { ids: ids.slice(100) });
    await channel.send('FEED_WANT', 2, { ids: [], last: true });
    const answered: ObjectId[] = [];
    let given = 0;
    const readBulk = async (): Promise<void> => {
      for (let next = await incoming.next(); next.done !== true; next = await incoming.next()) {
        assert.ok(next.value.kind === 'unidirectional');
        const reader = new FrameReader(next.value.source);
        for (let header = await reader.readHeader(); header; header = await reader.readHeader()) {
          const payload = await reader.readPayload(header, 16 * MIB);
          const { batch, records } = recordsCodec.decode(payload);
          given += records.length;
          answered.push(...records.map(({ id }) => id));
          const results = [{ batch, statuses: new Uint8Array(records.length) }];
          await channel.send('CHUNK_UPLOAD_ACK', 2, { results });
        }
      }
    };
    const reading = readBulk();
    for (let isLast = false; !isLast;) {
      const received = await channel.receive();
      if (received?.message?.name === 'FEED_ABSENT') answered.push(...received.message.body.ids);
      isLast = received?.message?.name === 'SYNC_END';
    }
    while (answered.length < ids.length + 1) await new Promise(setImmediate);
    await raw.connection.close(0, '');
    await reading;
    assert.deepEqual([...answered].sort(), [...ids, unknown].sort());
    assert.ok(given >= 100 && given < ids.length, String(given));
  });

  it('ends a feed on which nothing is wanted for long', async () => {
    const { raw, channel } = await opened();
    for (let minute = 0; minute < 11; minute++) {
      raw.clock.advance(60_000);
      await new Promise(setImmediate);
    }
    const { name } = await expectMessage(channel, 'ERROR');
    assert.equal(name, 'DITS_PROTOCOL_TIMEOUT');
    await raw.connection.close(0, '');
  });

  describe('that shares its fetch', () => {
    async function sharing() {
      const bench = new SwarmBench();
      await bench.commit(400 * KIB);
      let count = 0;
      await bench.copy(({ kind }) => kind === 'chunk' && count++ < 40);
      const secret = chunk(Buffer.from('of another repository'));
      await bench.local.objects.putRecords([secret]);
      const fetch = await bench.fetcher();
      const host = openHost({ repo: fetch.share.repository });
      return { bench, host, secret };
    }

    it('gives chunks of the fetch that it holds, and nothing else of its store', async () => {
      const { bench, host, secret } = await sharing();
      const { raw, channel, complete } = await opened(host);
      assert.equal(complete, false);
      const chunks = await bench.list();
      const held = await bench.local.objects.has([chunks.idAt(0), chunks.idAt(99)]);
      assert.deepEqual(held, [true, false]);
      const tree = [...(await bench.local.ids())].find(
        (id) => chunks.indexOf(id as ChunkId) === undefined,
      );
      const asked = [secret.id, tree, chunks.idAt(99)] as ChunkId[];
      const { prefixes } = await expectMessage(channel, 'FEED_HAVE');
      assert.equal(prefixes.length, 40 * 8);
      await channel.send('FEED_WANT', 2, { ids: asked, last: false });
      const { ids: absent } = await expectMessage(channel, 'FEED_ABSENT');
      assert.deepEqual([...absent].sort(), [...asked].sort());
      await raw.connection.close(0, '');
    });

    it('shows no refs and no objects by any other message', async () => {
      const { bench, host, secret } = await sharing();
      const raw = await rawDiallerIn(host);
      await raw.control.send('REF_LIST', 2, { handle: 1, after: '' });
      const { refs } = await expectMessage(raw.control, 'REF_LIST_RESP');
      assert.deepEqual(refs, []);
      const chunks = await bench.list();
      const asked = [secret.id, chunks.idAt(0)];
      await raw.control.send('CHUNK_BATCH_CHECK', 3, { handle: 1, number: 0, ids: asked });
      const { present } = await expectMessage(raw.control, 'CHUNK_BATCH_RESP');
      assert.deepEqual(present, [false, false]);
      const channel = await raw.open();
      await channel.send('CHUNK_DOWNLOAD', 4, { handle: 1, ids: asked });
      const { absent } = await expectMessage(channel, 'CHUNK_DATA');
      assert.deepEqual(absent, asked);
      await raw.connection.close(0, '');
    });

    it('announces no more than it was told to', async () => {
      const { host } = await sharing();
      const raw = await rawDiallerIn(host);
      const channel = await raw.open();
      const request = { handle: 1, wants: [want], windowBytes: RAW_WINDOW_BYTES, announcedMax: 3 };
      await channel.send('FEED_OPEN', 2, request);
      await expectMessage(channel, 'FEED_OPENED');
      const { prefixes } = await expectMessage(channel, 'FEED_HAVE');
      assert.equal(prefixes.length, 3 * 8);
      await channel.send('FEED_WANT', 2, { ids: [], last: true });
      await expectMessage(channel, 'SYNC_END');
      await raw.connection.close(0, '');
    });

    it('is complete only for its own tips', async () => {
      const { bench } = await sharing();
      await bench.copy(() => true);
      const fetch = await bench.fetcher();
      const all = openHost({ repo: fetch.share.repository });
      assert.equal((await opened(all)).complete, false);
      const { channel } = await open({ wants: [bench.want] }, all);
      assert.equal((await expectMessage(channel, 'FEED_OPENED')).complete, true);
    });
  });
});
