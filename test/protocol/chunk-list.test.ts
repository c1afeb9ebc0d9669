import assert from 'node:assert/strict';
import type { ChunkId } from '../../store/index.ts';
import { ChunkList, PROBES_MAX } from '../../protocol/swarm/chunk-list.ts';

const ID_DIGITS = 64;

function idOf(start: Buffer, number: number): ChunkId {
  const head = start.toString('hex');
  return (head + number.toString(16).padStart(ID_DIGITS - head.length, '0')) as ChunkId;
}

function startAt(slot: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(slot);
  return bytes;
}

describe('the list of the chunks of a fetch', () => {
  it('finds what begins alike, and refuses ids of which too many do', () => {
    const list = new ChunkList();
    const alike = (number: number): ChunkId => idOf(startAt(7), number);
    for (let number = 0; number < PROBES_MAX; number++) list.add(alike(number), 1, false);
    assert.equal(list.indexOf(alike(PROBES_MAX - 1)), PROBES_MAX - 1);
    assert.equal([...list.indexesOf(startAt(7))].length, PROBES_MAX);
    assert.throws(() => list.add(alike(PROBES_MAX), 1, false), { code: 'DITS_PROTOCOL_BAD_DATA' });
  });

  it('finds every chunk of ids that follow each other', () => {
    const list = new ChunkList();
    const count = 20_000;
    for (let slot = 0; slot < count; slot++) list.add(idOf(startAt(slot), 1), 1, false);
    for (let slot = 0; slot < count; slot++)
      assert.equal(list.indexOf(idOf(startAt(slot), 1)), slot);
    // One that is not there, at the beginning of the longest run, again and again.
    for (let round = 0; round < count; round++) {
      assert.equal(list.indexOf(idOf(startAt(0), 2)), undefined);
    }
  });
});
