import assert from 'node:assert/strict';
import { branchRef, compress, objectId, type ObjectId } from '../../store/index.ts';
import {
  BloomFilter,
  bloomParameters,
  encodeFrameHeader,
  type SyncTotals,
} from '../../protocol/index.ts';
import { createHello } from '../../protocol/session/session-limits.ts';
import { RESERVED_MESSAGE_TYPE } from '../../protocol/frames/message-types.ts';
import { MessageChannel } from '../../protocol/session/message-channel.ts';
import { SampleRepository, SeededRandom } from '../../simulations/index.ts';
import {
  RAW_WINDOW_BYTES,
  assertClosed,
  batchOf,
  chunk,
  expectMessage,
  frame,
  rawDialler,
  rawDiallerIn,
  type RawDialler,
} from './support/raw-peer.ts';
import { openHost } from './support/session-pair.ts';

const KIB = 1024;
const MAIN = branchRef('main');
const NO_TOTALS: SyncTotals = {
  objects: 0,
  chunks: 0,
  objectsSent: 0,
  chunksSent: 0,
  logicalBytes: 0,
  sentBytes: 0,
};

describe('a node before a hostile dialler', () => {
  let repository: SampleRepository;
  const host = () => openHost({ repo: repository });

  beforeEach(() => {
    repository = new SampleRepository();
  });

  async function startPush(raw: RawDialler, requestId = 2): Promise<MessageChannel> {
    const channel = await raw.open();
    await channel.send('SYNC_REQUEST', requestId, {
      handle: 1,
      direction: 'push',
      wants: ['aa'.repeat(32) as ObjectId],
      haves: [],
      heldCount: 0,
      windowBytes: 0,
    });
    return channel;
  }

  it('ends it when something else comes before the HELLO', async () => {
    const raw = await rawDialler(host());
    await raw.control.send('PING', 0, { data: new Uint8Array() });
    await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
    await assert.rejects(raw.served.done, { code: 'DITS_PROTOCOL_INVALID_MESSAGE' });
  });

  it('ends it when the first stream is a bulk stream', async () => {
    const raw = await rawDialler(host());
    const bulk = await raw.bulk();
    await bulk.write([frame('CHUNK_UPLOAD', 1, batchOf(1, [chunk(Buffer.from('x'))]))]);
    await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
  });

  it('says which error it is before it closes', async () => {
    const raw = await rawDialler(host());
    const hello = createHello('rude/1', RAW_WINDOW_BYTES);
    await raw.control.send('HELLO', 0, { ...hello, versions: [2, 99] });
    await expectMessage(raw.control, 'HELLO');
    const error = await expectMessage(raw.control, 'ERROR');
    assert.equal(error.code, 2);
    assert.equal(error.name, 'DITS_PROTOCOL_UNSUPPORTED_VERSION');
    await assertClosed(raw.connection, 'DITS_PROTOCOL_UNSUPPORTED_VERSION');
  });

  it('ends it for limits in the HELLO that nothing fits into', async () => {
    const hello = createHello('rude/1', RAW_WINDOW_BYTES);
    for (const change of [{ payloadMaxBytes: 100 }, { windowBytes: 100 }, { batchIdsMax: 0 }]) {
      const raw = await rawDialler(host());
      await raw.control.send('HELLO', 0, { ...hello, ...change });
      await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
    }
  });

  it('ends it for a second HELLO', async () => {
    const raw = await rawDiallerIn(host());
    await raw.control.send('HELLO', 0, createHello('rude/1', RAW_WINDOW_BYTES));
    await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
  });

  it('ends it for a request id that was used before', async () => {
    const raw = await rawDiallerIn(host());
    await raw.control.send('REF_LIST', 1, { handle: 1, after: '' });
    await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
  });

  it('ends it for an answer to no question', async () => {
    const raw = await rawDiallerIn(host());
    await raw.control.send('PONG', 77, { data: new Uint8Array() });
    await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
    const other = await rawDiallerIn(host());
    await other.control.send('CHUNK_CHECK_RESP', 5, { present: true });
    await assertClosed(other.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
  });

  it('answers message types it does not speak with "unsupported", and goes on', async () => {
    const repositoryHost = host();
    const raw = await rawDiallerIn(repositoryHost);
    const stream = await raw.connection.openStream();
    const type = RESERVED_MESSAGE_TYPE.DELTA_REQUEST;
    const header = { type, isCompressed: false, payloadLength: 3, requestId: 9 };
    await stream.write([encodeFrameHeader(header), Buffer.from('abc')]);
    const error = await expectMessage(new MessageChannel(stream), 'ERROR');
    assert.equal(error.name, 'DITS_PROTOCOL_UNSUPPORTED');
    assert.equal(error.code, 1);
    await raw.control.send('REF_LIST', 10, { handle: 1, after: '' });
    await expectMessage(raw.control, 'REF_LIST_RESP');
  });

  it('knows no handle that it did not give', async () => {
    const raw = await rawDiallerIn(host());
    await raw.control.send('REF_LIST', 2, { handle: 2, after: '' });
    const error = await expectMessage(raw.control, 'ERROR');
    assert.equal(error.name, 'DITS_PROTOCOL_NOT_FOUND');
  });

  it('ends it for a frame above the cap without reading it', async () => {
    const raw = await rawDiallerIn(host());
    const bulk = await raw.bulk();
    const header = encodeFrameHeader({
      type: 0x22,
      isCompressed: false,
      payloadLength: 0,
      requestId: 1,
    });
    header.writeUInt32BE(0xffff_ffff, 8);
    await bulk.write([header]);
    await assertClosed(raw.connection, 'DITS_PROTOCOL_TOO_LARGE');
  });

  it('ends it for batches of a transfer that was never begun', async () => {
    const raw = await rawDiallerIn(host());
    const bulk = await raw.bulk();
    await bulk.write([frame('CHUNK_UPLOAD', 55, batchOf(1, [chunk(Buffer.from('x'))]))]);
    await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
  });

  it('ends it for other messages on a bulk stream', async () => {
    const raw = await rawDiallerIn(host());
    const bulk = await raw.bulk();
    await bulk.write([frame('PING', 55, { data: new Uint8Array() })]);
    await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
  });

  it('ends it for an object that is not what its id says, and stores nothing', async () => {
    const raw = await rawDiallerIn(host());
    const channel = await startPush(raw);
    await expectMessage(channel, 'SYNC_RESPONSE');
    const bulk = await raw.bulk();
    const lie = chunk(Buffer.from('lie'), { id: objectId('chunk', Buffer.from('truth')) });
    await bulk.write([frame('CHUNK_UPLOAD', 2, batchOf(1, [lie]))]);
    const ack = await expectMessage(channel, 'CHUNK_UPLOAD_ACK');
    assert.deepEqual([...ack.results[0]!.statuses], [2]);
    await assertClosed(raw.connection, 'DITS_PROTOCOL_BAD_DATA');
    assert.equal(await repository.objects.count(), 0);
  });

  it('ends it for a chunk that poses as a commit', async () => {
    const raw = await rawDiallerIn(host());
    const channel = await startPush(raw);
    await expectMessage(channel, 'SYNC_RESPONSE');
    const bulk = await raw.bulk();
    const lie = chunk(Buffer.from('a chunk'), { kind: 'commit' });
    await bulk.write([frame('MANIFEST_PUSH', 2, batchOf(1, [lie]))]);
    await assertClosed(raw.connection, 'DITS_PROTOCOL_BAD_DATA');
    assert.equal(await repository.objects.count(), 0);
  });

  it('ends it for a zip bomb, within bounded memory', async () => {
    const raw = await rawDiallerIn(host());
    const channel = await startPush(raw);
    await expectMessage(channel, 'SYNC_RESPONSE');
    const bulk = await raw.bulk();
    const packed = await compress(Buffer.alloc(64 * 1024 * KIB));
    assert.ok(packed !== undefined);
    const bomb = chunk(packed, { codec: 'zstd', rawSize: 1024 * KIB });
    await bulk.write([frame('CHUNK_UPLOAD', 2, batchOf(1, [bomb]))]);
    await assertClosed(raw.connection, 'DITS_PROTOCOL_BAD_DATA');
    assert.equal(await repository.objects.count(), 0);
  });

  it('ends it for chunks in the message for everything else, and the reverse', async () => {
    const raw = await rawDiallerIn(host());
    const channel = await startPush(raw);
    await expectMessage(channel, 'SYNC_RESPONSE');
    const bulk = await raw.bulk();
    await bulk.write([frame('MANIFEST_PUSH', 2, batchOf(1, [chunk(Buffer.from('x'))]))]);
    await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
  });

  it('ends it for a batch number that comes twice', async () => {
    const raw = await rawDiallerIn(host());
    const channel = await startPush(raw);
    await expectMessage(channel, 'SYNC_RESPONSE');
    const bulk = await raw.bulk();
    await bulk.write([frame('CHUNK_UPLOAD', 2, batchOf(1, [chunk(Buffer.from('x'))]))]);
    await bulk.write([frame('CHUNK_UPLOAD', 2, batchOf(1, [chunk(Buffer.from('y'))]))]);
    await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
  });

  it('ends it when the window is overrun', async () => {
    repository.objects.flush = () => new Promise(() => undefined);
    const raw = await rawDiallerIn(host());
    const channel = await startPush(raw);
    const { windowBytes } = await expectMessage(channel, 'SYNC_RESPONSE');
    const bulk = await raw.bulk();
    const sending = (async () => {
      for (let batch = 1; batch * 6 * 1024 * KIB < windowBytes * 2; batch++) {
        const big = chunk(Buffer.alloc(6 * 1024 * KIB, batch));
        await bulk.write([frame('CHUNK_UPLOAD', 2, batchOf(batch, [big]))]);
      }
    })();
    await assert.rejects(sending);
    await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
  });

  it('ends it for a chunk it did not ask for, where it asks', async () => {
    const first = await repository.commit({ a: Buffer.from('a') });
    const raw = await rawDiallerIn(host());
    const channel = await raw.open();
    await channel.send('SYNC_REQUEST', 2, {
      handle: 1,
      direction: 'push',
      wants: ['aa'.repeat(32) as ObjectId],
      haves: [first],
      heldCount: 0,
      windowBytes: 0,
    });
    const response = await expectMessage(channel, 'SYNC_RESPONSE');
    assert.deepEqual(response.common, [first]);
    const wanted = chunk(Buffer.from('wanted'));
    const present = (await repository.objects.list()[Symbol.asyncIterator]().next()).value as {
      id: ObjectId;
    }[];
    await channel.send('CHUNK_BATCH_CHECK', 2, {
      handle: 0,
      number: 1,
      ids: [wanted.id, present[0]!.id],
    });
    const answer = await expectMessage(channel, 'CHUNK_BATCH_RESP');
    assert.deepEqual(answer.present, [false, true]);
    const bulk = await raw.bulk();
    await bulk.write([frame('CHUNK_UPLOAD', 2, batchOf(1, [wanted]))]);
    await expectMessage(channel, 'CHUNK_UPLOAD_ACK');
    await bulk.write([frame('CHUNK_UPLOAD', 2, batchOf(2, [chunk(Buffer.from('other'))]))]);
    await assertClosed(raw.connection, 'DITS_PROTOCOL_BAD_DATA');
    assert.deepEqual(await repository.objects.has([objectId('chunk', Buffer.from('other'))]), [
      false,
    ]);
  });

  it('ends it when it asks about objects without end and never sends them', async () => {
    await repository.commit({ a: Buffer.from('a') });
    const raw = await rawDiallerIn(host());
    const channel = await startPush(raw);
    await expectMessage(channel, 'SYNC_RESPONSE');
    const asking = (async () => {
      const ids = Array.from({ length: 8_192 }, () => '' as ObjectId);
      for (let number = 1; number <= 20; number++) {
        ids.forEach((_, index) => {
          ids[index] = (number * 10_000 + index).toString(16).padStart(64, '0') as ObjectId;
        });
        await channel.send('CHUNK_BATCH_CHECK', 2, { handle: 0, number, ids });
        if ((await channel.receive())?.message?.name === 'BLOOM_FILTER') await channel.receive();
      }
    })();
    await Promise.allSettled([asking]);
    await assertClosed(raw.connection, 'DITS_PROTOCOL_TOO_LARGE');
  });

  it('ends it for a transfer that ends before all its batches came', async () => {
    const raw = await rawDiallerIn(host());
    const channel = await startPush(raw);
    await expectMessage(channel, 'SYNC_RESPONSE');
    const bulk = await raw.bulk();
    await bulk.write([frame('CHUNK_UPLOAD', 2, batchOf(1, [chunk(Buffer.from('x'))]))]);
    await expectMessage(channel, 'CHUNK_UPLOAD_ACK');
    await channel.send('SYNC_END', 2, { batches: 0, totals: NO_TOTALS });
    await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
  });

  it('gives up a transfer in which nothing moves, but not the connection', async () => {
    const raw = await rawDiallerIn(host());
    const channel = await startPush(raw);
    await expectMessage(channel, 'SYNC_RESPONSE');
    const answering = (async () => {
      for (;;) {
        const received = await raw.control.receive();
        if (received?.message?.name !== 'PING') return received?.message?.name;
        await raw.control.send('PONG', received.requestId, received.message.body);
      }
    })();
    for (let second = 0; second <= 120; second += 10) {
      raw.clock.advance(10_000);
      for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    }
    const error = await expectMessage(channel, 'ERROR');
    assert.equal(error.code, 7);
    await raw.control.send('REF_LIST', 10, { handle: 1, after: '' });
    assert.equal(await answering, 'REF_LIST_RESP');
  });

  it('does not run more transfers at a time than it said', async () => {
    const raw = await rawDiallerIn(host());
    for (let requestId = 2; requestId < 6; requestId++) {
      await expectMessage(await startPush(raw, requestId), 'SYNC_RESPONSE');
    }
    const error = await expectMessage(await startPush(raw, 6), 'ERROR');
    assert.equal(error.code, 5);
  });

  it('does not keep more request streams waiting than it said', async () => {
    const raw = await rawDiallerIn(host());
    for (let index = 0; index < 64; index++) {
      const stream = await raw.connection.openStream();
      await stream.write([Buffer.from('D')]);
    }
    const late = await raw.open();
    await late.send('SYNC_DONE', 2, { stored: 0, duplicates: 0, bytes: 0 });
    const error = await expectMessage(late, 'ERROR');
    assert.equal(error.code, 5);
  });

  it('refuses filters that make no sense', async () => {
    await repository.commit({ a: Buffer.from('a') });
    const target = (await repository.refs.get(MAIN))!;
    for (const bits of [Buffer.alloc(128, 255), Buffer.alloc(127)]) {
      const raw = await rawDiallerIn(host());
      const channel = await raw.open();
      await channel.send('SYNC_REQUEST', 2, {
        handle: 1,
        direction: 'pull',
        wants: [target],
        haves: [],
        heldCount: 100,
        windowBytes: RAW_WINDOW_BYTES,
      });
      const { filter } = await expectMessage(channel, 'SYNC_RESPONSE');
      assert.ok(filter);
      await channel.send('BLOOM_FILTER', 2, { bitCount: 1024, hashCount: 7, idCount: 500, bits });
      await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
    }
  });

  it('ends it for the acknowledgement of a batch that is not under way', async () => {
    await repository.commit({ a: new SeededRandom(1).bytes(50 * KIB) });
    const raw = await rawDiallerIn(host());
    const channel = await raw.open();
    await channel.send('SYNC_REQUEST', 2, {
      handle: 1,
      direction: 'pull',
      wants: [(await repository.refs.get(MAIN))!],
      haves: [],
      heldCount: 0,
      windowBytes: RAW_WINDOW_BYTES,
    });
    await expectMessage(channel, 'SYNC_RESPONSE');
    await channel.send('CHUNK_UPLOAD_ACK', 2, {
      results: [{ batch: 99, statuses: Buffer.from([0]) }],
    });
    await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
  });

  it('ends it for an answer of the wrong length', async () => {
    await repository.commit({ a: new SeededRandom(1).bytes(50 * KIB) });
    const raw = await rawDiallerIn(host());
    const channel = await raw.open();
    await channel.send('SYNC_REQUEST', 2, {
      handle: 1,
      direction: 'pull',
      wants: [(await repository.refs.get(MAIN))!],
      haves: [],
      heldCount: 1,
      windowBytes: RAW_WINDOW_BYTES,
    });
    await expectMessage(channel, 'SYNC_RESPONSE');
    const filter = BloomFilter.create(bloomParameters(100));
    for (const id of await repository.ids()) filter.add(id);
    await channel.send('BLOOM_FILTER', 2, filter.toMessage());
    const check = await expectMessage(channel, 'CHUNK_BATCH_CHECK');
    await channel.send('CHUNK_BATCH_RESP', 2, {
      number: check.number,
      present: [...check.ids.map(() => true), true],
    });
    await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
  });
});
