import assert from 'node:assert/strict';
import {
  IndexMessageError,
  decodeBatch,
  encodeBatch,
} from '../../../store/index-db/index-messages.ts';
import type { ObjectId } from '../../../store/index.ts';

const ID = 'ab'.repeat(32) as ObjectId;
const SIZES = { rawSize: 10, storedSize: 10, kind: 'chunk', codec: 'none' } as const;

describe('a batch for the index', () => {
  const batch = {
    puts: [{ id: ID, location: { segment: 1, offset: 16, ...SIZES } }],
    deletes: [ID],
    watermarks: [],
    forgotten: [7],
  };

  it('is read as it was written', () => {
    assert.deepEqual(decodeBatch(encodeBatch(batch)), batch);
  });

  it('is refused when it is longer or shorter than it says', () => {
    const body = encodeBatch(batch);
    assert.throws(() => decodeBatch(Buffer.concat([body, Buffer.of(0)])), IndexMessageError);
    for (let size = 0; size < body.length; size++) {
      assert.throws(() => decodeBatch(body.subarray(0, size)), IndexMessageError, `${size} bytes`);
    }
  });

  it('is refused when a location makes no sense', () => {
    const body = encodeBatch(batch);
    // The last byte of the location: a codec that there is not.
    const codecAt = 16 + 32 + 17;
    body[codecAt] = 0xff;
    assert.throws(() => decodeBatch(body), IndexMessageError);
  });
});
