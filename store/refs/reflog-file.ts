/** The reflog: an append-only file, one JSON object with a checksum a line (docs/store-format.md, "Reflog"). */
import { crc32 } from 'node:zlib';
import type { BlobFiles } from '../files/blob-files.ts';
import { appendLines, readLines, type Line } from '../files/line-blob.ts';
import { isObjectId, type ObjectId } from '../ids.ts';
import { checkRefName } from './ref-name.ts';
import type { ReflogEntry } from './ref-store.ts';

/** Who and why come from users and peers: longer texts are cut. */
const TEXT_MAX_LENGTH = 1024;
const HEX_DIGITS = 8;
/** The end of a line that was written with a checksum: CRC-32 of the line without it. */
const CRC = /,"crc":"(?<crc>[0-9a-f]{8})"\}$/;
/** Damaged lines remembered, and kept by a repair. */
const DAMAGED_MAX = 10_000;

export type Reflog = {
  /** All readable entries, oldest first. */
  readonly entries: readonly ReflogEntry[];
  /** Lines that cannot be read and that no crash explains. */
  readonly damaged: readonly string[];
};

/** What a line of the file says. */
type Content =
  | { readonly kind: 'entry'; readonly entry: ReflogEntry }
  /** An earlier line, with this checksum, was torn by a crash. */
  | { readonly kind: 'torn'; readonly crc: string }
  | { readonly kind: 'unreadable' };

/** Appends the entries durably. The caller holds the refs lock. */
export async function appendReflog(
  files: BlobFiles,
  name: string,
  entries: readonly ReflogEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  await appendLines(files, name, { lines: encodeReflog(entries), explain: explainTorn });
}

/** The lines of these entries, each with its line feed. */
export function encodeReflog(entries: readonly ReflogEntry[]): string {
  return entries.map(encodeEntry).join('');
}

/** Damaged lines are no reason not to give the others. */
export async function readReflog(files: BlobFiles, name: string): Promise<Reflog> {
  const entries: ReflogEntry[] = [];
  const unreadable: string[] = [];
  const torn = new Set<string>();
  for await (const line of readLines(files, name)) {
    const content = decodeLine(line.text);
    if (content.kind === 'entry') entries.push(content.entry);
    else if (content.kind === 'torn') torn.add(content.crc);
    else if (!isCutShort(line) && unreadable.length < DAMAGED_MAX) unreadable.push(line.text);
  }
  return { entries, damaged: unreadable.filter((text) => !torn.has(crcOf(text))) };
}

/** Words about lines at the end that an append before this one has left unreadable: it was cut off, and never confirmed. */
function explainTorn(tail: readonly Line[]): string {
  const contents = tail.map(({ text }) => ({ text, content: decodeLine(text) }));
  const known = new Set(contents.map(({ content }) => content.kind === 'torn' && content.crc));
  return contents
    .filter(({ content }) => content.kind === 'unreadable')
    .map(({ text }) => crcOf(text))
    .filter((crc) => !known.has(crc))
    .map((torn) => encodeLine({ torn }))
    .join('');
}

/** Whether a line is what a crash leaves of the last one, and not a whole one whose line feed was damaged. */
function isCutShort({ text, isEnded }: Line): boolean {
  return !isEnded && decodeLine(text.slice(0, -1)).kind === 'unreadable';
}

function encodeEntry(entry: ReflogEntry): string {
  const { name, old, timeMs } = entry;
  const actor = entry.actor.slice(0, TEXT_MAX_LENGTH);
  const reason = entry.reason.slice(0, TEXT_MAX_LENGTH);
  return encodeLine({ name, old, new: entry.new, timeMs, actor, reason });
}

function encodeLine(fields: object): string {
  const text = JSON.stringify(fields);
  return `${text.slice(0, -1)},"crc":"${crcOf(text)}"}\n`;
}

function decodeLine(line: string): Content {
  const crc = CRC.exec(line)?.groups?.['crc'];
  // Lines of older versions have no checksum.
  const text = crc === undefined ? line : line.replace(CRC, '}');
  if (crc !== undefined && crcOf(text) !== crc) return UNREADABLE;
  try {
    const fields = JSON.parse(text) as unknown;
    if (typeof fields !== 'object' || fields === null) return UNREADABLE;
    // What JSON would pass over, such as a field twice, is not what was written.
    if (JSON.stringify(fields) !== text) return UNREADABLE;
    return decodeFields(fields as Record<string, unknown>, crc !== undefined);
  } catch {
    // Not JSON, or not a ref's name: a torn or damaged line.
    return UNREADABLE;
  }
}

const UNREADABLE: Content = { kind: 'unreadable' };

function decodeFields(fields: Record<string, unknown>, isSummed: boolean): Content {
  const { name, old, new: target, timeMs, actor, reason, torn, ...others } = fields;
  if (Object.keys(others).length > 0) return UNREADABLE;
  if (typeof torn === 'string' && isSummed) return { kind: 'torn', crc: torn };
  if (typeof name !== 'string' || typeof timeMs !== 'number') return UNREADABLE;
  if (typeof actor !== 'string' || typeof reason !== 'string') return UNREADABLE;
  if (!isTarget(old) || !isTarget(target)) return UNREADABLE;
  const checked = name === 'HEAD' ? name : checkRefName(name);
  return { kind: 'entry', entry: { name: checked, old, new: target, timeMs, actor, reason } };
}

function crcOf(text: string): string {
  return crc32(text).toString(16).padStart(HEX_DIGITS, '0');
}

function isTarget(value: unknown): value is ObjectId | null {
  return value === null || (typeof value === 'string' && isObjectId(value));
}
