/** Carries out a checkout plan: removals, then files, then the index. Interrupted anywhere, it can be planned again. */
import type { ObjectReader } from '../../store/index.ts';
import { NameGuard } from '../stage/name-guard.ts';
import { HeldFolders } from '../files/held-folders.ts';
import { fileSystemTimeAfter, stampOf } from '../files/stat-stamp.ts';
import type { OperationOptions, Repository } from '../repository/repository.ts';
import { removeFile } from '../stage/remove.ts';
import type { WorkIndex } from '../worktree-index/work-index.ts';
import { foldsCase } from './case-probe.ts';
import type { CheckoutPlan } from './checkout-plan.ts';
import { FilePlacer } from './file-placer.ts';
import { PlanWriter, type Written } from './plan-writer.ts';

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
  /** Where the contents come from; the repository's store when left out. */
  readonly reader?: ObjectReader | undefined;
};

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
  const folders = new HeldFolders(repository.tree);
  const placer = new FilePlacer({
    folders,
    tempFolder: repository.layout.worktreeTemp,
    syncFiles: repository.config.getFlag('core.syncFiles') ?? false,
  });
  refuseTwins(repository.layout.worktreeTemp, plan, index);
  const { reader = repository.store.objects } = target;
  const writer = new PlanWriter({ reader, placer, options }, plan.writes);
  let removed = 0;
  try {
    for (const { path } of plan.removals) {
      options.signal?.throwIfAborted();
      if (removeFile(folders, path)) removed++;
    }
    await writer.run();
  } finally {
    folders.release();
  }
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
