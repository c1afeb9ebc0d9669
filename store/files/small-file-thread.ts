/** A thread's whole work: for every arena that it is sent, it reads the next files into it and sends it back. */
import { parentPort, workerData } from 'node:worker_threads';
import { FileCutter } from './cut-file.ts';
import { readSmallFiles, type ReadRequest } from './read-small-files.ts';
import type { ThreadBatch } from './reading-thread.ts';
import { BatchArena } from './small-file-batch.ts';

const requests = workerData as readonly ReadRequest[];
const cutter = new FileCutter();
let next = 0;

parentPort?.on('message', (memory: ArrayBuffer) => {
  if (next === requests.length) return;
  const arena = new BatchArena(Buffer.from(memory));
  const read = readSmallFiles(requests, next, { arena, cutter });
  next = read.next;
  const batch: ThreadBatch = { ...read, memory };
  parentPort?.postMessage(batch, [memory]);
});
