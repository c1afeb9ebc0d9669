/** A file of lines to which more are appended: how the reflog grows, and how it is read. */
import type { BlobFile, BlobFiles } from './blob-files.ts';

const LINE_FEED = 0x0a;
/** Bytes read at once. */
const PIECE_BYTES: number = 64 * 1024;
/** Of longer lines only so much is kept: none of ours comes near, and a damaged file must not fill the memory. */
const LINE_MAX_BYTES: number = 64 * 1024;

/** The last bytes of a file, which are looked at before more is appended: room for what one append writes. */
const TAIL_BYTES: number = 8 * 1024;

/** A line as it stands in the file. */
export type Line = {
  /** Without its line feed. */
  readonly text: string;
  /** It has one: what has none is the end of the file, and may be cut short by a crash. */
  readonly isEnded: boolean;
};

/**
 * Appends whole lines, each with its line feed, durably. `explain` is given the last lines that are there and returns what
 * to write before the new ones, such as a word about what a crash has torn. The caller excludes other writers.
 */
export async function appendLines(
  files: BlobFiles,
  name: string,
  write: { readonly lines: string; readonly explain: (tail: readonly Line[]) => string },
): Promise<void> {
  const old = await files.open(name, 'write');
  const file = old ?? (await files.create(name));
  if (file === undefined) throw new Error(`${name} has another writer`);
  try {
    const { sizeBytes } = await file.stat();
    const tail = await readTail(file, sizeBytes);
    const isTorn = tail.at(-1)?.isEnded === false;
    // A line torn by a crash is closed off, so that it spoils no other. The end of an intact one is written again: where the
    // sync of it had failed, the disk may have something else there.
    const start = sizeBytes === 0 ? '' : '\n';
    const offset = isTorn ? sizeBytes : Math.max(0, sizeBytes - 1);
    await file.write([Buffer.from(start + write.explain(tail) + write.lines)], offset);
    await file.sync();
  } finally {
    await file.close();
  }
  // Whatever is done next may rely on the lines: their file must not be lost while that survives.
  if (old === undefined) await files.syncFolder();
}

/** The lines that begin within the last bytes. */
async function readTail(file: BlobFile, sizeBytes: number): Promise<Line[]> {
  const from = Math.max(0, sizeBytes - TAIL_BYTES);
  const bytes = Buffer.alloc(sizeBytes - from);
  await file.read(bytes, from);
  const { lines, rest } = splitLines(bytes);
  const all = rest.length === 0 ? lines : [...lines, { text: rest.toString(), isEnded: false }];
  // The first one may have begun before.
  return from === 0 ? all : all.slice(1);
}

function splitLines(bytes: Buffer): { readonly lines: Line[]; readonly rest: Buffer } {
  const lines: Line[] = [];
  let start = 0;
  for (let end = bytes.indexOf(LINE_FEED); end !== -1; end = bytes.indexOf(LINE_FEED, start)) {
    lines.push({ text: bytes.toString('utf8', start, end), isEnded: true });
    start = end + 1;
  }
  return { lines, rest: bytes.subarray(start) };
}

/** Every line; none when there is no such file. Of a line that is too long only the first part is given. */
export async function* readLines(files: BlobFiles, name: string): AsyncGenerator<Line> {
  const file = await files.open(name, 'read');
  if (file === undefined) return;
  try {
    let rest: Buffer = Buffer.alloc(0);
    for (let at = 0; ; at += PIECE_BYTES) {
      const piece = Buffer.alloc(PIECE_BYTES);
      const filled = await file.read(piece, at);
      const split = splitLines(Buffer.concat([rest, piece.subarray(0, filled)]));
      yield* split.lines;
      // A file without line feeds must not fill the memory.
      rest = split.rest.subarray(0, LINE_MAX_BYTES);
      if (filled < PIECE_BYTES) break;
    }
    if (rest.length > 0) yield { text: rest.toString(), isEnded: false };
  } finally {
    await file.close();
  }
}
