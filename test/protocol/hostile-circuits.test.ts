import { randomBytes } from 'node:crypto';
import assert from 'node:assert/strict';
import {
  WINDOW_DEFAULT_BYTES,
  createMemoryPair,
  encodeFrameHeader,
  serveConnection,
  type ServeDeps,
} from '../../protocol/index.ts';
import { askPunch } from '../../protocol/circuits/punch.ts';
import { receiveOffer } from '../../protocol/circuits/offered-circuit.ts';
import { RESERVED_MESSAGE_TYPE } from '../../protocol/frames/message-types.ts';
import { MessageChannel } from '../../protocol/session/message-channel.ts';
import { createHello } from '../../protocol/session/session-limits.ts';
import { CircuitBench } from './support/circuit-bench.ts';
import { ManualClock } from './support/manual-clock.ts';
import { assertClosed, expectMessage } from './support/raw-peer.ts';
import { openHost } from './support/session-pair.ts';

const FAILURE = {
  code: 4,
  message: 'no',
  name: 'DITS_PROTOCOL_PERMISSION_DENIED',
  retryAfterMs: 0,
};
const INVALID = { code: 'DITS_PROTOCOL_INVALID_MESSAGE' };

/** A peer that the test speaks for, at a serving node. */
async function rawPeer(peerId: string, deps: Pick<ServeDeps, 'circuits' | 'punch' | 'clock'>) {
  const pair = createMemoryPair({ diallerPeerId: peerId, acceptorPeerId: 'relay' });
  const host = openHost({});
  serveConnection(pair.acceptor, { host, random: randomBytes, ...deps }, { software: 'relay/1' });
  const control = new MessageChannel(await pair.dialler.openStream());
  await control.send('HELLO', 0, createHello('rude/1', WINDOW_DEFAULT_BYTES));
  await expectMessage(control, 'HELLO');
  const incoming = pair.dialler.incoming()[Symbol.asyncIterator]();
  const accept = async (): Promise<MessageChannel> => {
    const next = await incoming.next();
    assert.ok(next.done !== true && next.value.kind === 'bidirectional');
    return new MessageChannel(next.value.stream);
  };
  return { connection: pair.dialler, control, accept };
}

describe('a relay before a hostile peer', () => {
  it('spares the caller what the one it calls does wrong', async () => {
    const answers: readonly ((channel: MessageChannel, requestId: number) => Promise<void>)[] = [
      (channel) => channel.end(),
      (channel, requestId) => channel.send('CHUNK_CHECK_RESP', requestId, { present: true }),
      async (channel, requestId) => {
        const type = RESERVED_MESSAGE_TYPE.DELTA_DATA;
        const header = { type, isCompressed: false, payloadLength: 0, requestId };
        await channel.takeOver().write([encodeFrameHeader(header)]);
      },
      (channel, requestId) => channel.send('ERROR', requestId, FAILURE),
    ];
    const bench = new CircuitBench();
    const { session } = await bench.join('ian');
    const tess = await rawPeer('tess', bench);
    await tess.control.send('CIRCUIT_RESERVE', 1, {});
    await expectMessage(tess.control, 'CIRCUIT_RESERVED');
    for (const answer of answers) {
      const refused = assert.rejects(session.connectCircuit('tess'), {
        code: 'DITS_PROTOCOL_NOT_FOUND',
        message: 'the peer reports: tess takes no circuit now',
      });
      const channel = await tess.accept();
      await answer(channel, (await channel.receive())!.requestId);
      await refused;
      assert.equal(bench.circuits.circuitCount, 0);
    }
    await tess.connection.close(0, '');
    await bench.close();
  });

  it('drops the far end of a circuit whose caller is gone by then', async () => {
    const bench = new CircuitBench();
    const tess = await bench.reachable('tess');
    const ian = await rawPeer('ian', bench);
    const channel = new MessageChannel(await ian.connection.openStream());
    await channel.send('CIRCUIT_CONNECT', 1, { peerId: 'tess' });
    await ian.connection.close(0, '');
    const far = await tess.accepted();
    await assert.rejects(far.read(Buffer.alloc(1)), { code: 'DITS_PROTOCOL_STREAM_RESET' });
    await bench.close();
    assert.equal(bench.circuits.circuitCount, 0);
  });
});

describe('a peer before a hostile relay', () => {
  it('takes nothing for the offer of a circuit that is none', async () => {
    const offers: readonly ((channel: MessageChannel) => Promise<void>)[] = [
      (channel) => channel.end(),
      (channel) => channel.send('CHUNK_CHECK_RESP', 3, { present: true }),
    ];
    for (const offer of offers) {
      const pair = createMemoryPair();
      const channel = new MessageChannel(await pair.dialler.openStream());
      await offer(channel);
      const next = await pair.acceptor.incoming()[Symbol.asyncIterator]().next();
      assert.ok(next.done !== true && next.value.kind === 'bidirectional');
      await assert.rejects(receiveOffer(new ManualClock(), next.value.stream), INVALID);
      assert.equal((await expectMessage(channel, 'ERROR')).name, INVALID.code);
    }
  });
});

describe('a punch', () => {
  const clock = new ManualClock();

  it('tells each side where the other may be found', async () => {
    const asked: (readonly string[])[] = [];
    const peer = await rawPeer('ian', {
      clock,
      punch: (addresses) => {
        asked.push(addresses);
        return Promise.resolve(['192.0.2.7:4433']);
      },
    });
    const found = await askPunch(peer.connection, 1, ['198.51.100.2:1', '[2001:db8::1]:2']);
    assert.deepEqual(found, ['192.0.2.7:4433']);
    assert.deepEqual(asked, [['198.51.100.2:1', '[2001:db8::1]:2']]);
    await peer.connection.close(0, '');
  });

  it('is a broken rule where nobody takes it', async () => {
    const peer = await rawPeer('ian', { clock });
    await assert.rejects(askPunch(peer.connection, 1, []), { name: 'ProtocolError' });
    await assertClosed(peer.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
  });

  it('takes no answer but one to it', async () => {
    const answers: readonly (readonly [string, (channel: MessageChannel) => Promise<void>])[] = [
      [INVALID.code, (channel) => channel.end()],
      [INVALID.code, (channel) => channel.send('CHUNK_CHECK_RESP', 1, { present: true })],
      ['DITS_PROTOCOL_PERMISSION_DENIED', (channel) => channel.send('ERROR', 1, FAILURE)],
    ];
    for (const [code, answer] of answers) {
      const pair = createMemoryPair();
      const refused = assert.rejects(askPunch(pair.dialler, 1, []), { code });
      const next = await pair.acceptor.incoming()[Symbol.asyncIterator]().next();
      assert.ok(next.done !== true && next.value.kind === 'bidirectional');
      const channel = new MessageChannel(next.value.stream);
      await expectMessage(channel, 'PUNCH');
      await answer(channel);
      await refused;
    }
  });
});
