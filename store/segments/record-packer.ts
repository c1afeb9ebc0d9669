/** Lays records out for one gathering write: headers and small payloads in a slab, large payloads where they are. */
import {
  CHECKSUM_BYTES,
  RECORD_HEADER_BYTES,
  checksum,
  encodeRecordHeader,
  recordBytes,
  type LocatedRecord,
  type Location,
} from './segment-format.ts';
import type { ObjectRecord } from '../object-store.ts';

/** A record whose id has been verified. */
export type NewRecord = ObjectRecord & { /** Bytes of `stored`. */ readonly storedSize: number };

export type PackedRecords = {
  readonly buffers: Uint8Array[];
  readonly records: LocatedRecord[];
  /** Sum of the lengths of the buffers. */
  readonly bytes: number;
};

/** Payloads up to here are copied: one more entry in the list of buffers costs more than moving them. */
const COPY_MAX_BYTES: number = 8 * 1024;

/** Buffers that, written one after the other at `offset` of the segment, are these records. */
export function packRecords(
  records: readonly NewRecord[],
  segment: number,
  offset: number,
): PackedRecords {
  const slab = Buffer.allocUnsafe(slabBytes(records));
  const buffers: Uint8Array[] = [];
  const located: LocatedRecord[] = [];
  let sliceStart = 0;
  let slabAt = 0;
  let bytes = 0;
  for (const record of records) {
    const { id, kind, codec, rawSize, stored, storedSize } = record;
    const payloadChecksum = payloadChecksumOf(record);
    encodeRecordHeader(slab, slabAt, { id, kind, codec, rawSize, storedSize, payloadChecksum });
    slabAt += RECORD_HEADER_BYTES;
    if (storedSize <= COPY_MAX_BYTES) {
      slab.set(stored, slabAt);
      slabAt += storedSize;
    } else {
      buffers.push(slab.subarray(sliceStart, slabAt), stored);
      sliceStart = slabAt;
    }
    const location: Location = {
      segment,
      offset: offset + bytes,
      kind,
      codec,
      rawSize,
      storedSize,
    };
    located.push({ id, location });
    bytes += recordBytes(record);
  }
  if (slabAt > sliceStart) buffers.push(slab.subarray(sliceStart, slabAt));
  return { buffers, records: located, bytes };
}

function slabBytes(records: readonly NewRecord[]): number {
  let bytes = 0;
  for (const { storedSize } of records) {
    bytes += RECORD_HEADER_BYTES + (storedSize <= COPY_MAX_BYTES ? storedSize : 0);
  }
  return bytes;
}

/** A plain chunk's id is the BLAKE3 of its payload already. */
function payloadChecksumOf(record: NewRecord): Buffer {
  return record.kind === 'chunk' && record.codec === 'none'
    ? Buffer.from(record.id.slice(0, 2 * CHECKSUM_BYTES), 'hex')
    : checksum(record.stored);
}
