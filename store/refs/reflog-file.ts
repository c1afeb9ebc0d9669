/** The reflog: an append-only file, one JSON object a line (docs/store-format.md, "Reflog"). */
import { open } from 'node:fs/promises';
import { ioError, systemErrorCode } from '../files/io-error.ts';
import { isObjectId, type ObjectId } from '../ids.ts';
import { checkRefName } from './ref-name.ts';
import type { ReflogEntry } from './ref-store.ts';

const LINE_FEED = 0x0a;
/** Who and why come from users and peers: longer texts are cut. */
const TEXT_MAX_LENGTH = 1024;

/** Appends the entries durably. The caller holds the refs lock. */
export async function appendReflog(path: string, entries: readonly ReflogEntry[]): Promise<void> {
  if (entries.length === 0) return;
  try {
    const handle = await open(path, 'a+', 0o600);
    try {
      const { size } = await handle.stat();
      // A line torn by a crash is closed off, so that it spoils no other.
      const last = Buffer.alloc(1);
      if (size > 0) await handle.read(last, 0, 1, size - 1);
      const start = size > 0 && last[0] !== LINE_FEED ? '\n' : '';
      await handle.appendFile(start + entries.map(encodeEntry).join(''));
      await handle.datasync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw ioError(error, 'append to', path);
  }
}

/** All readable entries, oldest first. A damaged or torn line is skipped: the log serves people, not the machine. */
export async function readReflog(path: string): Promise<ReflogEntry[]> {
  const entries: ReflogEntry[] = [];
  try {
    const handle = await open(path, 'r');
    try {
      for await (const line of handle.readLines({ autoClose: false })) {
        const entry = decodeEntry(line);
        if (entry !== undefined) entries.push(entry);
      }
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw ioError(error, 'read', path);
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
    if (typeof name !== 'string' || typeof timeMs !== 'number') return undefined;
    if (typeof actor !== 'string' || typeof reason !== 'string') return undefined;
    if (!isTarget(old) || !isTarget(target)) return undefined;
    const checked = name === 'HEAD' ? name : checkRefName(name);
    return { name: checked, old, new: target, timeMs, actor, reason };
  } catch {
    // Not JSON, or not a ref's name: a torn or damaged line.
    return undefined;
  }
}

function isTarget(value: unknown): value is ObjectId | null {
  return value === null || (typeof value === 'string' && isObjectId(value));
}
