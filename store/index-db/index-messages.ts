/**
 * What processes that share an index say to each other (docs/store-format.md, "Index sharing"). Little-endian; a frame is
 * its length, a request number, a code, and a body of fixed-size items.
 */
import { ID_BYTES, type ObjectId } from '../ids.ts';
import type { LocatedRecord, Location } from '../segments/segment-format.ts';
import {
  LOCATION_BYTES,
  SEGMENT_NUMBER_BYTES,
  WATERMARK_BYTES,
  decodeLocation,
  decodeWatermark,
  encodeLocation,
  encodeWatermark,
} from './index-entry.ts';
import type { IndexBatch, IndexPage, Watermark } from './location-index.ts';

/** Both sides must speak the same version: they are of one installation, or one of them is to be restarted. */
export const INDEX_PROTOCOL_VERSION = 1;

export const OPERATION = {
  hello: 1,
  getMany: 2,
  apply: 3,
  page: 4,
  watermarks: 5,
  allWatermarks: 6,
} as const;

export const STATUS = { ok: 0, failed: 1 } as const;

/** Secret that proves that the other side may read the store's folder. */
export const TOKEN_BYTES = 32;

/** Length field, request number, code. */
const FRAME_HEADER_BYTES = 9;
/** Entries of one request: about 800 KiB. Larger calls are split. */
export const MESSAGE_ENTRIES_MAX = 16_384;
/** Watermarks of all segments travel in one frame: room for 300,000 segments, 75 TiB. */
export const FRAME_MAX_BYTES: number = 4 * 1024 * 1024;

const RECORD_BYTES: number = ID_BYTES + LOCATION_BYTES;
const SEGMENT_ENTRY_BYTES: number = SEGMENT_NUMBER_BYTES + WATERMARK_BYTES;
const COUNT_BYTES = 4;

/** A frame that makes no sense: the connection is closed. */
export class IndexMessageError extends Error {}

export type Frame = {
  readonly request: number;
  /** Operation of a request, status of an answer. */
  readonly code: number;
  readonly body: Buffer;
};

export function encodeFrame(frame: Frame): Buffer {
  const bytes = Buffer.allocUnsafe(FRAME_HEADER_BYTES + frame.body.length);
  bytes.writeUInt32LE(bytes.length, 0);
  bytes.writeUInt32LE(frame.request, 4);
  bytes[8] = frame.code;
  frame.body.copy(bytes, FRAME_HEADER_BYTES);
  return bytes;
}

/** Cuts a byte stream into frames. Holds less than one frame of the largest size, plus what was just received. */
export class FrameSplitter {
  #chunks: Buffer[] = [];
  #bytes = 0;

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
  }

  /** The next whole frame. @throws IndexMessageError when its length cannot be true */
  next(): Frame | undefined {
    if (this.#bytes < FRAME_HEADER_BYTES) return undefined;
    const head = this.#peek(FRAME_HEADER_BYTES);
    const length = head.readUInt32LE(0);
    if (length < FRAME_HEADER_BYTES || length > FRAME_MAX_BYTES) {
      throw new IndexMessageError(`a frame of ${length} bytes`);
    }
    if (this.#bytes < length) return undefined;
    const whole = this.#peek(length);
    this.#chunks[0] = whole.subarray(length);
    if (whole.length === length) this.#chunks.shift();
    this.#bytes -= length;
    const frame = whole.subarray(0, length);
    return {
      request: frame.readUInt32LE(4),
      code: frame[8]!,
      body: frame.subarray(FRAME_HEADER_BYTES),
    };
  }

  /** The first chunk, made at least this long by joining. */
  #peek(length: number): Buffer {
    const first = this.#chunks[0]!;
    if (first.length >= length) return first;
    const joined = Buffer.concat(this.#chunks);
    this.#chunks = [joined];
    return joined;
  }
}

export function encodeIds(ids: readonly ObjectId[]): Buffer {
  const body = Buffer.allocUnsafe(ids.length * ID_BYTES);
  for (const [at, id] of ids.entries()) body.write(id, at * ID_BYTES, ID_BYTES, 'hex');
  return body;
}

export function decodeIds(body: Buffer): ObjectId[] {
  return items(body, ID_BYTES, (at) => body.toString('hex', at, at + ID_BYTES) as ObjectId);
}

/** One byte "known", then the location; zeros when unknown. */
export function encodeLocations(locations: readonly (Location | undefined)[]): Buffer {
  const body = Buffer.alloc(locations.length * (1 + LOCATION_BYTES));
  for (const [index, location] of locations.entries()) {
    if (location === undefined) continue;
    const at = index * (1 + LOCATION_BYTES);
    body[at] = 1;
    encodeLocation(body, at + 1, location);
  }
  return body;
}

export function decodeLocations(body: Buffer): (Location | undefined)[] {
  return items(body, 1 + LOCATION_BYTES, (at) =>
    body[at] === 0 ? undefined : sensible(decodeLocation(body, at + 1)),
  );
}

export function encodePage(page: IndexPage): Buffer {
  return Buffer.concat([Buffer.of(page.more ? 1 : 0), encodeRecords(page.records)]);
}

export function decodePage(body: Buffer): IndexPage {
  if (body.length === 0) throw new IndexMessageError('an empty page');
  return { more: body[0] === 1, records: decodeRecords(body.subarray(1)) };
}

export function encodeSegments(segments: readonly number[]): Buffer {
  const body = Buffer.allocUnsafe(segments.length * SEGMENT_NUMBER_BYTES);
  for (const [at, number] of segments.entries()) {
    body.writeUInt32LE(number, at * SEGMENT_NUMBER_BYTES);
  }
  return body;
}

export function decodeSegments(body: Buffer): number[] {
  return items(body, SEGMENT_NUMBER_BYTES, (at) => body.readUInt32LE(at));
}

export function encodeWatermarks(watermarks: readonly Watermark[]): Buffer {
  const body = Buffer.allocUnsafe(watermarks.length * SEGMENT_ENTRY_BYTES);
  for (const [index, watermark] of watermarks.entries()) {
    const at = index * SEGMENT_ENTRY_BYTES;
    body.writeUInt32LE(watermark.segment, at);
    encodeWatermark(body, at + SEGMENT_NUMBER_BYTES, watermark);
  }
  return body;
}

export function decodeWatermarks(body: Buffer): Watermark[] {
  return items(body, SEGMENT_ENTRY_BYTES, (at) =>
    decodeWatermark(body, at + SEGMENT_NUMBER_BYTES, body.readUInt32LE(at)),
  );
}

export function encodeBatch(batch: IndexBatch): Buffer {
  const parts = [
    encodeRecords(batch.puts ?? []),
    encodeIds(batch.deletes ?? []),
    encodeWatermarks(batch.watermarks ?? []),
    encodeSegments(batch.forgotten ?? []),
  ];
  const lengths = Buffer.alloc(parts.length * COUNT_BYTES);
  for (const [at, part] of parts.entries()) lengths.writeUInt32LE(part.length, at * COUNT_BYTES);
  return Buffer.concat([lengths, ...parts]);
}

export function decodeBatch(body: Buffer): IndexBatch {
  const partCount = 4;
  if (body.length < partCount * COUNT_BYTES) throw new IndexMessageError('a batch without head');
  let at = partCount * COUNT_BYTES;
  const parts: Buffer[] = [];
  for (let part = 0; part < partCount; part++) {
    const length = body.readUInt32LE(part * COUNT_BYTES);
    if (at + length > body.length) throw new IndexMessageError('a batch shorter than it says');
    parts.push(body.subarray(at, at + length));
    at += length;
  }
  if (at !== body.length) throw new IndexMessageError('a batch longer than it says');
  return {
    puts: decodeRecords(parts[0]!),
    deletes: decodeIds(parts[1]!),
    watermarks: decodeWatermarks(parts[2]!),
    forgotten: decodeSegments(parts[3]!),
  };
}

function encodeRecords(records: readonly LocatedRecord[]): Buffer {
  const body = Buffer.allocUnsafe(records.length * RECORD_BYTES);
  for (const [index, { id, location }] of records.entries()) {
    const at = index * RECORD_BYTES;
    body.write(id, at, ID_BYTES, 'hex');
    encodeLocation(body, at + ID_BYTES, location);
  }
  return body;
}

function decodeRecords(body: Buffer): LocatedRecord[] {
  return items(body, RECORD_BYTES, (at) => ({
    id: body.toString('hex', at, at + ID_BYTES) as ObjectId,
    location: sensible(decodeLocation(body, at + ID_BYTES)),
  }));
}

function items<T>(body: Buffer, itemBytes: number, decode: (at: number) => T): T[] {
  if (body.length % itemBytes !== 0) throw new IndexMessageError('a list cut inside an item');
  const decoded: T[] = [];
  for (let at = 0; at < body.length; at += itemBytes) decoded.push(decode(at));
  return decoded;
}

function sensible(location: Location | undefined): Location {
  if (location === undefined) throw new IndexMessageError('a location that makes no sense');
  return location;
}
