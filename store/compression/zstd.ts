/** Compression of one object at a time: zstd, kept only when it pays, inflated only within bounds. */
import { createRequire } from 'node:module';
import { StoreError } from '../store-error.ts';
import { OBJECT_SIZE_MAX_BYTES } from '../object-store.ts';
import { inspectZstdFrame } from './zstd-frame.ts';

/** Smaller inputs stay as they are: the documented protocol forbids compressing them. */
const COMPRESSION_SIZE_MIN_BYTES = 1024;
/** A compressed form is kept only below this share of the original. */
const COMPRESSION_RATIO_MAX = 0.95;
/**
 * Most that the blocks of a frame may claim to regenerate, against what they may hold. An honest encoder may split its
 * input into blocks of less than 128 KiB each, of which the claim counts the full 128 KiB: four times leaves room for that.
 */
const INFLATE_CLAIM_FACTOR = 4;
/** The same for an input of few bytes: one full block. */
const INFLATE_CLAIM_MIN_BYTES: number = 128 * 1024;

type ZstdModule = typeof import('@mongodb-js/zstd');
let loaded: ZstdModule | undefined;

/** Loads the native module at first use, so that verbs which never compress do not pay for it. */
function zstd(): ZstdModule {
  loaded ??= createRequire(import.meta.url)('@mongodb-js/zstd') as ZstdModule;
  return loaded;
}

/** The compressed form, or undefined when it would not pay. Runs on the thread pool. */
export async function compress(bytes: Uint8Array): Promise<Buffer | undefined> {
  if (bytes.length < COMPRESSION_SIZE_MIN_BYTES) return undefined;
  const packed = await zstd().compress(asBuffer(bytes));
  return packed.length < bytes.length * COMPRESSION_RATIO_MAX ? packed : undefined;
}

/**
 * Inflates one zstd frame that must hold exactly `rawSize` bytes.
 * @throws StoreError DITS_STORE_BAD_COMPRESSION when it is not one frame, claims another size, or does not inflate
 */
export async function decompress(packed: Uint8Array, rawSize: number): Promise<Buffer> {
  if (rawSize > OBJECT_SIZE_MAX_BYTES) throw badCompression(`${rawSize} bytes were declared`);
  const declared = inspectZstdFrame(packed)?.contentSize;
  if (declared !== undefined && declared !== rawSize) {
    throw badCompression(`holds ${declared} bytes, ${rawSize} were declared`);
  }
  const bytes = await decompressWithin(packed, rawSize);
  if (bytes.length !== rawSize) {
    throw badCompression(`holds ${bytes.length} bytes, ${rawSize} were declared`);
  }
  return bytes;
}

/**
 * Inflates one zstd frame that holds at most `sizeMaxBytes` bytes.
 * @throws StoreError DITS_STORE_BAD_COMPRESSION when it is not one frame, holds more, or does not inflate
 */
export async function decompressWithin(packed: Uint8Array, sizeMaxBytes: number): Promise<Buffer> {
  const frame = inspectZstdFrame(packed);
  if (frame === undefined) throw badCompression('not a single zstd frame');
  const claimMaxBytes = Math.max(INFLATE_CLAIM_MIN_BYTES, INFLATE_CLAIM_FACTOR * sizeMaxBytes);
  if ((frame.contentSize ?? 0) > sizeMaxBytes || frame.outputMaxBytes > claimMaxBytes) {
    throw badCompression(`claims more than ${sizeMaxBytes} bytes`);
  }
  const bytes = await zstd()
    .decompress(asBuffer(packed))
    .catch((cause: unknown) => {
      throw badCompression('the frame is damaged', cause);
    });
  if (bytes.length > sizeMaxBytes) {
    throw badCompression(`holds ${bytes.length} bytes, at most ${sizeMaxBytes} are allowed`);
  }
  // The decompressor does not mind a frame that holds less, or nothing, where it declares more.
  if (frame.contentSize !== undefined && frame.contentSize !== bytes.length) {
    throw badCompression(`holds ${bytes.length} bytes, its header says ${frame.contentSize}`);
  }
  return bytes;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function badCompression(what: string, cause?: unknown): StoreError {
  return new StoreError('DITS_STORE_BAD_COMPRESSION', `compressed data refused: ${what}`, {
    hint: 'run `dits fsck` where the data came from',
    cause,
  });
}
