/** Objects that no codec of ours would write. */
import { OBJECT_KIND, objectId, type ObjectKind, type ObjectRecord } from '../../store/index.ts';
import { fields, type RawField } from './raw-bytes.ts';

/** An object of any bytes, under the id that they have as this kind. */
export function rawObject(kind: ObjectKind, bytes: Uint8Array): ObjectRecord {
  return { id: objectId(kind, bytes), kind, codec: 'none', rawSize: bytes.length, stored: bytes };
}

/** Numbers of the kinds of entries in a tree (docs/store-format.md, "Tree"). */
export const ENTRY = { file: 1, executable: 2, symlink: 3, directory: 4 } as const;

export type RawEntry = {
  readonly name: string | Uint8Array;
  readonly kind?: number;
  /** Where the content is; none for a file without bytes. */
  readonly content?: ObjectRecord | undefined;
  readonly size?: number | bigint;
};

/** A tree of these entries, in this order. */
export function rawTree(...entries: readonly RawEntry[]): ObjectRecord {
  const all = entries.map(({ name, kind = ENTRY.file, content, size }): RawField => {
    const of: RawField[] = [
      [1, name],
      [2, kind],
    ];
    if (content !== undefined) {
      of.push([3, OBJECT_KIND[content.kind]], [4, Buffer.from(content.id, 'hex')]);
    }
    const bytes = size ?? (kind === ENTRY.directory ? 0 : (content?.rawSize ?? 0));
    if (bytes !== 0) of.push([5, bytes]);
    return [2, of];
  });
  return rawObject('tree', fields(...all));
}

const PERSON: readonly RawField[] = [
  [1, 'Mallory'],
  [2, 'mallory@example.org'],
  [3, 2_000],
];

/** A commit of this tree. */
export function rawCommit(
  tree: ObjectRecord,
  options: {
    readonly parents?: readonly ObjectRecord[];
    readonly author?: readonly RawField[];
    readonly message?: string;
  } = {},
): ObjectRecord {
  const { parents = [], author = PERSON, message = 'hostile' } = options;
  const ids = Buffer.concat(parents.map(({ id }) => Buffer.from(id, 'hex')));
  return rawObject(
    'commit',
    fields(
      [1, Buffer.from(tree.id, 'hex')],
      ...(ids.length > 0 ? ([[2, ids]] as const) : []),
      [3, author],
      [4, PERSON],
      [5, message],
    ),
  );
}
