import assert from 'node:assert/strict';
import {
  MeetingEnded,
  createMemoryPair,
  encodeFrameHeader,
  visitLobby,
  type MeetingOffer,
  type Visit,
} from '../../../protocol/index.ts';
import { RESERVED_MESSAGE_TYPE } from '../../../protocol/frames/message-types.ts';
import { MessageChannel } from '../../../protocol/session/message-channel.ts';
import { createHello } from '../../../protocol/session/session-limits.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { RAW_WINDOW_BYTES, assertClosed, expectMessage } from '../support/raw-peer.ts';

const REQUEST = { ticket: new Uint8Array(8), secret: new Uint8Array(16), name: 'render' };
const REFUSAL = { code: 5, message: 'later', name: 'DITS_PROTOCOL_RATE_LIMITED', retryAfterMs: 0 };

/** A visit to a node that the test speaks for. */
async function visit() {
  const { dialler, acceptor } = createMemoryPair({ acceptorPeerId: 'relay' });
  const incoming = acceptor.incoming()[Symbol.asyncIterator]();
  const accept = async (): Promise<MessageChannel> => {
    const next = await incoming.next();
    assert.ok(next.done !== true && next.value.kind === 'bidirectional');
    return new MessageChannel(next.value.stream);
  };
  const visiting = visitLobby(dialler, { clock: new ManualClock() }, { software: 'guest/1' });
  const control = await accept();
  await expectMessage(control, 'HELLO');
  await control.send('HELLO', 0, createHello('rude/1', RAW_WINDOW_BYTES));
  return { visit: await visiting, connection: acceptor, control, accept };
}

/** A visit whose offer stands. */
async function offering() {
  const raw = await visit();
  const asked = raw.visit.offer('K7');
  const channel = await raw.accept();
  const { requestId } = (await channel.receive())!;
  await channel.send('MEET_OFFERED', requestId, { lifetimeMs: 1_000 });
  const offer = await asked;
  assert.ok(offer !== 'taken');
  return { ...raw, channel, requestId, offer };
}

async function meeting() {
  const raw = await offering();
  await raw.channel.send('MEET_BEGIN', raw.requestId, {});
  return { ...raw, met: await raw.offer.next() };
}

describe('a visitor before a node that answers wrongly', () => {
  const requests: readonly ((visit: Visit) => Promise<unknown>)[] = [
    (one) => one.offer('K7'),
    (one) => one.join('K7'),
    (one) => one.redeem(REQUEST),
  ];
  const answers: readonly {
    readonly send: (channel: MessageChannel, requestId: number) => Promise<void>;
    readonly code: string;
  }[] = [
    { send: (channel) => channel.end(), code: 'DITS_PROTOCOL_INVALID_MESSAGE' },
    {
      send: (channel, requestId) => channel.send('CHUNK_CHECK_RESP', requestId, { present: true }),
      code: 'DITS_PROTOCOL_INVALID_MESSAGE',
    },
    {
      send: (channel, requestId) => channel.send('MEET_BEGIN', requestId + 1, {}),
      code: 'DITS_PROTOCOL_INVALID_MESSAGE',
    },
    {
      send: async (channel, requestId) => {
        const type = RESERVED_MESSAGE_TYPE.DELTA_DATA;
        const header = { type, isCompressed: false, payloadLength: 0, requestId };
        await channel.takeOver().write([encodeFrameHeader(header)]);
      },
      code: 'DITS_PROTOCOL_INVALID_MESSAGE',
    },
    {
      send: (channel, requestId) => channel.send('ERROR', requestId, REFUSAL),
      code: 'DITS_PROTOCOL_RATE_LIMITED',
    },
  ];

  it('takes no answer but one to what it asked', async () => {
    for (const request of requests) {
      for (const { send, code } of answers) {
        const raw = await visit();
        const refused = assert.rejects(request(raw.visit), { code });
        const channel = await raw.accept();
        await send(channel, (await channel.receive())!.requestId);
        await refused;
        await raw.visit.close();
      }
    }
  });

  it('ends it for streams that only a dialler may open, and for answers to no question', async () => {
    const opened = await visit();
    await (await opened.connection.openStream()).write([Buffer.from('D')]);
    await assertClosed(opened.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
    await opened.visit.close();
    const answered = await visit();
    await answered.control.send('CHUNK_CHECK_RESP', 1, { present: true });
    await assertClosed(answered.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
    await assert.rejects(answered.visit.join('K7'), { code: 'DITS_PROTOCOL_CONNECTION_LOST' });
    await answered.visit.close();
  });

  it('waits for a joiner no longer when something comes before one', async () => {
    const { channel, requestId, offer, visit: one } = await offering();
    const next: ReturnType<MeetingOffer['next']> = offer.next();
    const refused = assert.rejects(next, { code: 'DITS_PROTOCOL_INVALID_MESSAGE' });
    await channel.send('MEET_MESSAGE', requestId, { data: Uint8Array.of(1) });
    await refused;
    await one.close();
  });

  it('takes nothing for a message of the meeting that is none', async () => {
    const { channel, requestId, met, visit: one } = await meeting();
    const refused = assert.rejects(met.receive(), { code: 'DITS_PROTOCOL_INVALID_MESSAGE' });
    await channel.send('CHUNK_CHECK_RESP', requestId, { present: true });
    await refused;
    await one.close();
  });

  it('is told why a meeting ended, though its own last word is not taken', async () => {
    const { channel, requestId, met, visit: one } = await meeting();
    await channel.send('MEET_END', requestId, { reason: 'wrong-code' });
    channel.takeOver().stop(0);
    await assert.rejects(met.receive(), new MeetingEnded('wrong-code'));
    await one.close();
  });

  it('is told that the meeting is gone when its stream ends or breaks', async () => {
    const ended = await meeting();
    await ended.channel.end();
    await assert.rejects(ended.met.receive(), new MeetingEnded('gone'));
    await ended.visit.close();
    const broken = await meeting();
    broken.channel.takeOver().reset(0);
    await assert.rejects(broken.met.receive(), { code: 'DITS_PROTOCOL_STREAM_RESET' });
    await broken.visit.close();
  });

  it('finds a joined meeting broken when the connection is', async () => {
    const raw = await visit();
    const joining = raw.visit.join('K7');
    const channel = await raw.accept();
    const { requestId } = (await channel.receive())!;
    await channel.send('MEET_BEGIN', requestId, {});
    const joined = await joining;
    assert.ok(joined !== undefined);
    channel.takeOver().reset(0);
    await assert.rejects(joined.receive(), { code: 'DITS_PROTOCOL_STREAM_RESET' });
    await raw.visit.close();
  });

  it('withdraws an offer though nobody answers to that any more', async () => {
    const { offer, visit: one, channel } = await offering();
    const withdrawn = offer.withdraw();
    assert.equal(await channel.receive(), undefined);
    await channel.end();
    await withdrawn;
    await one.close();
  });
});
