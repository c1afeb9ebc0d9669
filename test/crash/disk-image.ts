/** The files below a folder as a value: read from a disk, or made by the model of a crash, and put on a disk again. */
import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type ImageEntry =
  | { readonly kind: 'folder'; readonly mode: number }
  | { readonly kind: 'file'; readonly mode: number; readonly content: Buffer }
  | { readonly kind: 'link'; readonly target: string };

/** By path below the folder, folders before what is in them. */
export type DiskImage = ReadonlyMap<string, ImageEntry>;

const MODE_BITS = 0o777;

/** Everything below a folder, but for files of these names. */
export function readImage(folder: string, excluded: readonly string[] = []): DiskImage {
  const image = new Map<string, ImageEntry>();
  const visit = (below: string): void => {
    for (const name of readdirSync(join(folder, below)).sort()) {
      if (excluded.includes(name)) continue;
      const path = below === '' ? name : `${below}/${name}`;
      const entry = readEntry(join(folder, path));
      if (entry === undefined) continue;
      image.set(path, entry);
      if (entry.kind === 'folder') visit(path);
    }
  };
  visit('');
  return image;
}

/** Undefined for what is neither file, folder nor link: a socket. */
function readEntry(path: string): ImageEntry | undefined {
  const status = lstatSync(path);
  const mode = status.mode & MODE_BITS;
  if (status.isDirectory()) return { kind: 'folder', mode };
  if (status.isSymbolicLink()) return { kind: 'link', target: readlinkSync(path) };
  return status.isFile() ? { kind: 'file', mode, content: readFileSync(path) } : undefined;
}

/** Makes the folder hold exactly this. */
export function writeImage(folder: string, image: DiskImage): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [path, entry] of image) {
    const place = join(folder, path);
    if (entry.kind === 'folder') mkdirSync(place, { mode: entry.mode });
    else if (entry.kind === 'link') symlinkSync(entry.target, place);
    else writeFileSync(place, entry.content, { mode: entry.mode });
  }
}

const contentHashes = new WeakMap<Buffer, string>();

/** The hash of a file's content, kept with it: most files are the same from state to state. */
function contentHash(content: Buffer): string {
  let hash = contentHashes.get(content);
  if (hash === undefined) {
    hash = createHash('sha1').update(content).digest('hex');
    contentHashes.set(content, hash);
  }
  return hash;
}

/** Equal for equal images. */
export function hashImage(image: DiskImage): string {
  const hash = createHash('sha1');
  for (const [path, entry] of image) {
    hash.update(`${entry.kind}\0${path}\0`);
    if (entry.kind === 'link') hash.update(entry.target);
    else hash.update(entry.kind === 'file' ? contentHash(entry.content) : String(entry.mode));
  }
  return hash.digest('hex');
}
