/**
 * A process that uses a store on behalf of a test. Started with the store's directory, a name and what to do; tells its
 * parent every id that it has flushed.
 */
import { openStore, type ObjectId } from '../../store/index.ts';

/** Sent after each flush: these are on stable storage. */
export type ChildMessage =
  | { readonly event: 'flushed'; readonly ids: readonly ObjectId[] }
  | { readonly event: 'done' }
  | { readonly event: 'failed'; readonly message: string };

/** What a child puts: chunk `index` of the child `name`. Sizes from a few bytes to 100 KB, some compressible. */
export function childChunk(name: string, index: number): Buffer {
  const head = Buffer.from(`${name} ${index} `);
  const size = 20 + ((index * 7919) % 100) ** 2 * 10;
  return index % 2 === 0 ? Buffer.alloc(size, head) : noise(size, index + name.length * 1000, head);
}

/** Bytes that do not compress, the same for the same seed. */
function noise(size: number, seed: number, head: Buffer): Buffer {
  const bytes = Buffer.alloc(size);
  let state = seed | 1;
  for (let at = 0; at < size; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[at] = state;
  }
  head.copy(bytes);
  return bytes;
}

async function run(directory: string, name: string, rounds: number): Promise<void> {
  const store = await openStore(directory);
  const perRound = 10;
  for (let round = 0; round < rounds; round++) {
    const chunks = Array.from({ length: perRound }, (_, index) => ({
      kind: 'chunk' as const,
      bytes: childChunk(name, round * perRound + index),
    }));
    const results = await store.objects.put(chunks);
    const ids = results.map(({ id }) => id);
    await store.objects.get(ids);
    await store.objects.flush();
    await tell({ event: 'flushed', ids });
  }
  await store.close();
  await tell({ event: 'done' });
}

async function tell(message: ChildMessage): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    process.send?.(message, (error: Error | null) => (error ? reject(error) : resolve()));
  });
}

const [, script, directory, name, rounds] = process.argv;
if (process.send !== undefined && script?.endsWith('store-child.js') === true) {
  run(directory!, name!, Number(rounds)).then(
    () => process.disconnect(),
    async (error: unknown) => {
      await tell({
        event: 'failed',
        message: error instanceof Error ? error.stack! : String(error),
      });
      process.exitCode = 1;
      process.disconnect();
    },
  );
}
