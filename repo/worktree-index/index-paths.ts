/**
 * Judges the paths of an index file as they are stored (index-format.ts). The names are those of files that commands write
 * and remove, so that an index somebody else made must not lead out of the working tree. Two hundred thousand paths are
 * judged in some hundredths of a second: their folders repeat, and most names are plain.
 */
import { PATH_SIZE_MAX_BYTES, isPlainName, nameProblem } from '../../store/index.ts';

const SEPARATOR = 0;

/** Where one path is in the bytes of an index. */
export type PathRange = readonly [start: number, end: number];

/**
 * Whether every name of a path is allowed. `previous` is a path that has been judged, sorted before this one: the folders
 * that both are in are not looked at again.
 */
export function isSafeStoredPath(bytes: Buffer, path: PathRange, previous: PathRange): boolean {
  const [start, end] = path;
  if (end - start > PATH_SIZE_MAX_BYTES) return false;
  let nameStart = start + sharedFolderBytes(bytes, path, previous);
  while (nameStart <= end) {
    let nameEnd = nameStart;
    while (nameEnd < end && bytes[nameEnd] !== SEPARATOR) nameEnd++;
    if (!isSafeName(bytes, nameStart, nameEnd)) return false;
    nameStart = nameEnd + 1;
  }
  return true;
}

/** Bytes of the folders that two paths begin with, the last separator included. */
function sharedFolderBytes(bytes: Buffer, path: PathRange, previous: PathRange): number {
  const [start, end] = path;
  const [otherStart, otherEnd] = previous;
  const shared = Math.min(end - start, otherEnd - otherStart);
  let folderBytes = 0;
  for (let at = 0; at < shared && bytes[start + at] === bytes[otherStart + at]; at++) {
    if (bytes[start + at] === SEPARATOR) folderBytes = at + 1;
  }
  return folderBytes;
}

function isSafeName(bytes: Buffer, start: number, end: number): boolean {
  if (isPlainName(bytes, start, end)) return true;
  const stored = bytes.subarray(start, end);
  const name = stored.toString();
  // What is not UTF-8 becomes another name when it is read, under which nobody would find the entry.
  return nameProblem(name) === undefined && stored.equals(Buffer.from(name));
}
