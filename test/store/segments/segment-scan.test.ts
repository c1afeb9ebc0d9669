import assert from 'node:assert/strict';
import { crc32 } from 'node:zlib';
import { objectId } from '../../../store/index.ts';
import type { BlobFile } from '../../../store/files/blob-files.ts';
import {
  RECORD_HEADER_BYTES,
  RECORD_MAGIC,
  SEGMENT_HEADER_BYTES,
  TRAILER_BYTES,
  checksum,
  decodeFooter,
  decodeRecordHeader,
  decodeTrailer,
  encodeFooter,
  encodeRecordHeader,
  encodeSegmentHeader,
  isFooter,
  type LocatedRecord,
} from '../../../store/segments/segment-format.ts';
import { readTrailer, scanSegment, type ScanItem } from '../../../store/segments/segment-scan.ts';

const MIB = 1024 * 1024;
const SEGMENT = 3;

/** A file in memory, which may have been cut since its size was asked for. */
function fileOf(bytes: Buffer): BlobFile {
  return {
    read: (target, offset) => Promise.resolve(bytes.copy(target, 0, offset)),
  } as Partial<BlobFile> as BlobFile;
}

/** A record of a chunk; its header says what `over` says instead. */
function recordOf(payload: Buffer): Buffer {
  const record = Buffer.alloc(RECORD_HEADER_BYTES + payload.length);
  encodeRecordHeader(record, 0, {
    id: objectId('chunk', payload),
    kind: 'chunk',
    codec: 'none',
    rawSize: payload.length,
    storedSize: payload.length,
    payloadChecksum: checksum(payload),
  });
  payload.copy(record, RECORD_HEADER_BYTES);
  return record;
}

/** Changes a header and makes its checksum true again. */
function changed(record: Buffer, change: (header: Buffer) => void): Buffer {
  const copy = Buffer.from(record);
  change(copy);
  copy.writeUInt32LE(crc32(copy.subarray(0, 56)), 56);
  return copy;
}

async function scan(bytes: Buffer, end: number = bytes.length): Promise<ScanItem[]> {
  const items: ScanItem[] = [];
  const range = { segment: SEGMENT, from: SEGMENT_HEADER_BYTES, end };
  for await (const batch of scanSegment(fileOf(bytes), range)) items.push(...batch);
  return items;
}

/** The places of the items, which must lie one behind the other. */
function placesOf(items: readonly ScanItem[], total: number): string[] {
  let at = SEGMENT_HEADER_BYTES;
  const places = items.map((item) => {
    const isGap = item.type === 'gap';
    assert.equal(isGap ? item.offset : item.record.location.offset, at);
    at += isGap ? item.bytes : RECORD_HEADER_BYTES + item.record.location.storedSize;
    return isGap ? `gap ${item.bytes}` : item.intact ? 'record' : 'damaged record';
  });
  assert.equal(at, total);
  return places;
}

const HEADER = encodeSegmentHeader(SEGMENT);
const ONE = recordOf(Buffer.from('one'));
const TWO = recordOf(Buffer.from('two'));

describe('a walk through a segment', () => {
  it('finds every record, and what lies between', async () => {
    const bytes = Buffer.concat([HEADER, ONE, Buffer.from('noise'), TWO]);
    assert.deepEqual(placesOf(await scan(bytes), bytes.length), ['record', 'gap 5', 'record']);
  });

  it('tells a record whose payload is damaged from one whose header is', async () => {
    const payload = Buffer.from(ONE);
    payload[RECORD_HEADER_BYTES]! ^= 1;
    const header = Buffer.from(ONE);
    header[20]! ^= 1;
    const bytes = Buffer.concat([HEADER, payload, header, TWO]);
    const expected = ['damaged record', `gap ${ONE.length}`, 'record'];
    assert.deepEqual(placesOf(await scan(bytes), bytes.length), expected);
  });

  it('joins gaps that false beginnings cut into pieces', async () => {
    const noise = Buffer.concat([RECORD_MAGIC, Buffer.alloc(3), RECORD_MAGIC, Buffer.alloc(9)]);
    const bytes = Buffer.concat([HEADER, noise, ONE]);
    const expected = [`gap ${noise.length}`, 'record'];
    assert.deepEqual(placesOf(await scan(bytes), bytes.length), expected);
  });

  it('believes no record that reaches beyond the end', async () => {
    const long = recordOf(Buffer.alloc(1000));
    const bytes = Buffer.concat([HEADER, ONE, long.subarray(0, 500)]);
    assert.deepEqual(placesOf(await scan(bytes), bytes.length), ['record', 'gap 500']);
  });

  it('ends where the file ends, if it was cut after it was measured', async () => {
    const bytes = Buffer.concat([HEADER, ONE, TWO]);
    const measured = bytes.length + 500;
    assert.deepEqual(placesOf(await scan(bytes, measured), bytes.length), ['record', 'record']);
    const torn = bytes.subarray(0, bytes.length - 2);
    const expected = ['record', `gap ${TWO.length - 2}`];
    assert.deepEqual(placesOf(await scan(torn, measured), torn.length), expected);
    assert.deepEqual(await scan(HEADER, measured), []);
  });

  it('reads records across the ends of its windows, longer ones and damage included', async () => {
    const long = recordOf(Buffer.alloc(5 * MIB, 1));
    const noise = Buffer.alloc(4 * MIB - 1, 'D');
    const many = Array.from({ length: 9_000 }, (_, at) => recordOf(Buffer.alloc(500, at)));
    const bytes = Buffer.concat([HEADER, long, noise, ONE, ...many]);
    const places = placesOf(await scan(bytes), bytes.length);
    const gaps = places.filter((place) => place.startsWith('gap'));
    assert.equal(gaps.length > 0 && gaps.length <= 3, true, String(gaps));
    assert.equal(places.filter((place) => place === 'record').length, 2 + many.length);
  });
});

describe('the header of a record', () => {
  it('is believed only when all of it makes sense', () => {
    assert.ok(decodeRecordHeader(ONE, 0) !== undefined);
    const senseless: ((header: Buffer) => void)[] = [
      (header) => header.writeUInt8(9, 4),
      (header) => header.writeUInt8(9, 5),
      (header) => header.writeUInt16LE(1, 6),
      (header) => header.writeUInt32LE(0xffff_ffff, 8),
      (header) => header.writeUInt32LE(4, 12),
      // Compressed, and no shorter for it.
      (header) => header.writeUInt8(1, 5),
      (header) => header.writeUInt32LE(1, 60),
    ];
    for (const change of senseless) {
      assert.equal(decodeRecordHeader(changed(ONE, change), 0), undefined);
    }
    assert.equal(decodeRecordHeader(ONE.subarray(0, 63), 0), undefined);
  });
});

describe('the footer of a segment', () => {
  const record: LocatedRecord = {
    id: objectId('chunk', Buffer.from('one')),
    location: {
      ...{ segment: SEGMENT, offset: SEGMENT_HEADER_BYTES, kind: 'chunk', codec: 'none' },
      ...{ rawSize: 3, storedSize: 3 },
    },
  };
  const footerOffset = SEGMENT_HEADER_BYTES + ONE.length;

  function sealed(location: Partial<LocatedRecord['location']> = {}, offset = footerOffset) {
    const bytes = encodeFooter(
      [{ ...record, location: { ...record.location, ...location } }],
      offset,
    );
    return {
      footer: bytes.subarray(0, bytes.length - TRAILER_BYTES),
      trailer: bytes.subarray(bytes.length - TRAILER_BYTES),
      fileSize: offset + bytes.length,
    };
  }

  it('comes back as it was', () => {
    const { footer, trailer, fileSize } = sealed();
    const decoded = decodeTrailer(trailer, fileSize);
    assert.ok(decoded !== undefined);
    assert.deepEqual(decodeFooter(footer, decoded, SEGMENT), [record]);
    assert.equal(isFooter(footer.subarray(1), decoded), false);
  });

  it('is believed only by its checksum, and where records can be', () => {
    const good = sealed();
    const trailer = decodeTrailer(good.trailer, good.fileSize)!;
    const flipped = Buffer.from(good.footer);
    flipped[0]! ^= 1;
    assert.equal(decodeFooter(flipped, trailer, SEGMENT), undefined);
    for (const location of [{ offset: footerOffset }, { rawSize: 4 }]) {
      const bad = sealed(location);
      const badTrailer = decodeTrailer(bad.trailer, bad.fileSize)!;
      assert.equal(decodeFooter(bad.footer, badTrailer, SEGMENT), undefined);
    }
  });

  it('is not looked for where the trailer cannot be true', async () => {
    const { trailer, fileSize } = sealed();
    assert.equal(decodeTrailer(trailer, fileSize + 1), undefined);
    assert.equal(decodeTrailer(trailer.subarray(1), fileSize), undefined);
    const early = sealed({}, SEGMENT_HEADER_BYTES - 1);
    assert.equal(decodeTrailer(early.trailer, early.fileSize), undefined);
    const flipped = Buffer.from(trailer);
    flipped[9]! ^= 1;
    assert.equal(decodeTrailer(flipped, fileSize), undefined);
    assert.equal(await readTrailer(fileOf(HEADER), HEADER.length), undefined);
  });
});
