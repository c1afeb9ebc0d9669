import assert from 'node:assert/strict';
import { compress, decompress, decompressWithin } from '../../../store/compression/zstd.ts';
import { inspectZstdFrame } from '../../../store/compression/zstd-frame.ts';

const KIB = 1024;
const BAD = { code: 'DITS_STORE_BAD_COMPRESSION' };
const MAGIC = [0x28, 0xb5, 0x2f, 0xfd];
const RAW = 0;
const RLE = 1;
const RESERVED = 3;

/** A block of this type that says it is the last one, and its content. */
function lastBlock(type: number, size: number, content: Uint8Array): Buffer {
  const header = Buffer.alloc(3);
  header.writeUIntLE((size << 3) | (type << 1) | 1, 0, 3);
  return Buffer.concat([header, content]);
}

/** A frame by RFC 8878: descriptor, the fields that it promises, blocks. */
function frameOf(descriptor: number, fields: readonly number[], ...blocks: Buffer[]): Buffer {
  return Buffer.concat([Buffer.from([...MAGIC, descriptor, ...fields]), ...blocks]);
}

const WINDOW = 0x50;
const SINGLE_SEGMENT = 0x20;
const CHECKSUM = 0x04;
const BLOCK = lastBlock(RAW, 3, Buffer.from('abc'));

describe('a look at a zstd frame', () => {
  it('reads every form in which a frame says its size', () => {
    const sizes: readonly (readonly [Buffer, number | undefined])[] = [
      [frameOf(0, [WINDOW], BLOCK), undefined],
      [frameOf(SINGLE_SEGMENT, [3], BLOCK), 3],
      [frameOf(0x40, [WINDOW, 0, 1], BLOCK), 512],
      [frameOf(0x80, [WINDOW, 0, 0, 1, 0], BLOCK), 65_536],
      [frameOf(0xc0, [WINDOW, 0, 0, 0, 0, 1, 0, 0, 0], BLOCK), 2 ** 32],
    ];
    for (const [frame, contentSize] of sizes) {
      assert.deepEqual(inspectZstdFrame(frame), { contentSize, outputMaxBytes: 3 });
    }
  });

  it('counts what blocks can become, and passes over a checksum', () => {
    const rle = frameOf(CHECKSUM, [WINDOW], lastBlock(RLE, 100_000, Buffer.of(7)), Buffer.alloc(4));
    assert.deepEqual(inspectZstdFrame(rle), { contentSize: undefined, outputMaxBytes: 100_000 });
  });

  it('takes nothing else for a frame', () => {
    const others: readonly Buffer[] = [
      Buffer.from(MAGIC),
      Buffer.alloc(20),
      // A reserved bit, and a dictionary.
      frameOf(0x08, [WINDOW], BLOCK),
      frameOf(0x01, [WINDOW, 9], BLOCK),
      // Cut in the size, before a block, and in one.
      frameOf(0xc0, [WINDOW, 0, 0]),
      frameOf(0, [WINDOW, 1]),
      frameOf(0, [WINDOW], BLOCK.subarray(0, 5)),
      // Bytes behind the end, or a checksum that is not there.
      frameOf(0, [WINDOW], BLOCK, Buffer.alloc(1)),
      frameOf(CHECKSUM, [WINDOW], BLOCK),
      frameOf(0, [WINDOW], lastBlock(RESERVED, 3, Buffer.from('abc'))),
      frameOf(0, [WINDOW], lastBlock(RLE, 128 * KIB + 1, Buffer.of(7))),
    ];
    for (const other of others) assert.equal(inspectZstdFrame(other), undefined);
  });
});

describe('decompression', () => {
  it('gives back what was compressed, and nothing of another size', async () => {
    const bytes = Buffer.alloc(100 * KIB, 'dits ');
    const packed = await compress(bytes);
    assert.ok(packed !== undefined);
    assert.deepEqual(await decompress(packed, bytes.length), bytes);
    await assert.rejects(decompress(packed, bytes.length - 1), BAD);
    await assert.rejects(decompress(packed, 2 ** 32), BAD);
    await assert.rejects(decompressWithin(packed, 10), BAD);
  });

  it('finds out that a frame holds other than was declared where it does not say itself', async () => {
    const frame = frameOf(0, [WINDOW], BLOCK);
    assert.deepEqual(await decompress(frame, 3), Buffer.from('abc'));
    await assert.rejects(decompress(frame, 4), BAD);
    await assert.rejects(decompressWithin(frame, 2), BAD);
    const declared = frameOf(SINGLE_SEGMENT, [3], BLOCK);
    assert.deepEqual(await decompress(declared, 3), Buffer.from('abc'));
    await assert.rejects(decompress(declared, 4), BAD);
    await assert.rejects(decompressWithin(declared, 2), BAD);
    await assert.rejects(decompressWithin(frameOf(SINGLE_SEGMENT, [4], BLOCK), 10), BAD);
  });

  it('refuses damage', async () => {
    const packed = (await compress(Buffer.alloc(100 * KIB, 'dits ')))!;
    const damaged = Buffer.from(packed);
    damaged.fill(0xff, damaged.length - 4);
    await assert.rejects(decompressWithin(damaged, 100 * KIB), BAD);
    await assert.rejects(decompress(Buffer.from('no frame'), 8), BAD);
  });
});
