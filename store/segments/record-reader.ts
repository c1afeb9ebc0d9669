/** Reads records from segments: neighbours in one system call, every record verified before it is handed on. */
import { decompress } from '../compression/zstd.ts';
import { objectId } from '../hash/blake3.ts';
import type { ObjectKind } from '../ids.ts';
import type { Codec, ObjectRecord, ReadOptions, StoredObject } from '../object-store.ts';
import { StoreError } from '../store-error.ts';
import type { SegmentFiles } from './segment-files.ts';
import {
  RECORD_HEADER_BYTES,
  checksum,
  decodeRecordHeader,
  recordBytes,
  type LocatedRecord,
} from './segment-format.ts';

/** Most bytes of one read, unless a single record is longer. */
const SPAN_MAX_BYTES: number = 2 * 1024 * 1024;
/** A hole up to here is read over: on a disk, 32 KiB cost less than another call. */
const HOLE_MAX_BYTES: number = 32 * 1024;
/** Reads in flight: as many as libuv has threads by default. */
const CONCURRENT_READS = 4;

/** What became of one wanted record; `undefined` when its place does not hold it (any more). */
export type ReadRecord = ObjectRecord | undefined;

type Wanted = { readonly position: number; readonly record: LocatedRecord };
type Span = {
  readonly segment: number;
  readonly offset: number;
  end: number;
  readonly wanted: Wanted[];
};

/**
 * Reads the records at these places, in input order. A plain chunk is verified against its id, any other payload
 * against its checksum (`verifiesChunks`: plain chunks are not). Payloads of neighbours share memory, which is the caller's.
 * @throws StoreError DITS_STORE_IO
 */
export async function readRecords(
  files: SegmentFiles,
  places: readonly LocatedRecord[],
  options: ReadOptions = {},
): Promise<ReadRecord[]> {
  const {
    signal,
    verifiesChunks,
    allocate = (bytes: number) => Buffer.allocUnsafeSlow(bytes),
  } = options;
  const results = new Array<ReadRecord>(places.length).fill(undefined);
  const spans = planSpans(places);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let span = spans[next++]; span !== undefined; span = spans[next++]) {
      signal?.throwIfAborted();
      const target = { span, bytes: allocate(span.end - span.offset) };
      await readSpan(files, target, (record) => isIntact(record, verifiesChunks), results);
    }
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENT_READS, spans.length) }, worker));
  return results;
}

/** The record, as `readRecords` gave it, with its bytes inflated and its id verified. @throws StoreError DITS_STORE_CORRUPT */
export async function inflateRecord(record: ObjectRecord): Promise<StoredObject> {
  const { id, kind, codec, rawSize, stored } = record;
  if (isPlainChunk(record)) return { id, kind, bytes: stored };
  let bytes: Uint8Array;
  try {
    bytes = codec === 'none' ? stored : await decompress(stored, rawSize);
  } catch (cause) {
    throw corruptObject(record, cause);
  }
  if (objectId(kind, bytes) !== id) throw corruptObject(record);
  return { id, kind, bytes };
}

function corruptObject(record: ObjectRecord, cause?: unknown): StoreError {
  return new StoreError('DITS_STORE_CORRUPT', `object ${record.id} does not match its id`, {
    hint: 'run `dits fsck --repair`',
    details: { id: record.id },
    cause,
  });
}

function planSpans(places: readonly LocatedRecord[]): Span[] {
  const sorted = places
    .map((record, position): Wanted => ({ position, record }))
    .sort(({ record: { location: a } }, { record: { location: b } }) =>
      a.segment === b.segment ? a.offset - b.offset : a.segment - b.segment,
    );
  const spans: Span[] = [];
  for (const wanted of sorted) {
    const { segment, offset } = wanted.record.location;
    const end = offset + recordBytes(wanted.record.location);
    const last = spans.at(-1);
    const joins =
      last?.segment === segment &&
      offset <= last.end + HOLE_MAX_BYTES &&
      end - last.offset <= SPAN_MAX_BYTES;
    if (joins) {
      last.end = Math.max(last.end, end);
      last.wanted.push(wanted);
    } else {
      spans.push({ segment, offset, end, wanted: [wanted] });
    }
  }
  return spans;
}

async function readSpan(
  files: SegmentFiles,
  { span, bytes }: { span: Span; bytes: Buffer },
  isIntact: (record: FoundRecord) => boolean,
  results: ReadRecord[],
): Promise<void> {
  await files.use(span.segment, async (file) => {
    if (file === undefined) return;
    const filled = await file.read(bytes, span.offset);
    const window = bytes.subarray(0, filled);
    for (const { position, record } of span.wanted) {
      const found = extractRecord(window, record.location.offset - span.offset, record);
      if (found !== undefined && isIntact(found)) results[position] = found.record;
    }
  });
}

type FoundRecord = { readonly record: ObjectRecord; readonly payloadChecksum: Buffer };

/** The record at `at`, undefined when something else, or a damaged header, is there. */
function extractRecord(window: Buffer, at: number, wanted: LocatedRecord): FoundRecord | undefined {
  const header = decodeRecordHeader(window, at);
  if (header?.id !== wanted.id || header.kind !== wanted.location.kind) return undefined;
  const start = at + RECORD_HEADER_BYTES;
  const stored = window.subarray(start, start + header.storedSize);
  if (stored.length !== header.storedSize) return undefined;
  const { id, kind, codec, rawSize, payloadChecksum } = header;
  return { record: { id, kind, codec, rawSize, stored }, payloadChecksum };
}

function isIntact({ record, payloadChecksum }: FoundRecord, verifiesChunks = false): boolean {
  const { id, stored } = record;
  if (!isPlainChunk(record)) return checksum(stored).equals(payloadChecksum);
  return verifiesChunks || objectId('chunk', stored) === id;
}

/** Whether the stored payload is what the id is the hash of, so that one hash verifies both. */
function isPlainChunk({ kind, codec }: { kind: ObjectKind; codec: Codec }): boolean {
  return kind === 'chunk' && codec === 'none';
}
