/** Looks after the index of a working tree: what is staged stands nowhere else. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { replaceFile, undoFlippedBit, type ObjectId } from '../../store/index.ts';
import { reset } from '../checkout/reset.ts';
import { RepoError } from '../repo-error.ts';
import type { Repository } from '../repository/repository.ts';
import { isWholeIndex } from '../worktree-index/index-image.ts';
import { lockIndex } from '../worktree-index/index-file.ts';
import { stagedObjects } from '../worktree-index/staged-objects.ts';
import type { FileProblem } from './file-problem.ts';
import { keepDamaged } from './keep-damaged.ts';

/** The index as it was found. */
export type IndexState = {
  /** What it needs of the store; nothing when it is damaged. */
  readonly staged: readonly ObjectId[];
  readonly problem: FileProblem | undefined;
};

/**
 * Reads the index, and with `repair` turns back a flipped bit of a small one, which brings everything back that was staged.
 * @throws RepoError DITS_REPO_LOCKED, DITS_REPO_IO
 */
export async function inspectIndex(
  repository: Repository,
  { repair }: { readonly repair: boolean },
): Promise<IndexState> {
  if (repository.isBare) return { staged: [], problem: undefined };
  const { layout } = repository;
  const file = path.basename(layout.indexFile);
  try {
    return { staged: await stagedObjects(layout), problem: undefined };
  } catch (error) {
    if (!(error instanceof RepoError) || error.code !== 'DITS_REPO_INDEX_CORRUPT') throw error;
    const found = { file, problem: error.message };
    const mended = repair ? await turnBackBit(repository) : undefined;
    if (mended === undefined) return { staged: [], problem: found };
    return { staged: await stagedObjects(layout), problem: { ...found, mended } };
  }
}

async function turnBackBit({ layout }: Repository): Promise<string | undefined> {
  const lock = await lockIndex(layout);
  try {
    const bytes = await readFile(layout.indexFile);
    const undone = undoFlippedBit(bytes, isWholeIndex);
    if (undone === undefined) return undefined;
    await keepDamaged(layout.ditsDir, path.basename(layout.indexFile), bytes);
    await replaceFile(layout.indexFile, undone);
    return 'the flipped bit has been turned back';
  } finally {
    await lock.release();
  }
}

/**
 * Makes a damaged index anew from HEAD, whose objects are there by now. Files are not touched; what was staged and not
 * committed shows as a change again.
 * @throws StoreError, RepoError when HEAD cannot be read
 */
export async function remakeIndex(
  repository: Repository,
  damage: FileProblem,
): Promise<FileProblem> {
  const { layout } = repository;
  const bytes = await readFile(layout.indexFile);
  const kept = await keepDamaged(layout.ditsDir, damage.file, bytes);
  await reset(repository);
  const mended = `it has been made anew from HEAD: add again what was staged; ${kept} has the old one`;
  return { ...damage, mended };
}
