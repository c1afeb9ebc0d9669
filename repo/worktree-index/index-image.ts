/**
 * An index file in memory, checked as a whole and decoded entry by entry on demand: the bytes of the file are the data
 * structure, so that 200,000 entries cost one buffer and no objects.
 */
import { isAscii } from 'node:buffer';
import {
  ID_BYTES,
  activeHash,
  quoteForMessage,
  type CommitId,
  type FileContent,
  type ObjectId,
  type TreeId,
} from '../../store/index.ts';
import { RepoError } from '../repo-error.ts';
import type { IndexBase, IndexEntry, StatStamp } from './index-entry.ts';
import {
  CHECKSUM_BYTES,
  CONTENT_KINDS,
  ENTRY_COUNT_MAX,
  FORMAT_VERSION,
  HEADER,
  HEADER_HAS_BASE,
  HEADER_HAS_COMMIT,
  KINDS,
  MAGIC,
  RECORD,
  RECORD_CHANGED,
  RECORD_FLAGS_ALL,
  RECORD_HAS_STAT,
  decodePath,
  encodePath,
} from './index-format.ts';
import { isSafeStoredPath, type PathRange } from './index-paths.ts';

/** Nothing comes before the first path. */
const NO_PATH: PathRange = [0, 0];

function corrupt(what: string): RepoError {
  return new RepoError('DITS_REPO_INDEX_CORRUPT', `the working-tree index is damaged: ${what}`, {
    hint: 'run: dits fsck --repair (no file of the working tree is touched)',
  });
}

/** Whether these are the bytes of an index file as it was written, by its checksum. */
export function isWholeIndex(bytes: Buffer): boolean {
  const end = bytes.length - CHECKSUM_BYTES;
  return end >= 0 && activeHash.hash(bytes.subarray(0, end)).equals(bytes.subarray(end));
}

export class IndexImage {
  readonly count: number;
  readonly base: IndexBase | undefined;
  readonly #bytes: Buffer;
  readonly #view: DataView;
  readonly #pathsStart: number;
  readonly #removedCount: number;
  /** All paths, when no character takes more than a byte: each is then a part of it. Made when first needed. */
  #pathText: string | undefined;

  /**
   * Takes over `bytes`, a whole index file.
   * @throws RepoError DITS_REPO_INDEX_CORRUPT
   */
  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#checkEnvelope();
    this.count = this.#view.getUint32(HEADER.entryCount, true);
    this.#removedCount = this.#view.getUint32(HEADER.removedCount, true);
    const pathBytes = this.#view.getUint32(HEADER.pathBytes, true);
    if (this.count > ENTRY_COUNT_MAX || this.#removedCount > ENTRY_COUNT_MAX) {
      throw corrupt('it claims too many entries');
    }
    this.#pathsStart = HEADER.bytes + this.count * RECORD.bytes + this.#removedCount * 4;
    if (this.#pathsStart + pathBytes + CHECKSUM_BYTES !== bytes.length) {
      throw corrupt('its length does not match its header');
    }
    this.base = this.#readBase();
    this.#checkRecords(pathBytes);
  }

  /** Path of entry `at` (0 <= at < count). */
  path(at: number): string {
    const start = this.#pathEnd(at - 1);
    const end = this.#pathEnd(at);
    this.#pathText ??= this.#decodeAllPaths();
    if (this.#pathText !== '') return this.#pathText.slice(start, end);
    return decodePath(
      this.#bytes.toString('utf8', this.#pathsStart + start, this.#pathsStart + end),
    );
  }

  entry(at: number, path: string = this.path(at)): IndexEntry {
    const record = HEADER.bytes + at * RECORD.bytes;
    return {
      path,
      kind: KINDS[this.#bytes[record + RECORD.kind]!]!,
      content: this.#content(record),
      size: this.#view.getFloat64(record + RECORD.size, true),
      profile: this.#view.getUint16(record + RECORD.profile, true),
      stat: this.#stat(record),
    };
  }

  isChanged(at: number): boolean {
    const flags = this.#bytes[HEADER.bytes + at * RECORD.bytes + RECORD.flags]!;
    return (flags & RECORD_CHANGED) !== 0;
  }

  /** Position of the path, or undefined. */
  find(path: string): number | undefined {
    const at = this.lowerBound(path);
    return at < this.count && this.path(at) === path ? at : undefined;
  }

  /** Position of the first entry whose path is not before `path`. */
  lowerBound(path: string): number {
    const key = encodePath(path);
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const [start, end] = this.#pathRange(middle);
      if (this.#bytes.compare(key, 0, key.length, start, end) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Paths removed since the base tree, sorted. */
  *removedPaths(): Iterable<string> {
    const ends = HEADER.bytes + this.count * RECORD.bytes;
    let start = this.#pathsStart + this.#pathEnd(this.count - 1);
    for (let at = 0; at < this.#removedCount; at++) {
      const end = this.#pathsStart + this.#view.getUint32(ends + at * 4, true);
      yield decodePath(this.#bytes.toString('utf8', start, end));
      start = end;
    }
  }

  /** The record's bytes, a view: for a writer that copies entries it need not look at. */
  recordBytes(at: number): Buffer {
    const record = HEADER.bytes + at * RECORD.bytes;
    return this.#bytes.subarray(record, record + RECORD.bytes);
  }

  /** The path's bytes, a view. */
  pathBytes(at: number): Buffer {
    return this.#bytes.subarray(...this.#pathRange(at));
  }

  #content(record: number): FileContent {
    const kind = CONTENT_KINDS[this.#bytes[record + RECORD.content]!]!;
    if (kind === 'empty') return { kind };
    return kind === 'chunk'
      ? { kind, id: this.#id(record + RECORD.id) }
      : { kind, id: this.#id(record + RECORD.id) };
  }

  #stat(record: number): StatStamp | undefined {
    if ((this.#bytes[record + RECORD.flags]! & RECORD_HAS_STAT) === 0) return undefined;
    return {
      mtimeMs: this.#view.getFloat64(record + RECORD.mtimeMs, true),
      ctimeMs: this.#view.getFloat64(record + RECORD.ctimeMs, true),
      checkedMs: this.#view.getFloat64(record + RECORD.checkedMs, true),
      inode: this.#view.getFloat64(record + RECORD.inode, true),
      mode: this.#view.getUint32(record + RECORD.mode, true),
    };
  }

  #pathEnd(at: number): number {
    if (at < 0) return 0;
    return this.#view.getUint32(HEADER.bytes + at * RECORD.bytes + RECORD.pathEnd, true);
  }

  #pathRange(at: number): PathRange {
    return [this.#pathsStart + this.#pathEnd(at - 1), this.#pathsStart + this.#pathEnd(at)];
  }

  #checkEnvelope(): void {
    const bytes = this.#bytes;
    if (bytes.length < HEADER.bytes + CHECKSUM_BYTES) throw corrupt('it is cut short');
    if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) throw corrupt('it has no index header');
    const version = this.#view.getUint32(HEADER.version, true);
    if (version !== FORMAT_VERSION) {
      throw corrupt(`it has format ${version}, and this version reads ${FORMAT_VERSION}`);
    }
    if (!isWholeIndex(bytes)) throw corrupt('its checksum does not match');
  }

  #readBase(): IndexBase | undefined {
    const flags = this.#view.getUint32(HEADER.flags, true);
    if (flags === 0) return undefined;
    const hasCommit = flags === (HEADER_HAS_BASE | HEADER_HAS_COMMIT);
    if (!hasCommit && flags !== HEADER_HAS_BASE) throw corrupt('unknown flags');
    return {
      tree: this.#id<TreeId>(HEADER.baseTree),
      commit: hasCommit ? this.#id<CommitId>(HEADER.baseCommit) : undefined,
    };
  }

  #id<T extends ObjectId>(at: number): T {
    return this.#bytes.toString('hex', at, at + ID_BYTES) as T;
  }

  /** One call for all paths; empty when they have to be decoded one by one. */
  #decodeAllPaths(): string {
    const paths = this.#bytes.subarray(
      this.#pathsStart,
      this.#pathsStart + this.#pathEnd(this.count - 1),
    );
    return isAscii(paths) ? decodePath(paths.toString('latin1')) : '';
  }

  /** The checksum says that we wrote this; these checks keep a mistake of ours from becoming a wrong answer. */
  #checkRecords(pathBytes: number): void {
    let previousEnd = 0;
    for (let at = 0; at < this.count; at++) {
      const end = this.#pathEnd(at);
      if (end <= previousEnd || end > pathBytes) throw corrupt(`entry ${at} has no path`);
      previousEnd = end;
      this.#checkRecord(at);
    }
    const ends = HEADER.bytes + this.count * RECORD.bytes;
    for (let at = 0; at < this.#removedCount; at++) {
      const end = this.#view.getUint32(ends + at * 4, true);
      if (end <= previousEnd || end > pathBytes) throw corrupt('a removed path is out of bounds');
      this.#checkPath([this.#pathsStart + previousEnd, this.#pathsStart + end], NO_PATH);
      previousEnd = end;
    }
    if (previousEnd !== pathBytes) throw corrupt('bytes after the last path');
  }

  #checkRecord(at: number): void {
    const record = HEADER.bytes + at * RECORD.bytes;
    const kind = this.#bytes[record + RECORD.kind]!;
    const content = this.#bytes[record + RECORD.content]!;
    const flags = this.#bytes[record + RECORD.flags]!;
    const size = this.#view.getFloat64(record + RECORD.size, true);
    if (KINDS[kind] === undefined || content >= CONTENT_KINDS.length) {
      throw corrupt(`entry ${at} has an unknown kind`);
    }
    if ((flags & ~RECORD_FLAGS_ALL) !== 0 || !Number.isSafeInteger(size) || size < 0) {
      throw corrupt(`entry ${at} is out of range`);
    }
    const path = this.#pathRange(at);
    const previous = at === 0 ? NO_PATH : this.#pathRange(at - 1);
    if (at > 0 && this.#bytes.compare(this.#bytes, ...path, ...previous) >= 0) {
      throw corrupt(`entry ${at} is not in order`);
    }
    this.#checkPath(path, previous);
  }

  /** `previous` is one that was checked. */
  #checkPath(path: PathRange, previous: PathRange): void {
    if (isSafeStoredPath(this.#bytes, path, previous)) return;
    const text = decodePath(this.#bytes.toString('utf8', ...path));
    throw corrupt(`the path ${quoteForMessage(text)} is not allowed`);
  }
}
