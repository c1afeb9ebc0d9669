// Writes messages.json, invalid-frames.json and bloom.json. Run after a build: node test/vectors/generate-protocol.mjs
// The files are committed: a changed byte in messages.json is a change of the protocol, not of a test.
import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { rawPublicKey } from '../../dist/node/identity/certificate.js';
import { peerIdFromPublicKey } from '../../dist/node/identity/peer-id.js';
import { BloomFilter, bloomParameters } from '../../dist/protocol/bloom/bloom-filter.js';
import { PROTOCOL_ERROR_CODES } from '../../dist/protocol/error-codes.js';
import { encodeFrameHeader } from '../../dist/protocol/frames/frame-header.js';
import { deflatePayload } from '../../dist/protocol/frames/frame-compression.js';
import { MESSAGE_TYPE } from '../../dist/protocol/frames/message-types.js';
import { encodeMessage } from '../../dist/protocol/messages/message.js';
import { passSigningBytes } from '../../dist/protocol/messages/pass.js';
import { CodedSymbols } from '../../dist/protocol/sketch/coded-symbols.js';
import { KeyedDigest, idWords } from '../../dist/protocol/sketch/keyed-digest.js';

const id = (byte) => Buffer.alloc(32, byte).toString('hex');
const idBytes = (byte) => Buffer.alloc(32, byte);
const bytes = (text) => Buffer.from(text);
const record = (byte, kind, text) => ({
  id: id(byte),
  kind,
  codec: 'none',
  rawSize: text.length,
  stored: bytes(text),
});
const packed = await deflatePayload(Buffer.alloc(2048, 'dits'));
const totals = {
  objects: 12,
  chunks: 9,
  objectsSent: 5,
  chunksSent: 3,
  logicalBytes: 600_000,
  sentBytes: 123_456,
};
const move = { mover: id(0x0a), sequence: 1_767_323_045_000, rewound: 1_767_323_000_000, kept: true, signature: Buffer.alloc(64, 0x0b).toString('hex') };
const rotation = { old: '12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq', new: '12D3KooWQUn2zs9nHeyZPNXxQGqmSvY2Vcpc3r1tVvhkqWB4bNPF', rotatedAtMs: 1_767_323_045_000, oldSignature: Buffer.alloc(64, 1), newSignature: Buffer.alloc(64, 2) };
const main = { name: 'refs/heads/main', target: id(0xaa) };

// A real pass: by the key whose RFC 8032 seed is 32 bytes 1, for the one whose seed is 32 bytes 2.
const [issuerKey, subjectKey] = [1, 2].map((byte) =>
  createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), idBytes(byte)]), format: 'der', type: 'pkcs8' }),
);
const [issuer, subject] = [issuerKey, subjectKey].map((key) => peerIdFromPublicKey(rawPublicKey(createPublicKey(key))));
const claims = { issuer, subject, repository: 'film', expiresAt: 1_767_323_045 };
const pass = { ...claims, signature: sign(null, passSigningBytes(claims), issuerKey) };

const messages = [
  ['the first message of either side', 'HELLO', 0, { versions: [1], software: 'dits-node/0.1.0', capabilities: ['resume'], payloadMaxBytes: 16_777_216, windowBytes: 33_554_432, batchIdsMax: 8192 }],
  ['a ping without data has an empty payload', 'PING', 1, { data: bytes('') }],
  ['the answer repeats the data', 'PONG', 1, { data: bytes('still there?') }],
  ['opening a repository for reading', 'AUTH', 2, { repository: 'film/reel-1', access: 'read', create: false }],
  ['opening a repository for writing, making it if need be', 'AUTH', 3, { repository: 'new', access: 'write', create: true }],
  ['opening a repository at a stranger that fetches it too', 'AUTH', 4, { repository: 'film', access: 'read', create: false, pass }],
  ['opened, with its refs', 'AUTH_OK', 2, { handle: 1, access: 'write', head: { kind: 'branch', name: 'refs/heads/main' }, objectCount: 4_294_967_296, refs: [main] }],
  ['opened, with a ref whose move is signed, in a repository kept for others', 'AUTH_OK', 2, { handle: 1, access: 'read', head: { kind: 'branch', name: 'refs/heads/main' }, objectCount: 12, refs: [{ ...main, move }], custody: { repositoryId: id(0x0c), kept: true } }],
  ['opened, with too many refs to list here', 'AUTH_OK', 2, { handle: 2, access: 'read', head: { kind: 'detached', target: id(0xbb) }, objectCount: 0, refs: undefined }],
  ['refused', 'AUTH_FAIL', 2, { failure: 'insufficient-permission', message: 'no access' }],
  ['a normal end', 'CLOSE', 0, { code: 0, reason: 'done' }],
  ['one request failed', 'ERROR', 7, { code: 3, message: 'no such object', name: 'DITS_PROTOCOL_NOT_FOUND', retryAfterMs: 0 }],
  ['the conversation failed', 'ERROR', 0, { code: 5, message: 'slow down', name: 'DITS_PROTOCOL_RATE_LIMITED', retryAfterMs: 1500 }],
  ['a peer, still connected with its old key, has a new one', 'IDENTITY_ROTATE', 12, { kind: 'tell', rotation }],
  ['what became of a peer id?', 'IDENTITY_ROTATE', 13, { kind: 'ask', old: rotation.old }],
  ['the new key is believed', 'IDENTITY_ROTATED', 12, { accepted: true, message: '', chain: [] }],
  ['the new key is not believed', 'IDENTITY_ROTATED', 12, { accepted: false, message: 'the old key has not signed it', chain: [] }],
  ['another one took its place', 'IDENTITY_ROTATED', 13, { accepted: false, message: '', chain: [rotation] }],
  ['is this chunk there?', 'CHUNK_CHECK', 4, { handle: 1, id: id(0x11) }],
  ['yes', 'CHUNK_CHECK_RESP', 4, { present: true }],
  ['no is the default and takes no bytes', 'CHUNK_CHECK_RESP', 4, { present: false }],
  ['two chunks of a sync', 'CHUNK_UPLOAD', 5, { batch: 1, records: [record(0x11, 'chunk', 'hello'), record(0x22, 'chunk', 'dits')], absent: [], last: false }],
  ['a chunk in its compressed form', 'CHUNK_UPLOAD', 5, { batch: 2, records: [{ id: id(0x33), kind: 'chunk', codec: 'zstd', rawSize: 2048, stored: packed }], absent: [], last: false }],
  ['batch 1 is durable, batch 2 was there already', 'CHUNK_UPLOAD_ACK', 5, { results: [{ batch: 1, statuses: Buffer.from([0, 0]) }, { batch: 2, statuses: Buffer.from([1]) }] }],
  ['fetching two objects', 'CHUNK_DOWNLOAD', 6, { handle: 1, ids: [id(0x11), id(0x44)] }],
  ['the one that is there', 'CHUNK_DATA', 6, { batch: 0, records: [record(0x11, 'chunk', 'hello')], absent: [], last: false }],
  ['the one that is not, and the end', 'CHUNK_DATA', 6, { batch: 0, records: [], absent: [id(0x44)], last: true }],
  ['nine questions in one', 'CHUNK_BATCH_CHECK', 5, { handle: 0, number: 1, ids: [1, 2, 3, 4, 5, 6, 7, 8, 9].map(id) }],
  ['answers in input order, lowest bit first: the first and the ninth are there', 'CHUNK_BATCH_RESP', 5, { number: 1, present: [true, false, false, false, false, false, false, false, true] }],
  ['fetching a manifest', 'MANIFEST_GET', 8, { handle: 1, ids: [id(0x55)] }],
  ['a manifest', 'MANIFEST_DATA', 8, { batch: 0, records: [record(0x55, 'manifest', 'manifest bytes')], absent: [], last: true }],
  ['what is not a chunk', 'MANIFEST_PUSH', 5, { batch: 3, records: [record(0x66, 'tree', 'tree'), record(0x77, 'commit', 'commit'), record(0x88, 'tag', 'tag')], absent: [], last: false }],
  ['batch 4 is refused, and why', 'CHUNK_UPLOAD_ACK', 5, { results: [{ batch: 4, statuses: Buffer.from([4]) }], reason: 'the quota of 2.00 MiB for film is used up' }],
  ['its acknowledgement', 'MANIFEST_ACK', 5, { results: [{ batch: 3, statuses: Buffer.from([0, 0, 1]) }] }],
  ['the first page of refs', 'REF_LIST', 9, { handle: 1, after: '' }],
  ['a page of refs', 'REF_LIST_RESP', 9, { head: { kind: 'branch', name: 'refs/heads/main' }, refs: [main, { name: 'refs/tags/v1', target: id(0xcc) }], more: true }],
  ['what may I read?', 'REPO_LIST', 12, { after: '' }],
  ['two repositories, and more to come', 'REPO_LIST_RESP', 12, { repositories: [{ name: 'film', access: 'write' }, { name: 'sound', access: 'read' }], more: true }],
  ['create, move and delete a ref', 'REF_UPDATE', 10, { handle: 1, changes: [{ name: 'refs/heads/a', old: null, new: id(1), force: false }, { name: 'refs/heads/b', old: id(2), new: id(3), force: true }, { name: 'refs/heads/c', old: id(4), new: null, force: false }] }],
  ['move a ref, and sign for it', 'REF_UPDATE', 11, { handle: 1, changes: [{ name: 'refs/heads/main', old: id(1), new: id(2), force: false, move }] }],
  ['what became of it', 'REF_UPDATE_RESULT', 10, { results: [{ name: 'refs/heads/a', result: 'created', current: id(1), message: '' }, { name: 'refs/heads/b', result: 'locked', current: id(2), message: 'locked by ann' }, { name: 'refs/heads/c', result: 'deleted', current: null, message: '' }] }],
  ['a push: the sender is the source', 'SYNC_REQUEST', 5, { handle: 1, direction: 'push', wants: [id(0xaa)], haves: [id(0xbb)], heldCount: 0, windowBytes: 0 }],
  ['a pull: the sender is the sink', 'SYNC_REQUEST', 5, { handle: 1, direction: 'pull', wants: [id(0xaa)], haves: [], heldCount: 1000, windowBytes: 33_554_432 }],
  ['a common ancestor was found', 'SYNC_RESPONSE', 5, { common: [id(0xbb)], heldCount: 1000, windowBytes: 33_554_432, filter: false }],
  ['none was found: a filter follows', 'SYNC_RESPONSE', 5, { common: [], heldCount: 1000, windowBytes: 33_554_432, filter: true }],
  ['two big stores without a common ancestor: a sketch under this key comes first', 'SYNC_RESPONSE', 5, { common: [], heldCount: 10_000, windowBytes: 33_554_432, filter: false, sketchKey: Buffer.alloc(16, 7) }],
  ['the source wants the first symbols', 'SKETCH_REQUEST', 5, { count: 4, filter: false }],
  ['four symbols of three ids', 'SKETCH', 5, { symbols: symbolsOf([1, 2, 3], 0, 4).encode() }],
  ['the source has read the difference', 'SKETCH_REQUEST', 5, { count: 0, filter: false }],
  ['the source could not read it', 'SKETCH_REQUEST', 5, { count: 0, filter: true }],
  ['a filter over three ids', 'BLOOM_FILTER', 5, filterOf([id(1), id(2), id(3)])],
  ['totals so far', 'SYNC_PROGRESS', 5, { totals }],
  ['nothing more will be sent', 'SYNC_END', 5, { batches: 3, totals }],
  ['a pull of everything but chunks', 'SYNC_REQUEST', 5, { handle: 1, direction: 'pull', wants: [id(0xaa)], haves: [], heldCount: 0, windowBytes: 33_554_432, structure: true }],
  ['everything is on disk', 'SYNC_DONE', 5, { stored: 4, duplicates: 1, bytes: 123_456 }],
  ['fetching, and listening at a port', 'SWARM_JOIN', 11, { handle: 1, port: 50_000 }],
  ['fetching, and listening nowhere', 'SWARM_JOIN', 12, { handle: 1, port: 0 }],
  ['one other peer fetches it, and a pass', 'SWARM_PEERS', 11, { members: [{ peerId: issuer, host: '192.0.2.7', port: 50_001 }], pass, now: 1_767_323_000 }],
  ['a pairing code is offered under its first two symbols', 'MEET_OFFER', 1, { nameplate: 'K7' }],
  ['the offer stands for five minutes', 'MEET_OFFERED', 1, { lifetimeMs: 300_000 }],
  ['somebody was told the code', 'MEET_JOIN', 1, { nameplate: 'K7' }],
  ['both are there', 'MEET_BEGIN', 1, {}],
  ['passed on unread', 'MEET_MESSAGE', 1, { data: bytes('sealed') }],
  ['the codes differ', 'MEET_END', 1, { reason: 'wrong-code' }],
  ['redeeming a ticket', 'TICKET_REDEEM', 1, { ticket: Buffer.alloc(8, 1), secret: Buffer.alloc(16, 2), name: 'render-7' }],
  ['redeemed', 'TICKET_REDEEMED', 1, { repository: 'film', access: 'read', until: 1_800_000_000, name: 'studio' }],
  ['a peer wants to be reached through a relay', 'CIRCUIT_RESERVE', 13, {}],
  ['the relay keeps its connection', 'CIRCUIT_RESERVED', 13, { observed: '203.0.113.9:50002', circuitsMax: 16 }],
  ['another peer asks for it', 'CIRCUIT_CONNECT', 14, { peerId: subject }],
  ['the relay offers the circuit', 'CIRCUIT_OFFER', 1, { peerId: issuer }],
  ['it is taken', 'CIRCUIT_ACCEPT', 1, {}],
  ['the stream is joined', 'CIRCUIT_CONNECTED', 14, { observed: '198.51.100.4:50003' }],
  ['over the circuit: try to come directly', 'PUNCH', 3, { addresses: ['198.51.100.4:50003', '192.168.1.7:50003'] }],
  ['ready to be reached', 'PUNCH_READY', 3, { addresses: ['203.0.113.9:50002'] }],
  ['where am I seen?', 'OBSERVE', 15, {}],
  ['there', 'OBSERVED', 15, { address: '198.51.100.4:50003' }],
  ['a feed of chunks is opened', 'FEED_OPEN', 11, { handle: 1, wants: [id(0xaa)], windowBytes: 33_554_432, announcedMax: 100_000 }],
  ['by a peer that holds all of it', 'FEED_OPENED', 11, { complete: true }],
  ['by a peer that is still fetching itself', 'FEED_OPENED', 11, { complete: false }],
  ['two chunks that it holds', 'FEED_HAVE', 11, { prefixes: Buffer.concat([Buffer.alloc(8, 0x11), Buffer.alloc(8, 0x22)]), complete: false }],
  ['it has everything now', 'FEED_HAVE', 11, { prefixes: Buffer.alloc(0), complete: true }],
  ['two chunks are wanted of it', 'FEED_WANT', 11, { ids: [id(0x11), id(0x22)], last: false }],
  ['nothing more will be wanted', 'FEED_WANT', 11, { ids: [], last: true }],
  ['a chunk that will not come', 'FEED_ABSENT', 11, { ids: [id(0x22)] }],
  ['a chunk that came from elsewhere', 'FEED_CANCEL', 11, { ids: [id(0x22)] }],
];

/** Symbols `first` to `end - 1` of ids of one byte repeated, under the key of 16 bytes 7. */
function symbolsOf(bytes, first, end) {
  const symbols = new CodedSymbols(first, end);
  symbols.addIds(idWords(Buffer.concat(bytes.map(idBytes))), new KeyedDigest(Buffer.alloc(16, 7)));
  return symbols;
}

function filterOf(ids) {
  const filter = BloomFilter.create(bloomParameters(ids.length));
  for (const one of ids) filter.add(one);
  return filter.toMessage();
}

function frameOf(name, requestId, payload, isCompressed = false) {
  const header = encodeFrameHeader({ type: MESSAGE_TYPE[name].code, isCompressed, payloadLength: payload.length, requestId });
  return Buffer.concat([header, payload]);
}

/** Bytes become hex, so that JSON can hold them and a reader can compare them. */
const plain = (value) =>
  value instanceof Uint8Array
    ? Buffer.from(value).toString('hex')
    : Array.isArray(value)
      ? value.map(plain)
      : value !== null && typeof value === 'object'
        ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]))
        : value;

const messageVectors = messages.map(([comment, name, requestId, body]) => ({
  comment,
  name,
  requestId,
  body: plain(body),
  frame: frameOf(name, requestId, Buffer.concat(encodeMessage(name, body))).toString('hex'),
}));

const varint = (value) => {
  const out = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...out, rest]);
    out.push((rest % 128) + 128);
  }
};
const field = (number, value) =>
  typeof value === 'number'
    ? Buffer.concat([varint(number << 3), varint(value)])
    : Buffer.concat([varint((number << 3) | 2), varint(value.length), value]);
const message = (...fields) => Buffer.concat(fields.map(([number, value]) => field(number, value)));
const patched = (frame, offset, ...values) => {
  const copy = Buffer.from(frame);
  values.forEach((value, index) => copy.writeUInt8(value, offset + index));
  return copy;
};

const ping = frameOf('PING', 1, Buffer.alloc(0));
const recordFields = (over = {}) => {
  const parts = { batch: 1, ids: idBytes(1), forms: Buffer.from([1]), raw: Buffer.from([3]), stored: Buffer.from([3]), data: bytes('abc'), ...over };
  return message([1, parts.batch], [2, parts.ids], [3, parts.forms], [4, parts.raw], [5, parts.stored], [15, parts.data]);
};
const swarmMember = ({ host = '192.0.2.7', port = 1 } = {}) => message([1, bytes('A')], [2, bytes(host)], [3, port]);
const passFields = () => message([1, bytes('A')], [2, bytes('B')], [3, bytes('a')], [4, 1], [5, Buffer.alloc(64)]);
const moveFields = ({ mover = idBytes(1), sequence = 2, rewound = 1, signature = Buffer.alloc(64, 1) } = {}) => message([1, mover], [2, sequence], [3, rewound], [5, signature]);
const rotationFields = (newSignature = Buffer.alloc(64)) => message([1, bytes('A')], [2, bytes('B')], [3, 1], [4, Buffer.alloc(64)], [5, newSignature]);
const hello = (...fields) => frameOf('HELLO', 0, message(...fields));
const INVALID = 'DITS_PROTOCOL_INVALID_MESSAGE';
const TOO_LARGE = 'DITS_PROTOCOL_TOO_LARGE';

const invalid = [
  ['wrong magic', INVALID, patched(ping, 0, 0x47)],
  ['version 2 of the frame', 'DITS_PROTOCOL_UNSUPPORTED_VERSION', patched(ping, 4, 2)],
  ['version 0 of the frame', 'DITS_PROTOCOL_UNSUPPORTED_VERSION', patched(ping, 4, 0)],
  ['flag ENCRYPTED', INVALID, patched(ping, 6, 0x02)],
  ['flag CHUNKED', INVALID, patched(ping, 6, 0x04)],
  ['flag FINAL', INVALID, patched(ping, 6, 0x08)],
  ['flags CHUNKED and FINAL', INVALID, patched(ping, 6, 0x0c)],
  ['reserved flag 4', INVALID, patched(ping, 6, 0x10)],
  ['reserved flag 7', INVALID, patched(ping, 6, 0x80)],
  ['reserved byte', INVALID, patched(ping, 7, 1)],
  ['payload length one above the cap', TOO_LARGE, patched(ping, 8, 1, 0, 0, 1)],
  ['payload length 2^31', TOO_LARGE, patched(ping, 8, 0x80, 0, 0, 0)],
  ['payload length 2^32 - 1', TOO_LARGE, patched(ping, 8, 255, 255, 255, 255)],
  ['payload longer than its type allows', TOO_LARGE, patched(ping, 8, 0, 0, 0x10, 1)],
  ['request id 2^53', INVALID, patched(ping, 12, 0, 0x20, 0, 0, 0, 0, 0, 0)],
  ['the stream ends inside the header', INVALID, ping.subarray(0, 19)],
  ['the stream ends inside the payload', INVALID, frameOf('PING', 1, message([1, bytes('x')])).subarray(0, 22)],
  ['compressed, but no zstd frame', INVALID, frameOf('PING', 1, bytes('not zstd'), true)],
  ['compressed, but cut short', INVALID, frameOf('REF_LIST_RESP', 1, packed.subarray(0, packed.length - 4), true)],
  ['compressed, and empty', INVALID, frameOf('PING', 1, Buffer.alloc(0), true)],
  ['compressed, declaring 256 MiB', INVALID, frameOf('REF_LIST_RESP', 1, bomb(256 * 1024 * 1024), true)],
  ['a payload that is no protobuf', INVALID, frameOf('AUTH', 1, Buffer.from([0xff, 0xff, 0xff]))],
  ['a field longer than the payload', INVALID, frameOf('AUTH', 1, Buffer.from([0x0a, 0x7f, 0x61]))],
  ['a group', INVALID, frameOf('AUTH', 1, Buffer.from([0x0b, 0x0c]))],
  ['text that is not UTF-8', INVALID, frameOf('AUTH', 1, message([1, Buffer.from([0xff])], [2, 1]))],
  ['more than 64 unknown fields', INVALID, frameOf('PING', 1, Buffer.concat(Array.from({ length: 65 }, () => field(9, 1))))],
  ['HELLO without a version', INVALID, hello([2, bytes('x')])],
  ['HELLO with 33 versions', INVALID, hello([1, Buffer.alloc(33, 1)])],
  ['HELLO with a capability of 65 bytes', INVALID, hello([1, Buffer.from([1])], [3, Buffer.alloc(65, 0x61)])],
  ['PING that asks for 65 bytes', INVALID, frameOf('PING', 1, message([1, Buffer.alloc(65)]))],
  ['AUTH without a repository', INVALID, frameOf('AUTH', 1, message([2, 1]))],
  ['AUTH that climbs out', INVALID, frameOf('AUTH', 1, message([1, bytes('../etc')], [2, 1]))],
  ['AUTH with an absolute path', INVALID, frameOf('AUTH', 1, message([1, bytes('/etc')], [2, 1]))],
  ['AUTH with a drive letter', INVALID, frameOf('AUTH', 1, message([1, bytes('C:')], [2, 1]))],
  ['AUTH with a backslash', INVALID, frameOf('AUTH', 1, message([1, bytes('a\\b')], [2, 1]))],
  ['AUTH with a terminal escape', INVALID, frameOf('AUTH', 1, message([1, bytes('\u001b[2J')], [2, 1]))],
  ['AUTH with a name of 256 bytes', INVALID, frameOf('AUTH', 1, message([1, Buffer.alloc(256, 0x61)], [2, 1]))],
  ['AUTH for access 4', INVALID, frameOf('AUTH', 1, message([1, bytes('a')], [2, 4]))],
  ['AUTH for access 0', INVALID, frameOf('AUTH', 1, message([1, bytes('a')]))],
  ['AUTH_OK with handle 0', INVALID, frameOf('AUTH_OK', 1, message([2, 1], [3, message([1, bytes('refs/heads/main')])]))],
  ['AUTH_OK without a head', INVALID, frameOf('AUTH_OK', 1, message([1, 1], [2, 1]))],
  ['AUTH_OK with a count of 2^53', INVALID, frameOf('AUTH_OK', 1, message([1, 1], [2, 1], [3, message([1, bytes('r')])], [4, 2 ** 53]))],
  ['AUTH_FAIL with code 6', INVALID, frameOf('AUTH_FAIL', 1, message([1, 6]))],
  ['IDENTITY_ROTATE that says nothing', INVALID, frameOf('IDENTITY_ROTATE', 1, Buffer.alloc(0))],
  ['IDENTITY_ROTATE that tells and asks', INVALID, frameOf('IDENTITY_ROTATE', 1, message([1, rotationFields()], [2, bytes('A')]))],
  ['IDENTITY_ROTATE that only one key has signed', INVALID, frameOf('IDENTITY_ROTATE', 1, message([1, rotationFields(Buffer.alloc(0))]))],
  ['IDENTITY_ROTATE that asks about no peer id', INVALID, frameOf('IDENTITY_ROTATE', 1, message([2, bytes('../0')]))],
  ['IDENTITY_ROTATED with a chain of 18', INVALID, frameOf('IDENTITY_ROTATED', 1, Buffer.concat(Array.from({ length: 18 }, () => field(3, rotationFields()))))],
  ['CHUNK_CHECK with an id of 31 bytes', INVALID, frameOf('CHUNK_CHECK', 1, message([1, 1], [2, Buffer.alloc(31)]))],
  ['CHUNK_BATCH_CHECK of nothing', INVALID, frameOf('CHUNK_BATCH_CHECK', 1, message([2, 1]))],
  ['CHUNK_BATCH_CHECK of one id and a half', INVALID, frameOf('CHUNK_BATCH_CHECK', 1, message([2, 1], [3, Buffer.alloc(48)]))],
  ['CHUNK_BATCH_RESP with a bitmap that is too short', INVALID, frameOf('CHUNK_BATCH_RESP', 1, message([1, 1], [2, 9], [3, Buffer.from([1])]))],
  ['CHUNK_BATCH_RESP with a bitmap that is too long', INVALID, frameOf('CHUNK_BATCH_RESP', 1, message([1, 1], [2, 8], [3, Buffer.from([1, 0])]))],
  ['CHUNK_BATCH_RESP with bits past its end', INVALID, frameOf('CHUNK_BATCH_RESP', 1, message([1, 1], [2, 9], [3, Buffer.from([1, 2])]))],
  ['CHUNK_BATCH_RESP about 2^32 - 1 ids', INVALID, frameOf('CHUNK_BATCH_RESP', 1, message([1, 1], [2, 0xffff_ffff]))],
  ['records with ids but no sizes', INVALID, frameOf('CHUNK_UPLOAD', 1, message([1, 1], [2, idBytes(1)], [3, Buffer.from([1])]))],
  ['records of an unknown kind', INVALID, frameOf('CHUNK_UPLOAD', 1, recordFields({ forms: Buffer.from([6]) }))],
  ['records of kind 0', INVALID, frameOf('CHUNK_UPLOAD', 1, recordFields({ forms: Buffer.from([0]) }))],
  ['records in lz4, which is not spoken', INVALID, frameOf('CHUNK_UPLOAD', 1, recordFields({ forms: Buffer.from([0x21]) }))],
  ['records whose sizes disagree without compression', INVALID, frameOf('CHUNK_UPLOAD', 1, recordFields({ raw: Buffer.from([4]) }))],
  ['records that grow by compression', INVALID, frameOf('CHUNK_UPLOAD', 1, recordFields({ forms: Buffer.from([0x11]) }))],
  ['records with more bytes announced than there are', INVALID, frameOf('CHUNK_UPLOAD', 1, recordFields({ raw: Buffer.from([9]), stored: Buffer.from([9]) }))],
  ['records with bytes left over', INVALID, frameOf('CHUNK_UPLOAD', 1, recordFields({ data: bytes('abcd') }))],
  ['a record above 8 MiB after decompression', INVALID, frameOf('CHUNK_UPLOAD', 1, recordFields({ forms: Buffer.from([0x11]), raw: varint(8 * 1024 * 1024 + 1) }))],
  ['an acknowledgement with an unknown status', INVALID, frameOf('CHUNK_UPLOAD_ACK', 1, message([1, message([1, 1], [2, Buffer.from([5])])]))],
  ['an acknowledgement of batch 0', INVALID, frameOf('CHUNK_UPLOAD_ACK', 1, message([1, message([2, Buffer.from([0])])]))],
  ['a request for no object', INVALID, frameOf('CHUNK_DOWNLOAD', 1, message([1, 1]))],
  ['a request for one object twice', INVALID, frameOf('CHUNK_DOWNLOAD', 1, message([1, 1], [2, Buffer.alloc(64, 1)]))],
  ['refs out of order', INVALID, frameOf('REF_LIST_RESP', 1, message([1, message([1, bytes('r')])], [2, message([1, bytes('b')], [2, idBytes(1)])], [2, message([1, bytes('a')], [2, idBytes(1)])]))],
  ['a ref twice', INVALID, frameOf('REF_LIST_RESP', 1, message([1, message([1, bytes('r')])], [2, message([1, bytes('a')], [2, idBytes(1)])], [2, message([1, bytes('a')], [2, idBytes(1)])]))],
  ['more refs promised after none', INVALID, frameOf('REF_LIST_RESP', 1, message([1, message([1, bytes('r')])], [3, 1]))],
  ['more refs than a page holds', INVALID, frameOf('REF_LIST_RESP', 1, Buffer.concat([field(1, message([1, bytes('r')])), ...Array.from({ length: 2050 }, () => field(2, Buffer.alloc(0)))]))],
  ['repositories out of order', INVALID, frameOf('REPO_LIST_RESP', 1, message([1, message([1, bytes('b')], [2, 1])], [1, message([1, bytes('a')], [2, 1])]))],
  ['a repository that climbs out', INVALID, frameOf('REPO_LIST_RESP', 1, message([1, message([1, bytes('../a')], [2, 1])]))],
  ['a repository of access 4', INVALID, frameOf('REPO_LIST_RESP', 1, message([1, message([1, bytes('a')], [2, 4])]))],
  ['a repository without a name', INVALID, frameOf('REPO_LIST_RESP', 1, message([1, message([2, 1])]))],
  ['more repositories promised after none', INVALID, frameOf('REPO_LIST_RESP', 1, message([2, 1]))],
  ['more repositories than a page holds', INVALID, frameOf('REPO_LIST_RESP', 1, Buffer.concat(Array.from({ length: 1026 }, () => field(1, Buffer.alloc(0)))))],
  ['a ref changed twice', INVALID, frameOf('REF_UPDATE', 1, message([1, 1], [2, message([1, bytes('a')], [3, idBytes(1)])], [2, message([1, bytes('a')], [3, idBytes(2)])]))],
  ['a move by a key of 31 bytes', INVALID, frameOf('REF_UPDATE', 1, message([1, 1], [2, message([1, bytes('a')], [3, idBytes(1)], [5, moveFields({ mover: Buffer.alloc(31) })])]))],
  ['a move without a number', INVALID, frameOf('REF_UPDATE', 1, message([1, 1], [2, message([1, bytes('a')], [3, idBytes(1)], [5, moveFields({ sequence: 0, rewound: 0 })])]))],
  ['a move that went back later than it was made', INVALID, frameOf('REF_UPDATE', 1, message([1, 1], [2, message([1, bytes('a')], [3, idBytes(1)], [5, moveFields({ rewound: 3 })])]))],
  ['a move of number 2^53', INVALID, frameOf('REF_LIST_RESP', 1, message([1, message([1, bytes('r')])], [2, message([1, bytes('a')], [2, idBytes(1)], [3, moveFields({ sequence: 2 ** 53 })])]))],
  ['a move from beyond all time, after which no other could be written down', INVALID, frameOf('REF_LIST_RESP', 1, message([1, message([1, bytes('r')])], [2, message([1, bytes('a')], [2, idBytes(1)], [3, moveFields({ sequence: 8.64e15 + 1 })])]))],
  ['a move that is not signed', INVALID, frameOf('REF_LIST_RESP', 1, message([1, message([1, bytes('r')])], [2, message([1, bytes('a')], [2, idBytes(1)], [3, moveFields({ signature: Buffer.alloc(0) })])]))],
  ['AUTH_OK of a repository whose id has 31 bytes', INVALID, frameOf('AUTH_OK', 1, message([1, 1], [2, 1], [3, message([1, bytes('r')])], [7, Buffer.alloc(31)]))],
  ['a result of kind 9', INVALID, frameOf('REF_UPDATE_RESULT', 1, message([1, message([1, bytes('a')], [2, 9])]))],
  ['a sketch key of 15 bytes', INVALID, frameOf('SYNC_RESPONSE', 1, message([5, Buffer.alloc(15)]))],
  ['a sketch key beside a filter', INVALID, frameOf('SYNC_RESPONSE', 1, message([4, 1], [5, Buffer.alloc(16)]))],
  ['symbols and a filter at once', INVALID, frameOf('SKETCH_REQUEST', 1, message([1, 1], [2, 1]))],
  ['more symbols than a sketch has', INVALID, frameOf('SKETCH_REQUEST', 1, message([1, 262_145]))],
  ['a sketch without symbols', INVALID, frameOf('SKETCH', 1, Buffer.alloc(0))],
  ['a symbol and a half', INVALID, frameOf('SKETCH', 1, message([1, Buffer.alloc(36)]))],
  ['a pass without a signature', INVALID, frameOf('AUTH', 1, message([1, bytes('a')], [2, 1], [4, message([1, bytes('A')], [2, bytes('B')], [3, bytes('a')], [4, 1])]))],
  ['a pass for a repository that climbs out', INVALID, frameOf('AUTH', 1, message([1, bytes('a')], [2, 1], [4, message([1, bytes('A')], [2, bytes('B')], [3, bytes('..')], [4, 1], [5, Buffer.alloc(64)])]))],
  ['a pass by nobody', INVALID, frameOf('AUTH', 1, message([1, bytes('a')], [2, 1], [4, message([2, bytes('B')], [3, bytes('a')], [4, 1], [5, Buffer.alloc(64)])]))],
  ['joining a swarm at port 65,536', INVALID, frameOf('SWARM_JOIN', 1, message([1, 1], [2, 65_536]))],
  ['joining a swarm of no repository', INVALID, frameOf('SWARM_JOIN', 1, message([2, 1]))],
  ['a swarm of 33 peers', INVALID, frameOf('SWARM_PEERS', 1, Buffer.concat([...Array.from({ length: 33 }, () => field(1, swarmMember())), field(2, passFields()), field(3, 1)]))],
  ['a swarm of a million peers', TOO_LARGE, patched(ping, 5, 0x71, 0, 0, 0, 1, 0, 0)],
  ['a swarm member that listens nowhere', INVALID, frameOf('SWARM_PEERS', 1, message([1, swarmMember({ port: 0 })], [2, passFields()]))],
  ['a swarm member at a URL', INVALID, frameOf('SWARM_PEERS', 1, message([1, swarmMember({ host: 'http://a/' })], [2, passFields()]))],
  ['a swarm without a pass', INVALID, frameOf('SWARM_PEERS', 1, message([1, swarmMember()]))],
  ['a circuit to nobody', INVALID, frameOf('CIRCUIT_CONNECT', 1, Buffer.alloc(0))],
  ['a circuit to a name with a line break', INVALID, frameOf('CIRCUIT_CONNECT', 1, message([1, bytes('a\nb')]))],
  ['a circuit offered to no name', INVALID, frameOf('CIRCUIT_OFFER', 1, Buffer.alloc(0))],
  ['an observed address that is too long', INVALID, frameOf('CIRCUIT_CONNECTED', 1, message([1, Buffer.alloc(129, 'a')]))],
  ['nine addresses to come from', INVALID, frameOf('PUNCH', 1, Buffer.concat(Array.from({ length: 9 }, () => field(1, bytes('a:1')))))],
  ['nine addresses to send to', INVALID, frameOf('PUNCH_READY', 1, Buffer.concat(Array.from({ length: 9 }, () => field(1, bytes('a:1')))))],
  ['an address that was seen, with a line break', INVALID, frameOf('OBSERVED', 1, message([1, bytes('a\nb')]))],
  ['a sync that wants nothing', INVALID, frameOf('SYNC_REQUEST', 1, message([1, 1], [2, 1]))],
  ['a sync in direction 3', INVALID, frameOf('SYNC_REQUEST', 1, message([1, 1], [2, 3], [3, idBytes(1)]))],
  ['a sync with 4,097 wants', INVALID, frameOf('SYNC_REQUEST', 1, message([1, 1], [2, 1], [3, Buffer.alloc(4097 * 32)]))],
  ['an offer without a nameplate', INVALID, frameOf('MEET_OFFER', 1, Buffer.alloc(0))],
  ['a nameplate of three symbols', INVALID, frameOf('MEET_OFFER', 1, message([1, bytes('K7Q')]))],
  ['a nameplate with a symbol that looks like another', INVALID, frameOf('MEET_JOIN', 1, message([1, bytes('K0')]))],
  ['an offer for ever', INVALID, frameOf('MEET_OFFERED', 1, message([1, 300_001]))],
  ['nothing to pass on', INVALID, frameOf('MEET_MESSAGE', 1, Buffer.alloc(0))],
  ['more to pass on than a pairing needs', INVALID, frameOf('MEET_MESSAGE', 1, message([1, Buffer.alloc(3073)]))],
  ['a meeting that ends for an unknown reason', INVALID, frameOf('MEET_END', 1, message([1, 8]))],
  ['a ticket of 7 bytes', INVALID, frameOf('TICKET_REDEEM', 1, message([1, Buffer.alloc(7)], [2, Buffer.alloc(16)]))],
  ['a ticket with a secret of 15 bytes', INVALID, frameOf('TICKET_REDEEM', 1, message([1, Buffer.alloc(8)], [2, Buffer.alloc(15)]))],
  ['a ticket that grants access 4', INVALID, frameOf('TICKET_REDEEMED', 1, message([1, bytes('film')], [2, 4], [3, 1]))],
  ['a push without chunks', INVALID, frameOf('SYNC_REQUEST', 1, message([1, 1], [2, 1], [3, idBytes(1)], [7, 1]))],
  ['a feed that wants nothing', INVALID, frameOf('FEED_OPEN', 1, message([1, 1]))],
  ['a feed with 4,097 wants', INVALID, frameOf('FEED_OPEN', 1, message([1, 1], [2, Buffer.alloc(4097 * 32)]))],
  ['a prefix of 7 bytes', INVALID, frameOf('FEED_HAVE', 1, message([1, Buffer.alloc(7)]))],
  ['65,537 prefixes', INVALID, frameOf('FEED_HAVE', 1, message([1, Buffer.alloc(65_537 * 8)]))],
  ['an announcement of nothing', INVALID, frameOf('FEED_HAVE', 1, Buffer.alloc(0))],
  ['a want of nothing that is not the last', INVALID, frameOf('FEED_WANT', 1, Buffer.alloc(0))],
  ['a want of one chunk twice', INVALID, frameOf('FEED_WANT', 1, message([1, Buffer.alloc(64, 1)]))],
  ['a want of 8,193 chunks', INVALID, frameOf('FEED_WANT', 1, message([1, Buffer.alloc(8193 * 32)]))],
  ['an absence of nothing', INVALID, frameOf('FEED_ABSENT', 1, Buffer.alloc(0))],
  ['half a chunk taken back', INVALID, frameOf('FEED_CANCEL', 1, message([1, Buffer.alloc(16)]))],
];

/** A zstd frame header that declares a size, with one empty block. */
function bomb(size) {
  const frame = Buffer.alloc(4 + 1 + 4 + 3);
  frame.writeUInt32LE(0xfd2fb528, 0);
  frame.writeUInt8(0xa0, 4);
  frame.writeUInt32LE(size, 5);
  frame.writeUInt8(1, 9);
  return frame;
}

/** A long run of zeros at the end says nothing to a reader: it is counted instead. */
function shorten(frame) {
  let end = frame.length;
  while (end > 0 && frame[end - 1] === 0) end--;
  return frame.length - end > 64
    ? { frame: frame.subarray(0, end).toString('hex'), zerosAfter: frame.length - end }
    : { frame: frame.toString('hex') };
}

const invalidVectors = invalid.map(([comment, error, frame]) => ({
  comment,
  error,
  errorNumber: PROTOCOL_ERROR_CODES[error].errorNumber,
  ...shorten(frame),
}));

/** The documented formula in whole numbers of any size, independent of the implementation. */
function bloomIndexes(idHex, bitCount, hashCount) {
  const source = Buffer.from(idHex, 'hex');
  const h1 = source.readBigUInt64LE(0);
  const h2 = source.readBigUInt64LE(8);
  return Array.from({ length: hashCount }, (_, i) =>
    Number(((h1 + BigInt(i) * h2) % (1n << 64n)) % BigInt(bitCount)),
  );
}
const bloomIds = [
  '00'.repeat(32),
  'ff'.repeat(32),
  '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
  'fffffffffffffffffeffffffffffffff00000000000000000000000000000000',
  'af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262',
];
const bloom = {
  comment: 'Bloom filter over object ids: sizes, indexes and filters that must be refused.',
  spec: 'docs/protocol.md, "Bloom filter"',
  parameters: [1, 3, 100, 10_000, 1_000_000, 10_000_000].map((idCount) => ({ idCount, ...bloomParameters(idCount) })),
  indexes: bloomIds.flatMap((one) =>
    [[16, 11], [95_856, 7], [95_850_592, 7]].map(([bitCount, hashCount]) => ({ id: one, bitCount, hashCount, indexes: bloomIndexes(one, bitCount, hashCount) })),
  ),
  refused: [
    { comment: 'no bits', bitCount: 0, hashCount: 1, idCount: 1, bits: '' },
    { comment: 'bits that are not whole bytes', bitCount: 12, hashCount: 1, idCount: 1, bits: '0100' },
    { comment: 'fewer bytes than bits', bitCount: 16, hashCount: 1, idCount: 1, bits: '01' },
    { comment: 'more bytes than bits', bitCount: 8, hashCount: 1, idCount: 1, bits: '0100' },
    { comment: 'no hash', bitCount: 8, hashCount: 0, idCount: 1, bits: '01' },
    { comment: '17 hashes', bitCount: 8, hashCount: 17, idCount: 1, bits: '01' },
    { comment: 'bits set by no ids', bitCount: 8, hashCount: 1, idCount: 0, bits: '01' },
    { comment: 'all ones', bitCount: 8, hashCount: 8, idCount: 9, bits: 'ff' },
    { comment: 'more bits set than its ids can set', bitCount: 8, hashCount: 1, idCount: 1, bits: '03' },
    { comment: 'a large filter that says yes to nearly everything', bitCount: 1024, hashCount: 16, idCount: 1000, bits: 'ff'.repeat(127) + '7f' },
  ],
};

const sketchCase = (ids, first, end) => ({
  ...{ key: Buffer.alloc(16, 7).toString('hex'), ids: ids.map(id), first, end },
  symbols: Buffer.from(symbolsOf(ids, first, end).encode()).toString('hex'),
});
const sketch = {
  comment: 'Coded symbols of sets of object ids under a key.',
  spec: 'docs/protocol.md, "Sketch"',
  cases: [sketchCase([], 0, 2), sketchCase([1], 0, 16), sketchCase([1, 2, 3], 0, 16), sketchCase([1, 2, 3], 16, 24)],
};

const files = {
  'messages.json': { comment: 'Every message: fields, and the frame that carries them. Byte fields are hexadecimal.', spec: 'docs/protocol.md, "Messages"', cases: messageVectors },
  'invalid-frames.json': { comment: 'Bytes a peer may send first on a stream, and the error each must get. The stream ends after them. zerosAfter: so many zero bytes follow.', spec: 'docs/protocol.md, "Errors"', cases: invalidVectors },
  'bloom.json': bloom,
  'sketch.json': sketch,
};
for (const [name, document] of Object.entries(files)) {
  writeFileSync(new URL(name, import.meta.url), JSON.stringify(document, undefined, 1) + '\n');
}
