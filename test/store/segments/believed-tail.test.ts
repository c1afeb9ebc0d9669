import assert from 'node:assert/strict';
import { StoreError, openStoreOf, type Store } from '../../../store/index.ts';
import { SeededRandom, VirtualClock } from '../../../simulations/index.ts';
import { Machine } from '../../../simulations/machine/machine.ts';
import { Trace } from '../../../simulations/trace.ts';

const SEEDS = [1, 2, 3, 4, 5, 6];

/** A machine with an empty repository, in a file system that keeps names apart from what they name. */
async function withMachine(seed: number, work: (machine: Machine) => Promise<void>): Promise<void> {
  const clock = new VirtualClock();
  const world = { clock, random: new SeededRandom(seed), trace: new Trace(clock) };
  const machine = new Machine(world, {
    name: 'here',
    clockAheadMs: 0,
    isJournalled: false,
    graceMs: 0,
  });
  await clock.run(async () => {
    await machine.create(machine.spawn('init'));
    await work(machine);
  });
}

/** Puts a chunk and lets the call of `operation` that follows fail; the process is killed before it can cut the chunk off. */
async function failAndDie(machine: Machine, operation: 'sync' | 'syncFolder'): Promise<void> {
  const process = machine.spawn('first');
  const store = machine.open(process);
  await store.objects.put([{ kind: 'chunk', bytes: Buffer.alloc(3000, 7) }]);
  machine.faults.draw = (asked, path) =>
    asked === operation || asked === 'truncate'
      ? new StoreError('DITS_STORE_IO', `${asked} ${path}`)
      : undefined;
  await assert.rejects(store.objects.flush(), { code: 'DITS_STORE_IO' });
  machine.faults.draw = () => undefined;
  process.kill();
}

async function isDurable(machine: Machine, store: Store): Promise<void> {
  const ids = [];
  for await (const batch of store.objects.list()) for (const { id } of batch) ids.push(id);
  assert.equal(ids.length, 1);
  const left = openStoreOf(machine.snapshot('power-failure'));
  assert.equal((await left.objects.get(ids)).length, 1);
}

describe('what another process has written and could not sync', () => {
  for (const operation of ['sync', 'syncFolder'] as const) {
    it(`is on the disk before it counts as durable, after a failed ${operation}`, async () => {
      for (const seed of SEEDS) {
        await withMachine(seed, async (machine) => {
          await failAndDie(machine, operation);
          await isDurable(machine, machine.open(machine.spawn('second')));
        });
      }
    });
  }

  it('is on the disk before a writer that continues its segment promises anything', async () => {
    for (const seed of SEEDS) {
      await withMachine(seed, async (machine) => {
        const leader = machine.open(machine.spawn('leader'));
        await leader.objects.count();
        await failAndDie(machine, 'sync');
        const second = machine.open(machine.spawn('second'));
        await second.objects.put([{ kind: 'chunk', bytes: Buffer.alloc(1000, 8) }]);
        await second.objects.flush();
        const left = openStoreOf(machine.snapshot('power-failure'));
        const held = [];
        for await (const batch of second.objects.list()) for (const { id } of batch) held.push(id);
        assert.equal((await left.objects.get(held)).length, 2);
      });
    }
  });
});
