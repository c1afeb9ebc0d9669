import assert from 'node:assert/strict';
import { branchRef, objectId, type ObjectId } from '../../store/index.ts';
import { SampleRepository, SeededRandom } from '../../simulations/index.ts';
import {
  RAW_WINDOW_BYTES,
  assertClosed,
  batchOf,
  chunk,
  expectMessage,
  frame,
  rawAcceptor,
  type RawAcceptor,
} from './support/raw-peer.ts';

const KIB = 1024;
const MAIN = branchRef('main');

describe('a dialler before a hostile node', () => {
  async function openRepo(raw: RawAcceptor) {
    const opening = raw.session.openRepository('repo', { access: 'write' });
    const received = await raw.control.receive();
    assert.equal(received?.message?.name, 'AUTH');
    await raw.control.send('AUTH_OK', received.requestId, {
      handle: 1,
      access: 'write',
      head: { kind: 'branch', name: MAIN },
      objectCount: 0,
      refs: [],
    });
    return opening;
  }

  it('takes no chunk that it did not ask for, in a pull', async () => {
    const raw = await rawAcceptor();
    const opened = await openRepo(raw);
    const local = new SampleRepository();
    const have = await local.commit({ a: Buffer.from('a') });
    const want = 'bb'.repeat(32) as ObjectId;
    const pulling = opened.pull({ store: local.objects, wants: [want], haves: [have] });
    const refused = assert.rejects(pulling, { code: 'DITS_PROTOCOL_BAD_DATA' });
    const channel = await raw.accept();
    const request = await channel.receive();
    assert.ok(request !== undefined);
    const common = [have];
    const answer = { common, heldCount: 0, windowBytes: 0, filter: false };
    await channel.send('SYNC_RESPONSE', request.requestId, answer);
    // A check shows that the answer was taken; what is sent after it was not part of it.
    const asked = { handle: 0, number: 1, ids: [want] };
    await channel.send('CHUNK_BATCH_CHECK', request.requestId, asked);
    await expectMessage(channel, 'CHUNK_BATCH_RESP');
    const bulk = await raw.connection.openSink();
    const unwanted = chunk(Buffer.from('unwanted'));
    await bulk.write([frame('CHUNK_UPLOAD', request.requestId, batchOf(1, [unwanted]))]);
    await refused;
    await assertClosed(raw.connection, 'DITS_PROTOCOL_BAD_DATA');
    assert.deepEqual(await local.objects.has([unwanted.id]), [false]);
    await raw.session.close();
  });

  it('believes no common ancestor that it did not offer', async () => {
    const raw = await rawAcceptor();
    const opened = await openRepo(raw);
    const local = new SampleRepository();
    const id = await local.commit({ a: Buffer.from('a') });
    const pushing = opened.push({ store: local.objects, wants: [id], haves: [] });
    const refused = assert.rejects(pushing, { code: 'DITS_PROTOCOL_INVALID_MESSAGE' });
    const channel = await raw.accept();
    const request = await channel.receive();
    await channel.send('SYNC_RESPONSE', request!.requestId, {
      common: [id],
      heldCount: 5,
      windowBytes: RAW_WINDOW_BYTES,
      filter: false,
    });
    await refused;
    await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
    await raw.session.close();
  });

  it('does not believe that a transfer is done before it is', async () => {
    const raw = await rawAcceptor();
    const opened = await openRepo(raw);
    const local = new SampleRepository();
    const id = await local.commit({ a: new SeededRandom(3).bytes(100 * KIB) });
    const pushing = opened.push({ store: local.objects, wants: [id], haves: [] });
    const refused = assert.rejects(pushing, { code: 'DITS_PROTOCOL_INVALID_MESSAGE' });
    const channel = await raw.accept();
    const request = await channel.receive();
    const { requestId } = request!;
    await channel.send('SYNC_RESPONSE', requestId, {
      common: [],
      heldCount: 0,
      windowBytes: RAW_WINDOW_BYTES,
      filter: false,
    });
    await channel.send('SYNC_DONE', requestId, { stored: 9, duplicates: 0, bytes: 9 });
    await refused;
    await raw.session.close();
  });

  it('ends it for streams that only a dialler may open', async () => {
    const raw = await rawAcceptor();
    const stream = await raw.connection.openStream();
    await stream.write([frame('REF_LIST', 1, { handle: 1, after: '' })]);
    await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
    await raw.session.close();
  });

  it('ends it for an answer that does not fit the question', async () => {
    const raw = await rawAcceptor();
    const opening = raw.session.openRepository('repo', { access: 'read' });
    const refused = assert.rejects(opening, { code: 'DITS_PROTOCOL_INVALID_MESSAGE' });
    const received = await raw.control.receive();
    await raw.control.send('CHUNK_CHECK_RESP', received!.requestId, { present: true });
    await refused;
    await raw.session.close();
  });

  it('takes no objects it did not ask for, in a fetch', async () => {
    const raw = await rawAcceptor();
    const opened = await openRepo(raw);
    const wanted = objectId('chunk', Buffer.from('wanted'));
    const fetching = (async () => {
      for await (const records of opened.fetchObjects([wanted]))
        assert.fail(records.length > 0 ? 'taken' : '');
    })();
    const refused = assert.rejects(fetching, { code: 'DITS_PROTOCOL_BAD_DATA' });
    const channel = await raw.accept();
    const request = await channel.receive();
    await channel.send('CHUNK_DATA', request!.requestId, batchOf(0, [chunk(Buffer.from('other'))]));
    await refused;
    await assertClosed(raw.connection, 'DITS_PROTOCOL_BAD_DATA');
    await raw.session.close();
  });
});
