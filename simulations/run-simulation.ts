/**
 * One history: machines with disks that lose what was not synced, links that break, people who commit, push and pull at
 * the same time. Then everything is good again, and all must agree. What must hold is in docs/simulation.md.
 */
import type { Machine } from './machine/machine.ts';
import { drawPlan, type Plan } from './scenario/plan.ts';
import { StudioWorld } from './scenario/studio-world.ts';
import { SeededRandom } from './seeded-random.ts';
import { Trace } from './trace.ts';
import { VirtualClock } from './virtual-clock.ts';
import { Violation, type World } from './world.ts';

export type SimulationReport = {
  readonly seed: number;
  readonly machines: number;
  readonly verbs: number;
  /** Verbs that failed as they may. */
  readonly failed: number;
  /** Verbs that were killed in the middle. */
  readonly killed: number;
  readonly powerFailures: number;
  readonly kills: number;
  /** Objects that a machine holds in the end. */
  readonly objects: number;
  /** Steps of all processes. */
  readonly events: number;
  /** Two runs with the same went the same way. */
  readonly trace: string;
  /** Simulated milliseconds. */
  readonly virtualMs: number;
};

/** A run that failed. */
export class SimulationFailure extends Error {
  readonly seed: number;
  /** The invariant that was broken, or `error`. */
  readonly invariant: string;
  /** What happened before. */
  readonly lines: readonly string[];

  constructor(seed: number, cause: unknown, lines: readonly string[]) {
    const what = cause instanceof Error ? cause.message : String(cause);
    super(`the history of seed ${seed} went wrong: ${what}`, { cause });
    this.seed = seed;
    this.invariant = cause instanceof Violation ? cause.invariant : 'error';
    this.lines = lines;
  }
}

/** Verbs under way at the same time, at most. */
const CONCURRENT_MAX = 5;
/** Between two turns, at most; most turns follow each other at once. */
const TURN_MAX_MS = 400;
const HOUR_MS: number = 60 * 60 * 1000;

/** Runs one history. `tell` is given what happens, for people. @throws SimulationFailure */
export async function runSimulation(
  seed: number,
  tell?: (line: string) => void,
): Promise<SimulationReport> {
  const clock = new VirtualClock({ idleTurns: 1 });
  const trace = new Trace(clock, tell);
  const world: World = { clock, trace, random: new SeededRandom(seed), problems: [] };
  try {
    return await clock.run(() => new History(seed, world).run());
  } catch (cause) {
    throw new SimulationFailure(seed, world.problems[0] ?? cause, trace.lines);
  }
}

type Event = () => Promise<void>;

class History {
  readonly #seed: number;
  readonly #world: World;
  readonly #plan: Plan;
  readonly #studios: StudioWorld;
  readonly #underWay = new Set<Promise<void>>();

  constructor(seed: number, world: World) {
    this.#seed = seed;
    this.#world = world;
    this.#plan = drawPlan(world.random);
    this.#studios = new StudioWorld(world, this.#plan);
  }

  async run(): Promise<SimulationReport> {
    const { clock, random, trace } = this.#world;
    await this.#studios.begin();
    for (let turn = 0; turn < this.#plan.turns; turn++) {
      this.#start(this.#drawEvent());
      while (this.#underWay.size >= CONCURRENT_MAX) await Promise.race(this.#underWay);
      await clock.sleep(random.below(3) === 0 ? random.below(TURN_MAX_MS) : random.below(10));
      this.#throwProblem();
      if (turn % 10 === 9) await this.#studios.check();
      if (this.#plan.hasPauses && random.below(12) === 0) await this.#pause();
    }
    await this.#settled();
    await this.#studios.heal();
    await this.#studios.finish();
    this.#throwProblem();
    const { machines, counts } = this.#studios;
    return {
      seed: this.#seed,
      machines: machines.length,
      ...counts,
      objects: machines[0]?.heldIds().size ?? 0,
      events: trace.count,
      trace: trace.hash,
      virtualMs: Math.round(clock.now()),
    };
  }

  #start(event: Event): void {
    const running: Promise<void> = event()
      .catch((error: unknown) => {
        this.#world.problems.push(error);
      })
      .finally(() => this.#underWay.delete(running));
    this.#underWay.add(running);
  }

  async #settled(): Promise<void> {
    await Promise.all(this.#underWay);
    this.#throwProblem();
  }

  #throwProblem(): void {
    const [problem] = this.#world.problems;
    if (problem !== undefined) throw problem as Error;
  }

  /** Hours in which nobody does anything: what was young is old afterwards. */
  async #pause(): Promise<void> {
    await this.#settled();
    await this.#world.clock.sleep(3 * HOUR_MS);
    await this.#studios.check();
  }

  /** What people do, and what befalls them. */
  #drawEvent(): Event {
    const { random } = this.#world;
    const kind = random.below(20);
    if (kind < 7) return this.#drawSync();
    if (kind < 12) return () => this.#studios.commit(this.#pick(this.#studios.studios));
    if (kind < 14) return this.#drawUpkeep();
    return this.#drawTrouble();
  }

  #drawSync(): Event {
    const { random } = this.#world;
    const from = this.#pick(this.#studios.studios);
    const others = this.#studios.machines.filter((machine) => machine !== from);
    const to = this.#pick(others);
    const kinds = ['both', 'pull', 'push', this.#plan.hasHastyPushes ? 'hasty' : 'both'] as const;
    const direction = kinds[random.below(kinds.length)]!;
    const once = (): Promise<void> => this.#studios.sync(from, to, direction);
    if (!this.#plan.hasDoubles || random.below(4) > 0) return once;
    return async () => {
      await Promise.all([once(), once()]);
    };
  }

  #drawUpkeep(): Event {
    const { random } = this.#world;
    const { hasGc, hasHardGc, hasFsck } = this.#plan;
    const machine = this.#pick(this.#studios.machines);
    const kind = random.below(4);
    if (kind === 0 && hasFsck) return () => this.#studios.fsck(machine);
    if (kind === 1) return () => this.#studios.scratch(this.#pick(this.#studios.studios));
    if (!hasGc) return nothing;
    return () => this.#studios.gc(machine, { isHard: hasHardGc && random.below(2) === 0 });
  }

  #drawTrouble(): Event {
    const { random } = this.#world;
    const machine = this.#pick(this.#studios.machines);
    const { hasKills, hasPowerFailures, hasCuts, losesIndexes } = this.#plan;
    switch (random.below(5)) {
      case 0:
        return hasKills ? () => this.#studios.kill(machine) : nothing;
      case 1:
        if (!hasPowerFailures) return nothing;
        return () => {
          const losesIndex = losesIndexes && random.below(3) === 0;
          return this.#studios.powerFailure(machine, { losesIndex });
        };
      case 2: {
        const other = this.#pick(this.#studios.machines);
        if (!hasCuts || other === machine) return nothing;
        return () => this.#studios.cut(machine, other, random.below(20_000));
      }
      default:
        return () => this.#changeMood(machine);
    }
  }

  /** A disk gets full or bad, and good again after a while. */
  async #changeMood(machine: Machine): Promise<void> {
    const { clock, random } = this.#world;
    const { hasFullDisks, hasFailingDisks } = this.#plan;
    const moods = [hasFullDisks ? 'full' : 'well', hasFailingDisks ? 'failing' : 'well'] as const;
    machine.faults.mood = moods[random.below(moods.length)]!;
    await clock.sleep(random.below(2_000));
    machine.faults.mood = 'well';
  }

  #pick<T>(things: readonly T[]): T {
    return things[this.#world.random.below(things.length)]!;
  }
}

function nothing(): Promise<void> {
  return Promise.resolve();
}
