/** The machines of a run, what their people do, what befalls them, and how everything is made good again. */
import { branchRef, type RefName } from '../../store/index.ts';
import { Machine } from '../machine/machine.ts';
import { Network } from '../network/network.ts';
import { Violation, type World } from '../world.ts';
import { isExpected } from './expected-failure.ts';
import { GOOD_LINK, drawLink, type Plan } from './plan.ts';
import { serve } from './serving.ts';
import {
  MAIN,
  commit,
  fsck,
  gc,
  inProcess,
  scratch,
  sync,
  type Direction,
  type Work,
} from './verbs.ts';
import { WorkingFiles } from './working-files.ts';

/** The default of gc. */
const GRACE_MS: number = 2 * 60 * 60 * 1000;
/** Of a good disk, and of a bad one. */
const SYNC_MAX_MS = 12;
const SLOW_SYNC_MAX_MS = 600;
/** Nothing that a person waits for takes longer: far above every time-out on the way. */
const VERB_MAX_MS: number = 60 * 60 * 1000;
/** Rounds of everybody with the hub after which all must agree: the first gathers, the second spreads. */
const SETTLE_ROUNDS_MAX = 6;
/** Tries to start a node whose disk fails. */
const BOOT_TRIES_MAX = 50;

export type Counts = {
  /** Verbs begun, and those that failed as they may, or were killed. */
  verbs: number;
  failed: number;
  killed: number;
  powerFailures: number;
  kills: number;
};

export class StudioWorld {
  readonly machines: readonly Machine[];
  readonly counts: Counts = { verbs: 0, failed: 0, killed: 0, powerFailures: 0, kills: 0 };
  readonly #world: World;
  readonly #network: Network;
  readonly #files = new Map<Machine, WorkingFiles>();
  /** Through which everyone agrees in the end. */
  readonly #hub: Machine;
  /** Machines on which someone works. */
  readonly studios: readonly Machine[];

  constructor(world: World, plan: Plan) {
    const { random } = world;
    this.#world = world;
    this.#network = new Network(world, () => drawLink(plan, random));
    const create = (name: string): Machine =>
      new Machine(world, {
        name,
        clockAheadMs: random.below(plan.clockRangeMs + 1),
        isJournalled: plan.isJournalled,
        syncMaxMs: plan.hasSlowDisks ? SLOW_SYNC_MAX_MS : SYNC_MAX_MS,
        graceMs: GRACE_MS,
      });
    this.studios = Array.from({ length: plan.studios }, (_, index) => create(`studio-${index}`));
    const relays = Array.from({ length: plan.relays }, (_, index) => create(`relay-${index}`));
    this.machines = [...this.studios, ...relays];
    this.#hub = relays[0]!;
    for (const machine of this.machines) {
      machine.hasBadMemory = plan.hasBadMemory && random.below(2) === 0;
      this.#files.set(machine, new WorkingFiles(random));
    }
  }

  /** Makes all repositories and starts all nodes. */
  async begin(): Promise<void> {
    for (const machine of this.machines) {
      const process = machine.spawn('init');
      await machine.create(process);
      process.exit();
      await this.boot(machine);
    }
  }

  /** Starts the node of a machine on which no process runs. */
  async boot(machine: Machine): Promise<void> {
    const { random, trace } = this.#world;
    for (let tries = 0; tries < BOOT_TRIES_MAX; tries++) {
      try {
        trace.say(`${machine.name} starts`);
        await serve(machine, { network: this.#network, random });
        return;
      } catch (error) {
        if (!isExpected(error, [machine])) throw error;
      }
    }
    throw new Violation('liveness', `${machine.name} does not start`);
  }

  /** Takes the power away, and gives it back after a while. */
  async powerFailure(machine: Machine, options: { readonly losesIndex: boolean }): Promise<void> {
    const { clock, random } = this.#world;
    this.counts.powerFailures++;
    machine.powerFailure();
    if (options.losesIndex) machine.loseIndex();
    await clock.sleep(random.below(60_000));
    await this.boot(machine);
  }

  /** Kills one process of a machine; its node is started again. */
  async kill(machine: Machine): Promise<void> {
    const { clock, random, trace } = this.#world;
    const { processes } = machine;
    const victim = processes[random.below(processes.length)];
    if (victim === undefined) return;
    this.counts.kills++;
    trace.say(`${victim.name} is killed`);
    victim.kill();
    if (!victim.name.includes('/node-')) return;
    await clock.sleep(random.below(5_000));
    await this.boot(machine);
  }

  async cut(a: Machine, b: Machine, ms: number): Promise<void> {
    this.#network.cut(a.name, b.name);
    await this.#world.clock.sleep(ms);
    this.#network.mend(a.name, b.name);
  }

  commit(machine: Machine): Promise<void> {
    const { random } = this.#world;
    const branch = random.below(2) === 0 ? MAIN : ownBranch(machine);
    const files = this.#filesOf(machine).change();
    return this.#verb(machine, 'commit', (work) => commit(work, branch, { files }));
  }

  scratch(machine: Machine): Promise<void> {
    const files = this.#filesOf(machine).change();
    return this.#verb(machine, 'scratch', (work) => scratch(work, files));
  }

  gc(machine: Machine, options: { readonly isHard: boolean }): Promise<void> {
    const gcOptions = options.isHard ? { graceMs: 0, reflogExpiryMs: 0 } : {};
    return this.#verb(machine, 'gc', (work) => gc(work, gcOptions));
  }

  fsck(machine: Machine): Promise<void> {
    return this.#verb(machine, 'fsck', fsck);
  }

  sync(machine: Machine, remote: Machine, direction: Direction): Promise<void> {
    const what = `${direction}-${remote.name}`;
    return this.#verb(machine, what, (work) => sync(work, remote, direction), remote);
  }

  async check(): Promise<void> {
    for (const machine of this.machines) {
      if (machine.isServing) await machine.watch.check();
    }
  }

  /** Good disks, good links, and everybody talks to one relay until all have the same. */
  async heal(): Promise<void> {
    const { trace } = this.#world;
    trace.say('everything is made good');
    this.#network.quality = () => GOOD_LINK;
    for (const machine of this.machines) {
      machine.faults.mood = 'well';
      machine.faults.count = 0;
      machine.hasBadMemory = false;
      // A store whose sync had failed takes no more writes until it is opened again.
      for (const process of machine.processes) process.kill();
      await this.boot(machine);
    }
    for (let round = 0; round < SETTLE_ROUNDS_MAX; round++) {
      for (const from of this.machines) {
        if (from !== this.#hub) await this.sync(from, this.#hub, 'both');
      }
      const states = await Promise.all(this.machines.map((machine) => machine.watch.sharedRefs()));
      if (new Set(states).size === 1) return;
    }
    throw new Violation('convergence', `no agreement after ${SETTLE_ROUNDS_MAX} rounds`);
  }

  /** Sweeps everything away that may be, and looks at what is left. */
  async finish(): Promise<void> {
    for (const machine of this.machines) {
      await this.gc(machine, { isHard: true });
      await this.fsck(machine);
      await machine.watch.check();
      await machine.watch.checkHistory();
    }
  }

  /** Runs a verb to its end, whatever that is. Only what the world explains may fail. */
  async #verb(
    machine: Machine,
    what: string,
    body: (work: Work) => Promise<void>,
    remote?: Machine,
  ): Promise<void> {
    const { clock, random, trace } = this.#world;
    const timer = new AbortController();
    const begun = `${machine.name} ${what}`;
    const deps = { machine, network: this.#network, random };
    this.counts.verbs++;
    const late = clock.sleep(VERB_MAX_MS, timer.signal).then(
      () => Promise.reject(new Violation('liveness', `${begun} has not ended within an hour`)),
      () => true,
    );
    late.catch(() => undefined);
    trace.say(`${begun} begins`);
    try {
      const hasEnded = await Promise.race([inProcess(deps, what, body), late]);
      if (!hasEnded) this.counts.killed++;
      trace.say(`${begun} ${hasEnded ? 'is done' : 'was killed'}`);
    } catch (error) {
      const machines = remote === undefined ? [machine] : [machine, remote];
      if (!isExpected(error, machines)) throw error;
      this.counts.failed++;
      trace.say(`${begun} fails: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      timer.abort();
    }
  }

  #filesOf(machine: Machine): WorkingFiles {
    return this.#files.get(machine)!;
  }
}

/** The branch that only this machine's person commits to. */
function ownBranch(machine: Machine): RefName {
  return branchRef(machine.name);
}
