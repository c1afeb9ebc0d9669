import assert from 'node:assert/strict';
import { compress, objectId, type ObjectId } from '../../store/index.ts';
import { NO_TOTALS } from '../../protocol/sync/sync-progress.ts';
import { SampleRepository } from '../../simulations/index.ts';
import {
  assertClosed,
  batchOf,
  chunk,
  expectMessage,
  frame,
  rawDiallerIn,
  requestPush,
} from './support/raw-peer.ts';
import { openHost } from './support/session-pair.ts';

const KIB = 1024;

describe('a node before a hostile dialler', () => {
  let repository: SampleRepository;
  const host = () => openHost({ repo: repository });

  beforeEach(() => {
    repository = new SampleRepository();
  });

  it('ends it for an object that is not what its id says, and stores nothing', async () => {
    const raw = await rawDiallerIn(host());
    const channel = await requestPush(raw);
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
    const channel = await requestPush(raw);
    await expectMessage(channel, 'SYNC_RESPONSE');
    const bulk = await raw.bulk();
    const lie = chunk(Buffer.from('a chunk'), { kind: 'commit' });
    await bulk.write([frame('MANIFEST_PUSH', 2, batchOf(1, [lie]))]);
    await assertClosed(raw.connection, 'DITS_PROTOCOL_BAD_DATA');
    assert.equal(await repository.objects.count(), 0);
  });

  it('ends it for a zip bomb, within bounded memory', async () => {
    const raw = await rawDiallerIn(host());
    const channel = await requestPush(raw);
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
    const channel = await requestPush(raw);
    await expectMessage(channel, 'SYNC_RESPONSE');
    const bulk = await raw.bulk();
    await bulk.write([frame('MANIFEST_PUSH', 2, batchOf(1, [chunk(Buffer.from('x'))]))]);
    await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
  });

  it('ends it for a batch number that comes twice', async () => {
    const raw = await rawDiallerIn(host());
    const channel = await requestPush(raw);
    await expectMessage(channel, 'SYNC_RESPONSE');
    const bulk = await raw.bulk();
    await bulk.write([frame('CHUNK_UPLOAD', 2, batchOf(1, [chunk(Buffer.from('x'))]))]);
    await bulk.write([frame('CHUNK_UPLOAD', 2, batchOf(1, [chunk(Buffer.from('y'))]))]);
    await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
  });

  it('ends it when the window is overrun', async () => {
    repository.objects.flush = () => new Promise(() => undefined);
    const raw = await rawDiallerIn(host());
    const channel = await requestPush(raw);
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
    const channel = await requestPush(raw, { haves: [first] });
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
    const channel = await requestPush(raw);
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
    const channel = await requestPush(raw);
    await expectMessage(channel, 'SYNC_RESPONSE');
    const bulk = await raw.bulk();
    await bulk.write([frame('CHUNK_UPLOAD', 2, batchOf(1, [chunk(Buffer.from('x'))]))]);
    await expectMessage(channel, 'CHUNK_UPLOAD_ACK');
    await channel.send('SYNC_END', 2, { batches: 0, totals: NO_TOTALS });
    await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
  });

  it('gives up a transfer in which nothing moves, but not the connection', async () => {
    const raw = await rawDiallerIn(host());
    const channel = await requestPush(raw);
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
      await expectMessage(await requestPush(raw, { requestId }), 'SYNC_RESPONSE');
    }
    const error = await expectMessage(await requestPush(raw, { requestId: 6 }), 'ERROR');
    assert.equal(error.code, 5);
  });
});
