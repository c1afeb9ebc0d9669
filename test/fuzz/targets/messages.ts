/** The payload of every message, and the steps of a pairing inside MEET_MESSAGE. The first byte says which. */
import {
  MESSAGE_TYPE,
  decodeMessage,
  encodeMessage,
  type MessageName,
} from '../../../protocol/index.ts';
import { FRAME_HEADER_BYTES } from '../../../protocol/frames/frame-format.ts';
import {
  decodeIntroduction,
  decodeStep,
  decodeVerdict,
  encodeIntroduction,
  encodeStep,
  encodeVerdict,
} from '../../../protocol/pairing/pair-step.ts';
import { changeBytes } from '../mutate/byte-mutations.ts';
import { behind } from '../mutate/mutation.ts';
import { changeFields } from '../mutate/protobuf-mutations.ts';
import { acceptedBy, mustEqual, mustHold, type FuzzTarget } from '../target.ts';
import { messageVectors } from './vectors.ts';

type Codec = {
  readonly sizeMaxBytes: number;
  readonly decode: (payload: Buffer) => unknown;
  readonly encode: (value: never) => Uint8Array;
};

const NAMES = Object.keys(MESSAGE_TYPE) as MessageName[];
const CODES = ['DITS_PROTOCOL_INVALID_MESSAGE', 'DITS_PROTOCOL_TOO_LARGE'];
const MEET_DATA = MESSAGE_TYPE.MEET_MESSAGE.payloadMaxBytes;

const CODECS: readonly Codec[] = [
  ...NAMES.map((name): Codec => ({
    sizeMaxBytes: MESSAGE_TYPE[name].payloadMaxBytes,
    decode: (payload) => decodeMessage(name, payload).body,
    encode: (value) => Buffer.concat(encodeMessage(name, value)),
  })),
  { sizeMaxBytes: MEET_DATA, decode: decodeStep, encode: encodeStep },
  { sizeMaxBytes: MEET_DATA, decode: decodeIntroduction, encode: encodeIntroduction },
  { sizeMaxBytes: MEET_DATA, decode: decodeVerdict, encode: encodeVerdict },
];

const PAIRING_SEEDS: readonly Uint8Array[] = [
  encodeStep({ kind: 'share', share: { peerId: '12D3KooWx', point: Buffer.alloc(65, 4) } }),
  encodeStep({ kind: 'confirmation', confirmation: Buffer.alloc(32, 5) }),
  encodeStep({ kind: 'sealed', sealed: Buffer.alloc(40, 6) }),
];
const INTRODUCTION = encodeIntroduction({
  name: 'edit',
  addresses: ['192.0.2.7:4433', '[2001:db8::7]:4433'],
  signature: Buffer.alloc(64, 7),
});

function seeds(): Uint8Array[] {
  const messages = messageVectors().map(({ name, frame }) => {
    const payload = Buffer.from(frame, 'hex').subarray(FRAME_HEADER_BYTES);
    return Buffer.concat([Buffer.of(NAMES.indexOf(name)), payload]);
  });
  const pairing = [
    ...PAIRING_SEEDS.map((step) => Buffer.concat([Buffer.of(NAMES.length), step])),
    Buffer.concat([Buffer.of(NAMES.length + 1), INTRODUCTION]),
    Buffer.concat([Buffer.of(NAMES.length + 2), encodeVerdict(true)]),
  ];
  return [...messages, ...pairing];
}

export const messagesTarget: FuzzTarget = {
  name: 'messages',
  covers: 'the payload of every message, and the steps of a pairing',
  seeds,
  mutations: [changeFields, changeFields, changeFields, changeBytes].map((one) => behind(1, one)),
  dictionary: ['refs/heads/main', '12D3KooW', '192.0.2.7:4433', 'film', '\u{1f600}', '€€€€', '..'],
  sizeMaxBytes: 6 * 1024,
  run(input) {
    const codec = CODECS[(input[0] ?? 0) % CODECS.length]!;
    const payload = input.subarray(1);
    if (payload.length > codec.sizeMaxBytes) return false;
    const value = acceptedBy(CODES, () => codec.decode(payload));
    if (value === undefined) return false;
    const encoded = Buffer.from(codec.encode(value as never));
    mustHold(encoded.length <= codec.sizeMaxBytes, 'what was read fits when it is sent on');
    mustEqual(codec.decode(encoded), value, 'what was read is the same when it is sent on');
    return true;
  },
};
