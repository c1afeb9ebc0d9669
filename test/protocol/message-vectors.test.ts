import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  FrameWriter,
  MESSAGE_TYPE,
  PROTOCOL_ERROR_CODES,
  encodeMessage,
  type Message,
  type MessageName,
  type ProtocolErrorCode,
} from '../../protocol/index.ts';
import { MessageChannel } from '../../protocol/session/message-channel.ts';
import { fixturePath } from '../support/fixture-path.ts';
import { collectingSink, sourceOf } from './support/byte-streams.ts';

type MessageVector = {
  readonly comment: string;
  readonly name: MessageName;
  readonly requestId: number;
  readonly body: unknown;
  readonly frame: string;
};

type InvalidVector = {
  readonly comment: string;
  readonly error: ProtocolErrorCode;
  readonly errorNumber: number;
  readonly frame: string;
  readonly zerosAfter?: number;
};

function readCases<T>(file: string): readonly T[] {
  const text = readFileSync(fixturePath(`vectors/${file}`), 'utf8');
  return (JSON.parse(text) as { cases: T[] }).cases;
}

/** Bytes as hexadecimal digits and nothing undefined, as in the vectors. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries.map(([key, one]) => [key, plain(one)]));
}

/** Reads the way a session does, limits included. */
async function readMessage(
  bytes: Uint8Array,
  pieceBytes?: number,
): Promise<{ requestId: number; message: Message }> {
  const stream = { streamId: 0, ...sourceOf(bytes, pieceBytes), ...collectingSink() };
  const received = await new MessageChannel(stream).receive();
  assert.ok(received?.message !== undefined);
  return { requestId: received.requestId, message: received.message };
}

async function writeMessage(requestId: number, message: Message): Promise<Buffer> {
  const sink = collectingSink();
  const parts = encodeMessage(message.name, message.body);
  const type = MESSAGE_TYPE[message.name].code;
  await new FrameWriter(sink).write({ type, requestId, parts, compress: false });
  return sink.bytes();
}

describe('the vectors of valid messages', () => {
  const cases = readCases<MessageVector>('messages.json');

  it('cover every message', () => {
    const names = new Set(cases.map((one) => one.name));
    assert.deepEqual([...names].sort(), Object.keys(MESSAGE_TYPE).sort());
  });

  for (const vector of cases) {
    it(`${vector.name}: ${vector.comment}`, async () => {
      const frame = Buffer.from(vector.frame, 'hex');
      const read = await readMessage(frame);
      assert.equal(read.message.name, vector.name);
      assert.equal(read.requestId, vector.requestId);
      assert.deepEqual(plain(read.message.body), vector.body);
      const written = await writeMessage(read.requestId, read.message);
      assert.equal(written.toString('hex'), vector.frame);
    });
  }

  it('read the same when they come a byte at a time', async () => {
    for (const vector of cases) {
      const read = await readMessage(Buffer.from(vector.frame, 'hex'), 1);
      assert.deepEqual(plain(read.message.body), vector.body);
    }
  });

  it('are refused or read, never worse, when any byte is changed', async () => {
    for (const vector of cases) {
      const frame = Buffer.from(vector.frame, 'hex');
      for (let at = 0; at < frame.length; at++) {
        const damaged = Buffer.from(frame);
        damaged.writeUInt8(damaged.readUInt8(at) ^ 0x41, at);
        const stream = { streamId: 0, ...sourceOf(damaged), ...collectingSink() };
        try {
          await new MessageChannel(stream).receive();
        } catch (error) {
          assert.match(String((error as { code?: unknown }).code), /^DITS_PROTOCOL_/);
        }
      }
    }
  });
});

describe('the vectors of invalid frames', () => {
  for (const vector of readCases<InvalidVector>('invalid-frames.json')) {
    it(`${vector.comment}: ${vector.error}`, async () => {
      const zeros = Buffer.alloc(vector.zerosAfter ?? 0);
      const frame = Buffer.concat([Buffer.from(vector.frame, 'hex'), zeros]);
      await assert.rejects(readMessage(frame), { code: vector.error });
      assert.equal(PROTOCOL_ERROR_CODES[vector.error].errorNumber, vector.errorNumber);
    });
  }
});
