import assert from 'node:assert/strict';
import { DatagramSocket, type OpenBatchSender } from '../../../node/quic/datagram-socket.ts';
import { BATCHES_AFTER_COUNT } from '../../../node/quic/quic-limits.ts';
import type { SocketAddress } from '../../../node/quic/socket-address.ts';
import { openBatchSender, type BatchSender } from '../../../node/quic/udp-offload.ts';

const LENGTH = 1_000;
const ROUNDS = 100;
const PER_ROUND = 40;
const never: OpenBatchSender = () => Promise.resolve(undefined);

/** A receiver that counts the bytes it gets and tells when a round is complete. */
async function openReceiver(address: SocketAddress) {
  const socket = await DatagramSocket.bind(address);
  const numbers: number[] = [];
  let messages = 0;
  let onRound = (): void => undefined;
  socket.setHandlers({
    onDatagrams: (bytes) => {
      messages++;
      const buffer = Buffer.from(bytes);
      for (let offset = 0; offset < buffer.length; offset += LENGTH) {
        numbers.push(buffer.readUInt32LE(offset));
      }
      if (numbers.length % PER_ROUND === 0) onRound();
    },
    onRoom: () => undefined,
    onTrouble: (trouble) => assert.fail(trouble),
  });
  const nextRound = () =>
    new Promise<void>((resolve) => {
      onRound = resolve;
    });
  return { socket, numbers, nextRound, messages: () => messages };
}

/** Sends numbered datagrams in rounds, each when the one before has arrived: nothing overflows, so nothing is lost. */
async function exchange(address: SocketAddress, open: OpenBatchSender) {
  const receiver = await openReceiver(address);
  const sender = await DatagramSocket.bind(address, open);
  let onRoom = (): void => undefined;
  sender.setHandlers({
    onDatagrams: () => undefined,
    onRoom: () => onRoom(),
    onTrouble: (trouble) => assert.fail(trouble),
  });
  const to = receiver.socket.localAddress;
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const arrived = receiver.nextRound();
      for (let index = 0; index < PER_ROUND; index++) {
        let buffer = sender.acquire();
        while (buffer === undefined) {
          await new Promise<void>((resolve) => {
            onRoom = resolve;
          });
          buffer = sender.acquire();
        }
        buffer.writeUInt32LE(round * PER_ROUND + index);
        sender.send(buffer, LENGTH, to);
      }
      sender.flush();
      await arrived;
    }
  } finally {
    await Promise.all([sender.close(), receiver.socket.close()]);
  }
  const expected = Array.from({ length: ROUNDS * PER_ROUND }, (_, index) => index);
  assert.deepEqual(
    receiver.numbers.toSorted((a, b) => a - b),
    expected,
  );
  return receiver.messages();
}

describe('A datagram socket', () => {
  for (const host of ['127.0.0.1', '::1']) {
    it(`delivers everything one by one to ${host}`, async () => {
      await exchange({ host, port: 0 }, never);
    });

    it(`delivers everything in batches to ${host}, where the system can`, async function () {
      let sender: BatchSender | undefined;
      const messages = await exchange({ host, port: 0 }, async (local) => {
        sender = await openBatchSender(local);
        return sender;
      });
      if (sender === undefined) this.skip();
      const batched = ROUNDS * PER_ROUND - BATCHES_AFTER_COUNT;
      assert.ok(messages < BATCHES_AFTER_COUNT + batched / 2, `${messages} messages`);
    });
  }

  it('goes back to single datagrams when batches fail', async () => {
    let calls = 0;
    await exchange({ host: '127.0.0.1', port: 0 }, () =>
      Promise.resolve({
        send: () => (++calls < 3 ? 'full' : 'unsupported'),
        reset: () => undefined,
      }),
    );
    assert.equal(calls, 3);
  });

  it('sends what waits before it closes', async () => {
    const receiver = await openReceiver({ host: '127.0.0.1', port: 0 });
    const sender = await DatagramSocket.connect(receiver.socket.localAddress);
    const arrived = receiver.nextRound();
    for (let index = 0; index < PER_ROUND; index++) {
      const buffer = sender.acquire();
      assert.ok(buffer !== undefined);
      sender.send(buffer, LENGTH, receiver.socket.localAddress);
    }
    await sender.close();
    await arrived;
    await receiver.socket.close();
  });
});
