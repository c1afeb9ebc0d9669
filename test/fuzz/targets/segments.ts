/** Segment files: header, records, footer and trailer, as recovery and fsck read them. The first byte says where the file begins. */
import { crc32 } from 'node:zlib';
import { objectId } from '../../../store/hash/blake3.ts';
import {
  FOOTER_ENTRY_BYTES,
  RECORD_HEADER_BYTES,
  RECORD_MAGIC,
  SEGMENT_HEADER_BYTES,
  TRAILER_BYTES,
  checksum,
  decodeRecordHeader,
  encodeFooter,
  encodeRecordHeader,
  encodeSegmentHeader,
  recordBytes,
  type LocatedRecord,
} from '../../../store/segments/segment-format.ts';
import { readTail } from '../../../store/segments/segment-recovery.ts';
import { hasSegmentHeader, scanSegment } from '../../../store/segments/segment-scan.ts';
import type { SeededRandom } from '../../../simulations/seeded-random.ts';
import { changeBytes } from '../mutate/byte-mutations.ts';
import { behind } from '../mutate/mutation.ts';
import { mustEqual, mustHold, type FuzzTarget } from '../target.ts';
import { MemoryFile } from './memory-files.ts';

const SEGMENT = 7;
/** Places of checksums; docs/store-format.md, "Segment". */
const AT = { crc: 56, payloadSum: 48, storedSize: 12, footerSum: 16, trailerSum: 24, count: 8 };
/** A file of one in so many inputs, and of such a length, goes on behind where the first window of a scan ends. */
const FAR_ODDS = 16;
const SIZE_MAX_BYTES: number = 4 * 1024;
const WINDOW_BYTES: number = 4 * 1024 * 1024;

function seedFile(payloads: readonly string[], isSealed: boolean): Buffer {
  const parts = [encodeSegmentHeader(SEGMENT)];
  const records: LocatedRecord[] = [];
  let offset = SEGMENT_HEADER_BYTES;
  for (const text of payloads) {
    const payload = Buffer.from(text);
    const header = Buffer.alloc(RECORD_HEADER_BYTES);
    const sizes = {
      kind: 'chunk',
      codec: 'none',
      rawSize: payload.length,
      storedSize: payload.length,
    } as const;
    const id = objectId('chunk', payload);
    encodeRecordHeader(header, 0, { id, ...sizes, payloadChecksum: checksum(payload) });
    records.push({ id, location: { segment: SEGMENT, offset, ...sizes } });
    parts.push(header, payload);
    offset += header.length + payload.length;
  }
  if (isSealed) parts.push(encodeFooter(records, offset));
  return Buffer.concat(parts);
}

/** Corrects the sums of what still looks like a header, record or trailer. */
function repair(input: Buffer, random: SeededRandom): Buffer {
  const file = input.subarray(1);
  if (file.length > SEGMENT_HEADER_BYTES && random.below(4) > 0) {
    encodeSegmentHeader(SEGMENT).copy(file);
  }
  for (let at = file.indexOf(RECORD_MAGIC); at !== -1; at = file.indexOf(RECORD_MAGIC, at + 1)) {
    if (at + RECORD_HEADER_BYTES > file.length || random.below(8) === 0) continue;
    const end = at + RECORD_HEADER_BYTES + file.readUInt32LE(at + AT.storedSize);
    if (random.below(8) > 0) {
      checksum(file.subarray(at + RECORD_HEADER_BYTES, end)).copy(file, at + AT.payloadSum);
    }
    file.writeUInt32LE(crc32(file.subarray(at, at + AT.crc)), at + AT.crc);
  }
  if (file.length >= TRAILER_BYTES) repairTrailer(file);
  return input;
}

function repairTrailer(file: Buffer): void {
  const trailer = file.subarray(file.length - TRAILER_BYTES);
  const footerBytes = trailer.readUInt32LE(AT.count) * FOOTER_ENTRY_BYTES;
  const start = file.length - TRAILER_BYTES - footerBytes;
  if (trailer.toString('latin1', 0, 8) !== 'DITSEND\n' || start < 0) return;
  checksum(file.subarray(start, file.length - TRAILER_BYTES)).copy(trailer, AT.footerSum);
  checksum(trailer.subarray(0, AT.trailerSum)).copy(trailer, AT.trailerSum);
}

const far = Buffer.alloc(SEGMENT_HEADER_BYTES + WINDOW_BYTES + SIZE_MAX_BYTES);

/** The bytes at the end of the first window, from `before` bytes before it: a header or magic number may lie across. */
function farAway(bytes: Buffer, before: number): Buffer {
  const start = SEGMENT_HEADER_BYTES + WINDOW_BYTES - before;
  bytes.copy(far, start);
  return far.subarray(0, start + bytes.length);
}

/** Every byte belongs to one item, and a record is what its header says. */
async function checkScan(bytes: Buffer): Promise<number> {
  let at = SEGMENT_HEADER_BYTES;
  let intact = 0;
  const range = { segment: SEGMENT, from: at, end: bytes.length };
  for await (const items of scanSegment(new MemoryFile(bytes), range)) {
    for (const item of items) {
      const offset = item.type === 'gap' ? item.offset : item.record.location.offset;
      mustEqual(offset, at, 'an item begins where the one before ends');
      at += item.type === 'gap' ? item.bytes : recordBytes(item.record.location);
      if (item.type === 'gap') continue;
      const header = decodeRecordHeader(bytes, offset);
      mustHold(header?.id === item.record.id, 'a record is where the scan says');
      const encoded = Buffer.alloc(RECORD_HEADER_BYTES);
      encodeRecordHeader(encoded, 0, header);
      mustEqual(encoded, bytes.subarray(offset, offset + RECORD_HEADER_BYTES), 'one encoding');
      if (item.intact) intact++;
    }
  }
  if (bytes.length > SEGMENT_HEADER_BYTES) mustEqual(at, bytes.length, 'a scan sees every byte');
  return intact;
}

async function checkTail(bytes: Buffer): Promise<void> {
  const tail = await readTail(new MemoryFile(bytes), SEGMENT, 0);
  mustHold(tail.end <= bytes.length, 'a tail ends in the file');
  mustHold(tail.damagedBytes >= 0, 'damage is not negative');
  for (const { location } of tail.records) {
    mustHold(location.offset + recordBytes(location) <= bytes.length, 'a record ends in the file');
  }
}

export const segmentsTarget: FuzzTarget = {
  name: 'segments',
  covers: 'segment header, records, scan, footer, trailer, recovery of a tail',
  seeds: () => [
    ...[true, false].map((isSealed) =>
      Buffer.concat([Buffer.of(0), seedFile(['', 'one', 'a longer one'.repeat(9)], isSealed)]),
    ),
    Buffer.concat([Buffer.of(FAR_ODDS - 1), seedFile(['far away', 'DREC'], true)]),
  ],
  mutations: [behind(1, changeBytes)],
  dictionary: ['DREC', 'DITSEND\n', 'DITSSEG\n'],
  sizeMaxBytes: SIZE_MAX_BYTES,
  repair,
  async run(input) {
    const flags = input[0] ?? 0;
    const file = input.subarray(1);
    if (flags % FAR_ODDS === FAR_ODDS - 1 && input.length % FAR_ODDS === 0) {
      return (await checkScan(farAway(file, flags >> 4))) > 0;
    }
    const intact = await checkScan(file);
    await checkTail(file);
    return intact > 0 && (await hasSegmentHeader(new MemoryFile(file), SEGMENT));
  },
};
