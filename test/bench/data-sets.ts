/**
 * Deterministic data sets for comparisons: the same scale gives the same bytes on every machine.
 *
 * - media: one incompressible file, 1 GiB at scale 1: a camera original. Its edit lost 5 MiB at the head, gained 1 MiB
 *   at a tenth and had 1 MiB overwritten in the middle.
 * - frames: 600 frames of 1 MiB that share a background: an image sequence. Its edit has 30 frames changed, 20 added,
 *   10 renamed.
 * - small: 20,000 text-like files, most under 16 KiB, in 400 folders: sidecars and caches. Its edit has 200 changed,
 *   100 added, 100 removed.
 * - project: one 40 MiB text project file. Its edit has 50 small scattered edits.
 */
import { createCipheriv, createHash } from 'node:crypto';
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

const SET_NAMES = ['media', 'frames', 'small', 'project'] as const;
export type SetName = (typeof SET_NAMES)[number];

/** A set, or its next version. */
export type DataSetName = SetName | `${SetName}-edit`;

const KIB = 1024;
const MIB: number = 1024 * KIB;

/** An endless deterministic stream of incompressible bytes: AES-256-CTR under a key derived from the seed. */
function noiseStream(seed: string): (bytes: number) => Buffer {
  const key = createHash('sha256').update(seed).digest();
  const cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  return (bytes) => cipher.update(Buffer.alloc(bytes));
}

/** Deterministic numbers in [0, 1), 32 bits each. */
function numberStream(seed: string): () => number {
  const next = noiseStream(seed);
  let block = next(4 * KIB);
  let offset = 0;
  return () => {
    if (offset === block.length) {
      block = next(4 * KIB);
      offset = 0;
    }
    const value = block.readUInt32LE(offset) / 2 ** 32;
    offset += 4;
    return value;
  };
}

/** Makes every set and its edit below `directory` unless a finished copy is there; returns the folder. */
export function makeDataSets(directory: string, scale: number): string {
  const done = join(directory, '.complete');
  const label = `scale ${scale}, times set\n`;
  if (existsSync(done) && readFileSync(done, 'utf8') === label) return directory;
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const count = (full: number): number => Math.max(2, Math.round(full * scale));
  makeMedia(directory, scale);
  makeFrames(directory, count);
  makeSmall(directory, count);
  makeProject(directory, scale);
  for (const name of SET_NAMES) {
    setTimes(join(directory, name), ORIGINAL_TIME);
    setTimes(join(directory, `${name}-edit`), EDIT_TIME);
  }
  writeFileSync(done, label);
  return directory;
}

/**
 * Times of the files of the sets and of their edits. They differ for all files, as if the whole edit had been delivered anew: a
 * tool that goes by size and time must look into every file, and none may take a changed one for the same.
 */
const ORIGINAL_TIME = new Date('2026-01-01T00:00:00Z');
const EDIT_TIME = new Date('2026-01-02T00:00:00Z');

function setTimes(directory: string, time: Date): void {
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) utimesSync(join(entry.parentPath, entry.name), time, time);
  }
}

function folder(...parts: string[]): string {
  const path = join(...parts);
  mkdirSync(path, { recursive: true });
  return path;
}

/** Writes a file of incompressible bytes, the same ones for the same size. */
export function writeNoiseFile(path: string, bytes: number): void {
  const noise = noiseStream('media');
  const file = openSync(path, 'w');
  for (let done = 0; done < bytes; done += 8 * MIB) {
    writeSync(file, noise(Math.min(8 * MIB, bytes - done)));
  }
  closeSync(file);
}

function makeMedia(root: string, scale: number): void {
  const size = Math.max(32 * MIB, Math.round(1024 * scale) * MIB);
  const name = 'A001_C003.mov';
  writeNoiseFile(join(folder(root, 'media'), name), size);
  const old = readFileSync(join(root, 'media', name));
  const fresh = noiseStream('media-edit');
  const tenth = Math.floor(size / 10);
  const half = Math.floor(size / 2);
  const parts = [
    old.subarray(5 * MIB, tenth),
    fresh(MIB),
    old.subarray(tenth, half),
    fresh(MIB),
    old.subarray(half + MIB),
  ];
  const edited = openSync(join(folder(root, 'media-edit'), name), 'w');
  for (const part of parts) {
    for (let at = 0; at < part.length; at += 64 * MIB) {
      writeSync(edited, part.subarray(at, at + 64 * MIB));
    }
  }
  closeSync(edited);
}

function makeFrames(root: string, count: (full: number) => number): void {
  const frames = count(600);
  const directory = folder(root, 'frames', 'shot_010');
  const pixels = noiseStream('frames');
  const background = Buffer.concat([Buffer.alloc(256 * KIB, 7), pixels(512 * KIB)]);
  const nameOf = (index: number): string => `shot_010.${String(index).padStart(6, '0')}.dpx`;
  for (let index = 0; index < frames; index++) {
    const header = Buffer.alloc(2 * KIB);
    header.write('SDPX');
    header.writeUInt32BE(index, 16);
    const body = pixels(254 * KIB);
    writeFileSync(join(directory, nameOf(index)), Buffer.concat([header, background, body]));
  }
  const edit = folder(root, 'frames-edit', 'shot_010');
  cpSync(directory, edit, { recursive: true });
  const fresh = noiseStream('frames-edit');
  for (let index = 0; index < count(30); index++) {
    const path = join(edit, nameOf((index * 7) % frames));
    const frame = readFileSync(path);
    fresh(64 * KIB).copy(frame, 800 * KIB);
    writeFileSync(path, frame);
  }
  for (let index = 0; index < count(20); index++) {
    const body = [Buffer.alloc(2 * KIB), background, fresh(254 * KIB)];
    writeFileSync(join(edit, nameOf(frames + index)), Buffer.concat(body));
  }
  for (let index = 0; index < count(10); index++) {
    const name = nameOf(frames - 1 - index);
    renameSync(join(edit, name), join(edit, `old_${name}`));
  }
}

/** Text of some 4,096 words, some common and some rare, so that it compresses like text. */
function textStream(random: () => number): (bytes: number) => string {
  const words = Array.from({ length: 4096 }, () => Math.floor(random() * 2 ** 30).toString(36));
  return (bytes) => {
    const parts: string[] = [];
    for (let length = 0; length < bytes;) {
      // Squared: some words are common.
      const word = words[Math.floor(random() ** 2 * words.length)]!;
      parts.push(word);
      length += word.length + 1;
    }
    return parts.join(' ').slice(0, bytes);
  };
}

/** Size of a small file: most under 16 KiB. */
function smallFileBytes(random: () => number): number {
  return Math.min(400_000, Math.ceil(600 * Math.exp(random() * 3.4)));
}

/** Fills a folder with different text files, 50 in each subfolder: quicker to make than the set `small`, alike in size. */
export function writeTextFiles(directory: string, count: number): void {
  const random = numberStream('text-files');
  const text = Buffer.from(textStream(random)(4 * MIB));
  for (let index = 0; index < count; index++) {
    const parent = join(
      directory,
      `scene_${Math.floor(index / 1000)}`,
      `bin_${Math.floor(index / 50)}`,
    );
    if (index % 50 === 0) mkdirSync(parent, { recursive: true });
    const bytes = smallFileBytes(random);
    const offset = Math.floor(random() * (text.length - bytes));
    writeFileSync(join(parent, `clip_${index}.xmp`), text.subarray(offset, offset + bytes));
  }
}

function makeSmall(root: string, count: (full: number) => number): void {
  const files = count(20_000);
  const random = numberStream('small');
  const text = textStream(random);
  const place = (top: string, index: number): string =>
    join(top, `scene_${index % 20}`, `bin_${index % 400}`);
  const original = folder(root, 'small');
  for (let index = 0; index < files; index++) {
    const directory = place(original, index);
    if (index < 400) mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, `clip_${index}.xmp`), text(smallFileBytes(random)));
  }
  const edit = join(root, 'small-edit');
  cpSync(original, edit, { recursive: true });
  for (let index = 0; index < count(200); index++) {
    writeFileSync(join(place(edit, index * 3), `clip_${index * 3}.xmp`), text(5000));
  }
  for (let index = 0; index < count(100); index++) {
    writeFileSync(join(place(edit, index), `clip_new_${index}.xmp`), text(3000));
  }
  for (let index = 0; index < count(100); index++) {
    rmSync(join(place(edit, index * 3 + 1), `clip_${index * 3 + 1}.xmp`));
  }
}

function makeProject(root: string, scale: number): void {
  const random = numberStream('project');
  const size = Math.max(4 * MIB, Math.round(40 * scale) * MIB);
  const integer = (below: number): number => Math.floor(random() * below);
  const lines: string[] = [];
  for (let bytes = 0; bytes < size;) {
    const line = `  <clip id="${integer(1e9)}" in="${integer(9e4)}" out="${integer(9e4)}" track="V${integer(8)}"/>\n`;
    lines.push(line);
    bytes += line.length;
  }
  writeFileSync(join(folder(root, 'project'), 'cut_v01.xml'), lines.join(''));
  for (let index = 0; index < 50; index++) {
    lines.splice(integer(lines.length), index % 2, `  <marker id="${index}" note="director"/>\n`);
  }
  writeFileSync(join(folder(root, 'project-edit'), 'cut_v01.xml'), lines.join(''));
}
