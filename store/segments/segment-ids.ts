/** The ids of a segment's records, in bulk: straight from the footer of a sealed one. */
import type { BlobFile } from '../files/blob-files.ts';
import { ID_BYTES } from '../ids.ts';
import { encodeIds } from '../index-db/index-messages.ts';
import type { IdRows } from '../object-store.ts';
import { FOOTER_ENTRY_BYTES, isFooter } from './segment-format.ts';
import { readTail } from './segment-recovery.ts';
import { readFooterBytes, readTrailer } from './segment-scan.ts';

/** Ids of all intact records, dead ones included. */
export async function readSegmentIds(file: BlobFile, segment: number): Promise<IdRows> {
  const { sizeBytes } = await file.stat();
  const trailer = await readTrailer(file, sizeBytes);
  if (trailer !== undefined) {
    const bytes = await readFooterBytes(file, sizeBytes, trailer);
    if (isFooter(bytes, trailer)) return { bytes, strideBytes: FOOTER_ENTRY_BYTES };
  }
  // Still being written, or damaged: its records tell.
  const { records } = await readTail(file, segment, 0);
  return { bytes: encodeIds(records.map(({ id }) => id)), strideBytes: ID_BYTES };
}
