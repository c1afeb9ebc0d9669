/** The index of a working tree. */
import {
  activeHash,
  type ChunkId,
  type CommitId,
  type ManifestId,
  type TreeId,
} from '../../../store/index.ts';
import { IndexImage } from '../../../repo/worktree-index/index-image.ts';
import type { IndexEntry } from '../../../repo/worktree-index/index-entry.ts';
import { CHECKSUM_BYTES } from '../../../repo/worktree-index/index-format.ts';
import { encodeIndex, type IndexRow } from '../../../repo/worktree-index/index-writer.ts';
import { checkPath } from '../../../store/paths/name-rules.ts';
import { changeBytes } from '../mutate/byte-mutations.ts';
import { acceptedBy, mustEqual, mustHold, type FuzzTarget } from '../target.ts';

const CODES = ['DITS_REPO_INDEX_CORRUPT'];
const ID = 'cd'.repeat(32);
const STAT = { mtimeMs: 1.5, ctimeMs: 2.25, checkedMs: 3, inode: 42, mode: 0o100644 };

function entry(path: string, fields: Partial<IndexEntry> = {}): IndexEntry {
  const content = { kind: 'chunk', id: ID as ChunkId } as const;
  return { path, kind: 'file', content, size: 10, profile: 0, stat: undefined, ...fields };
}

function indexOf(entries: readonly IndexEntry[], removed: readonly string[]): Buffer {
  const rows = entries.map((one): IndexRow => ({ entry: one, changed: false }));
  const base = { tree: ID as TreeId, commit: ID as CommitId };
  return encodeIndex({ base, rows, rowCount: rows.length, removed });
}

function seeds(): Uint8Array[] {
  return [
    indexOf([], []),
    indexOf([entry('a', { stat: STAT }), entry('b/c', { kind: 'executable' })], ['b/d', 'z']),
    indexOf(
      [
        entry('clip.mov', { content: { kind: 'manifest', id: ID as ManifestId }, profile: 3 }),
        entry('empty', { content: { kind: 'empty' }, size: 0 }),
        entry('link', { kind: 'symlink' }),
        entry('é', {}),
      ],
      [],
    ),
  ];
}

/** Everything that can be asked of an index. */
function checkImage(image: IndexImage): void {
  const rows: IndexRow[] = [];
  const paths: string[] = [];
  for (let at = 0; at < image.count; at++) {
    const found = image.entry(at);
    checkPath(found.path);
    mustEqual(image.find(found.path), at, 'an entry is found by its path');
    paths.push(found.path);
    rows.push({ entry: found, changed: image.isChanged(at) });
  }
  const removed = [...image.removedPaths()];
  removed.forEach(checkPath);
  const again = encodeIndex({ base: image.base, rows, rowCount: rows.length, removed });
  const second = new IndexImage(again);
  mustHold(second.count === image.count, 'the same entries when it is written again');
  rows.forEach((row, at) => {
    mustEqual(second.entry(at), 'entry' in row && row.entry, 'the same entry');
  });
  mustEqual([...second.removedPaths()], removed, 'the same removed paths');
  mustEqual(second.base, image.base, 'the same base');
}

export const workingIndexTarget: FuzzTarget = {
  name: 'working-index',
  covers: 'the index of a working tree: header, records, paths',
  seeds,
  mutations: [changeBytes],
  dictionary: ['DITSWIX\n', '..', '.dits', '\0', 'é'],
  sizeMaxBytes: 2 * 1024,
  repair(input) {
    const end = input.length - CHECKSUM_BYTES;
    if (end > 0) activeHash.hash(input.subarray(0, end)).copy(input, end);
    return input;
  },
  run(input) {
    const image = acceptedBy(CODES, () => new IndexImage(input));
    if (image === undefined) return false;
    checkImage(image);
    return true;
  },
};
