/** Keeps the bytes of a damaged file before it is replaced. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { activeHash, replaceFile } from '../../store/index.ts';
import { fromSystemError } from '../repo-error.ts';

const QUARANTINE = 'quarantine';
const NAME_BYTES = 8;

/** @returns where they are, relative to the repository's folder; the same bytes are kept once */
export async function keepDamaged(ditsDir: string, name: string, bytes: Buffer): Promise<string> {
  const folder = path.join(ditsDir, QUARANTINE);
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw fromSystemError(error, 'make the folder', folder);
  }
  const kept = `${name}-${activeHash.hash(bytes).toString('hex', 0, NAME_BYTES)}`;
  await replaceFile(path.join(folder, kept), bytes);
  return `${QUARANTINE}/${kept}`;
}
