import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { CHUNK_PROFILES, type ChunkProfile } from '../../../store/chunking/chunk-profiles.ts';
import type { Chunker } from '../../../store/chunking/chunker.ts';
import { fastCdcMasks } from '../../../store/chunking/fastcdc-masks.ts';
import { createReferenceChunker, gearTable } from '../../../store/chunking/fastcdc-reference.ts';
import { createWasmChunker } from '../../../store/chunking/fastcdc-wasm.ts';
import { describedBytes, noise, type DescribedPart } from '../../support/described-bytes.ts';
import { fixturePath } from '../../support/fixture-path.ts';

type Vectors = {
  gear: Record<string, string>;
  profiles: (ChunkProfile & { strictMask: string; looseMask: string })[];
  cases: { comment: string; profile: number; input: DescribedPart[]; cuts: number[] }[];
};

const vectors = JSON.parse(readFileSync(fixturePath('vectors/fastcdc.json'), 'utf8')) as Vectors;
const implementations = [
  { name: 'the WebAssembly chunker', create: createWasmChunker },
  { name: 'the reference chunker', create: createReferenceChunker },
];

/** Small sizes, so that short random inputs hold many chunks. */
const TINY: ChunkProfile = {
  number: 0,
  name: 'tiny',
  minBytes: 16,
  averageBytes: 64,
  normalizationBits: 1,
  maxBytes: 256,
};
/** Chunks of nearly one size, so that a slice of the compiled code holds as many cuts as it has room for. */
const KIBIBYTE: ChunkProfile = { ...TINY, minBytes: 1024, averageBytes: 1024, maxBytes: 1025 };

/** Cuts of an input fed in pieces, as offsets into the whole. */
function cutsInPieces(chunker: Chunker, pieces: readonly Uint8Array[]): number[] {
  const ends: number[] = [];
  let start = 0;
  for (const [index, piece] of pieces.entries()) {
    for (const end of chunker.cuts(piece, index === pieces.length - 1)) ends.push(start + end);
    start += piece.length;
  }
  return ends;
}

function split(bytes: Uint8Array, points: readonly number[]): Uint8Array[] {
  const sorted = points.map((point) => point % (bytes.length + 1)).sort((a, b) => a - b);
  const bounds = [0, ...sorted, bytes.length];
  return bounds.slice(1).map((bound, index) => bytes.subarray(bounds[index], bound));
}

describe('FastCDC', () => {
  it('uses the published gear table', () => {
    const gear = gearTable().map((value) => value.toString(16).padStart(16, '0'));
    assert.equal(gear.length, 256);
    assert.equal(gear[0], '8c10cc68e1903e93');
    assert.equal(gear[255], '9cca7c7361a3e09d');
    for (const [index, value] of Object.entries(vectors.gear)) {
      assert.equal(gear[Number(index)], value);
    }
  });

  it('has the profiles and masks of the vectors', () => {
    const described = CHUNK_PROFILES.map((profile) => {
      const { strict, loose } = fastCdcMasks(profile);
      return { ...profile, strictMask: strict.toString(16), looseMask: loose.toString(16) };
    });
    const padded = described.map((profile) => ({
      ...profile,
      strictMask: profile.strictMask.padStart(16, '0'),
      looseMask: profile.looseMask.padStart(16, '0'),
    }));
    assert.deepEqual(padded, vectors.profiles);
  });

  it('leaves the top bit out of every mask, which two bytes a turn rely on', () => {
    for (const profile of CHUNK_PROFILES) {
      const { strict, loose } = fastCdcMasks(profile);
      assert.equal((strict | loose) >> 63n, 0n);
    }
  });

  for (const { name, create } of implementations) {
    describe(name, () => {
      for (const { comment, profile, input, cuts } of vectors.cases) {
        it(`cuts as the vector says: ${comment}`, () => {
          const chunker = create(CHUNK_PROFILES.find(({ number }) => number === profile)!);
          assert.deepEqual(chunker.cuts(describedBytes(input), true), cuts);
        });
      }

      it('starts afresh after the last piece of an input', () => {
        const chunker = create(TINY);
        const bytes = noise('00000000000000aa', 5000);
        const first = chunker.cuts(bytes, true);
        assert.deepEqual(chunker.cuts(bytes, true), first);
      });

      it('ends a chunk at offset 0 when the input turns out to have ended before', () => {
        const chunker = create(TINY);
        assert.deepEqual(chunker.cuts(new Uint8Array(10), false), []);
        assert.deepEqual(chunker.cuts(new Uint8Array(0), true), [0]);
      });

      it('ends no second chunk when the input ends on a cut', () => {
        const chunker = create({ ...TINY, averageBytes: 256, minBytes: 255 });
        const ends = chunker.cuts(new Uint8Array(256), false);
        assert.deepEqual(ends, [256]);
        assert.deepEqual(chunker.cuts(new Uint8Array(0), true), []);
      });

      it('keeps every chunk within the profile, and covers the input', () => {
        fc.assert(
          fc.property(fc.uint8Array({ maxLength: 4000 }), (bytes) => {
            const ends = create(TINY).cuts(bytes, true);
            assert.equal(ends.at(-1) ?? 0, bytes.length);
            for (const [index, end] of ends.entries()) {
              const size = end - (ends[index - 1] ?? 0);
              assert.ok(size <= TINY.maxBytes);
              if (index < ends.length - 1) assert.ok(size > TINY.minBytes);
            }
          }),
        );
      });
    });
  }

  it('gives the same cuts in both implementations, however the input is split', () => {
    const inputs = fc.oneof(
      fc.uint8Array({ maxLength: 6000, size: 'max' }),
      fc
        .tuple(fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }), fc.nat({ max: 20_000 }))
        .map(([seed, bytes]) => noise(seed.toString(16), bytes)),
    );
    fc.assert(
      fc.property(inputs, fc.array(fc.nat(), { maxLength: 6 }), (bytes, points) => {
        const whole = createReferenceChunker(TINY).cuts(bytes, true);
        const pieces = split(bytes, points);
        assert.deepEqual(cutsInPieces(createWasmChunker(TINY), pieces), whole);
        assert.deepEqual(cutsInPieces(createReferenceChunker(TINY), pieces), whole);
      }),
    );
  });

  it('gives the same cuts for inputs longer than the compiled code takes at once', () => {
    const bytes = noise('00000000deadbeef', 700_001);
    for (const profile of [CHUNK_PROFILES[0]!, KIBIBYTE]) {
      const whole = createReferenceChunker(profile).cuts(bytes, true);
      assert.deepEqual(createWasmChunker(profile).cuts(bytes, true), whole);
      const pieces = split(bytes, [1, 262_144, 262_145, 524_287]);
      assert.deepEqual(cutsInPieces(createWasmChunker(profile), pieces), whole);
    }
  });

  it('keeps chunkers that take turns apart', () => {
    const one = noise('0000000000000011', 30_000);
    const two = noise('0000000000000022', 30_000);
    const [first, second] = [createWasmChunker(TINY), createWasmChunker(CHUNK_PROFILES[0]!)];
    const cutsOne: number[] = [];
    const cutsTwo: number[] = [];
    for (let at = 0; at < 30_000; at += 1000) {
      const isLast = at === 29_000;
      cutsOne.push(...first.cuts(one.subarray(at, at + 1000), isLast).map((end) => at + end));
      cutsTwo.push(...second.cuts(two.subarray(at, at + 1000), isLast).map((end) => at + end));
    }
    assert.deepEqual(cutsOne, createReferenceChunker(TINY).cuts(one, true));
    assert.deepEqual(cutsTwo, createReferenceChunker(CHUNK_PROFILES[0]!).cuts(two, true));
  });

  it('finds the old cuts again soon after an insertion', () => {
    const old = noise('0000000000000077', 400_000);
    const edited = Buffer.concat([Buffer.from('inserted'), old]);
    const chunker = createWasmChunker(CHUNK_PROFILES[0]!);
    const before = chunker.cuts(old, true);
    const after = new Set(chunker.cuts(edited, true).map((end) => end - 'inserted'.length));
    const shared = before.filter((end) => after.has(end));
    assert.ok(shared.length >= before.length - 3, `${shared.length} of ${before.length} cuts`);
  });
});
