/** Two sets of ids with a known difference: 32 uniform bytes an id, back to back, as BLAKE3 gives them. */
import { createCipheriv } from 'node:crypto';
import { ID_BYTES } from '../../../store/ids.ts';

export type IdSets = {
  /** What the source knows to be wanted. */
  readonly wanted: Buffer;
  /** What the sink holds. */
  readonly held: Buffer;
  /** How many of the wanted ids the sink lacks. */
  readonly missingCount: number;
};

/** `count` ids that depend on `seed` alone. */
function makeIds(seed: number, count: number): Buffer {
  const key = Buffer.alloc(32, seed);
  const ids = Buffer.alloc(count * ID_BYTES);
  const cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  const step = 1 << 24;
  for (let at = 0; at < ids.length; at += step) {
    cipher.update(ids.subarray(at, at + step)).copy(ids, at);
  }
  return ids;
}

/** `wantedCount` ids of which the sink lacks `missingCount`; the sink holds `heldCount`, the others strangers to the source. */
export function makeIdSets(wantedCount: number, heldCount: number, missingCount: number): IdSets {
  const wanted = makeIds(1, wantedCount);
  const strangers = makeIds(2, heldCount - (wantedCount - missingCount));
  const shared = wanted.subarray(missingCount * ID_BYTES);
  return { wanted, held: Buffer.concat([shared, strangers]), missingCount };
}
