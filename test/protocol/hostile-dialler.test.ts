import assert from 'node:assert/strict';
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
} from './support/raw-peer.ts';
import { openHost } from './support/session-pair.ts';

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
