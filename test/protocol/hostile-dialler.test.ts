import assert from 'node:assert/strict';
import type { ObjectId } from '../../store/index.ts';
import { encodeFrameHeader } from '../../protocol/index.ts';
import { createHello } from '../../protocol/session/session-limits.ts';
import { RESERVED_MESSAGE_TYPE } from '../../protocol/frames/message-types.ts';
import { MessageChannel } from '../../protocol/session/message-channel.ts';
import { SampleRepository } from '../../simulations/index.ts';
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

const OBJECT = 'ab'.repeat(32) as ObjectId;

describe('a node before a hostile dialler', () => {
  let repository: SampleRepository;
  const host = () => openHost({ repo: repository });

  beforeEach(() => {
    repository = new SampleRepository();
  });

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
});

describe('a node before a dialler that asks for what it does not do', () => {
  const host = () => openHost({ repo: new SampleRepository() });

  /** The name of the next error on the control stream. */
  async function refusal(raw: RawDialler): Promise<string> {
    return (await expectMessage(raw.control, 'ERROR')).name;
  }

  it('says so on the control stream, and goes on', async () => {
    const raw = await rawDiallerIn(host());
    const type = RESERVED_MESSAGE_TYPE.DELTA_REQUEST;
    const header = { type, isCompressed: false, payloadLength: 0, requestId: 2 };
    await raw.control.takeOver().write([encodeFrameHeader(header)]);
    assert.equal(await refusal(raw), 'DITS_PROTOCOL_UNSUPPORTED');
    await raw.control.send('SWARM_JOIN', 3, { handle: 1, port: 0 });
    assert.equal(await refusal(raw), 'DITS_PROTOCOL_UNSUPPORTED');
    const old = `12D3Koo${'W'.repeat(45)}`;
    await raw.control.send('IDENTITY_ROTATE', 4, { kind: 'ask', old });
    assert.equal(await refusal(raw), 'DITS_PROTOCOL_UNSUPPORTED');
    await raw.control.send('REPO_LIST', 5, { after: '' });
    const { repositories } = await expectMessage(raw.control, 'REPO_LIST_RESP');
    assert.deepEqual(repositories, []);
    await raw.connection.close(0, '');
  });

  it('ends it for a stream without a request, and for one that none begins with', async () => {
    const silent = await rawDiallerIn(host());
    await (await silent.open()).end();
    await assertClosed(silent.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
    const wrong = await rawDiallerIn(host());
    const channel = await wrong.open();
    await channel.send('SYNC_DONE', 2, { stored: 0, duplicates: 0, bytes: 0 });
    await assertClosed(wrong.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
  });

  it('ends it for a message after the last one of a request', async () => {
    const raw = await rawDiallerIn(host());
    const channel = await raw.open();
    await channel.send('CHUNK_DOWNLOAD', 2, { handle: 1, ids: [OBJECT] });
    await channel.send('CHUNK_DOWNLOAD', 3, { handle: 1, ids: ['cd'.repeat(32) as ObjectId] });
    await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
  });

  it('opens no more repositories than it said', async () => {
    const raw = await rawDiallerIn(host());
    const auth = { repository: 'repo', access: 'read', create: false } as const;
    for (let requestId = 2; requestId <= 64; requestId++) {
      await raw.control.send('AUTH', requestId, auth);
      await expectMessage(raw.control, 'AUTH_OK');
    }
    await raw.control.send('AUTH', 65, auth);
    assert.equal((await expectMessage(raw.control, 'AUTH_FAIL')).failure, 'rate-limited');
    await raw.connection.close(0, '');
  });

  it('keeps no more requests waiting than it said', async () => {
    const open = host();
    const waiting: (() => void)[] = [];
    const raw = await rawDiallerIn({
      authorize: async (question) => {
        if (question.repository === 'slow') await new Promise<void>((go) => waiting.push(go));
        return open.authorize(question);
      },
    });
    const auth = { repository: 'slow', access: 'read', create: false } as const;
    for (let requestId = 2; requestId <= 66; requestId++) {
      await raw.control.send('AUTH', requestId, auth);
    }
    assert.equal(await refusal(raw), 'DITS_PROTOCOL_RATE_LIMITED');
    assert.equal(waiting.length, 64);
    for (const go of waiting) go();
    await raw.connection.close(0, '');
  });

  it('stops a request when the grant is taken back', async () => {
    let isAllowed = true;
    const granting = { ...host(), isAllowed: () => Promise.resolve(isAllowed) };
    const raw = await rawDiallerIn(granting);
    isAllowed = false;
    await raw.control.send('REF_LIST', 2, { handle: 1, after: '' });
    assert.equal(await refusal(raw), 'DITS_PROTOCOL_PERMISSION_DENIED');
    const feed = await raw.open();
    const wants = [OBJECT];
    const open = { handle: 1, wants, windowBytes: RAW_WINDOW_BYTES, announcedMax: 1 };
    await feed.send('FEED_OPEN', 3, open);
    assert.equal((await expectMessage(feed, 'ERROR')).name, 'DITS_PROTOCOL_PERMISSION_DENIED');
    await raw.connection.close(0, '');
  });
});
