import assert from 'node:assert/strict';

import { dialPeer, parsePeerAddress, resolveNodeSettings } from '../../node/index.ts';
import {
  PROTOCOL_ERROR_CODES,
  type Connection,
  type ProtocolErrorCode,
} from '../../protocol/index.ts';
import { MessageChannel } from '../../protocol/session/message-channel.ts';
import { createHello } from '../../protocol/session/session-limits.ts';
import { branchRef, compress, objectId, openStore, type ObjectId } from '../../store/index.ts';
import type { RunningNode } from '../cli/running-node.ts';
import {
  RAW_WINDOW_BYTES,
  batchOf,
  chunk,
  expectMessage,
  frame,
} from '../protocol/support/raw-peer.ts';
import { Studio, seededBytes } from './studio.ts';

const MIB = 1024 * 1024;

/** Offsets within a frame header, as docs/protocol.md has them. */
const HEADER = { magic: 0, version: 4, flags: 6, reserved: 7, length: 8 } as const;

/** A sound frame with bytes of its header put in place. */
function spoilt(at: number, ...bytes: readonly number[]): Buffer {
  const ping = frame('PING', 7, { data: new Uint8Array() });
  Buffer.from(bytes).copy(ping, at);
  return ping;
}

const SPOILT_FRAMES: readonly (readonly [string, Buffer, ProtocolErrorCode])[] = [
  ['wrong magic', spoilt(HEADER.magic, 0x48), 'DITS_PROTOCOL_INVALID_MESSAGE'],
  ['another version', spoilt(HEADER.version, 2), 'DITS_PROTOCOL_UNSUPPORTED_VERSION'],
  ['a reserved flag', spoilt(HEADER.flags, 0x80), 'DITS_PROTOCOL_INVALID_MESSAGE'],
  ['a reserved byte', spoilt(HEADER.reserved, 1), 'DITS_PROTOCOL_INVALID_MESSAGE'],
  ['a length of 4 GiB', spoilt(HEADER.length, 0xff, 0xff, 0xff, 0xff), 'DITS_PROTOCOL_TOO_LARGE'],
  ['a length of 2 GiB', spoilt(HEADER.length, 0x80, 0, 0, 0), 'DITS_PROTOCOL_TOO_LARGE'],
  ['a length that its type never has', spoilt(HEADER.length, 0, 0xff), 'DITS_PROTOCOL_TOO_LARGE'],
];

describe('a running node before a hostile client', function () {
  this.timeout(60_000);
  let studio: Studio;
  let node: RunningNode;
  const connections: Connection[] = [];

  before(async () => {
    studio = await Studio.create();
    await studio.grant('mallory', 'write');
    await studio.grant('home', 'write');
    await studio.project('film', { 'take.mov': seededBytes(1, 300_000) });
    node = await studio.relay();
    await studio.json('film', ['push', node.at('film'), 'main']);
  });
  after(async () => {
    await node.end();
    await studio[Symbol.asyncDispose]();
  });
  afterEach(async () => {
    const open = connections.splice(0);
    await Promise.all(open.map((connection) => connection.close(0, 'the test is over')));
  });

  async function dial(): Promise<Connection> {
    const identity = await studio.identity('mallory');
    const address = parsePeerAddress(node.at('film'));
    const settings = resolveNodeSettings();
    const connection = await dialPeer({ identity, trust: studio.trust }, address, { settings });
    connections.push(connection);
    return connection;
  }

  /** A connection with the repository open as handle 1. */
  async function enter(): Promise<{ connection: Connection; control: MessageChannel }> {
    const connection = await dial();
    const control = new MessageChannel(await connection.openStream());
    await control.send('HELLO', 0, createHello('rude/1', RAW_WINDOW_BYTES));
    await expectMessage(control, 'HELLO');
    await control.send('AUTH', 1, { repository: 'film', access: 'write', create: false });
    await expectMessage(control, 'AUTH_OK');
    return { connection, control };
  }

  /** A push under request 2, ready for batches. */
  async function startPush(connection: Connection): Promise<void> {
    const channel = new MessageChannel(await connection.openStream());
    await channel.send('SYNC_REQUEST', 2, {
      handle: 1,
      direction: 'push',
      wants: ['aa'.repeat(32) as ObjectId],
      haves: [],
      heldCount: 0,
      windowBytes: 0,
    });
    await expectMessage(channel, 'SYNC_RESPONSE');
  }

  async function assertThrownOut(connection: Connection, code: ProtocolErrorCode): Promise<void> {
    const { by, code: closeCode, reason } = await connection.closed;
    assert.equal(by, 'remote');
    assert.equal(closeCode, PROTOCOL_ERROR_CODES[code].applicationCode, reason);
    assert.notEqual(reason, '');
  }

  async function storedIds(): Promise<readonly ObjectId[]> {
    const store = await openStore(studio.path('data/film'));
    const ids: ObjectId[] = [];
    for await (const page of store.objects.list()) ids.push(...page.map(({ id }) => id));
    await store.close();
    return ids.sort();
  }

  for (const [title, bytes, code] of SPOILT_FRAMES) {
    it(`says what is wrong with a frame of ${title}, closes, and serves others`, async () => {
      const other = await enter();
      const { connection, control } = await enter();
      const stream = await connection.openStream();
      await stream.write([bytes]);
      const told = await Promise.race([
        expectMessage(new MessageChannel(stream), 'ERROR'),
        expectMessage(control, 'ERROR'),
      ]);
      assert.equal(told.name, code);
      await assertThrownOut(connection, code);
      await other.control.send('REF_LIST', 2, { handle: 1, after: '' });
      const { refs } = await expectMessage(other.control, 'REF_LIST_RESP');
      assert.equal(refs[0]?.name, branchRef('main'));
    });
  }

  it('closes when the very first frame is garbage', async () => {
    const connection = await dial();
    const stream = await connection.openStream();
    await stream.write([Buffer.from('GET / HTTP/1.1\r\nHost: example\r\n\r\n')]);
    await assertThrownOut(connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
  });

  it('stores nothing of a chunk that is not what its id says, and names it', async () => {
    const before = await storedIds();
    const { connection } = await enter();
    await startPush(connection);
    const sink = await connection.openSink();
    const named = objectId('chunk', Buffer.from('the truth'));
    const lie = chunk(Buffer.from('a lie'), { id: named });
    await sink.write([frame('CHUNK_UPLOAD', 2, batchOf(1, [lie]))]);
    await assertThrownOut(connection, 'DITS_PROTOCOL_BAD_DATA');
    assert.match((await connection.closed).reason, new RegExp(named));
    assert.deepEqual(await storedIds(), before);
  });

  it('stores nothing of a chunk that inflates past its size, and names it', async () => {
    const before = await storedIds();
    const { connection } = await enter();
    await startPush(connection);
    const sink = await connection.openSink();
    const packed = await compress(Buffer.alloc(64 * MIB));
    assert.ok(packed !== undefined);
    const bomb = chunk(packed, { codec: 'zstd', rawSize: 64 * 1024 });
    await sink.write([frame('CHUNK_UPLOAD', 2, batchOf(1, [bomb]))]);
    await assertThrownOut(connection, 'DITS_PROTOCOL_BAD_DATA');
    assert.match((await connection.closed).reason, new RegExp(bomb.id));
    assert.deepEqual(await storedIds(), before);
  });

  it('logs who it was, and goes on for everybody', async () => {
    const { peerId } = await studio.identity('mallory');
    await node.logged(`peer.problem peerId=${peerId}`);
    const cloned = await studio.sandbox.json(['clone', node.at('film'), 'copy']);
    assert.equal(cloned['branch'], 'main');
    const checked = await studio.json('data/film', ['fsck']);
    assert.deepEqual([checked['corrupt'], checked['missing']], [[], []]);
  });
});
