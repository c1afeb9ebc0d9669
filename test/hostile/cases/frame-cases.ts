/** Frames and conversations that break the rules, from a peer that is known: hostile-inputs "Protocol", "Lengths and counts". */
import type { ProtocolErrorCode } from '../../../protocol/index.ts';
import { frame } from '../../protocol/support/raw-peer.ts';
import type { DialAs } from '../arena.ts';
import type { CaseGroup, HostileCase } from '../hostile-case.ts';
import { HANDLE } from '../hostile-peer.ts';
import { fields, rawFrame, type RawFrame } from '../raw-bytes.ts';

const MIB = 1024 * 1024;
const INVALID = 'DITS_PROTOCOL_INVALID_MESSAGE';
const TOO_LARGE = 'DITS_PROTOCOL_TOO_LARGE';

/** Frames that end the connection, wherever they come. */
const BAD_FRAMES: readonly (readonly [string, RawFrame, ProtocolErrorCode])[] = [
  ['sends a frame with the wrong magic', { magic: 'HTTP' }, INVALID],
  ['speaks version 0', { version: 0 }, 'DITS_PROTOCOL_UNSUPPORTED_VERSION'],
  ['speaks version 255', { version: 255 }, 'DITS_PROTOCOL_UNSUPPORTED_VERSION'],
  ['sets a reserved flag', { flags: 0x80 }, INVALID],
  ['sets a reserved byte', { reserved: 7 }, INVALID],
  ['says that a frame is encrypted', { flags: 0x02 }, INVALID],
  ['says that a frame is one of several', { flags: 0x04 }, INVALID],
  ['says that a frame is the last of several', { flags: 0x08 }, INVALID],
  ['announces 2 GiB of payload', { length: 2 ** 31 }, TOO_LARGE],
  ['announces 4 GiB of payload', { length: 2 ** 32 - 1 }, TOO_LARGE],
  ['announces a byte above the cap', { length: 16 * MIB + 1 }, TOO_LARGE],
  ['announces more than the message may hold', { type: 'PING', length: 5_000 }, TOO_LARGE],
  ['numbers a request beyond 2^53', { requestId: 2n ** 53n }, INVALID],
  ['numbers a request 2^64 - 1', { requestId: 2n ** 64n - 1n }, INVALID],
];

/** Payloads that decode to nothing sound, as control messages under request 9. */
const BAD_PAYLOADS: readonly (readonly [string, RawFrame])[] = [
  ['sends a group', { type: 'REF_LIST', payload: Buffer.from([0x0b, 0x0c]) }],
  ['ends a payload inside a field', { type: 'REF_LIST', payload: Buffer.from([0x12, 0x7f, 0x61]) }],
  ['announces a field of 4 GiB', { type: 'REF_LIST', payload: field32(2, 2 ** 32 - 1) }],
  ['writes a number of eleven bytes', { type: 'REF_LIST', payload: Buffer.alloc(12, 0xff) }],
  ['uses field 0', { type: 'REF_LIST', payload: Buffer.from([0x00, 0x01]) }],
  [
    'writes no UTF-8',
    { type: 'REF_LIST', payload: fields([1, 1], [2, Buffer.from([0xff, 0xfe])]) },
  ],
  ['repeats fields without end', { type: 'REF_LIST', payload: Buffer.alloc(4_000, 0x08) }],
  [
    'asks about an id of 31 bytes',
    { type: 'CHUNK_CHECK', payload: fields([1, HANDLE], [2, Buffer.alloc(31)]) },
  ],
  [
    'lists ids that are not whole',
    { type: 'CHUNK_BATCH_CHECK', payload: fields([1, HANDLE], [3, Buffer.alloc(33)]) },
  ],
  [
    'asks about more ids than allowed',
    { type: 'CHUNK_BATCH_CHECK', payload: fields([1, HANDLE], [3, Buffer.alloc(32 * 8_193)]) },
  ],
  ['asks for access 9', { type: 'AUTH', payload: fields([1, 'film'], [2, 9]) }],
  [
    'changes 1,025 refs at once',
    {
      type: 'REF_UPDATE',
      payload: fields([1, HANDLE], ...Array.from({ length: 1_025 }, () => [2, ''] as const)),
    },
  ],
  [
    'changes one ref twice',
    {
      type: 'REF_UPDATE',
      payload: fields(
        [1, HANDLE],
        ...Array.from({ length: 2 }, () => [2, [[1, 'refs/heads/x']]] as const),
      ),
    },
  ],
];

/** A length-delimited field that claims this many bytes. */
function field32(number: number, length: number): Buffer {
  const bytes = Buffer.alloc(6);
  bytes[0] = (number << 3) | 2;
  for (let at = 1, left = length; at < 6; at++, left = Math.floor(left / 128)) {
    bytes[at] = (left % 128) | (at < 5 ? 0x80 : 0);
  }
  return bytes;
}

function badFrame([title, raw, code]: (typeof BAD_FRAMES)[number], how: DialAs): HostileCase {
  return {
    title: `${title} over ${how.over ?? 'quic'}`,
    attack: async (arena) => {
      const peer = await arena.enter(how);
      const stream = await peer.stream();
      await stream.write([rawFrame(raw)]);
      await peer.isThrownOut(code);
    },
  };
}

function badPayload([title, raw]: (typeof BAD_PAYLOADS)[number]): HostileCase {
  return {
    title,
    attack: async (arena) => {
      const peer = await arena.enter();
      const stream = await peer.stream();
      await stream.write([rawFrame({ requestId: 9, ...raw })]);
      await peer.isThrownOut(INVALID, TOO_LARGE);
    },
  };
}

/** The very first thing that is said on a connection. */
function badBeginning(title: string, bytes: Buffer, code: ProtocolErrorCode): HostileCase {
  return {
    title,
    attack: async (arena) => {
      const peer = await arena.dial();
      const stream = await peer.stream();
      await stream.write([bytes]).catch(() => undefined);
      await peer.isThrownOut(code);
    },
  };
}

const BEGINNINGS: readonly HostileCase[] = [
  badBeginning('speaks HTTP', Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n'), INVALID),
  badBeginning('sends zeros', Buffer.alloc(MIB), INVALID),
  badBeginning(
    'asks before the HELLO',
    frame('REF_LIST', 1, { handle: HANDLE, after: '' }),
    INVALID,
  ),
  badBeginning(
    'has no version in common',
    rawFrame({
      type: 'HELLO',
      requestId: 0,
      payload: fields([1, Buffer.from([99])], [2, 'x'], [4, 16 * MIB], [5, 16 * MIB], [6, 1]),
    }),
    'DITS_PROTOCOL_UNSUPPORTED_VERSION',
  ),
  badBeginning(
    'names 33 versions',
    rawFrame({
      type: 'HELLO',
      requestId: 0,
      payload: fields([1, Buffer.alloc(33, 1)], [2, 'x'], [4, 16 * MIB], [5, 16 * MIB], [6, 1]),
    }),
    INVALID,
  ),
  {
    title: 'accepts no payload, no window, or no id',
    attack: async (arena) => {
      for (const over of [{ payloadMaxBytes: 100 }, { windowBytes: 100 }, { batchIdsMax: 0 }]) {
        const peer = await arena.dial();
        await peer.hello(over);
        await peer.isThrownOut(INVALID);
      }
    },
  },
  {
    title: 'begins with bulk',
    attack: async (arena) => {
      const peer = await arena.dial();
      const sink = await peer.sink();
      await sink.write([Buffer.alloc(MIB)]).catch(() => undefined);
      await peer.isThrownOut(INVALID);
    },
  },
  {
    title: 'says HELLO twice',
    attack: async (arena) => {
      const peer = await arena.enter();
      await peer.control.send('HELLO', 0, {
        ...{ versions: [1], software: 'again', capabilities: [] },
        ...{ payloadMaxBytes: 16 * MIB, windowBytes: 16 * MIB, batchIdsMax: 1 },
      });
      await peer.isThrownOut(INVALID);
    },
  },
];

export const FRAME_CASES: CaseGroup = {
  who: 'a peer that is known',
  cases: [
    ...BAD_FRAMES.map((one) => badFrame(one, {})),
    ...BAD_FRAMES.slice(0, 4).map((one) => badFrame(one, { over: 'tcp' })),
    ...BAD_PAYLOADS.map(badPayload),
    ...BEGINNINGS,
  ],
};
