import assert from 'node:assert/strict';
import type { ObjectId } from '../../store/index.ts';
import {
  BloomFilter,
  FrameReader,
  bloomParameters,
  encodeFrameHeader,
  type MessageBody,
} from '../../protocol/index.ts';
import { MESSAGE_TYPE, RESERVED_MESSAGE_TYPE } from '../../protocol/frames/message-types.ts';
import { RECORD_STATUS, recordsCodec } from '../../protocol/messages/records.ts';
import type { MessageChannel } from '../../protocol/session/message-channel.ts';
import { NO_TOTALS } from '../../protocol/sync/sync-progress.ts';
import { SampleRepository, SeededRandom } from '../../simulations/index.ts';
import {
  assertClosed,
  batchOf,
  chunk,
  expectMessage,
  frame,
  rawDiallerIn,
  requestPull,
  requestPush,
  type RawDialler,
} from './support/raw-peer.ts';
import { openHost } from './support/session-pair.ts';

const KIB = 1024;
const FAILURE = { code: 6, message: 'my disk is full', name: '', retryAfterMs: 0 };

/** A frame of a message type that nobody speaks. */
function strangeFrame(requestId: number): Buffer {
  const type = RESERVED_MESSAGE_TYPE.DELTA_DATA;
  return encodeFrameHeader({ type, isCompressed: false, payloadLength: 0, requestId });
}

/** Messages on the stream of a transfer, request 2, that have no place there. */
const MISPLACED: readonly {
  readonly title: string;
  readonly send: (channel: MessageChannel) => Promise<void>;
}[] = [
  {
    title: 'a message of another request',
    send: (channel) => channel.send('SYNC_PROGRESS', 3, { totals: NO_TOTALS }),
  },
  {
    title: 'a message that belongs elsewhere',
    send: (channel) => channel.send('CHUNK_CHECK_RESP', 2, { present: true }),
  },
];

/** The first batch that comes on a bulk stream. */
async function firstBatch(raw: RawDialler) {
  const next = await raw.connection.incoming()[Symbol.asyncIterator]().next();
  assert.ok(next.done !== true && next.value.kind === 'unidirectional');
  const reader = new FrameReader(next.value.source);
  const header = (await reader.readHeader())!;
  const { batch, records } = recordsCodec.decode(await reader.readPayload(header, 1024 * KIB));
  const isChunks = header.type === MESSAGE_TYPE.CHUNK_UPLOAD.code;
  const ack = isChunks ? ('CHUNK_UPLOAD_ACK' as const) : ('MANIFEST_ACK' as const);
  return { batch, count: records.length, ack };
}

/** The request still gets an answer on the control stream. */
async function assertConverses(raw: RawDialler): Promise<void> {
  await raw.control.send('REF_LIST', 99, { handle: 1, after: '' });
  await expectMessage(raw.control, 'REF_LIST_RESP');
  await raw.connection.close(0, '');
}

describe('a node that receives from a hostile dialler', () => {
  const host = () => openHost({ repo: new SampleRepository() });

  async function receiving(): Promise<{ raw: RawDialler; channel: MessageChannel }> {
    const raw = await rawDiallerIn(host());
    const channel = await requestPush(raw);
    await expectMessage(channel, 'SYNC_RESPONSE');
    return { raw, channel };
  }

  for (const { title, send } of MISPLACED) {
    it(`ends it for ${title}`, async () => {
      const { raw, channel } = await receiving();
      await send(channel);
      await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
    });
  }

  it('gives up only the transfer when its stream ends early or brings an error', async () => {
    const ended = await receiving();
    await ended.channel.end();
    const { name } = await expectMessage(ended.channel, 'ERROR');
    assert.equal(name, 'DITS_PROTOCOL_STREAM_RESET');
    await assertConverses(ended.raw);
    const failed = await receiving();
    await failed.channel.send('ERROR', 2, FAILURE);
    const error = await expectMessage(failed.channel, 'ERROR');
    assert.equal(error.name, 'DITS_PROTOCOL_PEER_FAILED');
    await assertConverses(failed.raw);
  });

  it('passes over messages that it does not speak', async () => {
    const { raw, channel } = await receiving();
    await channel.takeOver().write([strangeFrame(2)]);
    await channel.send('SYNC_PROGRESS', 2, { totals: NO_TOTALS });
    await channel.send('SYNC_END', 2, { batches: 0, totals: NO_TOTALS });
    await expectMessage(channel, 'SYNC_DONE');
    await raw.connection.close(0, '');
  });

  it('ends it for checks out of turn', async () => {
    const ids = ['cc'.repeat(32) as ObjectId];
    for (const check of [
      { handle: 0, number: 2, ids },
      { handle: 1, number: 1, ids },
    ]) {
      const { raw, channel } = await receiving();
      await channel.send('CHUNK_BATCH_CHECK', 2, check);
      await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
    }
  });

  it('ends it for batches that hold nothing, or what only an answer holds', async () => {
    const record = chunk(Buffer.from('x'));
    const batches: MessageBody<'CHUNK_UPLOAD'>[] = [
      batchOf(1, []),
      { ...batchOf(1, [record]), last: true },
      { ...batchOf(1, [record]), absent: [record.id] },
    ];
    for (const batch of batches) {
      const { raw } = await receiving();
      const bulk = await raw.bulk();
      await bulk.write([frame('CHUNK_UPLOAD', 2, batch)]);
      await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
    }
  });

  it('ends it for more batches than it was told of', async () => {
    const { raw, channel } = await receiving();
    await channel.send('SYNC_END', 2, { batches: 1, totals: NO_TOTALS });
    const bulk = await raw.bulk();
    const two = ['x', 'y'].map((text, at) =>
      frame('CHUNK_UPLOAD', 2, batchOf(at + 1, [chunk(Buffer.from(text))])),
    );
    await bulk.write(two);
    await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
  });

  it('waits for batches that come after the word of the end', async () => {
    const { raw, channel } = await receiving();
    await channel.send('SYNC_END', 2, { batches: 2, totals: NO_TOTALS });
    const bulk = await raw.bulk();
    for (const [at, text] of ['x', 'y'].entries()) {
      await bulk.write([frame('CHUNK_UPLOAD', 2, batchOf(at + 1, [chunk(Buffer.from(text))]))]);
      await expectMessage(channel, 'CHUNK_UPLOAD_ACK');
    }
    assert.equal((await expectMessage(channel, 'SYNC_DONE')).stored, 2);
    await raw.connection.close(0, '');
  });

  it('ends it for a batch that is compressed as a whole', async () => {
    const { raw } = await receiving();
    const bulk = await raw.bulk();
    const type = MESSAGE_TYPE.CHUNK_UPLOAD.code;
    await bulk.write([
      encodeFrameHeader({ type, isCompressed: true, payloadLength: 16, requestId: 2 }),
    ]);
    await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
  });

  it('ends it for more bulk streams than it said', async () => {
    const { raw } = await receiving();
    const opening = (async () => {
      for (;;) await (await raw.bulk()).write([Buffer.from('D')]);
    })();
    await assert.rejects(opening, { code: 'DITS_PROTOCOL_CONNECTION_LOST' });
    await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
  });
});

describe('a node that sends to a hostile dialler', () => {
  let repository: SampleRepository;
  let want: ObjectId;

  beforeEach(async () => {
    repository = new SampleRepository();
    want = await repository.commit({ a: new SeededRandom(1).bytes(50 * KIB) });
  });

  /** `heldCount` above 0 lets the node ask for a filter, and ask about what is in it. */
  async function sending(
    heldCount = 0,
  ): Promise<{ readonly raw: RawDialler; readonly channel: MessageChannel }> {
    const raw = await rawDiallerIn(openHost({ repo: repository }));
    const channel = await requestPull(raw, { want, heldCount });
    await expectMessage(channel, 'SYNC_RESPONSE');
    return { raw, channel };
  }

  /** Resolves when the node has sent everything and said so. */
  async function sent(): ReturnType<typeof sending> {
    const { raw, channel } = await sending();
    for (let name: string | undefined; name !== 'SYNC_END';) {
      name = (await channel.receive())?.message?.name;
    }
    return { raw, channel };
  }

  for (const { title, send } of MISPLACED) {
    it(`ends it for ${title}`, async () => {
      const { raw, channel } = await sending();
      await send(channel);
      await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
    });
  }

  it('gives up only the transfer when its stream ends early', async () => {
    const { raw, channel } = await sent();
    await channel.end();
    assert.equal((await expectMessage(channel, 'ERROR')).name, 'DITS_PROTOCOL_STREAM_RESET');
    await assertConverses(raw);
  });

  it('passes over messages that it does not speak', async () => {
    const { raw, channel } = await sent();
    await channel.takeOver().write([strangeFrame(2)]);
    await channel.end();
    assert.equal((await expectMessage(channel, 'ERROR')).name, 'DITS_PROTOCOL_STREAM_RESET');
    await assertConverses(raw);
  });

  it('ends it for an acknowledgement of another length, or of another kind', async () => {
    const acks = [
      { name: 'CHUNK_UPLOAD_ACK', statuses: new Uint8Array(500) },
      { name: 'MANIFEST_ACK', statuses: new Uint8Array(500) },
    ] as const;
    for (const { name, statuses } of acks) {
      const { raw, channel } = await sent();
      await channel.send(name, 2, { results: [{ batch: 1, statuses }] });
      await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
    }
  });

  it('ends it for the answer to another check than the one that waits', async () => {
    const { raw, channel } = await sending(1);
    const filter = BloomFilter.create(bloomParameters(100));
    for (const id of await repository.ids()) filter.add(id);
    await channel.send('BLOOM_FILTER', 2, filter.toMessage());
    const check = await expectMessage(channel, 'CHUNK_BATCH_CHECK');
    const present = check.ids.map(() => true);
    await channel.send('CHUNK_BATCH_RESP', 2, { number: check.number + 1, present });
    await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
  });

  it('takes a refusal for what it is, and goes on', async () => {
    const refusals = [
      { status: RECORD_STATUS.quota, reason: 'a gigabyte is yours', name: 'QUOTA_EXCEEDED' },
      { status: RECORD_STATUS.quota, reason: undefined, name: 'PEER_FAILED' },
      { status: RECORD_STATUS.hashMismatch, reason: undefined, name: 'BAD_DATA' },
    ];
    for (const { status, reason, name } of refusals) {
      const { raw, channel } = await sending();
      const { batch, count, ack } = await firstBatch(raw);
      const statuses = Buffer.alloc(count, status);
      await channel.send(ack, 2, { results: [{ batch, statuses }], reason });
      for (let message = await channel.receive(); ; message = await channel.receive()) {
        if (message?.message?.name !== 'ERROR') continue;
        assert.equal(message.message.body.name, `DITS_PROTOCOL_${name}`);
        break;
      }
      await assertConverses(raw);
    }
  });
});
