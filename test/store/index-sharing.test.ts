import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import * as fc from 'fast-check';
import {
  FrameSplitter,
  IndexMessageError,
  decodeBatch,
  decodeIds,
  decodeLocations,
  decodePage,
  decodeWatermarks,
  encodeBatch,
  encodeFrame,
  encodeLocations,
  encodePage,
} from '../../store/index-db/index-messages.ts';
import type { IndexBatch } from '../../store/index-db/location-index.ts';
import type { LocatedRecord, Location } from '../../store/segments/segment-format.ts';
import { createStore, type ObjectId } from '../../store/index.ts';
import { noise } from './maintenance-fixture.ts';
import { withTemporaryFolder } from './temporary-folder.ts';

const id = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('hex') as ObjectId);
/** Records with a prototype, as the decoders make them. */
const PLAIN = { noNullPrototype: true };
const u32 = fc.nat(2 ** 32 - 1);
const location: fc.Arbitrary<Location> = fc
  .record({ segment: u32, offset: u32, rawSize: fc.integer({ min: 1, max: 8 * 1024 * 1024 }) })
  .chain((base) =>
    fc.constantFrom<Location>(
      { ...base, kind: 'chunk', codec: 'none', storedSize: base.rawSize },
      { ...base, kind: 'tree', codec: 'zstd', storedSize: base.rawSize - 1 },
    ),
  );
const record: fc.Arbitrary<LocatedRecord> = fc.record({ id, location }, PLAIN);
const batch: fc.Arbitrary<IndexBatch> = fc.record(
  {
    puts: fc.array(record),
    deletes: fc.array(id),
    watermarks: fc.array(
      fc.record({ segment: u32, bytes: u32, records: u32, sealed: fc.boolean() }, PLAIN),
    ),
    forgotten: fc.array(u32),
  },
  PLAIN,
);

describe('messages between processes that share an index', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(batch, (value) => assert.deepEqual(decodeBatch(encodeBatch(value)), value)),
    );
    fc.assert(
      fc.property(fc.array(fc.option(location, { nil: undefined })), (value) =>
        assert.deepEqual(decodeLocations(encodeLocations(value)), value),
      ),
    );
    fc.assert(
      fc.property(fc.array(record), fc.boolean(), (records, more) =>
        assert.deepEqual(decodePage(encodePage({ records, more })), { records, more }),
      ),
    );
  });

  it('are refused or understood, whatever the bytes, and never crash a reader', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        for (const decode of [
          decodeBatch,
          decodeIds,
          decodeLocations,
          decodePage,
          decodeWatermarks,
        ]) {
          try {
            decode(Buffer.from(bytes));
          } catch (error) {
            assert.ok(error instanceof IndexMessageError);
          }
        }
      }),
    );
  });

  it('are refused when cut short', () => {
    fc.assert(
      fc.property(batch, fc.nat(), (value, cut) => {
        const bytes = encodeBatch(value);
        assert.throws(() => decodeBatch(bytes.subarray(0, cut % bytes.length)), IndexMessageError);
      }),
    );
  });

  it('arrive whole, however the stream is cut', () => {
    const frames = fc.array(fc.record({ request: u32, code: fc.nat(255), body: bodies() }, PLAIN));
    fc.assert(
      fc.property(frames, fc.integer({ min: 1, max: 50 }), (sent, step) => {
        const bytes = Buffer.concat(sent.map(encodeFrame));
        const splitter = new FrameSplitter();
        const received = [];
        for (let at = 0; at < bytes.length; at += step) {
          splitter.push(bytes.subarray(at, at + step));
          for (let frame = splitter.next(); frame; frame = splitter.next()) received.push(frame);
        }
        assert.deepEqual(received, sent);
      }),
    );
  });

  for (const length of [0, 8, 4 * 1024 * 1024 + 1, 2 ** 32 - 1]) {
    it(`are refused when a frame claims ${length} bytes`, () => {
      const head = Buffer.alloc(9);
      head.writeUInt32LE(length);
      const splitter = new FrameSplitter();
      splitter.push(head);
      assert.throws(() => splitter.next(), IndexMessageError);
    });
  }
});

function bodies(): fc.Arbitrary<Buffer> {
  return fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes));
}

describe('the socket of a shared index', () => {
  for (const [who, hello] of [
    ['does not know the token', Buffer.concat([Buffer.of(1), Buffer.alloc(32)])],
    ['speaks another version', Buffer.concat([Buffer.of(9), Buffer.alloc(32)])],
    ['says nothing sensible', noise(3, 200)],
  ] as const) {
    it(`hangs up on whoever ${who}, and serves on`, async () => {
      await withTemporaryFolder(async (folder) => {
        await using store = await createStore(folder);
        await store.objects.count();
        const address = await readFile(join(folder, 'locks', 'index-leader'), 'utf8');
        const socket = connect(address.split('\n')[1]!);
        socket.on('error', () => undefined);
        socket.write(encodeFrame({ request: 1, code: 1, body: hello }));
        socket.resume();
        await once(socket, 'close');
        assert.equal(await store.objects.count(), 0);
      });
    });
  }
});
