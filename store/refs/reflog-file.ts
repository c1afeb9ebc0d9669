/** The reflog: an append-only file, one JSON object a line (docs/store-format.md, "Reflog"). */
import type { BlobFiles } from '../files/blob-files.ts';
import { appendLines, readLines } from '../files/line-blob.ts';
import { isObjectId, type ObjectId } from '../ids.ts';
import { checkRefName } from './ref-name.ts';
import type { ReflogEntry } from './ref-store.ts';

/** Who and why come from users and peers: longer texts are cut. */
const TEXT_MAX_LENGTH = 1024;

/** Appends the entries durably. The caller holds the refs lock. */
export async function appendReflog(
  files: BlobFiles,
  name: string,
  entries: readonly ReflogEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  await appendLines(files, name, entries.map(encodeEntry).join(''));
}

/** All readable entries, oldest first. A damaged or torn line is skipped: the log serves people, not the machine. */
export async function readReflog(files: BlobFiles, name: string): Promise<ReflogEntry[]> {
  const entries: ReflogEntry[] = [];
  for await (const line of readLines(files, name)) {
    const entry = decodeEntry(line);
    if (entry !== undefined) entries.push(entry);
  }
  return entries;
}

function encodeEntry(entry: ReflogEntry): string {
  const { name, old, timeMs } = entry;
  const actor = entry.actor.slice(0, TEXT_MAX_LENGTH);
  const reason = entry.reason.slice(0, TEXT_MAX_LENGTH);
  return `${JSON.stringify({ name, old, new: entry.new, timeMs, actor, reason })}\n`;
}

function decodeEntry(line: string): ReflogEntry | undefined {
  let fields: unknown;
  try {
    fields = JSON.parse(line);
    if (typeof fields !== 'object' || fields === null) return undefined;
    const { name, old, new: target, timeMs, actor, reason } = fields as Record<string, unknown>;
    if (typeof name !== 'string' || !isTime(timeMs)) return undefined;
    if (typeof actor !== 'string' || typeof reason !== 'string') return undefined;
    if (!isTarget(old) || !isTarget(target)) return undefined;
    const checked = name === 'HEAD' ? name : checkRefName(name);
    return { name: checked, old, new: target, timeMs, actor, reason };
  } catch {
    // Not JSON, or not a ref's name: a torn or damaged line.
    return undefined;
  }
}

/** JSON has numbers like 1e999, which are read as infinite and could not be written again. */
function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isTarget(value: unknown): value is ObjectId | null {
  return value === null || (typeof value === 'string' && isObjectId(value));
}
