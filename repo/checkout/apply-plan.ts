/** Carries out a checkout plan: removals, then files, then the index. Interrupted anywhere, it can be planned again. */
import type { Stats } from 'node:fs';
import { NameGuard } from '../stage/name-guard.ts';
import { fileSystemTimeAfter, stampOf } from '../files/stat-stamp.ts';
import type { OperationOptions, Repository } from '../repository/repository.ts';
import { removeFile } from '../stage/remove.ts';
import type { IndexEntry } from '../worktree-index/index-entry.ts';
import type { WorkIndex } from '../worktree-index/work-index.ts';
import { foldsCase } from './case-probe.ts';
import type { CheckoutPlan } from './checkout-plan.ts';
import { FilePlacer } from './file-placer.ts';
import { SMALL_FILE_MAX_BYTES, batches, loadBatch, type LoadedFile } from './small-files.ts';

export type CheckoutTotals = {
  /** Files and links written. */
  readonly written: number;
  readonly removed: number;
  /** Bytes written. */
  readonly bytes: number;
};

export type ApplyTarget = {
  readonly repository: Repository;
  readonly options: OperationOptions;
};

/** Files streamed at a time: enough to read one while another is written, few enough for a spinning disk. */
const STREAMS_MAX = 4;

/** What was written, and how it looks on disk. */
type Written = { readonly entry: IndexEntry; readonly stats: Stats };

/**
 * Brings the working tree to the plan and stages what it wrote in `index`, which the caller saves.
 * @throws RepoError DITS_REPO_NAME_TWIN, DITS_REPO_CONTENT_MISMATCH, DITS_REPO_IO
 */
export async function applyPlan(
  target: ApplyTarget,
  plan: CheckoutPlan,
  index: WorkIndex,
): Promise<CheckoutTotals> {
  const { repository, options } = target;
  const { tree, layout } = repository;
  const placer = new FilePlacer({
    tree,
    tempFolder: layout.worktreeTemp,
    syncFiles: repository.config.getFlag('core.syncFiles') ?? false,
  });
  refuseTwins(layout.worktreeTemp, plan, index);
  let removed = 0;
  for (const { path } of plan.removals) {
    options.signal?.throwIfAborted();
    if (removeFile(tree, path)) removed++;
  }
  const writer = new PlanWriter(target, placer, plan.writes);
  await writer.run();
  for (const { path } of plan.removals) index.delete(path);
  await stageWritten(repository, index, writer.written);
  for (const entry of plan.present) index.set(entry);
  return { written: writer.written.length, removed, bytes: writer.bytes };
}

/** The files get stamps that hold from now on: this waits for the file system's next tick. */
async function stageWritten(
  repository: Repository,
  index: WorkIndex,
  written: readonly Written[],
): Promise<void> {
  const last = written.reduce((time, { stats }) => Math.max(time, stats.ctimeMs, stats.mtimeMs), 0);
  if (last === 0) return;
  const checkedMs = await fileSystemTimeAfter(repository.layout.clockProbe, last);
  for (const { entry, stats } of written) index.set({ ...entry, stat: stampOf(stats, checkedMs) });
}

/** On a disk that folds case, the second of two names would overwrite the first. */
function refuseTwins(tempFolder: string, plan: CheckoutPlan, index: WorkIndex): void {
  if (plan.writes.length === 0 || !foldsCase(tempFolder)) return;
  const going = new Set(plan.removals.map(({ path }) => path));
  const staying: string[] = [];
  for (const { path } of index.entries()) if (!going.has(path)) staying.push(path);
  const guard = new NameGuard(staying);
  for (const { path } of plan.writes) guard.admit(path);
}

class PlanWriter {
  readonly written: Written[] = [];
  bytes = 0;
  readonly #target: ApplyTarget;
  readonly #placer: FilePlacer;
  readonly #entries: readonly IndexEntry[];
  readonly #bytesTotal: number;

  constructor(target: ApplyTarget, placer: FilePlacer, entries: readonly IndexEntry[]) {
    this.#target = target;
    this.#placer = placer;
    this.#entries = entries;
    this.#bytesTotal = entries.reduce((sum, entry) => sum + entry.size, 0);
  }

  async run(): Promise<void> {
    const isSmall = ({ kind, size }: IndexEntry): boolean =>
      kind === 'symlink' || size <= SMALL_FILE_MAX_BYTES;
    await this.#writeSmall(this.#entries.filter(isSmall));
    await this.#writeLarge(this.#entries.filter((entry) => !isSmall(entry)));
  }

  /** One batch is read while the one before is written. */
  async #writeSmall(entries: readonly IndexEntry[]): Promise<void> {
    const { repository, options } = this.#target;
    const { objects } = repository.store;
    let ahead: Promise<LoadedFile[]> | undefined;
    try {
      for (const batch of batches(entries)) {
        const before = ahead;
        ahead = loadBatch(objects, batch, options.signal);
        // A failure is seen when the batch's turn comes; until then it must not count as unhandled.
        ahead.catch(() => undefined);
        if (before !== undefined) this.#placeAll(await before);
      }
      if (ahead !== undefined) this.#placeAll(await ahead);
    } finally {
      await Promise.allSettled([ahead]);
    }
  }

  #placeAll(files: readonly LoadedFile[]): void {
    for (const { entry, bytes } of files) {
      this.#target.options.signal?.throwIfAborted();
      const stats = this.#placer.place(entry, bytes);
      this.bytes += bytes.length;
      this.written.push({ entry, stats });
    }
    const last = files.at(-1);
    if (last !== undefined) this.#report(last.entry.path);
  }

  async #writeLarge(entries: readonly IndexEntry[]): Promise<void> {
    const queue = entries.values();
    const failed = new AbortController();
    const worker = async (): Promise<void> => {
      try {
        for (const entry of queue) await this.#writeOne(entry, failed.signal);
      } catch (error) {
        failed.abort(error);
        throw error;
      }
    };
    const workers = Array.from({ length: Math.min(STREAMS_MAX, entries.length) }, worker);
    const outcomes = await Promise.allSettled(workers);
    if (outcomes.some(({ status }) => status === 'rejected')) throw failed.signal.reason;
  }

  async #writeOne(entry: IndexEntry, failed: AbortSignal): Promise<void> {
    const { repository, options } = this.#target;
    const { path, kind, size, content } = entry;
    if (kind === 'symlink') return;
    const signal =
      options.signal === undefined ? failed : AbortSignal.any([options.signal, failed]);
    signal.throwIfAborted();
    const stats = await this.#placer.placeContent(
      { path, kind, size },
      { store: repository.store.objects, content },
      {
        signal,
        onProgress: (bytes) => {
          this.bytes += bytes;
          this.#report(path);
        },
      },
    );
    this.written.push({ entry, stats });
  }

  #report(path: string): void {
    this.#target.options.onProgress?.({
      phase: 'checkout',
      files: this.written.length,
      filesTotal: this.#entries.length,
      bytes: this.bytes,
      bytesTotal: this.#bytesTotal,
      path,
    });
  }
}
