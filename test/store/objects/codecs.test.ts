import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import {
  compareNames,
  decodeCommit,
  decodeManifestNode,
  decodeManifestRoot,
  decodeTag,
  decodeTreeNode,
  encodeCommit,
  encodeManifestNode,
  encodeManifestRoot,
  encodeTag,
  encodeTreeNode,
  findTwin,
  nameProblem,
  objectId,
  StoreError,
  type ChunkId,
  type Commit,
  type ManifestId,
  type ManifestNode,
  type ManifestRoot,
  type ObjectKind,
  type Tag,
  type TreeEntry,
  type TreeId,
  type TreeNode,
} from '../../../store/index.ts';
import { fixturePath } from '../../support/fixture-path.ts';

type Type = 'manifest-root' | 'manifest-node' | 'tree' | 'commit' | 'tag';
type Vectors = {
  readonly valid: readonly {
    readonly comment: string;
    readonly type: Type;
    readonly id: string;
    readonly hex: string;
    readonly fields: unknown;
  }[];
  readonly invalid: readonly {
    readonly comment: string;
    readonly type: Type;
    readonly hex: string;
    readonly code: string;
  }[];
};

type Codec = {
  readonly kind: ObjectKind;
  readonly decode: (bytes: Uint8Array) => unknown;
  readonly encode: (value: never) => Uint8Array;
};

const CODECS: Readonly<Record<Type, Codec>> = {
  'manifest-root': { kind: 'manifest', decode: decodeManifestRoot, encode: encodeManifestRoot },
  'manifest-node': { kind: 'manifest', decode: decodeManifestNode, encode: encodeManifestNode },
  tree: { kind: 'tree', decode: decodeTreeNode, encode: encodeTreeNode },
  commit: { kind: 'commit', decode: decodeCommit, encode: encodeCommit },
  tag: { kind: 'tag', decode: decodeTag, encode: encodeTag },
};

const vectors = JSON.parse(readFileSync(fixturePath('vectors/objects.json'), 'utf8')) as Vectors;

/** A value as JSON shows it: bytes in hexadecimal. */
function toJson(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_key, part: unknown) =>
      part instanceof Uint8Array ? Buffer.from(part).toString('hex') : part,
    ),
  );
}

const id = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('hex') as never);
const size = fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 8 << 20 }));
const bigSize = fc.integer({ min: 1, max: 2 ** 50 });

const leafArbitrary: fc.Arbitrary<ManifestNode> = fc.record({
  level: fc.constant(0 as const),
  chunks: fc.array(fc.record({ id, size }), { minLength: 1, maxLength: 8 }),
});
const innerArbitrary: fc.Arbitrary<ManifestNode> = fc.record({
  level: fc.integer({ min: 1, max: 8 }),
  children: fc.array(fc.record({ id, size: bigSize }), { minLength: 2, maxLength: 7 }),
});
const manifestNodeArbitrary = fc.oneof(leafArbitrary, innerArbitrary);
const manifestRootArbitrary: fc.Arbitrary<ManifestRoot> = fc
  .record({ node: manifestNodeArbitrary, fileHash: id, profile: fc.nat({ max: 255 }) })
  .map((root) => ({
    ...root,
    size: ('chunks' in root.node ? root.node.chunks : root.node.children).reduce(
      (sum, part) => sum + part.size,
      0,
    ),
  }));

const nameArbitrary = fc
  .oneof(fc.string({ minLength: 1, maxLength: 20 }), fc.string({ unit: 'binary', minLength: 1 }))
  .map((name) => name.normalize('NFC'))
  .filter((name) => nameProblem(name) === undefined);
const contentArbitrary = fc.oneof(
  fc.record({
    content: fc.record({ kind: fc.constant('manifest' as const), id }),
    size: bigSize,
  }),
  fc.record({ content: fc.record({ kind: fc.constant('chunk' as const), id }), size }),
  fc.constant({ content: { kind: 'empty' as const }, size: 0 }),
);
const entryArbitrary: fc.Arbitrary<TreeEntry> = fc
  .tuple(
    nameArbitrary,
    fc.oneof(
      fc
        .tuple(fc.constantFrom('file' as const, 'executable' as const), contentArbitrary)
        .map(([kind, content]) => ({ kind, ...content })),
      fc.record({ kind: fc.constant('symlink' as const), target: id, size }),
      fc.record({ kind: fc.constant('directory' as const), tree: id }),
    ),
  )
  .map(([name, entry]): TreeEntry => ({ ...entry, name }));
const treeArbitrary: fc.Arbitrary<TreeNode> = fc
  .uniqueArray(entryArbitrary, { selector: (entry) => entry.name, maxLength: 12 })
  .map((entries) => entries.sort((a, b) => compareNames(a.name, b.name)))
  .filter((entries) => findTwin(entries.map(({ name }) => name)) === undefined)
  .map((entries) => ({ level: 0 as const, entries }));

const text = fc
  .string({ unit: 'binary', maxLength: 50 })
  .map((value) => value.replaceAll('\0', '').normalize('NFC'));
const personText = text.map((value) => value.replace(/[\p{Cc}<>]/gu, ''));
const signature = fc.record({
  name: personText,
  email: personText,
  timeMs: fc.integer({ min: -(2 ** 52), max: 2 ** 52 }),
  zoneMinutes: fc.integer({ min: -1439, max: 1439 }),
});
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const proof = fc.record({ signerKey: bytes(32), signature: bytes(64) });
const commitArbitrary: fc.Arbitrary<Commit> = fc.record(
  {
    tree: id,
    parents: fc.uniqueArray(id, { maxLength: 4 }),
    author: signature,
    committer: signature,
    message: text,
    proof,
  },
  { requiredKeys: ['tree', 'parents', 'author', 'committer', 'message'] },
);
const tagArbitrary: fc.Arbitrary<Tag> = fc.record(
  {
    target: fc.record({ kind: fc.constantFrom('commit' as const, 'tag' as const), id }),
    name: nameArbitrary.filter((name) => !name.includes('/')),
    tagger: signature,
    message: text,
    proof,
  },
  { requiredKeys: ['target', 'name', 'tagger', 'message'] },
);

const ARBITRARIES: Readonly<Record<Type, fc.Arbitrary<unknown>>> = {
  'manifest-root': manifestRootArbitrary,
  'manifest-node': manifestNodeArbitrary,
  tree: treeArbitrary,
  commit: commitArbitrary,
  tag: tagArbitrary,
};

describe('object codecs', () => {
  for (const vector of vectors.valid) {
    it(`agree with the vector: ${vector.type}, ${vector.comment}`, () => {
      const { kind, decode, encode } = CODECS[vector.type];
      const encoded = Buffer.from(vector.hex, 'hex');
      const value = decode(encoded);
      assert.deepEqual(toJson(value), vector.fields);
      assert.equal(Buffer.from(encode(value as never)).toString('hex'), vector.hex);
      assert.equal(objectId(kind, encoded), vector.id);
    });
  }

  it('are shown in the documentation by bytes that are vectors', () => {
    const text = readFileSync(fixturePath('../docs/store-format.md'), 'utf8');
    const blocks = [...text.matchAll(/```\n(.*?)```/gs)].map(([, block]) => block ?? '');
    const examples = blocks.filter((block) => /^id [0-9a-f]{64}$/m.test(block));
    assert.equal(examples.length, 4);
    for (const block of examples) {
      const [, id] = /^id ([0-9a-f]{64})$/m.exec(block) ?? [];
      const vector = vectors.valid.find((candidate) => candidate.id === id);
      assert.ok(vector, `no vector has the id ${id}`);
      const lines = [...block.matchAll(/^[0-9a-f]+(?=$| {4})/gm)].map(([line]) => line);
      assert.equal(lines.join(''), vector.hex, vector.comment);
    }
  });

  for (const vector of vectors.invalid) {
    it(`refuse: ${vector.type}, ${vector.comment}`, () => {
      assert.throws(() => CODECS[vector.type].decode(Buffer.from(vector.hex, 'hex')), {
        code: vector.code,
      });
    });
  }

  for (const [type, arbitrary] of Object.entries(ARBITRARIES) as [Type, fc.Arbitrary<unknown>][]) {
    const { decode, encode } = CODECS[type];

    it(`give back what was encoded: ${type}`, () => {
      fc.assert(
        fc.property(arbitrary, (value) => {
          assert.deepEqual(toJson(decode(encode(value as never))), toJson(value));
        }),
      );
    });

    it(`refuse damaged bytes, or read another value of which they are the encoding: ${type}`, () => {
      const damage = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1 });
      fc.assert(
        fc.property(arbitrary, damage, fc.nat({ max: 3 }), (value, changes, cut) => {
          const encoded = Buffer.from(encode(value as never));
          for (const [at, byte] of changes) encoded[at % (encoded.length || 1)] = byte;
          const damaged = encoded.subarray(0, encoded.length - cut);
          let read;
          try {
            read = decode(damaged);
          } catch (error) {
            assert.ok(error instanceof StoreError, String(error));
            assert.equal(error.code, 'DITS_STORE_INVALID_OBJECT');
            return;
          }
          assert.deepEqual(Buffer.from(encode(read as never)), damaged);
        }),
      );
    });
  }

  it('refuse noise with their own error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        for (const { decode, encode } of Object.values(CODECS)) {
          try {
            assert.deepEqual(Buffer.from(encode(decode(noise) as never)), Buffer.from(noise));
          } catch (error) {
            assert.ok(error instanceof StoreError, String(error));
          }
        }
      }),
    );
  });

  it('refuse bytes beyond the largest structure before they parse them', () => {
    const huge = Buffer.alloc(1024 * 1024 + 1);
    for (const { decode } of Object.values(CODECS)) {
      assert.throws(() => decode(huge), { code: 'DITS_STORE_INVALID_OBJECT' });
    }
  });

  it('refuse to encode what they would refuse to decode', () => {
    const commit = decodeCommit(
      Buffer.from(vectors.valid.find(({ type }) => type === 'commit')!.hex, 'hex'),
    );
    const wrong: Partial<Commit>[] = [
      { message: 'lone \ud800 surrogate' },
      { message: 'x'.repeat(256 * 1024 + 1) },
      { tree: 'AB' as Commit['tree'] },
      { author: { ...commit.author, timeMs: 0.5 } },
      { author: { ...commit.author, zoneMinutes: 1440 } },
    ];
    for (const changes of wrong) {
      assert.throws(() => encodeCommit({ ...commit, ...changes }), {
        code: 'DITS_STORE_INVALID_OBJECT',
      });
    }
  });

  it('refuse to encode nodes that no reader would take', () => {
    const id = 'ab'.repeat(32) as TreeId & ManifestId & ChunkId;
    const file = (size: number) => ({
      ...{ kind: 'file' as const, name: 'a', content: { kind: 'chunk' as const, id }, size },
    });
    const child = (index: number) => ({
      ...{ firstName: `n${String(index).padStart(5, '0')}`, id, count: 1 },
    });
    const trees: readonly TreeNode[] = [
      { level: 9, children: [child(0)] },
      { level: -1, children: [child(0)] },
      { level: 0.5, children: [child(0)] },
      // What the type says of the level and what is listed do not go together.
      { level: 1, entries: [] } as unknown as TreeNode,
      { level: 0, children: [child(0)] },
      { level: 0, entries: [file(-1)] },
      { level: 0, entries: [file(2 ** 53)] },
      { level: 0, entries: Array.from({ length: 513 }, () => file(1)) },
      { level: 1, children: Array.from({ length: 513 }, (_, index) => child(index)) },
      { level: 1, children: [{ ...child(0), count: 0 }] },
      { level: 1, children: [0, 1].map((at) => ({ ...child(at), count: 2 ** 53 - 1 })) },
    ];
    for (const node of trees) {
      assert.throws(() => encodeTreeNode(node), { code: 'DITS_STORE_INVALID_OBJECT' });
    }
    const part = { id, size: 1 };
    const manifests: readonly ManifestNode[] = [
      { level: 9, children: [part] },
      { level: 1, chunks: [part] } as unknown as ManifestNode,
      { level: 0, chunks: Array.from({ length: 1_025 }, () => part) },
      { level: 0, chunks: [] },
      { level: 1, children: [0, 1].map(() => ({ id, size: 2 ** 53 - 1 })) },
    ];
    for (const node of manifests) {
      assert.throws(() => encodeManifestNode(node), { code: 'DITS_STORE_INVALID_OBJECT' });
    }
  });
});
