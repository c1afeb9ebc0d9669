/**
 * A small made-up film project for `dits try`: two takes that do not compress, a sound mix that does a little, an image
 * sequence, and many small text files. The same bytes every time.
 */
import { createCipheriv } from 'node:crypto';
import { mkdir, open, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const MIB = 1024 * 1024;
const KIB = 1024;
/** Bytes made at once. */
const PIECE_BYTES = MIB;
const FRAME_COUNT = 40;
const NOTE_COUNT = 200;
/** Bits of a sound sample that carry noise: the rest is silence, so that the mix shrinks as quiet sound does. */
const QUIET_SAMPLE_MASK = 0x3f;

/** Noise that is the same for the same seed: the key stream of AES in counter mode, which is quick. */
export function createNoise(seed: number): (length: number) => Buffer {
  const key = Buffer.alloc(32);
  key.writeUInt32BE(seed, 0);
  const cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  return (length) => cipher.update(Buffer.alloc(length));
}

/** About 58 MiB in some 240 files. */
export async function writeSampleProject(folder: string, signal: AbortSignal): Promise<void> {
  const big = [
    { name: 'footage/take-01.mov', bytes: 24 * MIB, seed: 1 },
    { name: 'footage/take-02.mov', bytes: 16 * MIB, seed: 2 },
  ];
  for (const { name, bytes, seed } of big) {
    signal.throwIfAborted();
    await writeNoise(join(folder, name), bytes, seed);
  }
  await writeQuietSound(join(folder, 'sound/mix.wav'), 8 * MIB);
  for (let frame = 1; frame <= FRAME_COUNT; frame += 1) {
    signal.throwIfAborted();
    const name = `frames/shot-010.${String(frame).padStart(4, '0')}.exr`;
    await writeNoise(join(folder, name), 256 * KIB, 100 + frame);
  }
  for (let note = 1; note <= NOTE_COUNT; note += 1) {
    const path = join(folder, `notes/day-${Math.ceil(note / 20)}/note-${note}.txt`);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(
      path,
      `Note ${note}\n${'The light was better before noon. '.repeat(note % 17)}\n`,
    );
  }
}

async function writeNoise(path: string, bytes: number, seed: number): Promise<void> {
  const noise = createNoise(seed);
  await writePieces(path, bytes, (length) => noise(length));
}

async function writeQuietSound(path: string, bytes: number): Promise<void> {
  const noise = createNoise(3);
  await writePieces(path, bytes, (length) => {
    const piece = noise(length);
    for (let index = 0; index < piece.length; index += 1) {
      piece[index] = index % 2 === 0 ? (piece[index] ?? 0) & QUIET_SAMPLE_MASK : 0;
    }
    return piece;
  });
}

async function writePieces(
  path: string,
  bytes: number,
  next: (length: number) => Buffer,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'wx');
  try {
    for (let written = 0; written < bytes; written += PIECE_BYTES) {
      await file.writeFile(next(Math.min(PIECE_BYTES, bytes - written)));
    }
  } finally {
    await file.close();
  }
}
