import assert from 'node:assert/strict';
import { branchRef, type ObjectId } from '../../store/index.ts';
import { encodeFrameHeader, type RemoteRepository } from '../../protocol/index.ts';
import { RESERVED_MESSAGE_TYPE } from '../../protocol/frames/message-types.ts';
import type { MessageChannel } from '../../protocol/session/message-channel.ts';
import { SampleRepository } from '../../simulations/index.ts';
import {
  RAW_WINDOW_BYTES,
  assertClosed,
  rawAcceptor,
  rawAcceptorWith,
  type RawAcceptor,
} from './support/raw-peer.ts';

const MAIN = branchRef('main');
const HEAD = { kind: 'branch', name: MAIN } as const;
const OBJECT = 'bb'.repeat(32) as ObjectId;
const REFUSAL = { code: 3, message: '', name: 'DITS_PROTOCOL_NOT_FOUND', retryAfterMs: 0 };

/** What to answer to a request on a stream of its own, and how whoever asked takes it. */
const ANSWERS: readonly {
  readonly title: string;
  readonly answer: (channel: MessageChannel, requestId: number) => Promise<void>;
  readonly code: string;
  /** Whether it breaks a rule, so that the connection ends with it. */
  readonly isViolation: boolean;
}[] = [
  {
    title: 'none at all',
    answer: (channel) => channel.end(),
    code: 'DITS_PROTOCOL_STREAM_RESET',
    isViolation: false,
  },
  {
    title: 'an error without words',
    answer: (channel, requestId) => channel.send('ERROR', requestId, REFUSAL),
    code: 'DITS_PROTOCOL_NOT_FOUND',
    isViolation: false,
  },
  {
    title: 'a message that answers something else',
    answer: (channel, requestId) => channel.send('CHUNK_CHECK_RESP', requestId, { present: true }),
    code: 'DITS_PROTOCOL_INVALID_MESSAGE',
    isViolation: true,
  },
  {
    title: 'a message that nobody speaks',
    answer: async (channel, requestId) => {
      const type = RESERVED_MESSAGE_TYPE.DELTA_REQUEST;
      const header = encodeFrameHeader({ type, isCompressed: false, payloadLength: 0, requestId });
      await channel.takeOver().write([header]);
    },
    code: 'DITS_PROTOCOL_INVALID_MESSAGE',
    isViolation: true,
  },
];

async function drain(records: AsyncIterable<unknown>): Promise<void> {
  for await (const record of records) assert.fail(String(record));
}

const answerSync = (channel: MessageChannel, requestId: number): Promise<void> =>
  channel.send('SYNC_RESPONSE', requestId, {
    common: [],
    heldCount: 0,
    windowBytes: RAW_WINDOW_BYTES,
    filter: false,
  });

async function push(opened: RemoteRepository): Promise<void> {
  const local = new SampleRepository();
  const id = await local.commit({ a: Buffer.from('a') });
  await opened.push({ store: local.objects, wants: [id], haves: [] });
}

/** What a dialler asks on streams of their own. */
const REQUESTS: readonly {
  readonly title: string;
  readonly ask: (opened: RemoteRepository) => Promise<unknown>;
  /** The first message of a right answer. */
  readonly answer: (channel: MessageChannel, requestId: number) => Promise<void>;
}[] = [
  {
    title: 'a pull',
    ask: (opened) =>
      opened.pull({ store: new SampleRepository().objects, wants: [OBJECT], haves: [] }),
    answer: answerSync,
  },
  { title: 'a push', ask: push, answer: answerSync },
  {
    title: 'a fetch of objects',
    ask: (opened) => drain(opened.fetchObjects([OBJECT])),
    answer: (channel, requestId) =>
      channel.send('CHUNK_DATA', requestId, {
        batch: 0,
        records: [],
        absent: [OBJECT],
        last: true,
      }),
  },
  {
    title: 'a feed',
    ask: (opened) =>
      opened.feed({
        store: new SampleRepository().objects,
        wants: [OBJECT],
        announcedMax: 1,
        events: {
          onHave: () => undefined,
          onHeldBack: () => undefined,
          onArrived: () => undefined,
          onDurable: () => undefined,
          onAbsent: () => undefined,
        },
        onOpen: () => assert.fail('it was not opened'),
      }),
    answer: (channel, requestId) => channel.send('FEED_OPENED', requestId, { complete: true }),
  },
];

async function openRepo(raw: RawAcceptor): Promise<RemoteRepository> {
  const opening = raw.session.openRepository('repo', { access: 'write' });
  const received = await raw.control.receive();
  assert.equal(received?.message?.name, 'AUTH');
  await raw.control.send('AUTH_OK', received.requestId, {
    handle: 1,
    access: 'write',
    head: HEAD,
    objectCount: 0,
    refs: undefined,
  });
  return opening;
}

/** The id of the next request on the control stream. */
async function nextRequest(raw: RawAcceptor): Promise<number> {
  const received = await raw.control.receive();
  assert.ok(received?.message !== undefined);
  return received.requestId;
}

describe('a dialler before a node that answers wrongly', () => {
  for (const request of REQUESTS) {
    for (const { title, answer, code, isViolation } of ANSWERS) {
      it(`ends ${request.title} for ${title}`, async () => {
        const raw = await rawAcceptor();
        const opened = await openRepo(raw);
        const refused = assert.rejects(request.ask(opened), { code });
        const channel = await raw.accept();
        const asked = await channel.receive();
        await answer(channel, asked!.requestId);
        await refused;
        if (isViolation) await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
        await raw.session.close();
      });
    }
  }

  it('takes no circuit for such an answer', async () => {
    for (const { answer } of ANSWERS) {
      const raw = await rawAcceptor();
      const refused = assert.rejects(raw.session.connectCircuit('somebody'), {
        name: 'ProtocolError',
      });
      const channel = await raw.accept();
      await answer(channel, (await channel.receive())!.requestId);
      await refused;
      await raw.session.close();
    }
  });

  it('does not take the answer to one request for that to another', async () => {
    for (const { ask, answer } of REQUESTS) {
      const raw = await rawAcceptor();
      const opened = await openRepo(raw);
      const refused = assert.rejects(ask(opened), { code: 'DITS_PROTOCOL_INVALID_MESSAGE' });
      const channel = await raw.accept();
      await answer(channel, (await channel.receive())!.requestId + 1);
      await refused;
      await raw.session.close();
    }
  });

  it('takes a fetch that leaves objects out for a broken rule', async () => {
    const raw = await rawAcceptor();
    const opened = await openRepo(raw);
    const refused = assert.rejects(drain(opened.fetchObjects([OBJECT])), {
      code: 'DITS_PROTOCOL_INVALID_MESSAGE',
    });
    const channel = await raw.accept();
    const { requestId } = (await channel.receive())!;
    await channel.send('CHUNK_DATA', requestId, { batch: 0, records: [], absent: [], last: true });
    await refused;
    await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
    await raw.session.close();
  });

  it('waits for the filter that was announced, and for nothing else', async () => {
    for (const { answer, code } of ANSWERS.slice(1)) {
      const raw = await rawAcceptor();
      const opened = await openRepo(raw);
      const refused = assert.rejects(push(opened), { code });
      const channel = await raw.accept();
      const { requestId } = (await channel.receive())!;
      const held = { common: [], heldCount: 9, windowBytes: RAW_WINDOW_BYTES, filter: true };
      await channel.send('SYNC_RESPONSE', requestId, held);
      await answer(channel, requestId);
      await refused;
      await raw.session.close();
    }
  });

  it('follows no list that repeats itself or never ends', async () => {
    const page = { head: HEAD, refs: [{ name: MAIN, target: OBJECT }], more: true };
    const raw = await rawAcceptor();
    const opened = await openRepo(raw);
    const listing = assert.rejects(opened.listRefs(), { code: 'DITS_PROTOCOL_INVALID_MESSAGE' });
    await raw.control.send('REF_LIST_RESP', await nextRequest(raw), page);
    await raw.control.send('REF_LIST_RESP', await nextRequest(raw), page);
    await listing;
    const endless = assert.rejects(opened.listRefs(), { code: 'DITS_PROTOCOL_INVALID_MESSAGE' });
    for (let at = 0; at < 512; at++) {
      const name = `${MAIN}${String(at).padStart(4, '0')}`;
      const refs = [{ name, target: OBJECT }];
      await raw.control.send('REF_LIST_RESP', await nextRequest(raw), { ...page, refs });
    }
    await endless;
    await raw.session.close();
  });

  it('follows no list of repositories that repeats itself or never ends', async () => {
    const page = { repositories: [{ name: 'film', access: 'read' as const }], more: true };
    const raw = await rawAcceptor();
    const listing = assert.rejects(raw.session.listRepositories(), {
      code: 'DITS_PROTOCOL_INVALID_MESSAGE',
    });
    await raw.control.send('REPO_LIST_RESP', await nextRequest(raw), page);
    await raw.control.send('REPO_LIST_RESP', await nextRequest(raw), page);
    await listing;
    const endless = assert.rejects(raw.session.listRepositories(), {
      code: 'DITS_PROTOCOL_INVALID_MESSAGE',
    });
    for (let at = 0; at < 16; at++) {
      const repositories = [
        { name: `film${String(at).padStart(2, '0')}`, access: 'read' as const },
      ];
      const requestId = await nextRequest(raw);
      await raw.control.send('REPO_LIST_RESP', requestId, { repositories, more: true });
    }
    await endless;
    await raw.session.close();
  });

  it('takes no results of other refs, and no answers to other checks', async () => {
    const raw = await rawAcceptor();
    const opened = await openRepo(raw);
    const change = { name: MAIN, old: null, new: OBJECT, force: false };
    const updating = assert.rejects(opened.updateRefs([change]), {
      code: 'DITS_PROTOCOL_INVALID_MESSAGE',
    });
    const other = { name: branchRef('other'), current: OBJECT, message: '' };
    await raw.control.send('REF_UPDATE_RESULT', await nextRequest(raw), {
      results: [{ ...other, result: 'created' }],
    });
    await updating;
    for (const answer of [
      { number: 1, present: [true] },
      { number: 0, present: [true, true] },
    ]) {
      const checking = assert.rejects(opened.has([OBJECT]), {
        code: 'DITS_PROTOCOL_INVALID_MESSAGE',
      });
      await raw.control.send('CHUNK_BATCH_RESP', await nextRequest(raw), answer);
      await checking;
    }
    await raw.session.close();
  });

  it('ends it for an answer to no question', async () => {
    const raw = await rawAcceptor();
    await raw.control.send('CHUNK_CHECK_RESP', 9, { present: true });
    await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
    await raw.session.close();
  });

  it('ends it, and whoever waits, when the control stream ends', async () => {
    const raw = await rawAcceptor();
    const waiting = assert.rejects(raw.session.observe(), {
      code: 'DITS_PROTOCOL_CONNECTION_LOST',
    });
    await nextRequest(raw);
    await raw.control.end();
    await waiting;
    await raw.session.close();
  });

  it('says why a handshake came to nothing', async () => {
    const gone = await rawAcceptorWith((control) => control.end());
    await assert.rejects(gone.connecting, { code: 'DITS_PROTOCOL_CONNECTION_LOST' });
    const told = await rawAcceptorWith((control) => control.send('ERROR', 0, REFUSAL));
    await assert.rejects(told.connecting, {
      code: 'DITS_PROTOCOL_NOT_FOUND',
      message: 'the peer reports: no reason given',
    });
    const rude = await rawAcceptorWith((control) => control.send('ERROR', 7, REFUSAL));
    await assert.rejects(rude.connecting, { code: 'DITS_PROTOCOL_INVALID_MESSAGE' });
  });
});
