import assert from 'node:assert/strict';
import {
  CHUNK_PROFILES,
  CHUNK_SIZE_MAX_BYTES,
  chooseProfile,
  profileByNumber,
} from '../../../store/chunking/chunk-profiles.ts';
import { OBJECT_SIZE_MAX_BYTES } from '../../../store/object-store.ts';
import { noise } from '../../support/described-bytes.ts';

const KIB = 1024;
const MIB = 1024 * KIB;
const text = Buffer.from('<clip id="1" in="0" out="24"/>\n'.repeat(1000));
const binary = Buffer.concat([Buffer.alloc(1000), text]);
const compressed = noise('00000000000000cc', 64 * KIB);

describe('chunk profiles', () => {
  it('are numbered from 1 without a gap, and known by their number', () => {
    for (const [index, profile] of CHUNK_PROFILES.entries()) {
      assert.equal(profile.number, index + 1);
      assert.equal(profileByNumber(profile.number), profile);
    }
    assert.equal(profileByNumber(0), undefined);
    assert.equal(profileByNumber(CHUNK_PROFILES.length + 1), undefined);
  });

  it('have rising sizes that fit an object', () => {
    for (const { minBytes, averageBytes, maxBytes } of CHUNK_PROFILES) {
      assert.ok(minBytes >= KIB && minBytes < averageBytes && averageBytes < maxBytes);
      assert.ok(maxBytes <= CHUNK_SIZE_MAX_BYTES);
    }
    assert.ok(CHUNK_SIZE_MAX_BYTES <= OBJECT_SIZE_MAX_BYTES);
  });

  it('cut text finely, whatever its encoding, unless it is very long', () => {
    assert.equal(chooseProfile({ size: 40 * MIB, head: text }).name, 'fine');
    const umlauts = Buffer.from('Schnittfassung für München\t1\r\n'.repeat(99), 'latin1');
    assert.equal(chooseProfile({ size: 40 * MIB, head: umlauts }).name, 'fine');
    assert.equal(chooseProfile({ size: 1024 * MIB, head: text }).name, 'media');
  });

  it('cut small compressible data finely, and uncompressed frames like media', () => {
    assert.equal(chooseProfile({ size: 256 * KIB, head: binary }).name, 'fine');
    assert.equal(chooseProfile({ size: MIB, head: binary }).name, 'media');
    assert.equal(chooseProfile({ size: 50 * MIB, head: binary }).name, 'media');
  });

  it('cut compressed data like media', () => {
    assert.equal(chooseProfile({ size: MIB, head: compressed }).name, 'media');
    assert.equal(chooseProfile({ size: 1024 * MIB, head: compressed }).name, 'media');
    assert.equal(
      chooseProfile({ size: 8 * KIB, head: compressed.subarray(0, 8 * KIB) }).name,
      'media',
    );
  });

  it('cut documents that are saved again and again finely, unless they are big', () => {
    const starts = ['BLENDER-v304', '8BPS\x00\x01', 'RIFF\x00\x00\x00\x02WAVEfmt '];
    for (const start of starts) {
      const head = Buffer.concat([Buffer.from(start, 'latin1'), compressed]);
      assert.equal(chooseProfile({ size: 40 * MIB, head }).name, 'fine');
      assert.equal(chooseProfile({ size: 100 * MIB, head }).name, 'media');
    }
    const other = Buffer.concat([
      Buffer.from('RIFF\x00\x00\x00\x02AVI LIST', 'latin1'),
      compressed,
    ]);
    assert.equal(chooseProfile({ size: 40 * MIB, head: other }).name, 'media');
  });

  it('do not look into a file that is one chunk under any of them', () => {
    assert.equal(chooseProfile({ size: 0, head: new Uint8Array(0) }).name, 'fine');
    const head = compressed.subarray(0, 4 * KIB);
    assert.equal(chooseProfile({ size: head.length, head }).name, 'fine');
  });

  it('cut huge files coarsely, whatever is in them', () => {
    assert.equal(chooseProfile({ size: 100 * 1024 * MIB, head: text }).name, 'huge');
    assert.equal(chooseProfile({ size: 100 * 1024 * MIB, head: compressed }).name, 'huge');
  });
});
