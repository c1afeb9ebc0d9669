/** Line-by-line differences of text files, bounded in size and time. */
import { isUtf8 } from 'node:buffer';
import type { StructuredPatchHunk } from 'diff';

/** Larger files are shown as changed, without lines: nobody reads such a diff, and its cost grows with the square. */
export const TEXT_SIZE_MAX_BYTES: number = 1024 * 1024;
/** Insertions and deletions looked for before the files count as rewritten. */
const EDITS_MAX = 20_000;
const TIME_MAX_MS = 2_000;
/** Unchanged lines around a change, as everybody shows them. */
const CONTEXT_LINES = 3;

export type TextDiff = {
  readonly hunks: readonly StructuredPatchHunk[];
  readonly linesAdded: number;
  readonly linesRemoved: number;
};

/** Text is UTF-8 without NUL. */
function isText(bytes: Uint8Array): boolean {
  return isUtf8(bytes) && !bytes.includes(0);
}

/** The differing lines; undefined when either side is no text, or the search takes too long. */
export async function diffText(
  before: Uint8Array,
  after: Uint8Array,
  contextLines: number = CONTEXT_LINES,
): Promise<TextDiff | undefined> {
  if (!isText(before) || !isText(after)) return undefined;
  // Loaded by the first diff: only two verbs show one.
  const { structuredPatch } = await import('diff');
  const patch = structuredPatch('', '', decode(before), decode(after), '', '', {
    context: contextLines,
    maxEditLength: EDITS_MAX,
    timeout: TIME_MAX_MS,
  });
  if (patch === undefined) return undefined;
  const lines = patch.hunks.flatMap((hunk) => hunk.lines);
  return {
    hunks: patch.hunks,
    linesAdded: lines.filter((line) => line.startsWith('+')).length,
    linesRemoved: lines.filter((line) => line.startsWith('-')).length,
  };
}

function decode(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}
