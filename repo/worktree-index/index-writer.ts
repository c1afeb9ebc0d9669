/** Encodes an index: entries copied from an older image as they are, and entries given as values. */
import { activeHash, idToBytes } from '../../store/index.ts';
import { RepoError } from '../repo-error.ts';
import { contentId, type IndexBase, type IndexEntry } from './index-entry.ts';
import type { IndexImage } from './index-image.ts';
import {
  CHECKSUM_BYTES,
  CONTENT_CODES,
  ENTRY_COUNT_MAX,
  FORMAT_VERSION,
  HEADER,
  HEADER_HAS_BASE,
  HEADER_HAS_COMMIT,
  KIND_CODES,
  MAGIC,
  PATH_BYTES_MAX,
  RECORD,
  RECORD_CHANGED,
  RECORD_HAS_STAT,
  encodePath,
} from './index-format.ts';

/** One entry to write. `changed` overrides the flag of a copied record. */
export type IndexRow =
  | { readonly image: IndexImage; readonly at: number; readonly changed: boolean }
  | { readonly entry: IndexEntry; readonly changed: boolean };

export type IndexContents = {
  readonly base: IndexBase | undefined;
  /** Sorted by path, no path twice. */
  readonly rows: Iterable<IndexRow>;
  readonly rowCount: number;
  /** Sorted. */
  readonly removed: readonly string[];
};

/** The bytes of an index file. */
export function encodeIndex(contents: IndexContents): Buffer {
  if (contents.rowCount > ENTRY_COUNT_MAX) throw tooLarge(`${contents.rowCount} files`);
  const records = Buffer.alloc(contents.rowCount * RECORD.bytes);
  const paths: Buffer[] = [];
  let pathEnd = 0;
  let at = 0;
  for (const row of contents.rows) {
    const record = records.subarray(at * RECORD.bytes, (at + 1) * RECORD.bytes);
    const path = 'entry' in row ? encodePath(row.entry.path) : row.image.pathBytes(row.at);
    writeRecord(record, row);
    pathEnd += path.length;
    if (pathEnd > PATH_BYTES_MAX) throw tooLarge('path names of more than 4 GiB');
    record.writeUInt32LE(pathEnd, RECORD.pathEnd);
    paths.push(path);
    at++;
  }
  const removedEnds = Buffer.alloc(contents.removed.length * 4);
  contents.removed.forEach((path, index) => {
    paths.push(encodePath(path));
    pathEnd += paths.at(-1)!.length;
    removedEnds.writeUInt32LE(pathEnd, index * 4);
  });
  const header = encodeHeader(contents, pathEnd);
  const body = Buffer.concat([
    header,
    records,
    removedEnds,
    ...paths,
    Buffer.alloc(CHECKSUM_BYTES),
  ]);
  const end = body.length - CHECKSUM_BYTES;
  activeHash.hash(body.subarray(0, end)).copy(body, end);
  return body;
}

function encodeHeader(contents: IndexContents, pathBytes: number): Buffer {
  const header = Buffer.alloc(HEADER.bytes);
  MAGIC.copy(header, HEADER.magic);
  header.writeUInt32LE(FORMAT_VERSION, HEADER.version);
  header.writeUInt32LE(contents.rowCount, HEADER.entryCount);
  header.writeUInt32LE(contents.removed.length, HEADER.removedCount);
  header.writeUInt32LE(pathBytes, HEADER.pathBytes);
  const { base } = contents;
  if (base === undefined) return header;
  const commitFlag = base.commit === undefined ? 0 : HEADER_HAS_COMMIT;
  header.writeUInt32LE(HEADER_HAS_BASE | commitFlag, HEADER.flags);
  idToBytes(base.tree).copy(header, HEADER.baseTree);
  if (base.commit !== undefined) idToBytes(base.commit).copy(header, HEADER.baseCommit);
  return header;
}

function writeRecord(record: Buffer, row: IndexRow): void {
  const changed = row.changed ? RECORD_CHANGED : 0;
  if ('image' in row) {
    row.image.recordBytes(row.at).copy(record);
    record[RECORD.flags] = (record[RECORD.flags]! & ~RECORD_CHANGED) | changed;
    return;
  }
  const { entry } = row;
  const id = contentId(entry.content);
  record.writeDoubleLE(entry.size, RECORD.size);
  if (id !== undefined) idToBytes(id).copy(record, RECORD.id);
  record.writeUInt16LE(entry.profile, RECORD.profile);
  record[RECORD.kind] = KIND_CODES[entry.kind];
  record[RECORD.content] = CONTENT_CODES[entry.content.kind];
  record[RECORD.flags] = changed | (entry.stat === undefined ? 0 : RECORD_HAS_STAT);
  if (entry.stat === undefined) return;
  record.writeDoubleLE(entry.stat.mtimeMs, RECORD.mtimeMs);
  record.writeDoubleLE(entry.stat.ctimeMs, RECORD.ctimeMs);
  record.writeDoubleLE(entry.stat.checkedMs, RECORD.checkedMs);
  record.writeDoubleLE(entry.stat.inode, RECORD.inode);
  record.writeUInt32LE(entry.stat.mode, RECORD.mode);
}

function tooLarge(what: string): RepoError {
  return new RepoError('DITS_REPO_IO', `the working-tree index cannot hold ${what}`);
}
