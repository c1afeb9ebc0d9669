import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';

import { ArrivingObjects } from '../../cli/remote/arriving-objects.ts';
import {
  MemoryObjectStore,
  StoreError,
  objectId,
  type ObjectId,
  type ObjectRecord,
} from '../../store/index.ts';

function recordOf(text: string): ObjectRecord {
  const stored = Buffer.from(text);
  const id = objectId('chunk', stored);
  return { id, kind: 'chunk', codec: 'none', rawSize: stored.length, stored };
}

/** What a promise came to so far. */
function watch<T>(promise: Promise<T>): { state: string; readonly promise: Promise<T> } {
  const watched = { state: 'waiting', promise };
  promise.then(
    () => (watched.state = 'there'),
    () => (watched.state = 'failed'),
  );
  return watched;
}

async function someTurns(): Promise<void> {
  for (let turn = 0; turn < 8; turn++) await nextTurn();
}

describe('objects that arrive', () => {
  const [one, two, three] = ['one', 'two', 'three'].map(recordOf) as [
    ObjectRecord,
    ObjectRecord,
    ObjectRecord,
  ];
  let arriving: ArrivingObjects;

  beforeEach(() => {
    arriving = new ArrivingObjects(new MemoryObjectStore());
  });

  const textsOf = async (ids: readonly ObjectId[]): Promise<string[]> =>
    (await arriving.reader.get(ids)).map(({ bytes }) => Buffer.from(bytes).toString());

  it('are read at once when they are there, and waited for when they are not', async () => {
    await arriving.sink.putRecords([one]);
    assert.deepEqual(await textsOf([one.id]), ['one']);
    const both = watch(textsOf([three.id, one.id, two.id]));
    const info = watch(arriving.reader.info([two.id]));
    const records = watch(arriving.reader.getRecords([three.id]));
    await someTurns();
    assert.deepEqual([both.state, info.state, records.state], ['waiting', 'waiting', 'waiting']);
    await arriving.sink.putRecords([two]);
    assert.equal((await info.promise)[0]?.rawSize, 3);
    await someTurns();
    assert.equal(both.state, 'waiting');
    await arriving.sink.put([{ kind: 'chunk', bytes: three.stored }]);
    assert.deepEqual(await both.promise, ['three', 'one', 'two']);
    assert.equal((await records.promise)[0]?.id, three.id);
    assert.deepEqual(await arriving.reader.has([one.id, recordOf('four').id]), [true, false]);
  });

  it('are missing, as in any store, once nothing more comes', async () => {
    const read = watch(textsOf([one.id, two.id]));
    await arriving.sink.putRecords([one]);
    await someTurns();
    assert.equal(read.state, 'waiting');
    arriving.end();
    const isMissing = (error: unknown): boolean =>
      error instanceof StoreError && error.code === 'DITS_STORE_NOT_FOUND';
    await assert.rejects(read.promise, isMissing);
    await assert.rejects(textsOf([two.id]), isMissing);
    assert.deepEqual(await arriving.reader.info([two.id]), [undefined]);
    assert.deepEqual(await textsOf([one.id]), ['one']);
  });

  it('fail with the transfer, and with the signal of whoever waits', async () => {
    const cut = new Error('the line was cut');
    const gone = new AbortController();
    const read = watch(textsOf([one.id]));
    const aborted = watch(arriving.reader.get([two.id], { signal: gone.signal }));
    await someTurns();
    gone.abort(new Error('enough'));
    await assert.rejects(aborted.promise, /enough/);
    arriving.end(cut);
    arriving.end();
    await assert.rejects(read.promise, cut);
    await assert.rejects(textsOf([three.id]), cut);
  });
});
