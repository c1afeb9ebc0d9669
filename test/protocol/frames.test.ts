import assert from 'node:assert/strict';
import {
  FRAME_HEADER_BYTES,
  FrameReader,
  FrameWriter,
  MESSAGE_TYPE,
  PAYLOAD_SIZE_MAX_BYTES,
  encodeFrameHeader,
  parseFrameHeader,
} from '../../protocol/index.ts';
import { collectingSink, sourceOf } from './support/byte-streams.ts';
import { SeededRandom } from '../../simulations/index.ts';

const KIB = 1024;

describe('frames', () => {
  it('have the documented header', () => {
    const header = encodeFrameHeader({
      type: 0x22,
      isCompressed: true,
      payloadLength: 0x010203,
      requestId: 0x1f_2233_4455_66,
    });
    assert.equal(header.toString('hex'), '4449545301220100' + '00010203' + '00001f2233445566');
    assert.equal(header.length, FRAME_HEADER_BYTES);
  });

  it('keep request ids up to 2^53 - 1', () => {
    const header = {
      type: 0,
      isCompressed: false,
      payloadLength: 0,
      requestId: Number.MAX_SAFE_INTEGER,
    };
    assert.deepEqual(parseFrameHeader(encodeFrameHeader(header)), header);
  });

  it('refuse to be written above the cap', () => {
    const payloadLength = PAYLOAD_SIZE_MAX_BYTES + 1;
    assert.throws(
      () => encodeFrameHeader({ type: 0, isCompressed: false, payloadLength, requestId: 0 }),
      { code: 'DITS_PROTOCOL_TOO_LARGE' },
    );
  });

  it('come out as they went in, whatever the sizes and the pieces they come in', async () => {
    const random = new SeededRandom(11);
    const payloads = Array.from({ length: 40 }, () => random.bytes(random.below(6_000)));
    const sink = collectingSink();
    const writer = new FrameWriter(sink);
    await Promise.all(
      payloads.map((payload, requestId) =>
        writer.write({ type: 1, requestId, parts: [payload], compress: false }),
      ),
    );
    for (const pieceBytes of [1, 19, 20, 21, 2_047, 2_049, 1_000_000]) {
      const reader = new FrameReader(sourceOf(sink.bytes(), pieceBytes));
      for (const [requestId, payload] of payloads.entries()) {
        const header = await reader.readHeader();
        assert.equal(header?.requestId, requestId);
        assert.ok((await reader.readPayload(header)).equals(payload));
      }
      assert.equal(await reader.readHeader(), undefined);
    }
  });

  it('are skipped without keeping their payload', async () => {
    const sink = collectingSink();
    const writer = new FrameWriter(sink);
    const parts = [Buffer.alloc(100 * KIB, 7)];
    await writer.write({ type: 0xfe, requestId: 1, parts, compress: false });
    await writer.write({ type: 1, requestId: 2, parts: [], compress: false });
    const reader = new FrameReader(sourceOf(sink.bytes(), 3_000));
    const header = await reader.readHeader();
    assert.ok(header !== undefined);
    await reader.skipPayload(header);
    assert.equal((await reader.readHeader())?.requestId, 2);
  });

  it('go to the link in one call, bulk data unjoined', async () => {
    const parts = [Buffer.from('index'), Buffer.alloc(10), Buffer.alloc(20)];
    const calls: (readonly Uint8Array[])[] = [];
    const sink = {
      write: (written: readonly Uint8Array[]) => {
        calls.push(written);
        return Promise.resolve();
      },
      end: () => Promise.resolve(),
      reset: () => undefined,
    };
    await new FrameWriter(sink).write({ type: 0x22, requestId: 1, parts, compress: false });
    assert.equal(calls.length, 1);
    assert.deepEqual(calls[0]?.slice(1), parts);
    assert.ok(calls[0].slice(1).every((part, index) => part === parts[index]));
  });

  it('are compressed only where that pays', async () => {
    const sink = collectingSink();
    const writer = new FrameWriter(sink);
    const type = MESSAGE_TYPE.REF_LIST_RESP.code;
    const text = Buffer.alloc(20 * KIB, 'refs/heads/');
    const noise = new SeededRandom(12).bytes(20 * KIB);
    for (const [requestId, part] of [text, noise, Buffer.from('short')].entries()) {
      await writer.write({ type, requestId, parts: [part], compress: true });
    }
    const reader = new FrameReader(sourceOf(sink.bytes()));
    for (const [payload, isCompressed] of [
      [text, true],
      [noise, false],
      [Buffer.from('short'), false],
    ] as const) {
      const header = await reader.readHeader();
      assert.equal(header?.isCompressed, isCompressed);
      assert.ok((await reader.readPayload(header)).equals(payload));
    }
  });
});
