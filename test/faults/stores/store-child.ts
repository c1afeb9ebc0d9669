/** Runs under the shim: a store in a process that goes on after a fault, and is killed in the end. Prints what it was promised. */
import { constants } from 'node:os';

import { createStore, openStore, type ObjectId, type Store } from '../../../store/index.ts';
import { seededBytes } from '../../integration/studio.ts';
import { ArmedFault } from '../../support/syscalls/armed-fault.ts';

const OBJECTS = 40;
const OBJECT_BYTES = 8_000;
/** So small that a garbage collection has segments to rewrite. */
const SEGMENTS = { sizeMaxBytes: 64 * 1024, recordsMax: 1_000 };

const [scenario, folder = ''] = process.argv.slice(2);
const fault = new ArmedFault();
fault.disarm();
const open = scenario === 'failed-recovery' ? openStore : createStore;
const store = await open(folder, { segmentLimits: SEGMENTS });

async function put(target: Store, seed: number): Promise<ObjectId> {
  const bytes = seededBytes(seed, OBJECT_BYTES);
  const [stored] = await target.objects.put([{ kind: 'chunk', bytes }]);
  return stored!.id;
}

export type Told = {
  /** How each step ended. */
  readonly codes: readonly string[];
  /** What was flushed. */
  readonly promised: readonly ObjectId[];
  /** What a sync failed for. */
  readonly unsynced?: readonly ObjectId[];
};

/** What went wrong, by its code. */
async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'done';
  } catch (error) {
    return String((error as { readonly code?: unknown }).code);
  }
}

/** The disk is full when the index writes its log; later there is room, and much is removed. */
async function fullDiskThenGarbage(): Promise<Told> {
  const ids: ObjectId[] = [];
  for (let seed = 0; seed < OBJECTS; seed += 1) ids.push(await put(store, seed));
  await store.objects.flush();
  ids.push(await put(store, OBJECTS));
  fault.arm({
    operations: ['write'],
    action: 'half',
    errno: constants.errno.ENOSPC,
    path: '/index/',
  });
  const codes = [await codeOf(store.objects.flush())];
  fault.disarm();
  codes.push(await codeOf(store.objects.flush()));
  const promised = ids.filter((_, at) => at % 2 === 0);
  const { removed } = await store.gc({
    graceMs: 0,
    reflogExpiryMs: 0,
    extraRoots: () => Promise.resolve(promised),
  });
  codes.push(removed > 0 ? 'removed' : 'nothing removed');
  return { codes, promised };
}

/** A sync fails; whoever comes next must not take what it should have made durable for durable. */
async function failedSync(): Promise<Told> {
  const promised = [await put(store, 0)];
  await store.objects.flush();
  const unsynced = [await put(store, 1)];
  fault.arm({
    operations: ['fdatasync'],
    action: 'fail',
    errno: constants.errno.EIO,
    path: '.seg',
  });
  const codes = [await codeOf(store.objects.flush())];
  fault.disarm();
  codes.push(await codeOf(store.objects.flush()), await codeOf(put(store, 2)));
  return { codes, promised, unsynced };
}

/** Killed before a flush. */
async function unflushed(): Promise<Told> {
  const promised = [await put(store, 0)];
  await store.objects.flush();
  return { codes: [], promised, unsynced: [await put(store, 1)] };
}

/** The process after that cannot sync what it finds. */
async function failedRecovery(): Promise<Told> {
  fault.arm({
    operations: ['fdatasync'],
    action: 'fail',
    errno: constants.errno.EIO,
    path: '.seg',
  });
  return { codes: [await codeOf(put(store, 2))], promised: [] };
}

const SCENARIOS: Readonly<Record<string, () => Promise<Told>>> = {
  'full-disk': fullDiskThenGarbage,
  'failed-sync': failedSync,
  unflushed,
  'failed-recovery': failedRecovery,
};
const result = await SCENARIOS[scenario ?? '']!();
process.stdout.write(JSON.stringify(result), () => process.kill(process.pid, 'SIGKILL'));
