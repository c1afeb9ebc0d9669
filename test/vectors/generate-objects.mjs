// Writes objects.json: encodings of stored objects, made by a few lines of protobuf of their own and by another BLAKE3
// than the store uses, so that a mistake in either shows. Run: node test/vectors/generate-objects.mjs
import { writeFileSync } from 'node:fs';
import { blake3 } from '@noble/hashes/blake3.js';

const CONTEXTS = {
  manifest: 'dits/1 manifest',
  tree: 'dits/1 tree',
  commit: 'dits/1 commit',
  tag: 'dits/1 tag',
};

function varint(value) {
  let rest = BigInt(value);
  const bytes = [];
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest > 0n ? low | 0x80 : low);
  } while (rest > 0n);
  return Buffer.from(bytes);
}
const zigzag = (value) => (value < 0 ? -2n * BigInt(value) - 1n : 2n * BigInt(value));
const number = (field, value) => Buffer.concat([varint(field << 3), varint(value)]);
const bytes = (field, value) =>
  Buffer.concat([varint((field << 3) | 2), varint(value.length), value]);
const text = (field, value) => bytes(field, Buffer.from(value));
const join = (...parts) => Buffer.concat(parts.flat());

/** An id that is easy to recognise: one byte, 32 times. */
const id = (byte) => byte.toString(16).padStart(2, '0').repeat(32);
const raw = (...ids) => Buffer.from(ids.join(''), 'hex');
const packed = (field, values) => bytes(field, join(values.map(varint)));

const person = (name, email, timeMs, zone) =>
  join(
    name === '' ? [] : text(1, name),
    email === '' ? [] : text(2, email),
    timeMs === 0 ? [] : number(3, zigzag(timeMs)),
    zone === 0 ? [] : number(4, zigzag(zone)),
  );
const ada = {
  name: 'Ada',
  email: 'ada@example.org',
  timeMs: 1767225600000,
  zoneMinutes: 60,
};
const adaBytes = person(ada.name, ada.email, ada.timeMs, ada.zoneMinutes);
const nobody = { name: '', email: '', timeMs: 0, zoneMinutes: 0 };

const entry = ({ name, kind, content = 0, id: entryId, size = 0 }) =>
  join(
    text(1, name),
    number(2, kind),
    content === 0 ? [] : number(3, content),
    entryId === undefined ? [] : bytes(4, raw(entryId)),
    size === 0 ? [] : number(5, size),
  );
const file = (name, size = 5) => entry({ name, kind: 1, content: 1, id: id(0xcc), size });
const fileField = (name, size = 5) => ({
  kind: 'file',
  name,
  content: { kind: 'chunk', id: id(0xcc) },
  size,
});
const leaf = (...entries) => join(entries.map((one) => bytes(2, one)));
const child = (firstName, childId, count) =>
  join(text(1, firstName), bytes(2, raw(childId)), number(3, count));

const chunks = (...sizes) => join(bytes(2, raw(...sizes.map((_, i) => id(i + 1)))), packed(3, sizes));
const rootFacts = join(bytes(4, raw(id(0xfe))), number(5, 2));

const commitHead = bytes(1, raw(id(0xaa)));
const commit = join(commitHead, bytes(3, adaBytes), bytes(4, adaBytes), text(5, 'First cut'));
const tagHead = join(bytes(1, raw(id(0xbb))), number(2, 4), text(3, 'v1.0'));

const valid = [
  {
    comment: 'a file of two chunks: the root is the only node',
    type: 'manifest-root',
    hex: join(chunks(65536, 1200), rootFacts),
    fields: {
      node: {
        level: 0,
        chunks: [
          { id: id(1), size: 65536 },
          { id: id(2), size: 1200 },
        ],
      },
      size: 66736,
      fileHash: id(0xfe),
      profile: 2,
    },
  },
  {
    comment: 'a leaf below a root',
    type: 'manifest-node',
    hex: chunks(1),
    fields: { level: 0, chunks: [{ id: id(1), size: 1 }] },
  },
  {
    comment: 'an inner node whose sizes need more than 32 bits',
    type: 'manifest-node',
    hex: join(number(1, 1), chunks(2 ** 40, 2 ** 33)),
    fields: {
      level: 1,
      children: [
        { id: id(1), size: 2 ** 40 },
        { id: id(2), size: 2 ** 33 },
      ],
    },
  },
  {
    comment: 'a directory without entries is no bytes at all',
    type: 'tree',
    hex: join([]),
    fields: { level: 0, entries: [] },
  },
  {
    comment: 'every kind of entry, sorted by the bytes of the names',
    type: 'tree',
    hex: leaf(
      entry({ name: 'Takes', kind: 4, content: 3, id: id(0xdd) }),
      entry({ name: 'clip.mov', kind: 1, content: 2, id: id(0xee), size: 5_000_000_000 }),
      entry({ name: 'empty.txt', kind: 1 }),
      entry({ name: 'latest', kind: 3, content: 1, id: id(0xab), size: 8 }),
      entry({ name: 'render.sh', kind: 2, content: 1, id: id(0xcd), size: 120 }),
    ),
    fields: {
      level: 0,
      entries: [
        { kind: 'directory', name: 'Takes', tree: id(0xdd) },
        {
          kind: 'file',
          name: 'clip.mov',
          content: { kind: 'manifest', id: id(0xee) },
          size: 5_000_000_000,
        },
        { kind: 'file', name: 'empty.txt', content: { kind: 'empty' }, size: 0 },
        { kind: 'symlink', name: 'latest', target: id(0xab), size: 8 },
        {
          kind: 'executable',
          name: 'render.sh',
          content: { kind: 'chunk', id: id(0xcd) },
          size: 120,
        },
      ],
    },
  },
  {
    comment: 'a name above U+FFFF comes after one at U+FF21, as its UTF-8 does',
    type: 'tree',
    hex: leaf(file('\u{ff21}'), file('\u{1f3ac}')),
    fields: { level: 0, entries: [fileField('\u{ff21}'), fileField('\u{1f3ac}')] },
  },
  {
    comment: 'an inner node of a large directory',
    type: 'tree',
    hex: join(
      number(1, 1),
      bytes(3, child('frame_0001.exr', id(0x11), 130)),
      bytes(3, child('frame_0131.exr', id(0x12), 97)),
    ),
    fields: {
      level: 1,
      children: [
        { firstName: 'frame_0001.exr', id: id(0x11), count: 130 },
        { firstName: 'frame_0131.exr', id: id(0x12), count: 97 },
      ],
    },
  },
  {
    comment: 'a first commit',
    type: 'commit',
    hex: commit,
    fields: {
      tree: id(0xaa),
      parents: [],
      author: ada,
      committer: ada,
      message: 'First cut',
    },
  },
  {
    comment: 'a signed merge from before 1970, west of Greenwich, by nobody in particular',
    type: 'commit',
    hex: join(
      commitHead,
      bytes(2, raw(id(0xa1), id(0xa2))),
      bytes(3, person('', '', -1, -300)),
      bytes(4, join([])),
      bytes(6, raw(id(0x51))),
      bytes(7, raw(id(0x52), id(0x53))),
    ),
    fields: {
      tree: id(0xaa),
      parents: [id(0xa1), id(0xa2)],
      author: { ...nobody, timeMs: -1, zoneMinutes: -300 },
      committer: nobody,
      message: '',
      proof: { signerKey: id(0x51), signature: id(0x52) + id(0x53) },
    },
  },
  {
    comment: 'an annotated tag of a commit',
    type: 'tag',
    hex: join(tagHead, bytes(4, adaBytes), text(5, 'Delivered')),
    fields: {
      target: { kind: 'commit', id: id(0xbb) },
      name: 'v1.0',
      tagger: ada,
      message: 'Delivered',
    },
  },
];

const INVALID = 'DITS_STORE_INVALID_OBJECT';
const many = (count, make) => Array.from({ length: count }, (_, index) => make(index));
const invalid = [
  ['manifest-root', 'no chunks', rootFacts],
  ['manifest-root', 'no file hash', chunks(5)],
  ['manifest-root', 'a file hash of 31 bytes', join(chunks(5), bytes(4, raw(id(1)).subarray(1)))],
  ['manifest-root', 'a profile above 255', join(chunks(5), bytes(4, raw(id(1))), number(5, 256))],
  [
    'manifest-root',
    'a root above the leaves with one child',
    join(number(1, 1), chunks(5), rootFacts),
  ],
  ['manifest-node', 'a root where a node below it must be', join(chunks(5), rootFacts)],
  ['manifest-node', 'a profile without a file hash', join(chunks(5), number(5, 2))],
  ['manifest-node', 'fewer sizes than ids', join(bytes(2, raw(id(1), id(2))), packed(3, [5]))],
  [
    'manifest-node',
    'ids of 33 bytes',
    join(bytes(2, Buffer.alloc(33, 1)), packed(3, [5])),
  ],
  ['manifest-node', 'a chunk of no bytes', chunks(0)],
  ['manifest-node', 'a chunk above 8 MiB', chunks(8 * 1024 * 1024 + 1)],
  ['manifest-node', 'a size of 2^53', join(number(1, 1), chunks(2n ** 53n))],
  ['manifest-node', 'a size of 2^64 - 1', join(number(1, 1), chunks(2n ** 64n - 1n))],
  [
    'manifest-node',
    'sizes that pass 2^53 together',
    join(number(1, 1), chunks(2n ** 53n - 1n, 1)),
  ],
  ['manifest-node', 'a level of 9', join(number(1, 9), chunks(5))],
  [
    'manifest-node',
    '1025 chunks',
    join(bytes(2, Buffer.alloc(32 * 1025, 1)), packed(3, many(1025, () => 5))),
  ],
  ['manifest-node', 'level 0 written out', join(number(1, 0), chunks(5))],
  ['manifest-node', 'fields out of order', join(packed(3, [5]), bytes(2, raw(id(1))))],
  [
    'manifest-node',
    'sizes that are not packed',
    join(bytes(2, raw(id(1))), number(3, 5)),
  ],
  ['manifest-node', 'a field nobody knows', join(chunks(5), number(9, 1))],
  ['manifest-node', 'a number longer than it need be', join(Buffer.from('088100', 'hex'), chunks(5))],
  ['manifest-node', 'a byte is missing at the end', chunks(500).subarray(0, -1)],
  ['manifest-node', 'a length of 2^32 - 1', join(Buffer.from('12ffffffff0f', 'hex'), raw(id(1)))],
  ['tree', 'names out of order', leaf(file('b'), file('a'))],
  ['tree', 'a name twice', leaf(file('a'), file('a'))],
  ['tree', 'a name above U+FFFF before one at U+FF21', leaf(file('\u{1f3ac}'), file('\u{ff21}'))],
  ['tree', 'names that differ in case only', leaf(file('A'), file('a'))],
  ['tree', 'the name ..', leaf(file('..'))],
  ['tree', 'an empty name', leaf(file('').subarray(2))],
  ['tree', 'a name with a slash', leaf(file('a/b'))],
  ['tree', 'the name .DITS', leaf(file('.DITS'))],
  ['tree', 'a name in Unicode form NFD', leaf(file('e\u0301'))],
  ['tree', 'a name that is not UTF-8', leaf(join(bytes(1, Buffer.from('ff', 'hex')), file('a').subarray(3)))],
  ['tree', 'a name of 256 bytes', leaf(file('n'.repeat(256)))],
  ['tree', 'an unknown kind', leaf(entry({ name: 'a', kind: 5, content: 1, id: id(1), size: 1 }))],
  ['tree', 'no kind', leaf(join(text(1, 'a'), number(3, 1), bytes(4, raw(id(1))), number(5, 1)))],
  ['tree', 'a file that is a tree', leaf(entry({ name: 'a', kind: 1, content: 3, id: id(1), size: 1 }))],
  ['tree', 'a directory that is a chunk', leaf(entry({ name: 'a', kind: 4, content: 1, id: id(1) }))],
  ['tree', 'a directory with a size', leaf(entry({ name: 'a', kind: 4, content: 3, id: id(1), size: 1 }))],
  ['tree', 'a link to a manifest', leaf(entry({ name: 'a', kind: 3, content: 2, id: id(1), size: 1 }))],
  ['tree', 'a file with a size and no content', leaf(entry({ name: 'a', kind: 1, size: 1 }))],
  ['tree', 'an empty file with an id', leaf(entry({ name: 'a', kind: 1, id: id(1) }))],
  ['tree', 'a file without bytes that has a chunk', leaf(entry({ name: 'a', kind: 1, content: 1, id: id(1) }))],
  ['tree', 'an id of 31 bytes', leaf(join(text(1, 'a'), number(2, 4), number(3, 3), bytes(4, raw(id(1)).subarray(1))))],
  ['tree', 'a file of 2^53 bytes', leaf(entry({ name: 'a', kind: 1, content: 2, id: id(1), size: 2n ** 53n }))],
  ['tree', 'a chunk above 8 MiB', leaf(entry({ name: 'a', kind: 1, content: 1, id: id(1), size: 8 * 1024 * 1024 + 1 }))],
  ['tree', 'entries above the leaves', join(number(1, 1), leaf(file('a')))],
  ['tree', 'children in a leaf', bytes(3, child('a', id(1), 1))],
  ['tree', 'both entries and children', join(leaf(file('a')), bytes(3, child('b', id(1), 1)))],
  ['tree', 'no children above the leaves', number(1, 1)],
  ['tree', 'a child without entries', join(number(1, 1), bytes(3, child('a', id(1), 1).subarray(0, -2)))],
  ['tree', 'counts that pass 2^53 together', join(number(1, 1), bytes(3, child('a', id(1), 2n ** 53n - 1n)), bytes(3, child('b', id(2), 1)))],
  ['tree', '513 entries', leaf(...many(513, (index) => file(String(index).padStart(4, '0'))))],
  ['commit', 'no bytes', join([])],
  ['commit', 'no tree', commit.subarray(34)],
  ['commit', 'no author', join(commitHead, bytes(4, adaBytes))],
  ['commit', 'no committer', join(commitHead, bytes(3, adaBytes))],
  ['commit', 'a parent of 31 bytes', join(commitHead, bytes(2, raw(id(1)).subarray(1)), bytes(3, adaBytes), bytes(4, adaBytes))],
  ['commit', 'the same parent twice', join(commitHead, bytes(2, raw(id(1), id(1))), bytes(3, adaBytes), bytes(4, adaBytes))],
  ['commit', '65 parents', join(commitHead, bytes(2, raw(...many(65, id))), bytes(3, adaBytes), bytes(4, adaBytes))],
  ['commit', 'a zone of a day', join(commitHead, bytes(3, person('A', '', 0, 1440)), bytes(4, adaBytes))],
  ['commit', 'a time of 2^53', join(commitHead, bytes(3, person('A', '', 2n ** 53n, 0)), bytes(4, adaBytes))],
  ['commit', 'a name with a line feed', join(commitHead, bytes(3, person('A\nB', '', 0, 0)), bytes(4, adaBytes))],
  ['commit', 'an address with a bracket', join(commitHead, bytes(3, person('A', 'a>b', 0, 0)), bytes(4, adaBytes))],
  ['commit', 'a name of 257 bytes', join(commitHead, bytes(3, person('n'.repeat(257), '', 0, 0)), bytes(4, adaBytes))],
  ['commit', 'a message with a NUL', join(commit.subarray(0, -11), text(5, 'a\0b'))],
  ['commit', 'two messages', join(commit, text(5, 'again'))],
  ['commit', 'a message in Unicode form NFD', join(commit.subarray(0, -11), text(5, 'e\u0301'))],
  ['commit', 'a key without a signature', join(commit, bytes(6, raw(id(1))))],
  ['commit', 'a signature of 63 bytes', join(commit, bytes(6, raw(id(1))), bytes(7, Buffer.alloc(63, 1)))],
  ['tag', 'a tag of a tree', join(bytes(1, raw(id(1))), number(2, 3), text(3, 'v'), bytes(4, adaBytes))],
  ['tag', 'no name', join(bytes(1, raw(id(1))), number(2, 4), bytes(4, adaBytes))],
  ['tag', 'a name with ..', join(bytes(1, raw(id(1))), number(2, 4), text(3, 'a/../b'), bytes(4, adaBytes))],
  ['tag', 'no tagger', tagHead],
].map(([type, comment, encoded]) => ({ comment, type, hex: encoded.toString('hex'), code: INVALID }));

const vectors = {
  comment: 'Encodings of stored objects: what each holds, its id, and what must be refused.',
  spec: 'docs/store-format.md, "Objects"; proto/objects.proto',
  valid: valid.map(({ comment, type, hex, fields }) => ({
    comment,
    type,
    id: Buffer.from(
      blake3(hex, { context: Buffer.from(CONTEXTS[type.replace(/-.*/, '')]) }),
    ).toString('hex'),
    hex: hex.toString('hex'),
    fields,
  })),
  invalid,
};
writeFileSync(
  new URL('objects.json', import.meta.url),
  `${JSON.stringify(vectors, null, 1)}\n`,
);
