/** What must hold on a disk after a crash: see the list in docs/durability.md, "What proves it". */
import { readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';

import { describeDisk, storeFolders, type Description } from './describe-disk.ts';
import { readImage, writeImage, type DiskImage } from './disk-image.ts';
import type { ObjectId } from '../../store/index.ts';
import { presentCount } from './received-objects.ts';
import type { Step } from './scenario.ts';
import type { Ended, Stage } from './stage.ts';

export type Expectation = {
  readonly disk: 'a' | 'b';
  /** What the disk held before the step, and after it. */
  readonly before: Description;
  readonly after: Description;
  readonly afterTimeless: Description;
  readonly filesBefore: DiskImage;
  readonly filesAfter: DiskImage;
  /** Whether the step had told of its success. */
  readonly isAcknowledged: boolean;
  /** The step to run again; undefined when it had ended. */
  readonly again: Step | undefined;
  /** Names of the description whose values are not promised, now or ever. */
  readonly unpromised: RegExp | undefined;
  readonly between: RegExp | undefined;
  /** Whether fsck may find what was wrong from the beginning. */
  readonly isDamaged: boolean;
  /** What the receiver of the step has after it. */
  readonly received: readonly ObjectId[];
};

export type CrashedDisks = {
  readonly variant: string;
  readonly images: Readonly<Record<'a' | 'b', DiskImage>>;
};

/** Undefined when everything holds; what does not, otherwise. */
export async function checkState(
  stage: Stage,
  crashed: CrashedDisks,
  expectation: Expectation,
): Promise<string | undefined> {
  try {
    putBack(stage, crashed);
    await checkHeld(stage, expectation);
    if (crashed.variant === 'arrived') checkWorkingFiles(stage, expectation);
    if (!expectation.isDamaged) await checkSound(stage, expectation.disk);
    if (expectation.again !== undefined) {
      putBack(stage, crashed);
      await checkAgain(stage, expectation, expectation.again);
    }
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

function putBack(stage: Stage, { images }: CrashedDisks): void {
  for (const disk of ['a', 'b'] as const) writeImage(stage.path(disk), images[disk]);
}

/** Each thing is the old or the new one, and the new one when that was acknowledged. */
async function checkHeld(stage: Stage, expectation: Expectation): Promise<void> {
  const { before, after, isAcknowledged } = expectation;
  const found = await describeDisk(stage.path(expectation.disk));
  for (const name of new Set([...before.keys(), ...after.keys(), ...found.keys()])) {
    const value = found.get(name);
    if (value === after.get(name) || isUnpromised(expectation, name)) continue;
    if (!isAcknowledged && value === before.get(name)) continue;
    if (!isAcknowledged && expectation.between?.test(name) === true) continue;
    throw new Error(
      `${name} is ${shown(value)}; before it was ${shown(before.get(name))}, ` +
        `after ${shown(after.get(name))}, which was ${isAcknowledged ? '' : 'not '}acknowledged`,
    );
  }
}

function isUnpromised({ unpromised }: Expectation, name: string): boolean {
  return unpromised?.test(name) === true;
}

function shown(value: string | undefined): string {
  return value === undefined ? 'not there' : JSON.stringify(value);
}

/** A killed process leaves whole files in the working tree, and none that are not the user's. */
function checkWorkingFiles(stage: Stage, expectation: Expectation): void {
  const { filesBefore, filesAfter, disk } = expectation;
  for (const [path, entry] of readImage(stage.path(disk))) {
    if (entry.kind !== 'file' || !isWorkingFile(path, filesAfter)) continue;
    const versions = [filesBefore.get(path), filesAfter.get(path)];
    const isWhole = versions.some(
      (version) => version?.kind === 'file' && version.content.equals(entry.content),
    );
    if (!isWhole) throw new Error(`${path} is neither the old file nor the new one`);
  }
}

/** Below the folder of a repository with a working tree, and not of the repository itself. */
function isWorkingFile(path: string, files: DiskImage): boolean {
  const [folder = '', inner] = path.split('/');
  return files.has(`${folder}/.dits`) && inner !== '.dits';
}

/** Every record verified, everything reachable there, and the first look at the working tree works. */
async function checkSound(stage: Stage, disk: string): Promise<void> {
  for (const folder of repositoryFolders(stage, disk)) {
    const first = await stage.run(folder, ['fsck']);
    if (first.status === 0) continue;
    const remedy = remedyFor(first);
    const { status, result } = remedy === undefined ? first : await stage.run(folder, remedy);
    if (status !== 0) throw new Error(`fsck of ${folder}: ${JSON.stringify(result)}`);
  }
}

/**
 * What has to end the complaints of fsck where a loss of power explains them. LevelDB does not survive every state: whoever
 * opens the index next makes it anew, and fsck tells of that once. A line of the reflog may be damaged that was being
 * written when no ref had moved yet.
 */
function remedyFor({ result }: Ended): readonly string[] | undefined {
  const count = (field: string): number => (result[field] as unknown[] | undefined)?.length ?? 0;
  if (count('missing') > 0 || count('files') > 0) return undefined;
  // The header of a segment that is new: what is behind it was told to nobody yet, and is read all the same.
  const places = (result['corrupt'] ?? []) as readonly { readonly problem: string }[];
  if (places.some(({ problem }) => problem !== 'segment-header')) return undefined;
  if (places.length > 0) return ['fsck', '--repair'];
  const refsProblem = result['refsProblem'] as string | undefined;
  if (refsProblem?.includes('of the reflog') === true) return ['fsck', '--repair'];
  return count('index') > 0 && refsProblem === undefined ? ['fsck'] : undefined;
}

/** Folders in which verbs can run, relative to the stage. */
function repositoryFolders(stage: Stage, disk: string): string[] {
  return storeFolders(stage.path(disk)).map((directory) =>
    relative(stage.folder, directory).replace(/\/\.dits$/, ''),
  );
}

/** The same command works at once, and leads to where the first run led. */
async function checkAgain(stage: Stage, expectation: Expectation, step: Step): Promise<void> {
  const present =
    step.receiver === undefined
      ? 0
      : await presentCount(stage.path(step.receiver), expectation.received);
  const ended = await finish(stage, step);
  if (step.receiver !== undefined) checkMoved(ended, expectation.received.length - present);
  await checkSound(stage, expectation.disk);
  if (step.isOnceMore === true || step.again?.length === 0) return;
  const found = await describeDisk(stage.path(expectation.disk), { timeless: true });
  const wanted = expectation.afterTimeless;
  for (const name of new Set([...wanted.keys(), ...found.keys()])) {
    if (found.get(name) === wanted.get(name) || isUnpromised(expectation, name)) continue;
    throw new Error(
      `run again, ${name} is ${shown(found.get(name))} instead of ${shown(wanted.get(name))}; ` +
        `the command ended with ${JSON.stringify(ended.result)}`,
    );
  }
}

/** What was there is not sent again. */
function checkMoved({ result }: Ended, missing: number): void {
  const counts = result['objects'] as { sent?: number; received?: number } | undefined;
  const moved = counts?.sent ?? counts?.received ?? 0;
  if (moved > missing)
    throw new Error(`run again, ${moved} objects moved where ${missing} were missing`);
}

function clearWorkingFiles(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (name !== '.dits') rmSync(join(folder, name), { recursive: true });
  }
}

async function finish(stage: Stage, step: Step): Promise<Ended> {
  const commands = step.again ?? [step.words];
  const first = await runAll(stage, step, commands);
  if (isDone(first, step)) return first;
  const hinted = step.insist?.[codeOf(first) ?? ''];
  if (hinted === undefined) throw new Error(`run again: ${JSON.stringify(first.result)}`);
  if (step.clears !== undefined) clearWorkingFiles(stage.path(step.clears));
  const insisted = await runAll(stage, step, hinted);
  if (isDone(insisted, step)) return insisted;
  throw new Error(`refused: ${codeOf(first)}; insisted: ${JSON.stringify(insisted.result)}`);
}

/** All but the last must succeed; how that one ended. */
async function runAll(
  stage: Stage,
  { folder }: Step,
  commands: readonly (readonly string[])[],
): Promise<Ended> {
  const last = commands.at(-1);
  if (last === undefined) return { status: 0, events: [], result: {} };
  for (const words of commands.slice(0, -1)) await stage.must(folder, ...words);
  return stage.run(folder, last);
}

function isDone(ended: Ended, { mayEnd = [] }: Step): boolean {
  return ended.status === 0 || mayEnd.includes(codeOf(ended) ?? '');
}

function codeOf({ result }: Ended): string | undefined {
  return (result['error'] as { code?: string } | undefined)?.code;
}
