/**
 * Reads just enough of a zstd frame (RFC 8878, section 3) to know, before inflating, how much memory it can take.
 * The decompressor we use has no output limit of its own: 8 KB of hostile input would otherwise become 256 MB.
 */

const MAGIC = 0xfd2fb528;
/** RFC 8878 section 3.1.1.2.4: no block regenerates more than this. */
const BLOCK_SIZE_MAX_BYTES: number = 128 * 1024;
const BLOCK_HEADER_BYTES = 3;
const BLOCK_TYPE = { raw: 0, rle: 1, compressed: 2 } as const;
/** Bytes of the Frame_Content_Size field by its 2-bit flag, when the frame is not a single segment. */
const CONTENT_SIZE_BYTES = [0, 2, 4, 8] as const;
const DICTIONARY_ID_BYTES = [0, 1, 2, 4] as const;

/** What a single well-formed frame promises. */
export type ZstdFrameInfo = {
  /** Declared size of the content, undefined when the frame does not say. */
  readonly contentSize: number | undefined;
  /** Most that its blocks can regenerate, in bytes. */
  readonly outputMaxBytes: number;
};

/** Describes the one frame that fills `bytes` exactly, or returns undefined when it is anything else. */
export function inspectZstdFrame(bytes: Uint8Array): ZstdFrameInfo | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength < 6 || view.getUint32(0, true) !== MAGIC) return undefined;
  const header = readFrameHeader(view);
  if (header === undefined) return undefined;
  const blocks = walkBlocks(view, header.blocksOffset);
  if (blocks === undefined) return undefined;
  const end = blocks.end + (header.hasChecksum ? 4 : 0);
  if (end !== view.byteLength) return undefined;
  return { contentSize: header.contentSize, outputMaxBytes: blocks.outputMaxBytes };
}

function readFrameHeader(
  view: DataView,
): { contentSize: number | undefined; hasChecksum: boolean; blocksOffset: number } | undefined {
  const descriptor = view.getUint8(4);
  const isSingleSegment = (descriptor & 0x20) !== 0;
  if ((descriptor & 0x08) !== 0) return undefined;
  let offset = 5 + (isSingleSegment ? 0 : 1);
  const dictionaryBytes = DICTIONARY_ID_BYTES[(descriptor & 3) as 0 | 1 | 2 | 3];
  if (dictionaryBytes !== 0) return undefined;
  const flag = (descriptor >> 6) as 0 | 1 | 2 | 3;
  const sizeBytes = flag === 0 && isSingleSegment ? 1 : CONTENT_SIZE_BYTES[flag];
  if (offset + sizeBytes > view.byteLength) return undefined;
  const contentSize = readContentSize(view, offset, sizeBytes);
  offset += sizeBytes;
  return { contentSize, hasChecksum: (descriptor & 0x04) !== 0, blocksOffset: offset };
}

function readContentSize(view: DataView, offset: number, bytes: number): number | undefined {
  if (bytes === 1) return view.getUint8(offset);
  // RFC 8878 section 3.1.1.1.4: the two-byte form counts from 256.
  if (bytes === 2) return view.getUint16(offset, true) + 256;
  if (bytes === 4) return view.getUint32(offset, true);
  if (bytes === 8) return Number(view.getBigUint64(offset, true));
  return undefined;
}

function walkBlocks(
  view: DataView,
  start: number,
): { end: number; outputMaxBytes: number } | undefined {
  let offset = start;
  let outputMaxBytes = 0;
  for (;;) {
    if (offset + BLOCK_HEADER_BYTES > view.byteLength) return undefined;
    const header = view.getUint16(offset, true) | (view.getUint8(offset + 2) << 16);
    const type = (header >> 1) & 3;
    const size = header >> 3;
    offset += BLOCK_HEADER_BYTES;
    if (type === BLOCK_TYPE.compressed) outputMaxBytes += BLOCK_SIZE_MAX_BYTES;
    else if (type === BLOCK_TYPE.raw || type === BLOCK_TYPE.rle) outputMaxBytes += size;
    else return undefined;
    if (size > BLOCK_SIZE_MAX_BYTES) return undefined;
    offset += type === BLOCK_TYPE.rle ? 1 : size;
    if (offset > view.byteLength) return undefined;
    if ((header & 1) === 1) return { end: offset, outputMaxBytes };
  }
}
