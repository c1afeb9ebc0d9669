/**
 * The bytes of a segment: file header, records, and in a sealed segment a footer that lists them
 * (docs/store-format.md, "Segment"). All integers are little-endian.
 */
import { crc32 } from 'node:zlib';
import { activeHash } from '../hash/blake3.ts';
import { ID_BYTES, OBJECT_KIND, objectKindOf, type ObjectId, type ObjectKind } from '../ids.ts';
import { CODEC, OBJECT_SIZE_MAX_BYTES, type Codec } from '../object-store.ts';

const MIB: number = 1024 * 1024;

/** A segment is sealed before it grows past this: the unit of compaction, small enough to copy in under a second. */
export const SEGMENT_SIZE_MAX_BYTES: number = 256 * MIB;
/** Bounds the footer to 3 MiB, and what a reader of it holds in memory. */
export const SEGMENT_RECORDS_MAX = 65_536;
const SEGMENT_FORMAT_VERSION = 1;

export const SEGMENT_HEADER_BYTES = 32;
export const RECORD_HEADER_BYTES = 64;
/** An entry of the footer starts with the record's id. */
export const FOOTER_ENTRY_BYTES = 48;
export const TRAILER_BYTES = 32;
/** What an object takes in a segment beside its payload. */
export const RECORD_OVERHEAD_BYTES: number = RECORD_HEADER_BYTES + FOOTER_ENTRY_BYTES;
/**
 * Checksums are the head of a BLAKE3-256: they find damage; forgery is what ids are for. Only the 56 bytes of a record's
 * header take a CRC-32, at a tenth of the price of a call to the hash.
 */
export const CHECKSUM_BYTES = 8;

const SEGMENT_MAGIC: Buffer = Buffer.from('DITSSEG\n', 'latin1');
/** First bytes of every record: "DREC". */
export const RECORD_MAGIC: Buffer = Buffer.from('DREC', 'latin1');
const TRAILER_MAGIC: Buffer = Buffer.from('DITSEND\n', 'latin1');

const AT = {
  segment: { version: 8, number: 12, checksum: 24 },
  record: {
    kind: 4,
    codec: 5,
    flags: 6,
    rawSize: 8,
    storedSize: 12,
    id: 16,
    payload: 48,
    sum: 56,
    zero: 60,
  },
  footer: { offset: 32, storedSize: 36, rawSize: 40, kind: 44, codec: 45, zero: 46 },
  trailer: { count: 8, footerOffset: 12, footerChecksum: 16, checksum: 24 },
} as const;

/** Where a record is and what it holds. */
export type Location = {
  readonly segment: number;
  /** Byte of the segment file where the record's header starts. */
  readonly offset: number;
  readonly kind: ObjectKind;
  readonly codec: Codec;
  readonly rawSize: number;
  readonly storedSize: number;
};

/** A record found in a segment. */
export type LocatedRecord = { readonly id: ObjectId; readonly location: Location };

/** What a record's header says. */
export type RecordHeader = {
  readonly id: ObjectId;
  readonly kind: ObjectKind;
  readonly codec: Codec;
  readonly rawSize: number;
  readonly storedSize: number;
  readonly payloadChecksum: Buffer;
};

/** First bytes of BLAKE3-256 over `bytes`. */
export function checksum(bytes: Uint8Array): Buffer {
  return activeHash.hash(bytes).subarray(0, CHECKSUM_BYTES);
}

/** Bytes of the record in its segment, header included. */
export function recordBytes(location: { readonly storedSize: number }): number {
  return RECORD_HEADER_BYTES + location.storedSize;
}

export function encodeSegmentHeader(segment: number): Buffer {
  const bytes = Buffer.alloc(SEGMENT_HEADER_BYTES);
  SEGMENT_MAGIC.copy(bytes);
  bytes.writeUInt32LE(SEGMENT_FORMAT_VERSION, AT.segment.version);
  bytes.writeUInt32LE(segment, AT.segment.number);
  checksum(bytes.subarray(0, AT.segment.checksum)).copy(bytes, AT.segment.checksum);
  return bytes;
}

/** Whether these bytes are the header of this segment in a version that we read. */
export function isSegmentHeader(bytes: Buffer, segment: number): boolean {
  return bytes.equals(encodeSegmentHeader(segment));
}

/** Writes a record's header at `at` of `target`. */
export function encodeRecordHeader(target: Buffer, at: number, header: RecordHeader): void {
  RECORD_MAGIC.copy(target, at);
  target[at + AT.record.kind] = OBJECT_KIND[header.kind];
  target[at + AT.record.codec] = CODEC[header.codec];
  target.writeUInt16LE(0, at + AT.record.flags);
  target.writeUInt32LE(header.rawSize, at + AT.record.rawSize);
  target.writeUInt32LE(header.storedSize, at + AT.record.storedSize);
  target.write(header.id, at + AT.record.id, ID_BYTES, 'hex');
  header.payloadChecksum.copy(target, at + AT.record.payload, 0, CHECKSUM_BYTES);
  const sum = crc32(target.subarray(at, at + AT.record.sum));
  target.writeUInt32LE(sum, at + AT.record.sum);
  target.writeUInt32LE(0, at + AT.record.zero);
}

/** The header at `at`, or undefined when those bytes are not an intact one that we understand. */
export function decodeRecordHeader(bytes: Buffer, at: number): RecordHeader | undefined {
  if (at + RECORD_HEADER_BYTES > bytes.length) return undefined;
  if (RECORD_MAGIC.compare(bytes, at, at + RECORD_MAGIC.length) !== 0) return undefined;
  const sum = bytes.readUInt32LE(at + AT.record.sum);
  if (crc32(bytes.subarray(at, at + AT.record.sum)) !== sum) return undefined;
  if (bytes.readUInt32LE(at + AT.record.zero) !== 0) return undefined;
  if (bytes.readUInt16LE(at + AT.record.flags) !== 0) return undefined;
  const sizes = decodeSizes(bytes, {
    kind: at + AT.record.kind,
    codec: at + AT.record.codec,
    rawSize: at + AT.record.rawSize,
    storedSize: at + AT.record.storedSize,
  });
  if (sizes === undefined) return undefined;
  const id = bytes.toString('hex', at + AT.record.id, at + AT.record.id + ID_BYTES) as ObjectId;
  const payloadChecksum = bytes.subarray(at + AT.record.payload, at + AT.record.sum);
  return { id, ...sizes, payloadChecksum };
}

type Sizes = Pick<RecordHeader, 'kind' | 'codec' | 'rawSize' | 'storedSize'>;

/** Kind, codec and sizes at these offsets, undefined when they cannot be true. Shared by every place that stores them. */
export function decodeSizes(
  bytes: Buffer,
  at: {
    readonly kind: number;
    readonly codec: number;
    readonly rawSize: number;
    readonly storedSize: number;
  },
): Sizes | undefined {
  const kind = objectKindOf(bytes[at.kind]!);
  const codec = codecOf(bytes[at.codec]!);
  const rawSize = bytes.readUInt32LE(at.rawSize);
  const storedSize = bytes.readUInt32LE(at.storedSize);
  if (kind === undefined || codec === undefined || rawSize > OBJECT_SIZE_MAX_BYTES) {
    return undefined;
  }
  // A compressed form is kept only when it is shorter.
  if (codec === 'none' ? storedSize !== rawSize : storedSize >= rawSize) return undefined;
  return { kind, codec, rawSize, storedSize };
}

function codecOf(code: number): Codec | undefined {
  if (code === CODEC.none) return 'none';
  return code === CODEC.zstd ? 'zstd' : undefined;
}

/** Footer and trailer of a sealed segment whose records end at `footerOffset`. */
export function encodeFooter(records: readonly LocatedRecord[], footerOffset: number): Buffer {
  const bytes = Buffer.alloc(records.length * FOOTER_ENTRY_BYTES + TRAILER_BYTES);
  let at = 0;
  for (const { id, location } of records) {
    bytes.write(id, at, ID_BYTES, 'hex');
    bytes.writeUInt32LE(location.offset, at + AT.footer.offset);
    bytes.writeUInt32LE(location.storedSize, at + AT.footer.storedSize);
    bytes.writeUInt32LE(location.rawSize, at + AT.footer.rawSize);
    bytes[at + AT.footer.kind] = OBJECT_KIND[location.kind];
    bytes[at + AT.footer.codec] = CODEC[location.codec];
    at += FOOTER_ENTRY_BYTES;
  }
  const trailer = bytes.subarray(at);
  TRAILER_MAGIC.copy(trailer);
  trailer.writeUInt32LE(records.length, AT.trailer.count);
  trailer.writeUInt32LE(footerOffset, AT.trailer.footerOffset);
  checksum(bytes.subarray(0, at)).copy(trailer, AT.trailer.footerChecksum);
  checksum(trailer.subarray(0, AT.trailer.checksum)).copy(trailer, AT.trailer.checksum);
  return bytes;
}

/** What the last bytes of a sealed segment say. */
export type Trailer = {
  readonly count: number;
  /** Where the records end and the footer starts. */
  readonly footerOffset: number;
  readonly footerChecksum: Buffer;
};

/** The trailer at the end of a file of this size, or undefined when the segment is not sealed (or not intact there). */
export function decodeTrailer(bytes: Buffer, fileSize: number): Trailer | undefined {
  if (bytes.length !== TRAILER_BYTES || !bytes.subarray(0, 8).equals(TRAILER_MAGIC)) {
    return undefined;
  }
  const sum = bytes.subarray(AT.trailer.checksum);
  if (!checksum(bytes.subarray(0, AT.trailer.checksum)).equals(sum)) return undefined;
  const count = bytes.readUInt32LE(AT.trailer.count);
  const footerOffset = bytes.readUInt32LE(AT.trailer.footerOffset);
  if (footerOffset < SEGMENT_HEADER_BYTES) return undefined;
  if (footerOffset + count * FOOTER_ENTRY_BYTES + TRAILER_BYTES !== fileSize) return undefined;
  const footerChecksum = bytes.subarray(AT.trailer.footerChecksum, AT.trailer.checksum);
  return { count, footerOffset, footerChecksum };
}

/** Whether these are the bytes of the footer that this trailer tells of. */
export function isFooter(bytes: Buffer, trailer: Trailer): boolean {
  if (bytes.length !== trailer.count * FOOTER_ENTRY_BYTES) return false;
  return checksum(bytes).equals(trailer.footerChecksum);
}

/** The records that a footer lists, or undefined when it is damaged. */
export function decodeFooter(
  bytes: Buffer,
  trailer: Trailer,
  segment: number,
): LocatedRecord[] | undefined {
  if (!isFooter(bytes, trailer)) return undefined;
  const records: LocatedRecord[] = [];
  for (let at = 0; at < bytes.length; at += FOOTER_ENTRY_BYTES) {
    const offset = bytes.readUInt32LE(at + AT.footer.offset);
    const sizes = decodeSizes(bytes, {
      kind: at + AT.footer.kind,
      codec: at + AT.footer.codec,
      rawSize: at + AT.footer.rawSize,
      storedSize: at + AT.footer.storedSize,
    });
    if (sizes === undefined || offset + recordBytes(sizes) > trailer.footerOffset) return undefined;
    const id = bytes.toString('hex', at, at + ID_BYTES) as ObjectId;
    records.push({ id, location: { segment, offset, ...sizes } });
  }
  return records;
}
