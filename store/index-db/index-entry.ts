/** Bytes of index keys and values, the same in LevelDB and between processes (docs/store-format.md, "Index"). */
import { ID_BYTES, OBJECT_KIND, type ObjectId } from '../ids.ts';
import { CODEC } from '../object-store.ts';
import { decodeSizes, type Location } from '../segments/segment-format.ts';
import type { Watermark } from './location-index.ts';

/** First byte of a key: what kind of entry it is. */
export const KEY_PREFIX = { object: 0x69, segment: 0x73 } as const;

export const OBJECT_KEY_BYTES: number = 1 + ID_BYTES;
export const LOCATION_BYTES = 18;
export const SEGMENT_NUMBER_BYTES = 4;
export const WATERMARK_BYTES = 9;

const AT = { segment: 0, offset: 4, rawSize: 8, storedSize: 12, kind: 16, codec: 17 } as const;

export function encodeLocation(target: Buffer, at: number, location: Location): void {
  target.writeUInt32LE(location.segment, at + AT.segment);
  target.writeUInt32LE(location.offset, at + AT.offset);
  target.writeUInt32LE(location.rawSize, at + AT.rawSize);
  target.writeUInt32LE(location.storedSize, at + AT.storedSize);
  target[at + AT.kind] = OBJECT_KIND[location.kind];
  target[at + AT.codec] = CODEC[location.codec];
}

/** The location at `at`, or undefined when the bytes make no sense. The caller has checked the length. */
export function decodeLocation(bytes: Buffer, at: number): Location | undefined {
  const sizes = decodeSizes(bytes, {
    kind: at + AT.kind,
    codec: at + AT.codec,
    rawSize: at + AT.rawSize,
    storedSize: at + AT.storedSize,
  });
  if (sizes === undefined) return undefined;
  const segment = bytes.readUInt32LE(at + AT.segment);
  return { segment, offset: bytes.readUInt32LE(at + AT.offset), ...sizes };
}

/** Keys of these ids, slices of one buffer. */
export function objectKeys(ids: readonly ObjectId[]): Buffer[] {
  const slab = Buffer.allocUnsafe(ids.length * OBJECT_KEY_BYTES);
  return ids.map((id, index) => {
    const at = index * OBJECT_KEY_BYTES;
    encodeObjectKey(slab, at, id);
    return slab.subarray(at, at + OBJECT_KEY_BYTES);
  });
}

export function encodeObjectKey(target: Buffer, at: number, id: ObjectId): void {
  target[at] = KEY_PREFIX.object;
  target.write(id, at + 1, ID_BYTES, 'hex');
}

/** Key of a segment's watermark; big-endian, so that keys sort by number. */
export function segmentKey(segment: number): Buffer {
  const key = Buffer.alloc(1 + SEGMENT_NUMBER_BYTES);
  key[0] = KEY_PREFIX.segment;
  key.writeUInt32BE(segment, 1);
  return key;
}

export function encodeWatermark(target: Buffer, at: number, watermark: Watermark): void {
  target.writeUInt32LE(watermark.bytes, at);
  target.writeUInt32LE(watermark.records, at + 4);
  target[at + 8] = watermark.sealed ? 1 : 0;
}

/** The watermark at `at`. The caller has checked the length. */
export function decodeWatermark(bytes: Buffer, at: number, segment: number): Watermark {
  return {
    segment,
    bytes: bytes.readUInt32LE(at),
    records: bytes.readUInt32LE(at + 4),
    sealed: bytes[at + 8] === 1,
  };
}
