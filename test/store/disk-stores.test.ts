import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStore, openStore, type Store, type StoreOptions } from '../../store/index.ts';
import { describeObjectStore } from './object-store.contract.ts';
import { describeRefStore } from './ref-store.contract.ts';

type Opened = { readonly store: Store; readonly dispose: () => Promise<void> };

/** A store of its own for a test, opened by whatever `open` does after it has been made. */
async function make(open: (folder: string) => Promise<Store[]>): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), 'dits-store-'));
  const stores = await open(folder);
  return {
    store: stores.at(-1)!,
    dispose: async () => {
      for (const store of [...stores].reverse()) await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Ways to come by an open store; the last one of the list is tested. */
const STATES: Readonly<Record<string, (folder: string) => Promise<Store[]>>> = {
  'a new store': async (folder) => [await createStore(folder)],
  'a reopened store with tiny segments': async (folder) => {
    const options: StoreOptions = { segmentLimits: { sizeMaxBytes: 4096, recordsMax: 8 } };
    await (await createStore(folder, options)).close();
    return [await openStore(folder, options)];
  },
  'a store whose index another opening leads': async (folder) => {
    const leader = await createStore(folder);
    await leader.objects.count();
    return [leader, await openStore(folder)];
  },
  'a store that took the index over': async (folder) => {
    const leader = await createStore(folder);
    await leader.objects.count();
    const follower = await openStore(folder);
    await follower.objects.count();
    await leader.close();
    return [follower];
  },
};

for (const [name, open] of Object.entries(STATES)) {
  describeObjectStore(name, async () => {
    const { store, dispose } = await make(open);
    return { store: store.objects, dispose };
  });
}

describeRefStore('a new store', async () => {
  const { store, dispose } = await make(STATES['a new store']!);
  return { refs: store.refs, dispose };
});
