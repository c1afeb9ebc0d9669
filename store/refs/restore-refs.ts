/**
 * Damaged refs, made anew from what can be read of the file and from the reflog (docs/store-format.md, "Repair"). Nothing
 * is invented: every value stood in one of the two, and every object that it names is in the store.
 */
import { undoFlippedBit } from '../files/flipped-bit.ts';
import type { ObjectId } from '../ids.ts';
import type { RefMove } from './ref-move.ts';
import { branchRef, isBranchRef } from './ref-name.ts';
import type { Head, Ref, ReflogEntry, RefName } from './ref-store.ts';
import type { Reflog } from './reflog-file.ts';
import {
  decodeRefs,
  isWholeRefs,
  readRemains,
  type RefsRemains,
  type RefsState,
} from './refs-file.ts';

export type RestoreDeps = {
  readonly has: (ids: readonly ObjectId[]) => Promise<readonly boolean[]>;
  /** Keeps bytes, durably, under this file name. */
  readonly quarantine: (name: string, bytes: Uint8Array) => Promise<void>;
};

/** What has become of damaged refs. */
export type RestoredRefs = {
  /**
   * `whole`: only the reflog was damaged. `bit`: one flipped bit was turned back, and the file is as it was. `parts`: the
   * refs were put together from lines of the file and of the reflog.
   */
  readonly from: 'whole' | 'bit' | 'parts';
  readonly head: Head;
  /** Refs that are there now. */
  readonly refs: readonly { readonly name: RefName; readonly target: ObjectId }[];
  /** Refs that were named somewhere and whose value is lost, or names an object that is not there. */
  readonly lost: readonly string[];
};

type Remains = Pick<RestoreDeps, 'has'> & {
  readonly log: Reflog;
  /** The refs file; undefined when it is missing. */
  readonly bytes: Buffer | undefined;
  readonly random: (count: number) => Uint8Array;
};

type Restored = { readonly state: RefsState; readonly report: RestoredRefs };

const REPOSITORY_ID_BYTES = 32;

/** Undefined when neither file nor log says anything. */
export async function restoreRefs(remains: Remains): Promise<Restored | undefined> {
  const { bytes } = remains;
  if (bytes !== undefined && isWholeRefs(bytes)) return asItWas(bytes, 'whole');
  const undone = bytes === undefined ? undefined : undoFlippedBit(bytes, isWholeRefs);
  if (undone !== undefined) return asItWas(undone, 'bit');
  return await putTogether(remains);
}

function asItWas(bytes: Buffer, from: 'whole' | 'bit'): Restored {
  const state = decodeRefs(bytes.toString('utf8'), 'refs');
  return { state, report: { from, head: state.head, refs: listOf(state.refs), lost: [] } };
}

async function putTogether(remains: Remains): Promise<Restored | undefined> {
  const { log, bytes, random } = remains;
  const file = readRemains(bytes?.toString('utf8') ?? '');
  const last = lastEntries(log.entries);
  const lines = new Map(file.lines.map((line) => [line.name, line]));
  if (lines.size === 0 && last.size === 0) return undefined;
  const refs = new Map<RefName, ObjectId>();
  const moves = new Map<RefName, RefMove>();
  const lost: string[] = [];
  for (const name of new Set([...lines.keys(), ...last.keys()])) {
    const line = lines.get(name);
    const choices = valuesOf(line, last.get(name));
    const target = await firstHeld(choices, remains.has);
    if (target === undefined) {
      if (choices.length > 0) lost.push(name);
      continue;
    }
    refs.set(name, target);
    if (line?.move !== undefined && line.target === target) moves.set(name, line.move);
  }
  dropMisread(refs, last);
  const repositoryId =
    file.repositoryId ?? Buffer.from(random(REPOSITORY_ID_BYTES)).toString('hex');
  const head = await restoreHead({ file, refs, entries: log.entries }, remains.has);
  const state = { head, refs, moves, repositoryId };
  return { state, report: { from: 'parts', head, refs: listOf(refs), lost } };
}

/**
 * Values that a ref may have, the likeliest first. The log is checked line by line and written before the refs, so a line
 * of the file is right when it has the value that the log says, or the one before.
 */
function valuesOf(line: Ref | undefined, entry: ReflogEntry | undefined): readonly ObjectId[] {
  if (entry === undefined) return line === undefined ? [] : [line.target];
  const isConfirmed = line !== undefined && [entry.new, entry.old].includes(line.target);
  if (isConfirmed) return [line.target];
  return [entry.new, entry.new === null ? null : entry.old].filter((id) => id !== null);
}

async function firstHeld(
  choices: readonly ObjectId[],
  has: RestoreDeps['has'],
): Promise<ObjectId | undefined> {
  const held = await has(choices);
  return choices.find((_, at) => held[at]);
}

/** Removes names that the log has never heard of and that are a damaged form of one that it knows. */
function dropMisread(refs: Map<RefName, ObjectId>, last: ReadonlyMap<RefName, ReflogEntry>): void {
  for (const [name, target] of refs) {
    if (last.has(name)) continue;
    const meant = [...last.values()].some(
      (entry) => entry.new === target && isOneBitApart(entry.name, name),
    );
    if (meant) refs.delete(name);
  }
}

function isOneBitApart(left: string, right: string): boolean {
  const a = Buffer.from(left);
  const b = Buffer.from(right);
  if (a.length !== b.length) return false;
  const differences = [...a].map((byte, at) => byte ^ b[at]!).filter((bits) => bits !== 0);
  return differences.length === 1 && Number.isInteger(Math.log2(differences[0]!));
}

type HeadRemains = {
  readonly file: RefsRemains;
  readonly refs: ReadonlyMap<RefName, ObjectId>;
  readonly entries: readonly ReflogEntry[];
};

async function restoreHead(remains: HeadRemains, has: RestoreDeps['has']): Promise<Head> {
  const { head } = remains.file;
  if (head?.kind !== 'detached') return { kind: 'branch', name: headBranch(remains) };
  const [isHeld] = await has([head.target]);
  return isHeld === true ? head : { kind: 'branch', name: headBranch(remains) };
}

/** What the file says, or what it must have said, or where HEAD was moved last, or any branch. */
function headBranch({ file, refs, entries }: HeadRemains): RefName {
  const branches = [...refs.keys()].filter(isBranchRef);
  const named = file.head?.kind === 'branch' ? file.head.name : undefined;
  if (named !== undefined) {
    // A branch that is not there yet is what HEAD names in a repository without commits.
    if (refs.has(named) || branches.length === 0) return named;
    const meant = branches.find((name) => isOneBitApart(name, named));
    if (meant !== undefined) return meant;
  }
  return lastBranch(entries, refs) ?? branches[0] ?? branchRef('main');
}

/** The branch that was moved together with HEAD last. */
function lastBranch(
  entries: readonly ReflogEntry[],
  refs: ReadonlyMap<RefName, ObjectId>,
): RefName | undefined {
  for (let at = entries.length - 1; at > 0; at--) {
    const before = entries[at - 1]!;
    const entry = entries[at]!;
    const isSame = before.new === entry.new && before.timeMs === entry.timeMs;
    if (entry.name === 'HEAD' && isSame && before.name !== 'HEAD' && refs.has(before.name)) {
      return before.name;
    }
  }
  return undefined;
}

function lastEntries(entries: readonly ReflogEntry[]): Map<RefName, ReflogEntry> {
  const last = new Map<RefName, ReflogEntry>();
  for (const entry of entries) if (entry.name !== 'HEAD') last.set(entry.name, entry);
  return last;
}

function listOf(refs: ReadonlyMap<RefName, ObjectId>): RestoredRefs['refs'] {
  return Array.from(refs, ([name, target]) => ({ name, target }));
}
