import assert from 'node:assert/strict';
import sinon from 'sinon';
import { DatagramBatch, type BatchSocket } from '../../../node/quic/datagram-batch.ts';
import { UDP_PAYLOAD_BASE_BYTES } from '../../../node/quic/quic-limits.ts';
import { BATCH_MAX_BYTES, SEGMENTS_MAX, type SendOutcome } from '../../../node/quic/udp-offload.ts';

const near = { host: '192.0.2.1', port: 1 };
const far = { host: '192.0.2.2', port: 2 };

/** A batch whose system answers as told, and what reached the system: lengths of the datagrams of each call. */
function setUp(...answers: SendOutcome[]) {
  const calls: { readonly lengths: readonly number[]; readonly text: string }[] = [];
  const singles: { readonly text: string; readonly done: () => void }[] = [];
  const socket = {
    sendSingle: (bytes: Buffer, _to: unknown, done: () => void) => {
      singles.push({ text: bytes.toString(), done });
    },
    onTrouble: sinon.fake<['too-big' | 'refused'], undefined>(),
    onUnsupported: sinon.fake<[], undefined>(),
    onRoom: sinon.fake<[], undefined>(),
  } satisfies BatchSocket;
  const sender = {
    send: (bytes: Uint8Array, segmentBytes: number): SendOutcome => {
      const lengths: number[] = [];
      for (let offset = 0; offset < bytes.length; offset += segmentBytes) {
        lengths.push(Math.min(segmentBytes, bytes.length - offset));
      }
      calls.push({ lengths, text: Buffer.from(bytes).toString() });
      return answers.shift() ?? 'sent';
    },
    reset: sinon.fake<[], undefined>(),
  };
  return { batch: new DatagramBatch(sender, socket, false), calls, singles, socket, sender };
}

function add(batch: DatagramBatch, text: string, to = near): void {
  const room = batch.room();
  assert.ok(room !== undefined, 'there is no room');
  batch.add(room.write(text), to);
}

describe('A batch of datagrams', () => {
  it('sends datagrams of one length in one call, in the order they were added', () => {
    const { batch, calls } = setUp();
    for (const text of ['one', 'two', 'six']) add(batch, text);
    assert.equal(calls.length, 0);
    batch.flush();
    assert.deepEqual(calls, [{ lengths: [3, 3, 3], text: 'onetwosix' }]);
    assert.ok(batch.isEmpty);
  });

  it('ends with a shorter datagram, and begins anew with a longer one and for another receiver', () => {
    const { batch, calls } = setUp();
    for (const text of ['one', 'two', 'hi', 'four', 'five']) add(batch, text);
    add(batch, 'more', far);
    batch.flush();
    assert.deepEqual(
      calls.map(({ text }) => text),
      ['onetwohi', 'fourfive', 'more'],
    );
    add(batch, 'ha');
    add(batch, 'three');
    batch.flush();
    assert.deepEqual(
      calls.slice(3).map(({ text }) => text),
      ['ha', 'three'],
    );
  });

  it('never holds more than one call can carry', () => {
    const { batch, calls } = setUp();
    for (let count = 0; count <= SEGMENTS_MAX; count++) add(batch, 'x');
    assert.equal(calls[0]?.lengths.length, SEGMENTS_MAX);
    batch.flush();
    for (let count = 0; count < 10; count++) add(batch, 'y'.repeat(16_000));
    batch.flush();
    for (const { text } of calls) assert.ok(text.length <= BATCH_MAX_BYTES);
    assert.equal(
      calls.reduce((sum, { text }) => sum + text.length, 0),
      65 + 160_000,
    );
  });

  it('waits while the system is full, loses nothing, and tells when there is room', () => {
    const { batch, calls, singles, socket, sender } = setUp('full', 'full', 'sent');
    for (const text of ['one', 'two', 'six']) add(batch, text);
    batch.flush();
    assert.equal(batch.room(), undefined);
    assert.ok(sender.reset.calledOnce, 'the single would be cut');
    singles[0]?.done();
    assert.equal(socket.onRoom.callCount, 0);
    singles[1]?.done();
    assert.equal(socket.onRoom.callCount, 1);
    assert.deepEqual(
      [...singles.map(({ text }) => text), calls.at(-1)?.text],
      ['one', 'two', 'six'],
    );
    add(batch, 'ten');
    batch.flush();
    assert.equal(calls.at(-1)?.text, 'ten');
  });

  it('sends what it holds one by one when batches do not work', () => {
    const { batch, singles, socket } = setUp('unsupported');
    for (const text of ['one', 'two', 'hi']) add(batch, text);
    assert.deepEqual(
      singles.map(({ text }) => text),
      ['one', 'two', 'hi'],
    );
    assert.ok(socket.onUnsupported.calledOnce);
    assert.ok(batch.isEmpty);
  });

  it('passes on what the network says about it', () => {
    const { batch, socket } = setUp('too-big', 'refused', 'lost');
    for (let count = 0; count < 3; count++) {
      add(batch, 'x'.repeat(UDP_PAYLOAD_BASE_BYTES + 1));
      batch.flush();
    }
    assert.deepEqual(socket.onTrouble.args, [['too-big'], ['refused']]);
  });

  it('goes the usual way when even datagrams of the safe size are too big for batches', () => {
    const { batch, singles, socket } = setUp('too-big');
    add(batch, 'x'.repeat(UDP_PAYLOAD_BASE_BYTES));
    batch.flush();
    assert.equal(singles.length, 1);
    assert.equal(socket.onTrouble.callCount, 0);
    assert.ok(socket.onUnsupported.calledOnce);
  });

  it('sends the usual way to addresses that it cannot write down, with nothing in between', () => {
    const { batch, calls, singles, socket } = setUp();
    add(batch, 'one', { host: 'fe80::1%eth0', port: 1 });
    batch.flush();
    assert.deepEqual(
      singles.map(({ text }) => text),
      ['one'],
    );
    assert.equal(batch.room(), undefined);
    singles[0]?.done();
    assert.ok(socket.onRoom.calledOnce);
    add(batch, 'two');
    batch.flush();
    assert.equal(calls.at(-1)?.text, 'two');
    assert.equal(socket.onUnsupported.callCount, 0);
  });
});
