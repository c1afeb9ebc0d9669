/** A folder of the simulated disk as one process sees it: every call takes time, may fail, and ends with the process. */
import type { BlobFile, BlobFiles, BlobMode, BlobStat } from '../../store/index.ts';
import type { Steps } from '../machine/simulated-process.ts';
import type { SeededRandom } from '../seeded-random.ts';
import type { DiskFaults, DiskOperation } from './disk-faults.ts';
import { SimulatedFile } from './simulated-file.ts';
import type { SimulatedFolder } from './simulated-folder.ts';

/** Milliseconds of a call that the system answers from memory: at most. */
const CALL_MAX_MS = 0.2;

export type ProcessFilesDeps = {
  readonly process: Steps;
  readonly folder: SimulatedFolder;
  /** Name of the folder, for messages and the trace. */
  readonly path: string;
  readonly faults: DiskFaults;
  readonly random: SeededRandom;
  /** The machine's wall clock. */
  readonly wallMs: () => number;
  /** Milliseconds of a call that waits for the disk: at most. */
  readonly syncMaxMs: number;
  /** A sync of a file brings the names of its folder along, as a journal does that is committed as a whole. */
  readonly isJournalled: boolean;
};

export class ProcessFiles implements BlobFiles {
  readonly #deps: ProcessFilesDeps;

  constructor(deps: ProcessFilesDeps) {
    this.#deps = deps;
  }

  list(): Promise<readonly string[]> {
    return this.#call('list', '', () => this.#deps.folder.names);
  }

  open(name: string, mode: BlobMode): Promise<BlobFile | undefined> {
    return this.#call(`open for ${mode}`, name, () => {
      const file = this.#deps.folder.find(name);
      return file && new ProcessFile(this.#deps, { file, name });
    });
  }

  create(name: string): Promise<BlobFile | undefined> {
    const { folder, wallMs } = this.#deps;
    return this.#change('create', name, () => {
      if (folder.find(name) !== undefined) return undefined;
      const file = new SimulatedFile(wallMs());
      folder.add(name, file);
      return new ProcessFile(this.#deps, { file, name });
    });
  }

  stat(name: string): Promise<BlobStat | undefined> {
    return this.#call('stat', name, () => {
      const file = this.#deps.folder.find(name);
      return file && { sizeBytes: file.sizeBytes, modifiedMs: file.modifiedMs };
    });
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#change('rename', from, () => this.#deps.folder.rename(from, to));
  }

  async remove(name: string): Promise<void> {
    await this.#change('remove', name, () => this.#deps.folder.remove(name));
  }

  async syncFolder(): Promise<void> {
    const { process, folder, faults, path, random, syncMaxMs } = this.#deps;
    const mark = folder.mark();
    await process.step({ what: `sync ${path}`, ms: random.next() * syncMaxMs }, () => {
      const fault = faults.draw('syncFolder', path);
      if (fault !== undefined) throw fault;
      folder.synced(mark);
    });
  }

  #call<T>(what: string, name: string, work: () => T): Promise<T> {
    const { process, path, random } = this.#deps;
    return process.step({ what: `${what} ${path}/${name}`, ms: random.next() * CALL_MAX_MS }, work);
  }

  #change<T>(operation: DiskOperation, name: string, work: () => T): Promise<T> {
    return this.#call(operation, name, () => {
      const fault = this.#deps.faults.draw(operation, `${this.#deps.path}/${name}`);
      if (fault !== undefined) throw fault;
      return work();
    });
  }
}

type Opened = { readonly file: SimulatedFile; readonly name: string };

class ProcessFile implements BlobFile {
  readonly #deps: ProcessFilesDeps;
  readonly #file: SimulatedFile;
  readonly #path: string;

  constructor(deps: ProcessFilesDeps, { file, name }: Opened) {
    this.#deps = deps;
    this.#file = file;
    this.#path = `${deps.path}/${name}`;
    deps.process.onEnd(() => this.#unlock());
  }

  read(target: Uint8Array, offset: number): Promise<number> {
    return this.#step('read', { work: () => this.#file.read(target, offset) });
  }

  async write(buffers: readonly Uint8Array[], offset: number): Promise<void> {
    const { random, wallMs } = this.#deps;
    // As a system call does, it takes what is in memory when it is called.
    const bytes = Buffer.concat(buffers);
    const tear = (): void => {
      const part = bytes.subarray(0, random.below(bytes.length + 1));
      this.#file.write(part, offset, wallMs());
    };
    const work = (): void => this.#file.write(bytes, offset, wallMs());
    await this.#step('write', { work, failed: tear, interrupted: tear });
  }

  async sync(): Promise<void> {
    const { folder, isJournalled, random } = this.#deps;
    const [mark, folderMark] = [this.#file.mark(), folder.mark()];
    const work = (): void => {
      this.#file.synced(mark);
      if (isJournalled) folder.synced(folderMark);
    };
    const failed = (): void => this.#file.syncFailed(mark, random);
    await this.#step('sync', { work, failed });
  }

  async truncate(sizeBytes: number): Promise<void> {
    const { wallMs } = this.#deps;
    await this.#step('truncate', { work: () => this.#file.resize(sizeBytes, wallMs()) });
  }

  async stat(): Promise<BlobStat> {
    return this.#call('stat', () => {
      const { sizeBytes, modifiedMs } = this.#file;
      return { sizeBytes, modifiedMs };
    });
  }

  tryLock(): boolean {
    if (this.#file.writer !== undefined && this.#file.writer !== this) return false;
    this.#file.writer = this;
    return true;
  }

  async close(): Promise<void> {
    await this.#call('close', () => this.#unlock());
  }

  #unlock(): void {
    if (this.#file.writer === this) this.#file.writer = undefined;
  }

  #call<T>(what: string, work: () => T): Promise<T> {
    const { process, random } = this.#deps;
    const step = { what: `${what} ${this.#path}`, ms: random.next() * CALL_MAX_MS };
    return process.step(step, work);
  }

  /** One call that may fail. */
  #step<T>(operation: DiskOperation, { work, failed, interrupted }: Call<T>): Promise<T> {
    const { process, faults, random, syncMaxMs } = this.#deps;
    const ms = random.next() * (operation === 'sync' ? syncMaxMs : CALL_MAX_MS);
    const attempt = (): T => {
      const fault = faults.draw(operation, this.#path);
      if (fault === undefined) return work();
      failed?.();
      throw fault;
    };
    return process.step({ what: `${operation} ${this.#path}`, ms }, attempt, interrupted);
  }
}

/** What a call does: when all is well, when the disk refuses, and when the process is killed in it. */
type Call<T> = {
  readonly work: () => T;
  readonly failed?: () => void;
  readonly interrupted?: () => void;
};
