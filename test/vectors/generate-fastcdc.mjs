// Writes fastcdc.json from the reference chunker. Run after a build: node test/vectors/generate-fastcdc.mjs
// The file is committed and only ever extended: a changed cut point changes what every store and peer deduplicates.
import { writeFileSync } from 'node:fs';
import { CHUNK_PROFILES, profileByNumber } from '../../dist/store/chunking/chunk-profiles.js';
import { fastCdcMasks } from '../../dist/store/chunking/fastcdc-masks.js';
import { createReferenceChunker, gearTable } from '../../dist/store/chunking/fastcdc-reference.js';
import { describedBytes } from '../../dist/test/support/described-bytes.js';

const KIB = 1024;
const hex = (value) => value.toString(16).padStart(16, '0');
const noise = (seed, bytes) => ({ kind: 'noise', seed, bytes });
const repeat = (text, bytes) => ({ kind: 'repeat', hex: text, bytes });
const line = Buffer.from('  <clip id="4711" in="86400" out="90000" track="V1"/>\n').toString('hex');

const inputs = [
  ['nothing at all has no chunk', 1, []],
  ['one byte is one chunk', 1, [repeat('00', 1)]],
  ['exactly the smallest size is one chunk', 1, [noise('0000000000000001', 4 * KIB)]],
  ['one byte past the smallest size', 1, [noise('0000000000000001', 4 * KIB + 1)]],
  ['noise, fine', 1, [noise('0123456789abcdef', 300_000)]],
  ['noise, media', 2, [noise('0123456789abcdef', 900_000)]],
  ['noise, huge', 3, [noise('fedcba9876543210', 3_000_000)]],
  ['zeros never match: chunks of the largest size', 1, [repeat('00', 200_000)]],
  ['all ones', 2, [repeat('ff', 600_000)]],
  ['one line of text over and over', 1, [repeat(line, 200_000)]],
  ['noise around a run of zeros', 1, [noise('1', 50_000), repeat('00', 150_000), noise('2', 50_000)]],
  ['the same with a byte inserted at the head', 1, [repeat('41', 1), noise('1', 50_000), repeat('00', 150_000), noise('2', 50_000)]],
].map(([comment, profile, input]) => [
  comment,
  profile,
  input.map((part) => (part.seed ? { ...part, seed: part.seed.padStart(16, '0') } : part)),
]);

const gear = gearTable();
const document = {
  comment: 'Content-defined cut points: offsets after the last byte of each chunk.',
  spec: 'docs/store-format.md, "Chunking" and "Chunker profiles"; parts of an input: test/support/described-bytes.ts',
  gear: Object.fromEntries([0, 1, 2, 3, 254, 255].map((index) => [index, hex(gear[index])])),
  profiles: CHUNK_PROFILES.map((profile) => {
    const { strict, loose } = fastCdcMasks(profile);
    return { ...profile, strictMask: hex(strict), looseMask: hex(loose) };
  }),
  cases: inputs.map(([comment, number, input]) => ({
    comment,
    profile: number,
    input,
    cuts: createReferenceChunker(profileByNumber(number)).cuts(describedBytes(input), true),
  })),
};
writeFileSync(new URL('fastcdc.json', import.meta.url), `${JSON.stringify(document, null, 1)}\n`);
