import assert from 'node:assert/strict';
import { PayloadPool } from '../../protocol/frames/payload-pool.ts';

const KIB = 1024;

describe('PayloadPool', () => {
  it('gives the memory of a big payload out again', () => {
    const pool = new PayloadPool();
    const first = pool.take(1024 * KIB);
    pool.give(first);
    const second = pool.take(900 * KIB);
    assert.equal(second.length, 900 * KIB);
    assert.equal(second.buffer, first.buffer);
  });

  it('never gives the same memory out twice at a time', () => {
    const pool = new PayloadPool();
    assert.notEqual(pool.take(1024 * KIB).buffer, pool.take(1024 * KIB).buffer);
  });

  it('holds at most three times what was asked for, whatever the length', () => {
    const pool = new PayloadPool();
    for (const length of [1, 100, 4 * KIB, 511 * KIB, 512 * KIB, 1536 * KIB, 16 * 1024 * KIB]) {
      const payload = pool.take(length);
      assert.equal(payload.length, length);
      assert.ok(payload.buffer.byteLength <= 3 * length, `${length} bytes`);
      pool.give(payload);
    }
  });

  it('keeps nothing after it was cleared', () => {
    const pool = new PayloadPool();
    const first = pool.take(1024 * KIB);
    pool.give(first);
    pool.clear();
    assert.notEqual(pool.take(1024 * KIB).buffer, first.buffer);
  });
});
