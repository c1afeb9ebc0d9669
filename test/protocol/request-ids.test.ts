import assert from 'node:assert/strict';
import { RequestIds } from '../../protocol/session/request-ids.ts';

describe('the ids of requests', () => {
  it('may come in any order, each once', () => {
    const ids = new RequestIds();
    for (const id of [3, 1, 2]) ids.use(id);
    assert.throws(() => ids.use(1), { code: 'DITS_PROTOCOL_INVALID_MESSAGE' });
    assert.throws(() => ids.use(0), { code: 'DITS_PROTOCOL_INVALID_MESSAGE' });
  });

  it('are remembered in bounded memory: one far behind the others counts as used', () => {
    const ids = new RequestIds();
    for (let id = 10; id < 10_000; id++) ids.use(id);
    for (const used of [1, 10, 9_999]) {
      assert.throws(() => ids.use(used), { code: 'DITS_PROTOCOL_INVALID_MESSAGE' });
    }
    ids.use(10_000);
  });
});
