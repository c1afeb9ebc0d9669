/**
 * Walks the records of a segment from front to back without an index: for crash recovery, rebuilding, fsck and sealing.
 * Damage does not stop the walk: it goes on at the next intact header.
 */
import type { BlobFile } from '../files/blob-files.ts';
import {
  RECORD_HEADER_BYTES,
  RECORD_MAGIC,
  SEGMENT_HEADER_BYTES,
  TRAILER_BYTES,
  checksum,
  decodeFooter,
  decodeRecordHeader,
  decodeTrailer,
  isSegmentHeader,
  recordBytes,
  type LocatedRecord,
  type Trailer,
} from './segment-format.ts';

/** Bytes read at once; a longer record is read by itself. */
const WINDOW_BYTES: number = 4 * 1024 * 1024;

/** Something found at a place of a segment. */
export type ScanItem =
  | {
      readonly type: 'record';
      readonly record: LocatedRecord;
      /** The payload matches its checksum. */
      readonly intact: boolean;
      /** Valid until the next batch is asked for. */
      readonly payload: Buffer;
    }
  | { readonly type: 'gap'; readonly offset: number; readonly bytes: number };

export type ScanRange = {
  readonly segment: number;
  readonly from: number;
  /** Where the records end: the footer, or the end of the file. */
  readonly end: number;
};

/** Items of the range in order, in batches of one window. Every byte of the range that is there belongs to exactly one item. */
export async function* scanSegment(
  file: BlobFile,
  range: ScanRange,
  signal?: AbortSignal,
): AsyncGenerator<readonly ScanItem[]> {
  let at = range.from;
  let windowBytes = WINDOW_BYTES;
  while (at < range.end) {
    signal?.throwIfAborted();
    const window = Buffer.allocUnsafe(Math.min(windowBytes, range.end - at));
    const filled = await file.read(window, at);
    // Another process may have cut off a torn tail meanwhile: what is there is all there is.
    const isCut = filled < window.length;
    const end = isCut ? at + filled : range.end;
    const parsed = parseWindow(window.subarray(0, filled), at, { ...range, end });
    if (parsed.items.length > 0) yield parsed.items;
    if (isCut) return;
    at += parsed.consumed;
    windowBytes = Math.max(WINDOW_BYTES, parsed.neededBytes);
  }
}

type ParsedWindow = {
  readonly items: ScanItem[];
  readonly consumed: number;
  /** Length of the window that the next record needs. */
  readonly neededBytes: number;
};

function parseWindow(window: Buffer, base: number, range: ScanRange): ParsedWindow {
  const items: ScanItem[] = [];
  const isLast = base + window.length >= range.end;
  let at = 0;
  while (at < window.length) {
    const header = decodeRecordHeader(window, at);
    if (header === undefined) {
      if (!isLast && at > 0 && window.length - at < RECORD_HEADER_BYTES) break;
      at = skipDamage(window, at, { base, isLast, items });
      continue;
    }
    const next = at + recordBytes(header);
    if (base + next > range.end) {
      at = skipDamage(window, at, { base, isLast, items });
      continue;
    }
    if (next > window.length) return { items, consumed: at, neededBytes: next - at };
    const { id, payloadChecksum, ...sizes } = header;
    const payload = window.subarray(at + RECORD_HEADER_BYTES, next);
    const location = { segment: range.segment, offset: base + at, ...sizes };
    const intact = checksum(payload).equals(payloadChecksum);
    items.push({ type: 'record', record: { id, location }, intact, payload });
    at = next;
  }
  return { items, consumed: at, neededBytes: 0 };
}

/** Records a gap from `at` to the next place where a header may start, and returns that place. */
function skipDamage(
  window: Buffer,
  at: number,
  context: { readonly base: number; readonly isLast: boolean; readonly items: ScanItem[] },
): number {
  const { base, isLast, items } = context;
  const found = window.indexOf(RECORD_MAGIC, at + 1);
  // A magic number may straddle the end of the window; its first bytes are then left for the next one.
  const undecided = isLast ? 0 : RECORD_MAGIC.length - 1;
  const end = found === -1 ? Math.max(at + 1, window.length - undecided) : found;
  const last = items.at(-1);
  if (last?.type === 'gap' && last.offset + last.bytes === base + at) {
    items[items.length - 1] = { type: 'gap', offset: last.offset, bytes: last.bytes + end - at };
  } else {
    items.push({ type: 'gap', offset: base + at, bytes: end - at });
  }
  return end;
}

/** The trailer of a sealed segment, undefined when there is none. */
export async function readTrailer(file: BlobFile, fileSize: number): Promise<Trailer | undefined> {
  if (fileSize < SEGMENT_HEADER_BYTES + TRAILER_BYTES) return undefined;
  const bytes = Buffer.alloc(TRAILER_BYTES);
  const filled = await file.read(bytes, fileSize - TRAILER_BYTES);
  return decodeTrailer(bytes.subarray(0, filled), fileSize);
}

/** The records that the footer lists, undefined when the footer is damaged. */
export async function readFooter(
  file: BlobFile,
  fileSize: number,
  sealed: { readonly trailer: Trailer; readonly segment: number },
): Promise<LocatedRecord[] | undefined> {
  const { trailer, segment } = sealed;
  return decodeFooter(await readFooterBytes(file, fileSize, trailer), trailer, segment);
}

/** The bytes where the footer should be, not yet checked. */
export async function readFooterBytes(
  file: BlobFile,
  fileSize: number,
  trailer: Trailer,
): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(fileSize - TRAILER_BYTES - trailer.footerOffset);
  const filled = await file.read(bytes, trailer.footerOffset);
  return bytes.subarray(0, filled);
}

/** Whether the file begins as this segment must. */
export async function hasSegmentHeader(file: BlobFile, segment: number): Promise<boolean> {
  const bytes = Buffer.alloc(SEGMENT_HEADER_BYTES);
  const filled = await file.read(bytes, 0);
  return isSegmentHeader(bytes.subarray(0, filled), segment);
}
