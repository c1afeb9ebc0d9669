/** Differences of files as people read them, in git's manner, and as programmes read them. */
import type { FileDifference } from '../../repo/index.ts';
import type { Output } from '../output.ts';
import { printable, printableName } from './printable.ts';
import { formatBytes } from './quantities.ts';

/** The JSON object of a file that differs. */
export function differenceFields(
  difference: FileDifference,
): Readonly<Record<string, unknown>> & { readonly path: string } {
  const { path, change, old, new: now, text, shared } = difference;
  return {
    path,
    change,
    oldSize: old?.size ?? null,
    newSize: now?.size ?? null,
    ...(text === undefined ? {} : { linesAdded: text.linesAdded, linesRemoved: text.linesRemoved }),
    ...(shared === undefined ? {} : { shared }),
  };
}

const MODES = { file: '100644', executable: '100755', symlink: '120000' } as const;

/** Prints one file's difference: a patch for text, sizes and shared bytes for anything else. */
export function printDifference(output: Output, difference: FileDifference): void {
  const { path, old, new: now, text } = difference;
  output.line(
    output.style('bold', `diff ${printableName(`a/${path}`)} ${printableName(`b/${path}`)}`),
  );
  if (old === undefined && now !== undefined) output.line(`new file mode ${MODES[now.kind]}`);
  if (old !== undefined && now === undefined) output.line(`deleted file mode ${MODES[old.kind]}`);
  if (old !== undefined && now !== undefined && old.kind !== now.kind) {
    output.line(`old mode ${MODES[old.kind]}`);
    output.line(`new mode ${MODES[now.kind]}`);
  }
  if (text === undefined) output.line(sizesText(difference));
  else if (text.hunks.length > 0) printHunks(output, difference, text.hunks);
}

type Hunks = NonNullable<FileDifference['text']>['hunks'];

function printHunks(output: Output, { path, old, new: now }: FileDifference, hunks: Hunks): void {
  output.line(`--- ${old === undefined ? '/dev/null' : printableName(`a/${path}`)}`);
  output.line(`+++ ${now === undefined ? '/dev/null' : printableName(`b/${path}`)}`);
  for (const { oldStart, oldLines, newStart, newLines, lines } of hunks) {
    output.line(output.style('cyan', `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`));
    for (const line of lines) {
      const shown = line.split('\t').map(printable).join('\t');
      if (line.startsWith('+')) output.line(output.style('green', shown));
      else if (line.startsWith('-')) output.line(output.style('red', shown));
      else output.line(shown);
    }
  }
}

function sizesText({ old, new: now, shared }: FileDifference): string {
  const before = old === undefined ? 'nothing' : formatBytes(old.size);
  const after = now === undefined ? 'nothing' : formatBytes(now.size);
  const kept =
    shared === undefined
      ? ''
      : `; ${formatBytes(shared.bytesShared)} in ${shared.chunksShared} of ${shared.chunks} chunks are the same`;
  return `binary: ${before} -> ${after}${kept}`;
}

const LETTERS: Readonly<Record<FileDifference['change'], string>> = {
  added: 'A',
  modified: 'M',
  deleted: 'D',
  renamed: 'R',
  typechange: 'T',
};

/** One line a file: for --stat. */
export function printStat(output: Output, difference: FileDifference): void {
  const { path, change, old, new: now, text } = difference;
  const size = (now?.size ?? 0) - (old?.size ?? 0);
  const lines = text === undefined ? '' : `, +${text.linesAdded} -${text.linesRemoved} lines`;
  const sign = size < 0 ? '-' : '+';
  output.line(
    ` ${LETTERS[change]} ${printableName(path)} (${sign}${formatBytes(Math.abs(size))}${lines})`,
  );
}
