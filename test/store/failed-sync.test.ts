import assert from 'node:assert/strict';
import {
  StoreError,
  branchRef,
  openStoreOf,
  type ObjectId,
  type Store,
} from '../../store/index.ts';
import { SeededRandom, VirtualClock } from '../../simulations/index.ts';
import { Machine } from '../../simulations/machine/machine.ts';
import { Trace } from '../../simulations/trace.ts';

const SEEDS = [1, 2, 3, 4, 5, 6];

/** A machine with an empty repository, in a file system that keeps names apart from what they name. */
async function withMachine(seed: number, work: (machine: Machine) => Promise<void>): Promise<void> {
  const clock = new VirtualClock();
  const random = new SeededRandom(seed);
  const world = { clock, random, trace: new Trace(clock), problems: [] };
  const machine = new Machine(world, {
    name: 'here',
    clockAheadMs: 0,
    isJournalled: false,
    syncMaxMs: 10,
    graceMs: 0,
  });
  await clock.run(async () => {
    await machine.create(machine.spawn('init'));
    await work(machine);
  });
}

function failFrom(machine: Machine, operation: 'sync' | 'syncFolder'): void {
  machine.faults.draw = (asked, path) =>
    asked === operation ? new StoreError('DITS_STORE_IO', `${asked} ${path}`) : undefined;
}

/** Puts a chunk; the process is killed by the first call of `operation` that follows, as it fails. */
async function failAndDie(machine: Machine, operation: 'sync' | 'syncFolder'): Promise<void> {
  const process = machine.spawn('first');
  const store = machine.open(process);
  await store.objects.put([{ kind: 'chunk', bytes: Buffer.alloc(3000, 7) }]);
  machine.faults.draw = (asked, path) => {
    if (asked !== operation) return undefined;
    process.kill();
    return new StoreError('DITS_STORE_IO', `${asked} ${path}`);
  };
  void store.objects.flush();
  await process.ended;
  machine.faults.draw = () => undefined;
}

/** Everything that the store says it has, which a power failure must not take. */
async function expectDurable(machine: Machine, store: Store, count: number): Promise<void> {
  const ids: ObjectId[] = [];
  for await (const batch of store.objects.list()) for (const { id } of batch) ids.push(id);
  assert.equal(ids.length, count);
  const left = openStoreOf(machine.snapshot('power-failure'));
  assert.equal((await left.objects.get(ids)).length, count);
}

describe('the reflog after a sync that failed', () => {
  it('keeps the line of every change that follows', async () => {
    for (const seed of SEEDS) {
      await withMachine(seed, async (machine) => {
        const { refs } = machine.open(machine.spawn('first'));
        const [id] = ['aa'.repeat(32)] as ObjectId[];
        const move = (name: string): Promise<void> =>
          refs.update([{ name: branchRef(name), target: id! }], { actor: 'test', reason: 'move' });
        failFrom(machine, 'sync');
        await assert.rejects(move('lost'), { code: 'DITS_STORE_IO' });
        machine.faults.draw = () => undefined;
        await move('kept');
        const left = openStoreOf(machine.snapshot('power-failure'));
        assert.equal((await left.refs.reflog(branchRef('kept'))).length, 1, `seed ${seed}`);
      });
    }
  });
});

describe('what another process has written and could not sync', () => {
  for (const operation of ['sync', 'syncFolder'] as const) {
    it(`is on the disk before it counts as durable, after a failed ${operation}`, async () => {
      for (const seed of SEEDS) {
        await withMachine(seed, async (machine) => {
          await failAndDie(machine, operation);
          await expectDurable(machine, machine.open(machine.spawn('second')), 1);
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
        await expectDurable(machine, second, 2);
      });
    }
  });
});
