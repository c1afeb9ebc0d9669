import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreError, objectId, type ObjectId } from '../../../store/index.ts';
import type {
  IndexBatch,
  LocationIndex,
  Watermark,
} from '../../../store/index-db/location-index.ts';
import type { NewRecord } from '../../../store/segments/record-packer.ts';
import type { Location } from '../../../store/segments/segment-format.ts';
import { scanSegment } from '../../../store/segments/segment-scan.ts';
import { SegmentWriter } from '../../../store/segments/segment-writer.ts';
import { segmentFileName } from '../../../store/store-layout.ts';
import { FaultyBlobFiles } from '../faulty-blob-files.ts';
import { noise } from '../maintenance-fixture.ts';
import { withTemporaryFolder } from '../temporary-folder.ts';

const LIMITS = { sizeMaxBytes: 10_000, recordsMax: 100 };
const BROKEN = new StoreError('DITS_STORE_IO', 'the index is gone');

/** An index in memory, which refuses changes while `isBroken`. */
class FakeIndex implements LocationIndex {
  readonly locations = new Map<ObjectId, Location>();
  readonly marks = new Map<number, Watermark>();
  isBroken = false;

  getMany(ids: readonly ObjectId[]): Promise<(Location | undefined)[]> {
    return Promise.resolve(ids.map((id) => this.locations.get(id)));
  }

  apply({ puts = [], watermarks = [] }: IndexBatch): Promise<void> {
    if (this.isBroken) return Promise.reject(BROKEN);
    for (const { id, location } of puts) this.locations.set(id, location);
    for (const mark of watermarks) this.marks.set(mark.segment, mark);
    return Promise.resolve();
  }

  page(): ReturnType<LocationIndex['page']> {
    return Promise.resolve({ records: [], more: false });
  }

  watermarks(segments: readonly number[]): Promise<(Watermark | undefined)[]> {
    return Promise.resolve(segments.map((segment) => this.marks.get(segment)));
  }

  allWatermarks(): Promise<readonly Watermark[]> {
    return Promise.resolve([...this.marks.values()]);
  }
}

class Bench {
  readonly index = new FakeIndex();
  readonly events: string[] = [];
  readonly files: FaultyBlobFiles;
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
    this.files = new FaultyBlobFiles(folder);
  }

  writer(): SegmentWriter {
    const logger = (event: string): void => void this.events.push(event);
    return new SegmentWriter({ files: this.files, index: this.index, logger }, LIMITS);
  }

  /** What the segment holds, intact, by the first byte of each payload. */
  async held(segment: number): Promise<number[]> {
    const file = (await this.files.open(segmentFileName(segment), 'read'))!;
    const { sizeBytes } = await file.stat();
    const seeds: number[] = [];
    for await (const items of scanSegment(file, { segment, from: 32, end: sizeBytes })) {
      for (const item of items) if (item.type === 'record') seeds.push(item.payload[0]!);
    }
    await file.close();
    return seeds;
  }
}

async function onBench(test: (bench: Bench) => Promise<void>): Promise<void> {
  await withTemporaryFolder(async (folder) => {
    await mkdir(join(folder, 'segments'));
    await test(new Bench(join(folder, 'segments')));
  });
}

/** A record of noise that begins with `seed`. */
function record(seed: number, size = 1_000): NewRecord {
  const stored = noise(seed, size);
  stored[0] = seed;
  const id = objectId('chunk', stored);
  return { id, kind: 'chunk', codec: 'none', rawSize: size, stored, storedSize: size };
}

describe('a writer of segments', () => {
  it('offers the index again what it would not take', () =>
    onBench(async (bench) => {
      const { index } = bench;
      const writer = bench.writer();
      const first = record(1);
      await writer.append([first]);
      index.isBroken = true;
      await assert.rejects(writer.commit(), BROKEN);
      index.isBroken = false;
      await writer.append([record(2)]);
      assert.equal((await writer.commit()).length, 2);
      assert.ok(index.locations.has(first.id));
      await writer.close();
    }));

  it('writes over torn bytes that it could not cut off', () =>
    onBench(async (bench) => {
      const writer = bench.writer();
      await writer.append([record(1)]);
      bench.files.fault = { operation: ['write', 'truncate'], code: 'EIO', tornBytes: 700 };
      await assert.rejects(writer.append([record(2)]), { code: 'DITS_STORE_IO' });
      assert.ok(bench.events.includes('segment.truncate-failed'));
      bench.files.fault = undefined;
      await writer.append([record(3)]);
      await writer.commit();
      await writer.close();
      assert.deepEqual(await bench.held(1), [1, 3]);
    }));

  it('takes nothing more after a sync that failed, though it cannot cut off what it was for', () =>
    onBench(async (bench) => {
      const writer = bench.writer();
      await writer.append([record(1)]);
      bench.files.fault = { operation: ['sync', 'truncate'], code: 'EIO' };
      await assert.rejects(writer.commit(), { code: 'DITS_STORE_IO' });
      bench.files.fault = undefined;
      await assert.rejects(writer.append([record(2)]), { code: 'DITS_STORE_CLOSED' });
      await assert.rejects(writer.commit(), { code: 'DITS_STORE_CLOSED' });
      await writer.close();
      assert.equal(bench.index.locations.size, 0);
    }));

  it('begins no segment whose header it could not write', () =>
    onBench(async (bench) => {
      const writer = bench.writer();
      bench.files.fault = { operation: 'write', code: 'ENOSPC' };
      await assert.rejects(writer.append([record(1)]), { code: 'DITS_STORE_NO_SPACE' });
      bench.files.fault = undefined;
      const [placed] = await writer.append([record(2)]);
      await writer.commit();
      await writer.close();
      assert.deepEqual(await bench.held(placed!.location.segment), [2]);
    }));

  it('uses no number again whose segment is gone, and no file that is not a segment of that number', () =>
    onBench(async (bench) => {
      bench.index.marks.set(1, { segment: 1, bytes: 500, records: 3, sealed: true });
      // Shorter than it was, and with the header of none.
      bench.index.marks.set(2, { segment: 2, bytes: 500, records: 3, sealed: false });
      await writeFile(join(bench.folder, segmentFileName(2)), Buffer.alloc(40));
      await writeFile(join(bench.folder, segmentFileName(3)), Buffer.alloc(100));
      const writer = bench.writer();
      const [placed] = await writer.append([record(1)]);
      assert.equal(placed!.location.segment, 4);
      await writer.close();
    }));

  it('leaves a segment alone that another writer has, and one that was sealed behind the index', () =>
    onBench(async (bench) => {
      const [one, other] = [bench.writer(), bench.writer()];
      await one.append([record(1)]);
      await other.append([record(2)]);
      await Promise.all([one.commit(), other.commit()]);
      assert.deepEqual([await bench.held(1), await bench.held(2)], [[1], [2]]);
      await one.append(Array.from({ length: 12 }, (_, at) => record(10 + at)));
      await Promise.all([one.close(), other.close()]);
      // Neither is in the index now: one is sealed all the same, the other goes on.
      bench.index.marks.clear();
      const next = bench.writer();
      await next.append([record(99)]);
      await next.commit();
      await next.close();
      const segments = await bench.files.list();
      const held = await Promise.all(segments.map((name) => bench.held(Number(name.slice(0, 8)))));
      assert.equal(held.flat().length, 15);
    }));
});
