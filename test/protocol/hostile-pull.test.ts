import assert from 'node:assert/strict';
import { branchRef } from '../../store/index.ts';
import { BloomFilter, bloomParameters } from '../../protocol/index.ts';
import { SampleRepository, SeededRandom } from '../../simulations/index.ts';
import { assertClosed, expectMessage, rawDiallerIn, requestPull } from './support/raw-peer.ts';
import { openHost } from './support/session-pair.ts';

const KIB = 1024;
const MAIN = branchRef('main');

describe('a node before a hostile dialler', () => {
  let repository: SampleRepository;
  const host = () => openHost({ repo: repository });

  beforeEach(() => {
    repository = new SampleRepository();
  });

  it('refuses filters that make no sense', async () => {
    await repository.commit({ a: Buffer.from('a') });
    const want = (await repository.refs.get(MAIN))!;
    for (const bits of [Buffer.alloc(128, 255), Buffer.alloc(127)]) {
      const raw = await rawDiallerIn(host());
      const channel = await requestPull(raw, { want, heldCount: 100 });
      const { filter } = await expectMessage(channel, 'SYNC_RESPONSE');
      assert.ok(filter);
      await channel.send('BLOOM_FILTER', 2, { bitCount: 1024, hashCount: 7, idCount: 500, bits });
      await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
    }
  });

  it('ends it for the acknowledgement of a batch that is not under way', async () => {
    await repository.commit({ a: new SeededRandom(1).bytes(50 * KIB) });
    const raw = await rawDiallerIn(host());
    const want = (await repository.refs.get(MAIN))!;
    const channel = await requestPull(raw, { want, heldCount: 0 });
    await expectMessage(channel, 'SYNC_RESPONSE');
    await channel.send('CHUNK_UPLOAD_ACK', 2, {
      results: [{ batch: 99, statuses: Buffer.from([0]) }],
    });
    await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
  });

  it('ends it for an answer of the wrong length', async () => {
    await repository.commit({ a: new SeededRandom(1).bytes(50 * KIB) });
    const raw = await rawDiallerIn(host());
    const want = (await repository.refs.get(MAIN))!;
    const channel = await requestPull(raw, { want, heldCount: 1 });
    await expectMessage(channel, 'SYNC_RESPONSE');
    const filter = BloomFilter.create(bloomParameters(100));
    for (const id of await repository.ids()) filter.add(id);
    await channel.send('BLOOM_FILTER', 2, filter.toMessage());
    const check = await expectMessage(channel, 'CHUNK_BATCH_CHECK');
    await channel.send('CHUNK_BATCH_RESP', 2, {
      number: check.number,
      present: [...check.ids.map(() => true), true],
    });
    await assertClosed(raw.connection, 'DITS_PROTOCOL_INVALID_MESSAGE');
  });
});
