/** Compressed payloads and records: one zstd frame, inflated within a limit. The first two bytes give the limit in units of 64. */
import { compress, decompress, decompressWithin } from '../../../store/index.ts';
import { inspectZstdFrame } from '../../../store/compression/zstd-frame.ts';
import { changeBytes } from '../mutate/byte-mutations.ts';
import { behind } from '../mutate/mutation.ts';
import { checkRefusal, mustEqual, mustHold, type FuzzTarget } from '../target.ts';

const CODES = ['DITS_STORE_BAD_COMPRESSION'];
const LIMIT_UNIT_BYTES = 64;

const texts = [
  'take after take '.repeat(200),
  'x'.repeat(40_000),
  JSON.stringify(process.versions).repeat(6),
];
const packed = await Promise.all(texts.map((text) => compress(Buffer.from(text))));

async function refusable(work: Promise<Buffer>): Promise<Buffer | undefined> {
  try {
    return await work;
  } catch (error) {
    checkRefusal(error, CODES);
    return undefined;
  }
}

export const compressionTarget: FuzzTarget = {
  name: 'compression',
  covers: 'zstd frames: what they claim, and inflating them',
  seeds: () => packed.map((frame) => Buffer.concat([Buffer.of(4, 0), frame!])),
  mutations: [behind(2, changeBytes)],
  dictionary: [Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), Buffer.from([0x50, 0x2a, 0x4d, 0x18])],
  sizeMaxBytes: 4 * 1024,
  async run(input) {
    const frame = input.subarray(2);
    const limit = input.length < 2 ? 0 : input.readUInt16BE(0) * LIMIT_UNIT_BYTES;
    const info = inspectZstdFrame(frame);
    const bytes = await refusable(decompressWithin(frame, limit));
    if (bytes === undefined) return false;
    mustHold(bytes.length <= limit, 'no more than the limit is inflated');
    mustHold(bytes.length <= (info?.outputMaxBytes ?? 0), 'no more than its blocks can hold');
    if (info?.contentSize !== undefined) mustEqual(bytes.length, info.contentSize, 'its own size');
    mustEqual(await decompress(frame, bytes.length), bytes, 'the same by its exact size');
    mustEqual(await refusable(decompress(frame, bytes.length + 1)), undefined, 'no other size');
    return true;
  },
};
