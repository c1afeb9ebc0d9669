/** The refs file, the reflog, names and patterns of refs. The first byte says which. */
import { activeHash, type ObjectId } from '../../../store/index.ts';
import { checkRefName, shortRefName } from '../../../store/refs/ref-name.ts';
import { matchesRefPattern, refPatternProblem } from '../../../store/refs/ref-pattern.ts';
import { appendReflog, readReflog } from '../../../store/refs/reflog-file.ts';
import { decodeRefs, encodeRefs, type RefsState } from '../../../store/refs/refs-file.ts';
import type { RefName, ReflogEntry } from '../../../store/refs/ref-store.ts';
import { changeBytes } from '../mutate/byte-mutations.ts';
import { behind } from '../mutate/mutation.ts';
import { changeText } from '../mutate/text-mutations.ts';
import { acceptedBy, mustEqual, mustHold, type FuzzTarget } from '../target.ts';
import { MemoryFile, folderOf } from './memory-files.ts';

const ID = 'ef'.repeat(32) as ObjectId;
const MOVE = {
  ...{ repository: ID, mover: 'ab'.repeat(32), sequence: 7, rewound: 3, kept: true },
  signature: 'cd'.repeat(64),
};
const MAIN = 'refs/heads/main' as RefName;
const NAMES = ['refs/heads/main', 'refs/tags/v1', 'refs/remotes/origin/grading/shot-7'];
const CHECKSUM = 'checksum ';
/** Of who and why in the reflog. */
const TEXT_MAX_LENGTH = 1024;

function checkRefsFile(text: string): boolean {
  const state = acceptedBy(['DITS_STORE_CORRUPT'], () => decodeRefs(text, 'refs'));
  if (state === undefined) return false;
  mustEqual(encodeRefs(state), text, 'a refs file has one encoding');
  return true;
}

function checkName(text: string): boolean {
  const name = acceptedBy(['DITS_STORE_INVALID_REF_NAME'], () => checkRefName(text));
  if (name === undefined) return false;
  mustHold(!/[\p{Cc} ]/u.test(name), 'a ref name is one word without controls');
  mustHold(!name.split('/').some((part) => part === '..' || part === ''), 'no way out of a folder');
  mustHold(name.endsWith(shortRefName(name)), 'the short name is the end of the name');
  return true;
}

/** Pattern and name, a line each. */
function checkPattern(text: string): boolean {
  const [pattern = '', name = ''] = text.split('\n');
  if (refPatternProblem(pattern) !== undefined) return false;
  const full = pattern.startsWith('refs/') ? pattern : `refs/heads/${pattern}`;
  const source = full.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^]*');
  if (name.length < 64) {
    const expected = new RegExp(`^${source}$`).test(name);
    mustEqual(matchesRefPattern(name, pattern), expected, 'a star stands for anything');
  }
  matchesRefPattern(name, pattern);
  return true;
}

async function checkReflog(bytes: Buffer): Promise<boolean> {
  const file = new MemoryFile(bytes);
  const { entries } = await readReflog(folderOf(file), 'reflog');
  if (entries.length === 0) return false;
  file.bytes = Buffer.alloc(0);
  await appendReflog(folderOf(file), 'reflog', entries);
  const again = await readReflog(folderOf(file), 'reflog');
  mustEqual(again.entries, entries.map(cut), 'entries are the same when they are written again');
  mustEqual(again.damaged, [], 'what is written is not damaged');
  return true;
}

/** Texts are cut when they are written. */
function cut(entry: ReflogEntry): ReflogEntry {
  const { actor, reason } = entry;
  return {
    ...entry,
    actor: actor.slice(0, TEXT_MAX_LENGTH),
    reason: reason.slice(0, TEXT_MAX_LENGTH),
  };
}

function reflogLine(name: string): string {
  const fields = { name, old: null, new: ID, timeMs: 1, actor: 'ada', reason: 'commit' };
  return `${JSON.stringify(fields)}\n`;
}

const CHECKS = [
  (input: Buffer) => checkRefsFile(input.toString()),
  (input: Buffer) => checkName(input.toString()),
  (input: Buffer) => checkPattern(input.toString()),
  checkReflog,
] as const;

function seeds(): Uint8Array[] {
  const empty: RefsState = {
    ...{ head: { kind: 'branch', name: MAIN }, refs: new Map(), moves: new Map() },
    repositoryId: undefined,
  };
  const full: RefsState = {
    head: { kind: 'detached', target: ID },
    refs: new Map(NAMES.map((name) => [name as RefName, ID])),
    moves: new Map([[MAIN, MOVE]]),
    repositoryId: ID,
  };
  const texts: readonly (readonly [number, string])[] = [
    [0, encodeRefs(empty)],
    [0, encodeRefs(full)],
    ...NAMES.map((name): [number, string] => [1, name]),
    [2, 'artist/*\nrefs/heads/artist/ada'],
    [2, 'refs/*/v*\nrefs/tags/v1'],
    [3, reflogLine('HEAD') + reflogLine(MAIN)],
  ];
  return texts.map(([check, text]) => Buffer.concat([Buffer.of(check), Buffer.from(text)]));
}

export const refsTarget: FuzzTarget = {
  name: 'refs',
  covers: 'refs file, reflog, names and patterns of refs',
  seeds,
  mutations: [changeText, changeText, changeBytes].map((mutation) => behind(1, mutation)),
  dictionary: [
    ...NAMES,
    'HEAD ref: ',
    'repository ',
    ID,
    'dits-refs 1',
    '.lock',
    '@{',
    '**',
    'kept',
  ],
  sizeMaxBytes: 4 * 1024,
  repair(input) {
    const text = input.toString('utf8', 1);
    const end = text.lastIndexOf(CHECKSUM);
    if (end === -1) return input;
    const body = text.slice(0, end);
    const sum = activeHash.hash(Buffer.from(body)).toString('hex');
    return Buffer.concat([input.subarray(0, 1), Buffer.from(`${body}${CHECKSUM}${sum}\n`)]);
  },
  run: (input) => CHECKS[(input[0] ?? 0) % CHECKS.length]!(input.subarray(1)),
};
