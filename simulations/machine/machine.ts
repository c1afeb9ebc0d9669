/**
 * A machine with one repository on its disk: processes come and go, one of them serves the others; the power can fail.
 */
import {
  createStoreOf,
  openStoreOf,
  type LocationIndex,
  type LockMode,
  type ObjectRecord,
  type Store,
  type StoreParts,
} from '../../store/index.ts';
import { RepositoryWatch } from '../checks/repository-watch.ts';
import { DiskFaults } from '../disk/disk-faults.ts';
import { drawFailureStyle } from '../disk/power-failure.ts';
import { ProcessFiles } from '../disk/process-files.ts';
import { IndexContent, ProcessIndex } from '../disk/simulated-index.ts';
import { SimulatedFolder } from '../disk/simulated-folder.ts';
import { SimulatedLocks } from '../disk/simulated-locks.ts';
import { snapshotParts } from '../disk/snapshot-parts.ts';
import { EPOCH_MS, type World } from '../world.ts';
import { SimulatedProcess } from './simulated-process.ts';

/** Small enough that a run seals and compacts some. */
const SEGMENT_SIZE_MAX_BYTES: number = 48 * 1024;
const SEGMENT_RECORDS_MAX = 40;
/** As on a real disk. */
const HOLD_TIMEOUT_MS = 60_000;
const REFS_TIMEOUT_MS = 10_000;

/** One record in so many goes wrong in bad memory. */
const BAD_MEMORY_ONE_IN = 100;

export type MachineOptions = {
  readonly name: string;
  /** Milliseconds that its clock is ahead of the others. */
  readonly clockAheadMs: number;
  /** As `ProcessFilesDeps.isJournalled`. */
  readonly isJournalled: boolean;
  /** As `ProcessFilesDeps.syncMaxMs`. */
  readonly syncMaxMs: number;
  /** Objects younger than this must survive any gc. */
  readonly graceMs: number;
};

export class Machine {
  readonly name: string;
  readonly watch: RepositoryWatch;
  readonly faults: DiskFaults;
  readonly #world: World;
  readonly #options: MachineOptions;
  readonly #segments = new SimulatedFolder();
  readonly #files = new SimulatedFolder();
  readonly #index = new IndexContent();
  readonly #processes = new Set<SimulatedProcess>();
  #locks = new SimulatedLocks();
  #processCount = 0;
  /** Bits of what it sends flip at times. */
  hasBadMemory = false;
  /** Its node has recovered the store and runs. */
  isServing = false;

  constructor(world: World, options: MachineOptions) {
    this.#world = world;
    this.#options = options;
    this.name = options.name;
    this.faults = new DiskFaults(world.random);
    this.watch = new RepositoryWatch({
      name: options.name,
      snapshot: (moment) => this.snapshot(moment),
      wallMs: () => this.wallMs(),
      graceMs: options.graceMs,
      report: (problem) => world.problems.push(problem),
    });
  }

  /** The machine's wall clock. */
  wallMs(): number {
    return EPOCH_MS + this.#world.clock.now() + this.#options.clockAheadMs;
  }

  /** What becomes of a record between its disk and its link. */
  readonly damage = (record: ObjectRecord): ObjectRecord => {
    const { random, trace } = this.#world;
    if (!this.hasBadMemory || record.stored.length === 0) return record;
    if (random.below(BAD_MEMORY_ONE_IN) > 0) return record;
    trace.say(`${this.name} sends ${record.id} with a wrong bit`);
    const stored = Buffer.from(record.stored);
    const at = random.below(stored.length);
    stored.writeUInt8(stored.readUInt8(at) ^ (1 << random.below(8)), at);
    return { ...record, stored };
  };

  /** Processes that run. */
  get processes(): readonly SimulatedProcess[] {
    return [...this.#processes];
  }

  /** Ids of all objects that the index has now. */
  heldIds(): ReadonlySet<string> {
    return new Set(this.#index.entries.keys());
  }

  spawn(what: string): SimulatedProcess {
    const process = new SimulatedProcess(
      this.#world,
      `${this.name}/${what}-${++this.#processCount}`,
    );
    this.#processes.add(process);
    process.onEnd(() => this.#processes.delete(process));
    return process;
  }

  /** Makes the repository, when the machine is new. */
  async create(process: SimulatedProcess): Promise<void> {
    const store = await createStoreOf(this.#parts(process));
    await store.close();
  }

  open(process: SimulatedProcess): Store {
    return openStoreOf(this.#parts(process));
  }

  /** Every process ends, and with it whatever the disk did not have yet. */
  powerFailure(): void {
    const { random, trace } = this.#world;
    for (const process of this.processes) process.kill();
    const style = drawFailureStyle(random);
    trace.say(`${this.name} loses power: of what was not synced, ${style} survives`);
    this.#segments.powerFailure(style, random);
    this.#files.powerFailure(style, random);
    this.#index.leadership = undefined;
    this.#locks = new SimulatedLocks();
  }

  /** The index is gone, as when someone removes its damaged folder. No process may run. */
  loseIndex(): void {
    this.#world.trace.say(`${this.name} has lost its index`);
    this.#index.clear();
    this.watch.swept();
  }

  #parts(process: SimulatedProcess): StoreParts {
    const { random, trace } = this.#world;
    const { isJournalled, syncMaxMs } = this.#options;
    const shared = {
      process,
      faults: this.faults,
      random,
      isJournalled,
      syncMaxMs,
      wallMs: () => this.wallMs(),
    };
    const take = (name: string, mode: LockMode, wait: Wait): ReturnType<SimulatedLocks['take']> =>
      this.#locks.take(process, { name, mode, ...wait });
    return {
      directory: this.name,
      segments: new ProcessFiles({ ...shared, folder: this.#segments, path: 'segments' }),
      files: new ProcessFiles({ ...shared, folder: this.#files, path: '.' }),
      shareIndex: (recover: (index: LocationIndex) => Promise<void>) =>
        new ProcessIndex({ content: this.#index, process, random, recover }),
      hold: (mode, signal) => take('hold', mode, { timeoutMs: HOLD_TIMEOUT_MS, signal }),
      lockRefs: () => take('refs', 'exclusive', { timeoutMs: REFS_TIMEOUT_MS }),
      quarantine: (name) => {
        trace.say(`${process.name} puts ${name} aside`);
        return Promise.resolve();
      },
      now: () => this.wallMs(),
      random: (count) => random.bytes(count),
      limits: { sizeMaxBytes: SEGMENT_SIZE_MAX_BYTES, recordsMax: SEGMENT_RECORDS_MAX },
      logger: (event) => trace.note(`${process.name} ${event}`),
    };
  }

  /** Everything on the disk, to look at. */
  snapshot(moment: 'now' | 'power-failure'): StoreParts {
    return snapshotParts({
      segments: this.#segments.snapshot(moment),
      files: this.#files.snapshot(moment),
      index: this.#index,
    });
  }
}

type Wait = { readonly timeoutMs: number; readonly signal?: AbortSignal | undefined };
