/**
 * A process of a simulated machine. Everything it does in the world takes time and goes through `step`; once it has been
 * killed no step ends any more, so that whatever code was under way stays where it was for ever.
 */
import type { Clock } from '../../protocol/index.ts';
import type { World } from '../world.ts';

type Interruption = () => void;

/** What disks, indexes and locks know of the process that uses them. */
export interface Steps {
  readonly name: string;
  readonly isAlive: boolean;
  /** Resolves when the process has ended, in whatever way. */
  readonly ended: Promise<void>;
  /**
   * After `ms`, does `work` at once and resolves with what it returns. When the process is killed meanwhile,
   * `interrupted` is called instead: what a system call that was under way has done by then.
   */
  step<T>(
    step: { readonly what: string; readonly ms: number },
    work: () => T,
    interrupted?: Interruption,
  ): Promise<T>;
  /** What this process takes with it when it ends: locks, connections. */
  onEnd(work: () => void): void;
}

export class SimulatedProcess implements Steps, Clock {
  readonly name: string;
  readonly #world: World;
  readonly #underWay = new Set<Interruption>();
  readonly #onEnd: (() => void)[] = [];
  #isAlive = true;
  #resolveEnded!: () => void;
  readonly ended: Promise<void>;

  constructor(world: World, name: string) {
    this.#world = world;
    this.name = name;
    this.ended = new Promise((resolve) => (this.#resolveEnded = resolve));
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  async step<T>(
    { what, ms }: { readonly what: string; readonly ms: number },
    work: () => T,
    interrupted: Interruption = () => undefined,
  ): Promise<T> {
    if (!this.#isAlive) return never();
    const { clock, trace } = this.#world;
    this.#underWay.add(interrupted);
    await clock.sleep(ms);
    // Killed or ended meanwhile.
    if (!this.#underWay.delete(interrupted)) return never();
    trace.note(`${this.name} ${what}`);
    return work();
  }

  onEnd(work: () => void): void {
    this.#onEnd.push(work);
  }

  now(): number {
    return this.#world.clock.now();
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    await this.#world.clock.sleep(ms, signal);
    if (!this.#isAlive) await never();
  }

  /** Ends it as `kill -9` does. Idempotent. */
  kill(): void {
    if (!this.#isAlive) return;
    const underWay = [...this.#underWay];
    this.#underWay.clear();
    for (const interrupted of underWay) interrupted();
    this.#end();
  }

  /** It has come to its own end. */
  exit(): void {
    if (this.#isAlive) this.#end();
  }

  #end(): void {
    this.#isAlive = false;
    this.#underWay.clear();
    for (const work of this.#onEnd.splice(0)) work();
    this.#resolveEnded();
  }
}

/** Forgotten with whatever awaits it. */
function never(): Promise<never> {
  return new Promise(() => undefined);
}
