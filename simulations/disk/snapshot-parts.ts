/** A store to look at: the files of one moment, which cannot be changed. No time passes while it is read. */
import {
  StoreError,
  type BlobFile,
  type BlobFiles,
  type StoreIndex,
  type StoreParts,
} from '../../store/index.ts';
import type { IndexContent } from './simulated-index.ts';
import type { Snapshot } from './simulated-folder.ts';

export type SnapshotOf = {
  readonly segments: ReadonlyMap<string, Snapshot>;
  readonly files: ReadonlyMap<string, Snapshot>;
  readonly index: IndexContent;
};

/** Parts for `openStoreOf`. Whatever would change something rejects with DITS_STORE_CLOSED. */
export function snapshotParts({ segments, files, index }: SnapshotOf): StoreParts {
  return {
    directory: 'snapshot',
    segments: new SnapshotFiles(segments),
    files: new SnapshotFiles(files),
    shareIndex: () => new SnapshotIndex(index),
    hold: refuse,
    lockRefs: refuse,
    quarantine: refuse,
    now: () => 0,
    random: (count) => new Uint8Array(count),
    limits: { sizeMaxBytes: 0, recordsMax: 0 },
    logger: () => undefined,
  };
}

function refuse(): Promise<never> {
  return Promise.reject(new StoreError('DITS_STORE_CLOSED', 'a snapshot cannot be changed'));
}

class SnapshotFiles implements BlobFiles {
  readonly #files: ReadonlyMap<string, Snapshot>;
  readonly create = refuse;
  readonly rename = refuse;
  readonly remove = refuse;
  readonly syncFolder = refuse;

  constructor(files: ReadonlyMap<string, Snapshot>) {
    this.#files = files;
  }

  list(): Promise<readonly string[]> {
    return Promise.resolve([...this.#files.keys()]);
  }

  open(name: string): Promise<BlobFile | undefined> {
    const file = this.#files.get(name);
    return Promise.resolve(file && new SnapshotFile(file));
  }

  stat(name: string): ReturnType<BlobFiles['stat']> {
    const file = this.#files.get(name);
    return Promise.resolve(file && { sizeBytes: file.bytes.length, modifiedMs: file.modifiedMs });
  }
}

class SnapshotFile implements BlobFile {
  readonly #file: Snapshot;
  readonly write = refuse;
  readonly sync = refuse;
  readonly truncate = refuse;

  constructor(file: Snapshot) {
    this.#file = file;
  }

  read(target: Uint8Array, offset: number): Promise<number> {
    const bytes = this.#file.bytes.subarray(offset, offset + target.length);
    target.set(bytes);
    return Promise.resolve(bytes.length);
  }

  stat(): ReturnType<BlobFile['stat']> {
    const { bytes, modifiedMs } = this.#file;
    return Promise.resolve({ sizeBytes: bytes.length, modifiedMs });
  }

  tryLock(): boolean {
    return false;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

class SnapshotIndex implements StoreIndex {
  readonly #content: IndexContent;
  readonly apply = refuse;
  readonly discard = refuse;

  constructor(content: IndexContent) {
    this.#content = content;
  }

  getMany(ids: Parameters<StoreIndex['getMany']>[0]): ReturnType<StoreIndex['getMany']> {
    return Promise.resolve(ids.map((id) => this.#content.entries.get(id)));
  }

  page(after: Parameters<StoreIndex['page']>[0]): ReturnType<StoreIndex['page']> {
    return Promise.resolve(this.#content.page(after));
  }

  watermarks(segments: readonly number[]): ReturnType<StoreIndex['watermarks']> {
    return Promise.resolve(segments.map((segment) => this.#content.marks.get(segment)));
  }

  findDamage(): ReturnType<StoreIndex['findDamage']> {
    return Promise.resolve({ damage: [], healed: [] });
  }

  allWatermarks(): ReturnType<StoreIndex['allWatermarks']> {
    return Promise.resolve(this.#content.watermarks());
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
