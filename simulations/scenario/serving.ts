/** The process of a machine that serves its repository to all others. */
import { UploadTurns, serveConnection } from '../../protocol/index.ts';
import { observe } from '../checks/observed-store.ts';
import type { Machine } from '../machine/machine.ts';
import type { Network } from '../network/network.ts';
import type { SeededRandom } from '../seeded-random.ts';

/** Name of the one repository that every machine serves. */
export const REPOSITORY_NAME = 'film';

/** Starts it, and resolves when the store has recovered from whatever was before and connections are taken. */
export async function serve(
  machine: Machine,
  { network, random }: { readonly network: Network; readonly random: SeededRandom },
): Promise<void> {
  const process = machine.spawn('node');
  const store = machine.open(process);
  try {
    // Whoever asks first leads, and a leader recovers before it answers.
    await Promise.race([store.objects.count(), process.ended]);
  } catch (error) {
    process.exit();
    throw error;
  }
  if (!process.isAlive) return;
  machine.isServing = true;
  process.onEnd(() => {
    machine.isServing = false;
  });
  await machine.watch.check();
  const repository = observe(store, machine);
  const host = {
    authorize: () =>
      Promise.resolve({ isGranted: true as const, access: 'write' as const, repository }),
  };
  const turns = new UploadTurns(process);
  const deps = { clock: process, host, turns, random: (count: number) => random.bytes(count) };
  network.listen(machine.name, {
    process,
    accept: (connection) => void serveConnection(connection, deps, { software: 'simulation' }),
  });
}
