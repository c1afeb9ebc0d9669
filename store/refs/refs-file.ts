/** The bytes of the `refs` file: every ref and HEAD, as text with a checksum (docs/store-format.md, "Refs"). */
import { activeHash } from '../hash/blake3.ts';
import { isObjectId, type ObjectId } from '../ids.ts';
import { StoreError } from '../store-error.ts';
import { checkRefName } from './ref-name.ts';
import type { Head, RefName } from './ref-store.ts';

const TITLE = 'dits-refs 1';
const HEAD_BRANCH = 'HEAD ref: ';
const HEAD_DETACHED = 'HEAD ';
const CHECKSUM = 'checksum ';
/** A million refs with names of 100 bytes; a larger file is not one that we wrote. */
export const REFS_FILE_MAX_BYTES: number = 256 * 1024 * 1024;

/** All refs at one moment. */
export type RefsState = { readonly head: Head; readonly refs: ReadonlyMap<RefName, ObjectId> };

export function encodeRefs({ head, refs }: RefsState): string {
  const lines = [TITLE];
  lines.push(
    head.kind === 'branch' ? `${HEAD_BRANCH}${head.name}` : `${HEAD_DETACHED}${head.target}`,
  );
  const byName = [...refs].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  for (const [name, target] of byName) lines.push(`${target} ${name}`);
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
  const [title, headLine = '', ...lines] = body.slice(0, -1).split('\n');
  if (title !== TITLE) throw corruptRefs(path, 'it is of an unknown version');
  const refs = new Map<RefName, ObjectId>();
  try {
    for (const line of lines) {
      const [target, name] = [line.slice(0, 64), line.slice(65)];
      if (!isObjectId(target) || line[64] !== ' ') throw corruptRefs(path, `line "${line}"`);
      refs.set(checkRefName(name), target);
    }
    return { head: decodeHead(headLine, path), refs };
  } catch (cause) {
    throw corruptRefs(path, cause instanceof Error ? cause.message : String(cause), cause);
  }
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
    hint: 'restore the refs from the reflog beside it, or fetch them from a peer',
    details: { path },
    cause,
  });
}
