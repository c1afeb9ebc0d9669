/** What connections say below the messages: multistream lines, control records, lanes, yamux headers, datagrams, retry tokens. */
import { encodeRecordHeader, parseRecordHeader } from '../../../node/lanes/lane-format.ts';
import {
  ControlReader,
  encodeControlRecord,
  type ControlRecord,
} from '../../../node/noise/control-records.ts';
import { FrameGuard } from '../../../node/noise/frame-guard.ts';
import {
  LineReader,
  MULTISTREAM_HEADER,
  encodeLines,
} from '../../../node/noise/multistream-lines.ts';
import { joinedLength } from '../../../node/quic/joined-datagrams.ts';
import { RetryTokens } from '../../../node/quic/retry-tokens.ts';
import { changeBytes } from '../mutate/byte-mutations.ts';
import { behind } from '../mutate/mutation.ts';
import { acceptedBy, mustEqual, mustHold, type FuzzTarget } from '../target.ts';

const CODES = ['DITS_PROTOCOL_INVALID_MESSAGE'];
const FROM = { host: '192.0.2.7', port: 4433 };
const NEW_ID = Buffer.alloc(16, 5);
const tokens = new RetryTokens({ nowMs: () => 1000 });

/** A stream in pieces, as it may come in. */
function* piecesOf(bytes: Buffer): Generator<Buffer> {
  const pieceBytes = 1 + ((bytes[0] ?? 0) % 32);
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

function readLines(bytes: Buffer): string[] {
  const reader = new LineReader();
  const lines: string[] = [];
  for (const piece of piecesOf(bytes)) {
    reader.accept(piece);
    for (let line = reader.next(); line !== undefined; line = reader.next()) lines.push(line);
  }
  const taken = Buffer.from(encodeLines(...lines));
  mustEqual(Buffer.concat([taken, reader.rest()]), bytes, 'lines and rest are the stream');
  return lines;
}

function checkControl(bytes: Buffer): boolean {
  const records = acceptedBy(CODES, () => {
    const reader = new ControlReader();
    return [...piecesOf(bytes)].flatMap((piece) => [...reader.accept(piece)]);
  });
  if (records === undefined) return false;
  mustHold(
    records.every(({ text }) => !/\p{C}/u.test(text)),
    'a text holds nothing a terminal acts on',
  );
  const encoded = Buffer.concat(records.map(encodeControlRecord));
  const again = [...new ControlReader().accept(encoded)];
  mustEqual(again.map(withoutText), records.map(withoutText), 'records are the same again');
  return records.length > 0;
}

/** The text is for people; what stands for a character they should not see may be longer, and cut when it is sent on. */
function withoutText({ kind, stream, code }: ControlRecord): Omit<ControlRecord, 'text'> {
  return { kind, stream, code };
}

function checkLane(bytes: Buffer): boolean {
  if (bytes.length < 8) return false;
  const header = bytes.subarray(0, 8);
  const record = acceptedBy(CODES, () => parseRecordHeader(header));
  if (record === undefined) return false;
  mustEqual(encodeRecordHeader(record), header, 'a record of a lane has one encoding');
  return true;
}

function checkGuard(bytes: Buffer): boolean {
  const inPieces = new FrameGuard(() => true);
  const areHarmless = [...piecesOf(bytes)].every((piece) => inPieces.isHarmless(piece));
  const isHarmless = new FrameGuard(() => true).isHarmless(bytes);
  mustEqual(areHarmless, isHarmless, 'it does not matter how the frames come');
  return isHarmless;
}

function checkDatagram(bytes: Buffer): boolean {
  const length = joinedLength(bytes);
  mustHold(bytes.length === 0 ? length === 0 : length > 0, 'datagrams have bytes');
  mustHold(length <= bytes.length, 'a datagram is no longer than what came');
  mustHold(tokens.open(bytes, FROM, NEW_ID) === undefined, 'no token but one that was minted');
  return length < bytes.length;
}

const CHECKS = [
  (bytes: Buffer) => (acceptedBy(CODES, () => readLines(bytes))?.length ?? 0) > 0,
  checkControl,
  checkLane,
  checkGuard,
  checkDatagram,
] as const;

function seeds(): Uint8Array[] {
  const yamux = Buffer.from('000000010000000100000004deadbeef000200000000000000000001', 'hex');
  const datagram = Buffer.concat([Buffer.of(0x40), Buffer.alloc(20, 7), Buffer.alloc(30, 1)]);
  const records = [
    encodeControlRecord({ kind: 'reset', stream: 4, code: 9, text: '' }),
    encodeControlRecord({ kind: 'close', stream: 0, code: 1, text: 'good-bye' }),
  ];
  const bodies = [
    encodeLines(MULTISTREAM_HEADER, '/dits/1', 'na'),
    Buffer.concat(records),
    encodeRecordHeader({ kind: 'data', stream: 3, value: 70_000 }),
    yamux,
    Buffer.concat([datagram, datagram]),
    tokens.mint(FROM, Buffer.alloc(16, 1), Buffer.alloc(16, 6)),
  ];
  return bodies.map((body, check) => Buffer.concat([Buffer.of(check % CHECKS.length), body]));
}

export const linkRecordsTarget: FuzzTarget = {
  name: 'link-records',
  covers:
    'multistream lines, control records, lanes, yamux headers, joined datagrams, retry tokens',
  seeds,
  mutations: [behind(1, changeBytes)],
  dictionary: ['/multistream/1.0.0\n', 'na\n', Buffer.from([0xff, 0xff])],
  sizeMaxBytes: 2 * 1024,
  run: (input) => CHECKS[(input[0] ?? 0) % CHECKS.length]!(input.subarray(1)),
};
