/** A file of lines to which more are appended: how the reflog grows, and how it is read. */
import type { BlobFile, BlobFiles } from './blob-files.ts';

const LINE_FEED = 0x0a;
/** Bytes read at once. */
const PIECE_BYTES: number = 64 * 1024;
/** Longer lines are passed over: none of ours comes near, and a damaged file must not fill the memory. */
const LINE_MAX_BYTES: number = 64 * 1024;

/** Appends whole lines, each with its line feed, durably. The caller excludes other writers. */
export async function appendLines(files: BlobFiles, name: string, lines: string): Promise<void> {
  const old = await files.open(name, 'write');
  const file = old ?? (await files.create(name));
  if (file === undefined) throw new Error(`${name} has another writer`);
  try {
    const { sizeBytes } = await file.stat();
    // A line torn by a crash is closed off, so that it spoils no other.
    const start = (await isTorn(file, sizeBytes)) ? '\n' : '';
    await file.write([Buffer.from(start + lines)], sizeBytes);
    await file.sync();
  } finally {
    await file.close();
  }
  // Whatever is done next may rely on the lines: their file must not be lost while that survives.
  if (old === undefined) await files.syncFolder();
}

async function isTorn(file: BlobFile, sizeBytes: number): Promise<boolean> {
  if (sizeBytes === 0) return false;
  const last = Buffer.alloc(1);
  await file.read(last, sizeBytes - 1);
  return last[0] !== LINE_FEED;
}

/** Every line, without its line feed; none when there is no such file. */
export async function* readLines(files: BlobFiles, name: string): AsyncGenerator<string> {
  const file = await files.open(name, 'read');
  if (file === undefined) return;
  try {
    let rest: Buffer = Buffer.alloc(0);
    for (let at = 0; ; at += PIECE_BYTES) {
      const piece = Buffer.alloc(PIECE_BYTES);
      const filled = await file.read(piece, at);
      const bytes = Buffer.concat([rest, piece.subarray(0, filled)]);
      let start = 0;
      for (let end = bytes.indexOf(LINE_FEED); end !== -1; end = bytes.indexOf(LINE_FEED, start)) {
        if (end - start <= LINE_MAX_BYTES) yield bytes.toString('utf8', start, end);
        start = end + 1;
      }
      rest = bytes.subarray(start);
      // One byte more than allowed is enough to know that a line is too long.
      if (rest.length > LINE_MAX_BYTES) rest = rest.subarray(0, LINE_MAX_BYTES + 1);
      if (filled < PIECE_BYTES) break;
    }
    if (rest.length > 0 && rest.length <= LINE_MAX_BYTES) yield rest.toString('utf8');
  } finally {
    await file.close();
  }
}
