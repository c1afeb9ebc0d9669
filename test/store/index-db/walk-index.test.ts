import assert from 'node:assert/strict';
import type { ObjectId } from '../../../store/index.ts';
import {
  walkIndex,
  type IndexPage,
  type LocationIndex,
} from '../../../store/index-db/location-index.ts';
import type { LocatedRecord } from '../../../store/segments/segment-format.ts';

function recordAt(at: number): LocatedRecord {
  const id = at.toString(16).padStart(64, '0') as ObjectId;
  const sizes = { rawSize: 1, storedSize: 1 };
  return { id, location: { segment: 1, offset: at, kind: 'chunk', codec: 'none', ...sizes } };
}

/** An index of these pages, whatever was asked for; `asked` collects that. */
function indexOf(pages: readonly IndexPage[], asked: (ObjectId | undefined)[]): LocationIndex {
  let next = 0;
  return {
    page: (after: ObjectId | undefined) => {
      asked.push(after);
      return Promise.resolve(pages[next++]!);
    },
  } as Partial<LocationIndex> as LocationIndex;
}

describe('a walk through the index', () => {
  it('goes on behind the last id of each page until there is no more', async () => {
    const [one, two, three] = [recordAt(1), recordAt(2), recordAt(3)];
    const asked: (ObjectId | undefined)[] = [];
    const pages = [
      { records: [one, two], more: true },
      { records: [three], more: false },
    ];
    const found: LocatedRecord[] = [];
    for await (const records of walkIndex(indexOf(pages, asked))) found.push(...records);
    assert.deepEqual(found, [one, two, three]);
    assert.deepEqual(asked, [undefined, two.id]);
  });

  it('ends at a page of nothing that promises more', async () => {
    const pages = [{ records: [], more: true }];
    for await (const records of walkIndex(indexOf(pages, []))) assert.fail(String(records.length));
  });
});
