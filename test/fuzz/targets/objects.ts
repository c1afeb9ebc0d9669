/** Manifest nodes, tree nodes, commits and tags. The first byte says which. */
import {
  decodeCommit,
  decodeTag,
  decodeTreeNode,
  encodeCommit,
  encodeTag,
  encodeTreeNode,
} from '../../../store/index.ts';
import { decodeAnyManifestNode } from '../../../store/objects/manifest-codec.ts';
import {
  encodeManifestNode,
  encodeManifestRoot,
  manifestNodeSize,
} from '../../../store/objects/manifest-codec.ts';
import { isTreeLeaf } from '../../../store/objects/tree-codec.ts';
import { foldName, nameProblem } from '../../../store/paths/name-rules.ts';
import { changeBytes } from '../mutate/byte-mutations.ts';
import { behind } from '../mutate/mutation.ts';
import { changeFields } from '../mutate/protobuf-mutations.ts';
import { acceptedBy, mustEqual, mustHold, type FuzzTarget } from '../target.ts';
import { objectVectors } from './vectors.ts';

const KINDS = ['manifest', 'tree', 'commit', 'tag'] as const;

/** The bytes that an accepted object encodes to. */
function roundTrip(kind: (typeof KINDS)[number], bytes: Buffer): Uint8Array {
  switch (kind) {
    case 'manifest': {
      const { node, root } = decodeAnyManifestNode(bytes);
      return root === undefined
        ? encodeManifestNode(node)
        : encodeManifestRoot({ node, size: manifestNodeSize(node), ...root });
    }
    case 'tree': {
      const node = decodeTreeNode(bytes);
      checkNames(isTreeLeaf(node) ? node.entries.map(({ name }) => name) : []);
      return encodeTreeNode(node);
    }
    case 'commit':
      return encodeCommit(decodeCommit(bytes));
    case 'tag':
      return encodeTag(decodeTag(bytes));
  }
}

function checkNames(names: readonly string[]): void {
  mustHold(
    names.every((name) => nameProblem(name) === undefined),
    'a tree holds allowed names only',
  );
  mustHold(new Set(names.map(foldName)).size === names.length, 'a tree holds no twins');
}

export const objectsTarget: FuzzTarget = {
  name: 'objects',
  covers: 'manifest, tree, commit, tag',
  seeds: () =>
    objectVectors().flatMap(({ type, hex }) => {
      const kind = KINDS.findIndex((one) => type.startsWith(one));
      return kind === -1 ? [] : [Buffer.concat([Buffer.of(kind), Buffer.from(hex, 'hex')])];
    }),
  mutations: [changeFields, changeFields, changeFields, changeBytes].map((one) => behind(1, one)),
  dictionary: ['.dits', '..', 'CON', 'a.txt', 'A.txt', 'e\u0301', 'é', '\u200d', 'ß', 'ﬀ', '<>'],
  sizeMaxBytes: 4 * 1024,
  run(input) {
    const kind = KINDS[(input[0] ?? 0) % KINDS.length]!;
    const bytes = input.subarray(1);
    const encoded = acceptedBy(['DITS_STORE_INVALID_OBJECT'], () => roundTrip(kind, bytes));
    if (encoded === undefined) return false;
    mustEqual(Buffer.from(encoded), bytes, 'an object has one encoding');
    return true;
  },
};
