/**
 * How finely a file is cut. The number is stored in the file's manifest, so that its next version is cut alike; a
 * number is never given another meaning. Measurements: docs/adr/0001-chunker-and-profiles.md.
 */
import { looksCompressible } from '../compression/entropy-probe.ts';
import { OBJECT_SIZE_MAX_BYTES } from '../object-store.ts';

const KIB = 1024;
const MIB: number = 1024 * KIB;
const GIB: number = 1024 * MIB;

/** Shape of the chunks of a file. All but a file's last chunk are longer than `minBytes` and at most `maxBytes`. */
export type ChunkProfile = {
  /** What manifests store, from 1. */
  readonly number: number;
  readonly name: string;
  readonly minBytes: number;
  /** Where the cut test turns from strict to loose: a power of two. The mean lies some 20 % above it. */
  readonly averageBytes: number;
  readonly maxBytes: number;
  /** Bits that the cut test has more below the average size and fewer from it on: the level NC of the FastCDC paper. */
  readonly normalizationBits: number;
};

/** Text, XML, small uncompressed data: many scattered edits, and few bytes to save overhead on. */
export const FINE: ChunkProfile = {
  number: 1,
  name: 'fine',
  minBytes: 4 * KIB,
  averageBytes: 16 * KIB,
  maxBytes: 64 * KIB,
  normalizationBits: 2,
};

/** Media and everything else. */
const MEDIA: ChunkProfile = {
  number: 2,
  name: 'media',
  minBytes: 32 * KIB,
  averageBytes: 64 * KIB,
  maxBytes: 256 * KIB,
  normalizationBits: 1,
};

/** Files so big that the count of chunks would weigh more than the bytes an edit costs. */
const HUGE: ChunkProfile = {
  number: 3,
  name: 'huge',
  minBytes: 128 * KIB,
  averageBytes: 512 * KIB,
  maxBytes: 2 * MIB,
  normalizationBits: 1,
};

/** Every profile, by number. */
export const CHUNK_PROFILES: readonly ChunkProfile[] = [FINE, MEDIA, HUGE];

/** Largest chunk of any profile. */
export const CHUNK_SIZE_MAX_BYTES: number = Math.max(
  ...CHUNK_PROFILES.map((profile) => profile.maxBytes),
);
if (CHUNK_SIZE_MAX_BYTES > OBJECT_SIZE_MAX_BYTES) throw new Error('a chunk must fit an object');

/** Text up to this size is cut finely: 256 MiB make about 14,000 chunks. */
const FINE_TEXT_SIZE_MAX_BYTES: number = 256 * MIB;
/**
 * Other compressible data up to this size is cut finely. Above it, it is rather an uncompressed frame than a project:
 * an image sequence took the same space with either profile, but four times the chunks with the fine one.
 */
const FINE_BINARY_SIZE_MAX_BYTES: number = 512 * KIB;
/**
 * Documents that a person saves again and again are cut finely up to this size: 64 MiB make about 3,500 chunks. The media profile
 * keeps twice as many bytes for a small change. Clips stay with it: a gigabyte of them makes 13,000 chunks instead of 50,000.
 */
const FINE_DOCUMENT_SIZE_MAX_BYTES: number = 64 * MIB;
/** Above this size a file is cut coarsely: 16 GiB make about 210,000 chunks of the media profile. */
const MEDIA_SIZE_MAX_BYTES: number = 16 * GIB;
/** How much of a file's beginning decides. */
export const PROFILE_HEAD_MAX_BYTES: number = 64 * KIB;

/** The profile with this number, or undefined when it is not one of ours. */
export function profileByNumber(number: number): ChunkProfile | undefined {
  return CHUNK_PROFILES.find((profile) => profile.number === number);
}

/** The profile for a file without an earlier version. `head` is its beginning, up to `PROFILE_HEAD_MAX_BYTES`. */
export function chooseProfile(file: { size: number; head: Uint8Array }): ChunkProfile {
  if (file.size > MEDIA_SIZE_MAX_BYTES) return HUGE;
  // One chunk under any profile: not worth a look.
  if (file.size <= FINE.minBytes) return FINE;
  const head = file.head.subarray(0, PROFILE_HEAD_MAX_BYTES);
  if (file.size <= FINE_BINARY_SIZE_MAX_BYTES && looksCompressible(head)) return FINE;
  if (file.size <= FINE_DOCUMENT_SIZE_MAX_BYTES && isDocument(head)) return FINE;
  if (file.size <= FINE_TEXT_SIZE_MAX_BYTES && looksLikeText(head)) return FINE;
  return MEDIA;
}

/** What such documents have at byte 0, and some of them at byte 8 as well. */
const DOCUMENT_SIGNATURES: readonly (readonly [first: string, atEight?: string])[] = [
  // Blender, not compressed.
  ['BLENDER'],
  // Photoshop: PSD and PSB.
  ['8BPS'],
  // Sound: WAV, and its form without a limit of 4 GiB.
  ['RIFF', 'WAVE'],
  ['RF64', 'WAVE'],
];

function isDocument(head: Uint8Array): boolean {
  const start = Buffer.from(head.subarray(0, 16)).toString('latin1');
  return DOCUMENT_SIGNATURES.some(
    ([first, atEight]) =>
      start.startsWith(first) && (atEight === undefined || start.startsWith(atEight, 8)),
  );
}

/** Whether there is no NUL byte and hardly a control character: text in UTF-8 or any single-byte encoding. */
function looksLikeText(bytes: Uint8Array): boolean {
  let controls = 0;
  for (const byte of bytes) {
    if (byte === 0) return false;
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) controls++;
  }
  // Noise has 11 % of such bytes; text may hold a form feed or an escape here and there.
  return bytes.length > 0 && controls * 100 < bytes.length;
}
