/** How much of the disk a store's objects take, without opening it. */
import { NodeBlobFiles } from '../files/node-blob-files.ts';
import { segmentFileName, storeLayout } from '../store-layout.ts';
import { listSegments } from './maintenance-deps.ts';

/** Bytes of all segment files of the store in a directory, those that are being written included. */
export async function storedBytes(directory: string): Promise<number> {
  const files = new NodeBlobFiles(storeLayout(directory).segments);
  let bytes = 0;
  for (const segment of await listSegments(files)) {
    bytes += (await files.stat(segmentFileName(segment)))?.sizeBytes ?? 0;
  }
  return bytes;
}
