import assert from 'node:assert/strict';
import { IdSet, objectId, type ObjectId } from '../../../../store/index.ts';

describe('IdSet', () => {
  it('holds what was added and nothing else, through growth', () => {
    const set = new IdSet();
    const ids = Array.from({ length: 5000 }, (_, index) =>
      objectId('chunk', Buffer.from(`id ${index}`)),
    );
    for (const id of ids.slice(0, 4000)) assert.equal(set.add(id, 'chunk'), true);
    for (const id of ids.slice(0, 4000)) assert.equal(set.add(id, 'chunk'), false);
    assert.equal(set.size, 4000);
    ids.forEach((id, index) => assert.equal(set.has(id, 'chunk'), index < 4000));
    assert.equal(set.has(ids[0]!, 'tree'), false);
    assert.equal(set.add(ids[0]!, 'tree'), true);
  });

  it('holds ids that look like free slots or like one another', () => {
    const set = new IdSet();
    const zero = '0'.repeat(64) as ObjectId;
    assert.equal(set.has(zero, 'chunk'), false);
    assert.equal(set.add(zero, 'chunk'), true);
    assert.equal(set.add(zero, 'chunk'), false);
    assert.equal(set.has(zero, 'chunk'), true);
    const near = Array.from(
      { length: 2000 },
      (_, index) =>
        `${'ab'.repeat(12)}${index.toString(16).padStart(8, '0')}${'0'.repeat(32)}` as ObjectId,
    );
    for (const id of near) assert.equal(set.add(id, 'chunk'), true);
    for (const id of near) assert.equal(set.has(id, 'chunk'), true);
    assert.equal(set.size, 2001);
  });
});
