import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { generateIdentity } from '../../../node/identity/identity.ts';
import { encodeRecordHeader, parseRecordHeader } from '../../../node/lanes/lane-format.ts';
import { LANES_MAX, LANES_PER_DIAL } from '../../../node/lanes/lane-limits.ts';
import type { LaneSockets } from '../../../node/lanes/lane.ts';
import { FIRST_BYTE_TLS } from '../../../node/tcp/tcp-limits.ts';
import type { ByteSource, Connection } from '../../../protocol/index.ts';
import { readAll } from '../quic/quic-bench.ts';
import { LanesBench, type LanedPair } from './lanes-bench.ts';

const MIB = 1024 * 1024;

async function nextSource(connection: Connection): Promise<ByteSource> {
  for await (const incoming of connection.incoming()) {
    assert.equal(incoming.kind, 'unidirectional');
    return (incoming as { source: ByteSource }).source;
  }
  return assert.fail('the connection ended');
}

/** Sends bytes on a stream of its own and returns what the other end read. */
async function carry(pair: LanedPair, bytes: Buffer): Promise<Buffer> {
  const sink = await pair.client.openSink();
  const sending = sink.write([bytes]).then(() => sink.end());
  const received = await readAll(await nextSource(pair.server));
  await sending;
  return received;
}

describe('bulk lanes', () => {
  let bench: LanesBench;

  beforeEach(async () => {
    bench = await LanesBench.open();
  });

  afterEach(async () => {
    await bench.close();
  });

  /** Dials lanes as a peer that may lie, and returns those that the listener let in. */
  async function dialAs(
    ...[identity, connection]: [Parameters<LanesBench['dialLanes']>[0], LanedPair['clientQuic']]
  ): Promise<LaneSockets[]> {
    const lanes: LaneSockets[] = [];
    await bench.dialLanes(identity, connection, (sockets) => lanes.push(sockets));
    return lanes;
  }

  it('come when bulk first moves, and carry what comes after', async () => {
    const pair = await bench.connect();
    const bytes = Buffer.alloc(MIB, 'dits');
    assert.ok((await carry(pair, bytes)).equals(bytes));
    while (pair.client.laneCount < LANES_PER_DIAL) await nextTurn();
    const before = pair.clientQuic.stats().bytesSent;
    assert.ok((await carry(pair, bytes)).equals(bytes));
    assert.ok(pair.clientQuic.stats().bytesSent - before < MIB / 2, 'QUIC carried the bulk');
    assert.ok(pair.client.stats().bytesSent >= 2 * MIB);
    assert.ok(pair.server.stats().bytesReceived >= 2 * MIB);
  });

  it('come for the dialler, too, when the other side sends first', async () => {
    const pair = await bench.connect();
    const sink = await pair.server.openSink();
    await sink.write([Buffer.from('x')]);
    await nextSource(pair.client);
    while (pair.server.laneCount < LANES_PER_DIAL) await nextTurn();
  });

  it('are left when the dialler gets another address, and come again', async () => {
    const pair = await bench.connect();
    const bytes = Buffer.alloc(MIB, 'dits');
    await carry(pair, bytes);
    while (pair.client.laneCount < LANES_PER_DIAL) await nextTurn();
    const open = await pair.client.openSink();
    const halfWay = assert.rejects(
      (async () => {
        for (;;) await open.write([bytes]);
      })(),
      { code: 'DITS_PROTOCOL_STREAM_RESET' },
    );
    const before = pair.clientQuic.ownAddress!.current;
    assert.equal(await pair.clientQuic.ownAddress!.change!(), true);
    assert.notDeepEqual(pair.clientQuic.ownAddress!.current, before);
    await halfWay;
    assert.equal(pair.client.laneCount, 0);
    while (pair.server.laneCount > 0) await nextTurn();
    await assert.rejects(readAll(await nextSource(pair.server)));
    assert.ok((await carry(pair, bytes)).equals(bytes));
    while (pair.client.laneCount < LANES_PER_DIAL) await nextTurn();
  });

  it('let nobody in who has no connection', async () => {
    const { port } = bench.listener.address;
    const stranger = connect({ host: '127.0.0.1', port });
    stranger.on('error', () => undefined);
    stranger.write(Buffer.of(FIRST_BYTE_TLS));
    await once(stranger, 'close');
  });

  it('let nobody in under another name', async () => {
    const { clientQuic, server } = await bench.connect();
    assert.deepEqual(await dialAs(generateIdentity(), clientQuic), []);
    assert.equal(server.laneCount, 0);
  });

  it('let nobody in for a connection that does not exist', async () => {
    const pair = await bench.connect();
    const other = { ...bench.target(pair.clientQuic), connectionId: Buffer.alloc(16, 7) };
    const lanes: LaneSockets[] = [];
    await bench.dialLanes(pair.identity, other, (sockets) => lanes.push(sockets));
    assert.deepEqual(lanes, []);
  });

  it('are refused by a dialler when somebody else answers', async () => {
    const pair = await bench.connect();
    const other = { ...bench.target(pair.clientQuic), remotePeerId: pair.server.remotePeerId };
    const lanes: LaneSockets[] = [];
    await bench.dialLanes(pair.identity, other, (sockets) => lanes.push(sockets));
    assert.deepEqual(lanes, []);
  });

  it('are bounded for each connection', async () => {
    const { identity, clientQuic, server } = await bench.connect();
    const lanes: LaneSockets[] = [];
    for (let round = 0; round < 3; round++) lanes.push(...(await dialAs(identity, clientQuic)));
    assert.equal(server.laneCount, LANES_MAX);
    for (const { tls } of lanes) tls.destroy();
  });

  it('drop a guest that never says what it wants', async () => {
    const impatient = await LanesBench.open({ handshakeMaxMs: 50 });
    try {
      await impatient.connect();
      const { port } = impatient.listener.address;
      const guest = connect({ host: '127.0.0.1', port });
      await once(guest, 'close');
    } finally {
      await impatient.close();
    }
  });

  it('end when the peer sends what makes no sense, and the connection goes on', async () => {
    const pair = await bench.connect();
    const [evil, ...rest] = await dialAs(pair.identity, pair.clientQuic);
    for (const { tls } of rest) tls.destroy();
    for (const record of [Buffer.alloc(8, 0xff), Buffer.from('0000000900000001', 'hex')]) {
      evil?.tls.write(record);
    }
    while (pair.server.laneCount > 0) await nextTurn();
    const bytes = Buffer.from('still here');
    assert.ok((await carry(pair, bytes)).equals(bytes));
  });

  it('end when what makes no sense comes to light only as somebody reads', async () => {
    const pair = await bench.connect();
    const [evil, ...rest] = await dialAs(pair.identity, pair.clientQuic);
    for (const { tls } of rest) tls.destroy();
    while (pair.server.laneCount > 1) await nextTurn();
    const data = encodeRecordHeader({ kind: 'data', stream: 0, value: 4 });
    const wrong = encodeRecordHeader({ kind: 'end', stream: 7, value: 0 });
    evil?.tls.write(Buffer.concat([data, Buffer.from('four'), wrong]));
    const source = await nextSource(pair.server);
    await assert.rejects(readAll(source), { code: 'DITS_PROTOCOL_INVALID_MESSAGE' });
    while (pair.server.laneCount > 0) await nextTurn();
    const bytes = Buffer.from('still here');
    assert.ok((await carry(pair, bytes)).equals(bytes));
  });

  it('tell both ends when one breaks, and the next stream goes another way', async () => {
    const pair = await bench.connect();
    const lanes = await dialAs(pair.identity, pair.clientQuic);
    for (const sockets of lanes) pair.client.addLane(sockets);
    const sink = await pair.client.openSink();
    await sink.write([Buffer.alloc(MIB)]);
    const source = await nextSource(pair.server);
    const lost = { code: 'DITS_PROTOCOL_STREAM_RESET' };
    for (const { tcp } of lanes) tcp.resetAndDestroy();
    await assert.rejects(readAll(source), lost);
    await assert.rejects(async () => {
      for (;;) await sink.write([Buffer.alloc(MIB)]);
    }, lost);
    const bytes = Buffer.from('another way');
    assert.ok((await carry(pair, bytes)).equals(bytes));
  });

  it('write records as documented', () => {
    const header = encodeRecordHeader({ kind: 'stop', stream: 0x010203, value: 0x0a0b0c0d });
    assert.equal(header.toString('hex'), '030102030a0b0c0d');
    assert.deepEqual(parseRecordHeader(header), {
      kind: 'stop',
      stream: 0x010203,
      value: 0x0a0b0c0d,
    });
    assert.throws(() => parseRecordHeader(Buffer.from('0400000000000000', 'hex')), {
      code: 'DITS_PROTOCOL_INVALID_MESSAGE',
    });
  });
});
