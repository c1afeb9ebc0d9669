/** Takes the content of files and links into the store, many at a time, and makes their index entries. */
import {
  ingestSmallFiles,
  readManifestRoot,
  type BytesSource,
  type FileIdentity,
  type FileSource,
  type IngestOutcome,
  type IngestedFile,
  systemErrorCode,
} from '../../store/index.ts';
import { checkTarget } from '../files/link-target.ts';
import { sameStats, stampOf, isExecutable } from '../files/stat-stamp.ts';
import type { OperationOptions, Repository } from '../repository/repository.ts';
import type { IndexEntry, StatStamp } from '../worktree-index/index-entry.ts';
import type { SkippedPath } from './add.ts';

export type IntakeFile = {
  readonly path: string;
  readonly diskPath: string;
  readonly type: 'file' | 'symlink';
  /** The entry that the file replaces: its chunker profile is kept. */
  readonly previous: IndexEntry | undefined;
};

export type IntakeTotals = {
  /** Files and links whose version changed. */
  readonly files: number;
  /** Bytes of everything read. */
  readonly bytes: number;
  readonly chunks: number;
  readonly newChunks: number;
  /** Bytes that the store grew by: new chunks as compressed. */
  readonly storedBytes: number;
};

export type IntakeRequest = {
  readonly repository: Repository;
  readonly files: readonly IntakeFile[];
  /** `fileSystemNow` from before this call. */
  readonly checkedMs: number;
  readonly options: OperationOptions;
};

export type IntakeResult = {
  readonly entries: readonly IndexEntry[];
  readonly totals: IntakeTotals;
  readonly skipped: readonly SkippedPath[];
};

/** Files given to the store at once: bounds what is held for them, and paces progress and aborts. */
const GROUP_FILES_MAX = 16_384;
/** A file that keeps changing while it is read is tried this often in all. */
const ATTEMPTS_MAX = 3;

/** Reads and stores files. Puts are not flushed. */
export async function intake(request: IntakeRequest): Promise<IntakeResult> {
  const collector = new Collector(request);
  for (let start = 0; start < request.files.length; start += GROUP_FILES_MAX) {
    request.options.signal?.throwIfAborted();
    await collector.takeGroup(request.files.slice(start, start + GROUP_FILES_MAX));
  }
  return collector.result();
}

type Source = {
  readonly file: IntakeFile;
  readonly source: FileSource | BytesSource;
  /** Known beforehand for links. */
  readonly linkStamp: StatStamp | undefined;
};

class Collector {
  readonly #request: IntakeRequest;
  readonly #entries: IndexEntry[] = [];
  readonly #skipped: SkippedPath[] = [];
  readonly #totals = { files: 0, bytes: 0, chunks: 0, newChunks: 0, storedBytes: 0 };
  #progressBytes = 0;

  constructor(request: IntakeRequest) {
    this.#request = request;
  }

  result(): IntakeResult {
    return { entries: this.#entries, totals: this.#totals, skipped: this.#skipped };
  }

  async takeGroup(files: readonly IntakeFile[]): Promise<void> {
    let pending = files;
    for (let attempt = 1; pending.length > 0; attempt++) {
      const sources: Source[] = [];
      for (const file of pending) {
        const source =
          file.type === 'symlink' ? this.#linkSource(file) : await this.#fileSource(file);
        if (source !== undefined) sources.push(source);
      }
      const outcomes = await this.#ingest(sources);
      const again: IntakeFile[] = [];
      for (const [at, outcome] of outcomes.entries()) {
        const { file, linkStamp } = sources[at]!;
        if (outcome.file !== undefined) this.#take(file, outcome.file, linkStamp);
        else if (isChanging(outcome) && attempt < ATTEMPTS_MAX) again.push(file);
        else if (!isGone(outcome)) this.#skip(file, outcome);
      }
      pending = again;
    }
  }

  async #ingest(sources: readonly Source[]): Promise<IngestOutcome[]> {
    const { repository, options, files } = this.#request;
    const path = sources[0]?.file.path ?? '';
    return ingestSmallFiles(
      { store: repository.store.objects },
      sources.map(({ source }) => source),
      {
        signal: options.signal,
        onProgress: (bytes) => {
          this.#progressBytes += bytes;
          options.onProgress?.({
            phase: 'add',
            files: this.#entries.length,
            filesTotal: files.length,
            bytes: this.#progressBytes,
            bytesTotal: undefined,
            path,
          });
        },
      },
    );
  }

  /** Whether it still is a file is told when it is opened. */
  async #fileSource(file: IntakeFile): Promise<Source> {
    const path = this.#request.repository.tree.absolute(file.diskPath);
    const { previous } = file;
    const profile = previous === undefined ? undefined : await this.#profileOf(previous);
    return { file, source: { path, profile }, linkStamp: undefined };
  }

  /** Undefined when the link has gone or changed since the walk. */
  #linkSource(file: IntakeFile): Source | undefined {
    const { tree } = this.#request.repository;
    const before = tree.stat(file.diskPath);
    if (before?.isSymbolicLink() !== true) {
      if (before !== undefined) this.#skipped.push({ path: file.path, reason: 'changing' });
      return undefined;
    }
    const bytes = tree.readLink(file.diskPath);
    const after = tree.stat(file.diskPath);
    if (after === undefined) return undefined;
    if (!sameStats(before, after)) {
      this.#skipped.push({ path: file.path, reason: 'changing' });
      return undefined;
    }
    checkTarget(file.path, bytes);
    const linkStamp = stampOf(after, this.#request.checkedMs);
    const path = tree.absolute(file.diskPath);
    return { file, source: { path, bytes }, linkStamp };
  }

  /** The profile of the earlier version, so that unchanged parts are cut alike. A checkout leaves it in the manifest. */
  async #profileOf(previous: IndexEntry): Promise<number | undefined> {
    if (previous.profile !== 0) return previous.profile;
    if (previous.content.kind !== 'manifest') return undefined;
    const { objects } = this.#request.repository.store;
    return (await readManifestRoot(objects, previous.content.id)).profile;
  }

  #take(file: IntakeFile, taken: IngestedFile, linkStamp: StatStamp | undefined): void {
    const { content, size } = taken;
    const isLink = linkStamp !== undefined;
    this.#entries.push({
      path: file.path,
      kind: isLink ? 'symlink' : this.#kindOf(file, taken.identity),
      content,
      size,
      profile: isLink ? 0 : taken.profile,
      stat: linkStamp ?? this.#stampOf(taken.identity),
    });
    this.#totals.bytes += size;
    this.#totals.chunks += taken.chunkCount;
    this.#totals.newChunks += taken.newChunkCount;
    this.#totals.storedBytes += taken.storedBytes;
  }

  #stampOf(identity: FileIdentity | undefined): StatStamp | undefined {
    return identity === undefined ? undefined : stampOf(identity, this.#request.checkedMs);
  }

  #kindOf(file: IntakeFile, identity: FileIdentity | undefined): IndexEntry['kind'] {
    if (process.platform === 'win32' || identity === undefined) {
      return file.previous?.kind === 'executable' ? 'executable' : 'file';
    }
    return isExecutable(identity.mode) ? 'executable' : 'file';
  }

  #skip(file: IntakeFile, outcome: IngestOutcome): void {
    this.#skipped.push({
      path: file.path,
      reason: isChanging(outcome) ? 'changing' : 'unreadable',
      cause: outcome.error,
    });
  }
}

/** Whether the file, or its folder, has gone since the walk. */
function isGone(outcome: IngestOutcome): boolean {
  const name = systemErrorCode(outcome.error?.cause);
  return name === 'ENOENT' || name === 'ENOTDIR';
}

function isChanging(outcome: IngestOutcome): boolean {
  return outcome.error?.code === 'DITS_STORE_FILE_CHANGED';
}
