/** Looks after the files without which a repository does not open: `format` and `config.toml`. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { mendFormat, replaceFile, systemErrorCode, undoFlippedBit } from '../../store/index.ts';
import { sumState, withoutSum, withSum } from '../config/settings-sum.ts';
import { Settings } from '../config/settings.ts';
import { RepoError, fromSystemError } from '../repo-error.ts';
import { layoutOf } from '../repository/layout.ts';
import type { FileProblem } from './file-problem.ts';
import { keepDamaged } from './keep-damaged.ts';

export type CareOptions = {
  /** Mend what can be mended; damaged bytes are kept in quarantine. */
  readonly repair: boolean;
};

/**
 * Before the repository in `ditsDir` is opened. A damaged `format` that is not to be mended is left for the opening to
 * report, and so are settings that cannot be read.
 * @throws RepoError DITS_REPO_IO, StoreError DITS_STORE_IO
 */
export async function careForPlainFiles(
  ditsDir: string,
  { repair }: CareOptions,
): Promise<readonly FileProblem[]> {
  const problems: FileProblem[] = [];
  if (repair && (await mendFormat(ditsDir))) {
    const problem = 'it said nothing that any version of dits writes';
    problems.push({ file: 'format', problem, mended: 'it has been written anew' });
  }
  const settings = await careForSettings(ditsDir, repair);
  if (settings !== undefined) problems.push(settings);
  return problems;
}

async function careForSettings(ditsDir: string, repair: boolean): Promise<FileProblem | undefined> {
  const { configFile } = layoutOf(ditsDir);
  const file = path.basename(configFile);
  const bytes = await readUnlessAbsent(configFile);
  if (bytes === undefined) return undefined;
  const state = sumState(bytes);
  const isWhole = (tried: Buffer): boolean => sumState(tried) === 'whole';
  const undone = state === 'whole' ? undefined : undoFlippedBit(bytes, isWhole);
  if (state === 'whole' || (state === 'unknown' && undone === undefined)) return undefined;
  if (undone !== undefined) {
    const problem = 'one bit of it is not as dits wrote it';
    if (!repair) return { file, problem };
    const kept = await keepDamaged(ditsDir, file, bytes);
    await replaceFile(configFile, undone);
    return { file, problem, mended: `it is as dits wrote it last; ${kept} has the other form` };
  }
  const problem = 'it is not as dits wrote it: edited by hand, or damaged';
  if (!repair || !isReadable(bytes, configFile)) return { file, problem };
  await replaceFile(configFile, withSum(withoutSum(bytes.toString())));
  return { file, problem, mended: 'what it says now is taken for right: look at it' };
}

function isReadable(bytes: Buffer, file: string): boolean {
  try {
    Settings.parse(bytes.toString(), file);
    return true;
  } catch (error) {
    if (error instanceof RepoError) return false;
    throw error;
  }
}

async function readUnlessAbsent(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw fromSystemError(error, 'read', file);
  }
}
