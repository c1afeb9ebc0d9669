import assert from 'node:assert/strict';
import { MemoryObjectStore, MemoryRefStore, branchRef, objectId } from '../../../store/index.ts';
import { describeObjectStore } from '../object-store.contract.ts';
import { describeRefStore } from '../ref-store.contract.ts';

describeObjectStore('MemoryObjectStore', () =>
  Promise.resolve({ store: new MemoryObjectStore(), dispose: () => Promise.resolve() }),
);

describeRefStore('MemoryRefStore', () =>
  Promise.resolve({ refs: new MemoryRefStore(), dispose: () => Promise.resolve() }),
);

describe('MemoryObjectStore', () => {
  it('notices bytes that no longer match their id', async () => {
    const store = new MemoryObjectStore();
    const [result] = await store.put([{ kind: 'chunk', bytes: Buffer.from('right') }]);
    store.damage(result!.id, Buffer.from('wrong'));
    await assert.rejects(store.get([result!.id]), { code: 'DITS_STORE_CORRUPT' });
  });

  it('takes nothing under an id that is not its own, or of another length than was said', async () => {
    const store = new MemoryObjectStore();
    const [bytes, kind] = [Buffer.from('bytes'), 'chunk'] as const;
    const other = objectId(kind, Buffer.from('other'));
    const mismatch = { code: 'DITS_STORE_HASH_MISMATCH' };
    await assert.rejects(store.put([{ kind, bytes, id: other }]), mismatch);
    const record = { id: objectId(kind, bytes), kind, codec: 'none', stored: bytes } as const;
    await assert.rejects(store.putRecords([{ ...record, rawSize: 4 }]), mismatch);
    assert.deepEqual(await store.has([other, record.id]), [false, false]);
    assert.throws(
      () => {
        store.damage(other, undefined);
      },
      { code: 'DITS_STORE_NOT_FOUND' },
    );
  });
});

describe('MemoryRefStore', () => {
  it('takes the time from the clock it is given and the branch of HEAD it is told', async () => {
    const refs = new MemoryRefStore({ headBranch: 'trunk', now: () => 1234 });
    const target = objectId('commit', Buffer.from('one'));
    await refs.update([{ name: branchRef('trunk'), target }], { actor: 'Ada', reason: 'commit' });
    assert.deepEqual(await refs.head(), { kind: 'branch', name: branchRef('trunk') });
    assert.deepEqual(
      (await refs.reflog()).map(({ name, timeMs }) => [name, timeMs]),
      [
        ['refs/heads/trunk', 1234],
        ['HEAD', 1234],
      ],
    );
  });
});
