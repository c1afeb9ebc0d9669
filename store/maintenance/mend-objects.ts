/** The mending half of fsck: nothing is thrown away before its bytes are in quarantine. */
import type { ObjectId } from '../ids.ts';
import {
  SEGMENT_HEADER_BYTES,
  recordBytes,
  type LocatedRecord,
} from '../segments/segment-format.ts';
import { segmentFileName } from '../store-layout.ts';
import { compactSegments } from './compact-segments.ts';
import { listSegments, type MaintenanceDeps, type ProgressOptions } from './maintenance-deps.ts';
import type { DamagedBytes, SegmentVerifier } from './verify-segments.ts';

/** Bytes of one damaged place kept in one file; a longer place takes several. */
const QUARANTINE_FILE_BYTES: number = 16 * 1024 * 1024;

export type MendedRecords = {
  /** Objects that a second copy has replaced. */
  readonly repaired: number;
  /** Places whose bytes were put aside. */
  readonly quarantined: number;
};

/** Takes damaged records out of the index, or points it at a second copy. */
export async function mendRecords(
  deps: MaintenanceDeps,
  { broken, spares, unused }: Pick<SegmentVerifier, 'broken' | 'spares' | 'unused'>,
  options: ProgressOptions,
): Promise<MendedRecords> {
  const places = [...broken.map(placeOf), ...unused];
  for (const [done, place] of places.entries()) {
    options.signal?.throwIfAborted();
    options.onProgress?.({ phase: 'repair', done, total: places.length });
    await quarantine(deps, place);
  }
  const puts: LocatedRecord[] = [];
  const deletes: ObjectId[] = [];
  for (const { id } of broken) {
    const spare = spares.get(id);
    if (spare === undefined) deletes.push(id);
    else puts.push(spare);
  }
  await deps.index.apply({ puts, deletes });
  return { repaired: puts.length, quarantined: places.length };
}

/**
 * Copies the records of segments with damage in them to new ones. Only after everything that is needed is in the index:
 * what the index does not name is gone with the old file.
 * @returns how many segments could not be replaced
 */
export async function rewriteDamaged(
  deps: MaintenanceDeps,
  { corrupt }: Pick<SegmentVerifier, 'corrupt'>,
  options: ProgressOptions,
): Promise<number> {
  for (const { segment, offset, problem } of corrupt) {
    // Headers and footers can be made anew from the records, but not this one, should it be more than that.
    if (problem === 'segment-header' || problem === 'segment-footer') {
      await quarantineFrom(deps, segment, offset);
    }
  }
  const damaged = new Set(corrupt.map(({ segment }) => segment));
  const segments = (await listSegments(deps.files)).filter((segment) => damaged.has(segment));
  const gone = await compactSegments(deps, segments, { signal: options.signal });
  return segments.length - gone.length;
}

function placeOf({ id, location }: LocatedRecord): DamagedBytes & { readonly id: ObjectId } {
  const { segment, offset } = location;
  return { id, segment, offset, bytes: recordBytes(location) };
}

async function quarantineFrom(
  deps: MaintenanceDeps,
  segment: number,
  offset: number,
): Promise<void> {
  const found = await deps.files.stat(segmentFileName(segment));
  // A header stands before the first record, a footer after the last.
  const end = offset === 0 ? SEGMENT_HEADER_BYTES : (found?.sizeBytes ?? 0);
  await quarantine(deps, { segment, offset, bytes: Math.max(0, end - offset) });
}

/** Keeps bytes that are damaged: what a person may still make of them is not ours to throw away. */
async function quarantine(
  deps: MaintenanceDeps,
  place: DamagedBytes & { readonly id?: ObjectId },
): Promise<void> {
  const { id, segment } = place;
  const file = await deps.files.open(segmentFileName(segment), 'read');
  if (file === undefined) return;
  try {
    const end = place.offset + place.bytes;
    for (let offset = place.offset; offset < end; offset += QUARANTINE_FILE_BYTES) {
      const bytes = Buffer.alloc(Math.min(QUARANTINE_FILE_BYTES, end - offset));
      const filled = await file.read(bytes, offset);
      const name = id === undefined ? `${offset}.bytes` : `${offset}-${id}.record`;
      await deps.quarantine(`${segment}-${name}`, bytes.subarray(0, filled));
    }
  } finally {
    await file.close();
  }
}
