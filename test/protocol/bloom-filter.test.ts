import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { ObjectId } from '../../store/index.ts';
import { BloomFilter, bloomParameters } from '../../protocol/index.ts';
import { fixturePath } from '../support/fixture-path.ts';
import { SeededRandom } from '../../simulations/index.ts';

type Vectors = {
  readonly parameters: readonly { idCount: number; bitCount: number; hashCount: number }[];
  readonly indexes: readonly {
    id: ObjectId;
    bitCount: number;
    hashCount: number;
    indexes: number[];
  }[];
  readonly refused: readonly {
    comment: string;
    bitCount: number;
    hashCount: number;
    idCount: number;
    bits: string;
  }[];
};

const vectors = JSON.parse(readFileSync(fixturePath('vectors/bloom.json'), 'utf8')) as Vectors;

function setBits(bits: Uint8Array): number[] {
  const indexes: number[] = [];
  bits.forEach((byte, at) => {
    for (let bit = 0; bit < 8; bit++) if ((byte & (1 << bit)) !== 0) indexes.push(at * 8 + bit);
  });
  return indexes;
}

function randomIds(random: SeededRandom, count: number): ObjectId[] {
  return Array.from({ length: count }, () => random.bytes(32).toString('hex') as ObjectId);
}

describe('a Bloom filter', () => {
  it('has the documented size for a number of ids', () => {
    for (const { idCount, bitCount, hashCount } of vectors.parameters) {
      assert.deepEqual(bloomParameters(idCount), { bitCount, hashCount });
    }
  });

  it('sets the documented bits, lowest bit of a byte first', () => {
    for (const { id, bitCount, hashCount, indexes } of vectors.indexes) {
      const filter = BloomFilter.create({ bitCount, hashCount });
      filter.add(id);
      const expected = [...new Set(indexes)].sort((a, b) => a - b);
      assert.deepEqual(setBits(filter.toMessage().bits), expected);
    }
  });

  it('never says that an id it was given is absent', () => {
    const ids = randomIds(new SeededRandom(3), 5_000);
    const filter = BloomFilter.create(bloomParameters(ids.length));
    for (const id of ids) filter.add(id);
    assert.ok(ids.every((id) => filter.has(id)));
  });

  it('errs for about one absent id in a hundred', () => {
    const random = new SeededRandom(4);
    const filter = BloomFilter.create(bloomParameters(5_000));
    for (const id of randomIds(random, 5_000)) filter.add(id);
    const wrong = randomIds(random, 20_000).filter((id) => filter.has(id)).length;
    assert.ok(wrong > 100 && wrong < 320, `${wrong} of 20,000`);
  });

  it('reads ids as text and as bytes alike', () => {
    const filter = BloomFilter.create(bloomParameters(10));
    const [id] = randomIds(new SeededRandom(5), 1);
    const bytes = Buffer.concat([Buffer.alloc(7), Buffer.from(id!, 'hex')]);
    filter.addBytes(bytes, 7);
    assert.ok(filter.has(id!));
    assert.ok(filter.hasBytes(bytes, 7));
  });

  it('is the same after it has travelled', () => {
    const ids = randomIds(new SeededRandom(6), 100);
    const filter = BloomFilter.create(bloomParameters(ids.length));
    for (const id of ids) filter.add(id);
    const copy = BloomFilter.fromMessage(filter.toMessage());
    assert.equal(copy.idCount, 100);
    assert.ok(ids.every((id) => copy.has(id)));
  });

  it('may be empty: then nothing is there', () => {
    const empty = BloomFilter.create(bloomParameters(0));
    const copy = BloomFilter.fromMessage(empty.toMessage());
    assert.equal(copy.has('00'.repeat(32) as ObjectId), false);
  });

  it('stays below one frame however many ids there are', () => {
    const { bitCount, hashCount } = bloomParameters(1_000_000_000);
    assert.ok(bitCount / 8 < 16 * 1024 * 1024);
    assert.equal(hashCount, 1);
  });

  for (const { comment, bits, ...fields } of vectors.refused) {
    it(`is refused with ${comment}`, () => {
      assert.throws(() => BloomFilter.fromMessage({ ...fields, bits: Buffer.from(bits, 'hex') }), {
        code: 'DITS_PROTOCOL_INVALID_MESSAGE',
      });
    });
  }
});
