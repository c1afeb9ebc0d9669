/** The bytes of the `refs` file: every ref and HEAD, as text with a checksum (docs/store-format.md, "Refs"). */
import { activeHash } from '../hash/blake3.ts';
import { isObjectId, type ObjectId } from '../ids.ts';
import { compareNames } from '../paths/path-order.ts';
import { StoreError } from '../store-error.ts';
import { checkRefName } from './ref-name.ts';
import type { RefMove } from './ref-move.ts';
import type { Head, Ref, RefName } from './ref-store.ts';
import { REFS_NAME } from '../store-layout.ts';

const TITLE = 'dits-refs 2';
/** The version before: no id, no moves. */
const TITLE_1 = 'dits-refs 1';
const REPOSITORY = 'repository ';
const HEAD_BRANCH = 'HEAD ref: ';
const HEAD_DETACHED = 'HEAD ';
const CHECKSUM = 'checksum ';
/** The last line: the word, 64 digits and the line feed. */
const CHECKSUM_LINE_BYTES: number = CHECKSUM.length + 64 + 1;
/** A million refs with names of 100 bytes; a larger file is not one that we wrote. */
export const REFS_FILE_MAX_BYTES: number = 256 * 1024 * 1024;

/** The fields of a move, after the name. `kept` is for a repository kept for others, `own` for any other. */
const MOVE =
  /^(?<mover>[0-9a-f]{64}) (?<sequence>0|[1-9]\d{0,15}) (?<rewound>0|[1-9]\d{0,15}) (?<custody>kept|own) (?<repository>[0-9a-f]{64}) (?<signature>[0-9a-f]{128})$/;
const REPOSITORY_ID = /^[0-9a-f]{64}$/;

/** All refs at one moment. */
export type RefsState = {
  readonly head: Head;
  readonly refs: ReadonlyMap<RefName, ObjectId>;
  /** By ref; of those refs only whose last move was signed. */
  readonly moves: ReadonlyMap<RefName, RefMove>;
  /** Undefined in a file of version 1. */
  readonly repositoryId: string | undefined;
};

export function encodeRefs({ head, refs, moves, repositoryId }: RefsState): string {
  const lines = repositoryId === undefined ? [TITLE_1] : [TITLE, REPOSITORY + repositoryId];
  lines.push(
    head.kind === 'branch' ? `${HEAD_BRANCH}${head.name}` : `${HEAD_DETACHED}${head.target}`,
  );
  const byName = [...refs].sort(([a], [b]) => compareNames(a, b));
  for (const [name, target] of byName) {
    const move = moves.get(name);
    lines.push(`${target} ${name}${move === undefined ? '' : ` ${encodeMove(move)}`}`);
  }
  const body = `${lines.join('\n')}\n`;
  return `${body}${CHECKSUM}${hashOf(body)}\n`;
}

/** @throws StoreError DITS_STORE_CORRUPT when the file is not exactly what `encodeRefs` writes */
export function decodeRefs(text: string, path: string): RefsState {
  const bodyEnd = text.lastIndexOf(CHECKSUM);
  const body = text.slice(0, Math.max(0, bodyEnd));
  if (text.slice(body.length) !== `${CHECKSUM}${hashOf(body)}\n`) {
    throw corruptRefs(path, 'its checksum does not match');
  }
  const { repositoryId, headLine, lines } = splitBody(body, path);
  const refs = new Map<RefName, ObjectId>();
  const moves = new Map<RefName, RefMove>();
  try {
    let previous = '';
    for (const line of lines) {
      const { name, target, move } = decodeLine(line);
      if (compareNames(previous, name) >= 0) throw new Error(`${name} is doubled or out of order`);
      previous = name;
      refs.set(name, target);
      if (move !== undefined) moves.set(name, move);
    }
    return { head: decodeHead(headLine, path), refs, moves, repositoryId };
  } catch (cause) {
    throw corruptRefs(path, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

/** Whether these bytes are what `encodeRefs` writes, by their checksum. */
export function isWholeRefs(bytes: Buffer): boolean {
  const end = bytes.length - CHECKSUM_LINE_BYTES;
  if (end < 0 || bytes.toString('latin1', end, end + CHECKSUM.length) !== CHECKSUM) return false;
  const sum = bytes.toString('latin1', end + CHECKSUM.length);
  return sum === `${activeHash.hash(bytes.subarray(0, end)).toString('hex')}\n`;
}

/** What can be read of a damaged file, line by line, and may be wrong. */
export type RefsRemains = {
  readonly repositoryId: string | undefined;
  readonly head: Head | undefined;
  readonly lines: readonly Ref[];
};

export function readRemains(text: string): RefsRemains {
  let repositoryId: string | undefined;
  let head: Head | undefined;
  const lines: Ref[] = [];
  for (const line of text.split('\n')) {
    const id = line.startsWith(REPOSITORY) ? line.slice(REPOSITORY.length) : '';
    if (REPOSITORY_ID.test(id)) repositoryId ??= id;
    else if (line.startsWith(HEAD_DETACHED)) head ??= attempt(() => decodeHead(line, REFS_NAME));
    else lines.push(...(attempt(() => [decodeLine(line)]) ?? []));
  }
  return { repositoryId, head, lines };
}

function attempt<T>(decode: () => T): T | undefined {
  try {
    return decode();
  } catch {
    // A damaged line: the caller looks for what it said elsewhere.
    return undefined;
  }
}

/** The lines of what was summed, by version. */
function splitBody(
  body: string,
  path: string,
): {
  readonly repositoryId: string | undefined;
  readonly headLine: string;
  readonly lines: readonly string[];
} {
  if (!body.endsWith('\n')) throw corruptRefs(path, 'it ends within a line');
  const [title, ...rest] = body.slice(0, -1).split('\n');
  if (title === TITLE_1) {
    const [headLine = '', ...lines] = rest;
    return { repositoryId: undefined, headLine, lines };
  }
  if (title !== TITLE) throw corruptRefs(path, 'it is of an unknown version');
  const [idLine = '', headLine = '', ...lines] = rest;
  const repositoryId = idLine.slice(REPOSITORY.length);
  if (!idLine.startsWith(REPOSITORY) || !REPOSITORY_ID.test(repositoryId)) {
    throw corruptRefs(path, 'it has no id');
  }
  return { repositoryId, headLine, lines };
}

function encodeMove(move: RefMove): string {
  const { mover, sequence, rewound, kept, repository, signature } = move;
  return [mover, sequence, rewound, kept ? 'kept' : 'own', repository, signature].join(' ');
}

/** `target name`, and the move where there is one; names have no spaces. Throws a plain error for anything else. */
function decodeLine(line: string): {
  readonly name: RefName;
  readonly target: ObjectId;
  readonly move: RefMove | undefined;
} {
  const [target = '', name = '', ...fields] = line.split(' ');
  if (!isObjectId(target)) throw new Error(`line "${line}"`);
  const move = fields.length === 0 ? undefined : decodeMove(fields.join(' '));
  return { name: checkRefName(name), target, move };
}

function decodeMove(text: string): RefMove {
  const { mover, sequence, rewound, custody, repository, signature } =
    MOVE.exec(text)?.groups ?? {};
  const isWhole = mover !== undefined && repository !== undefined && signature !== undefined;
  if (!isWhole || !Number.isSafeInteger(Number(sequence)) || Number(rewound) > Number(sequence)) {
    throw new Error(`the move "${text}"`);
  }
  return {
    repository,
    mover,
    sequence: Number(sequence),
    rewound: Number(rewound),
    kept: custody === 'kept',
    signature,
  };
}

function decodeHead(line: string, path: string): Head {
  if (line.startsWith(HEAD_BRANCH)) {
    return { kind: 'branch', name: checkRefName(line.slice(HEAD_BRANCH.length)) };
  }
  const target = line.slice(HEAD_DETACHED.length);
  if (!line.startsWith(HEAD_DETACHED) || !isObjectId(target)) throw corruptRefs(path, 'no HEAD');
  return { kind: 'detached', target };
}

function hashOf(text: string): string {
  return activeHash.hash(Buffer.from(text)).toString('hex');
}

function corruptRefs(path: string, what: string, cause?: unknown): StoreError {
  return new StoreError('DITS_STORE_CORRUPT', `the refs file ${path} is damaged: ${what}`, {
    hint: 'run `dits fsck --repair`, which restores the refs from the reflog',
    details: { path },
    cause,
  });
}
