/** What a person does with a repository: the verbs of the command line, each as one process of a machine. */
import {
  StoreError,
  branchRef,
  isAncestor,
  type CommitId,
  type GcOptions,
  type ObjectId,
  type Ref,
  type RefName,
} from '../../store/index.ts';
import {
  completeAndUpdateRefs,
  connectSession,
  type RemoteRepository,
  type RequestedChange,
  type WireRef,
} from '../../protocol/index.ts';
import { observe, type ObservedStore } from '../checks/observed-store.ts';
import type { Machine } from '../machine/machine.ts';
import type { SimulatedProcess } from '../machine/simulated-process.ts';
import type { Network } from '../network/network.ts';
import { putCommit } from '../sample-repository.ts';
import type { SeededRandom } from '../seeded-random.ts';
import { Violation } from '../world.ts';
import { REPOSITORY_NAME } from './serving.ts';
import { TransferWatch } from '../checks/transfer-watch.ts';

/** The branch that everyone commits to. */
export const MAIN: RefName = branchRef('main');
/** Branches that nobody else is given: they come and go, and leave work for gc. */
const SCRATCH = 'refs/heads/scratch/';

/** One process that works on its machine's repository. */
export type Work = {
  readonly machine: Machine;
  readonly process: SimulatedProcess;
  readonly store: ObservedStore;
  readonly network: Network;
  readonly random: SeededRandom;
};

export type WorkDeps = Omit<Work, 'store' | 'process'>;

/** Opens the store in a new process, does the work and ends. Resolves with false when the process was killed. */
export async function inProcess(
  deps: WorkDeps,
  what: string,
  body: (work: Work) => Promise<void>,
): Promise<boolean> {
  const { machine } = deps;
  const process = machine.spawn(what);
  const store = machine.open(process);
  const work = { ...deps, process, store: observe(store, machine) };
  const run = async (): Promise<boolean> => {
    try {
      await body(work);
    } finally {
      await store.close();
    }
    return true;
  };
  try {
    return await Promise.race([run(), process.ended.then(() => false)]);
  } finally {
    process.exit();
  }
}

/** Records these files on a branch, and joins other commits to it. */
export async function commit(
  { machine, process, store }: Work,
  branch: RefName,
  given: {
    readonly files: Readonly<Record<string, Uint8Array>>;
    readonly others?: readonly CommitId[];
  },
): Promise<void> {
  const { objects, refs } = store;
  const release = await store.hold();
  try {
    const old = (await refs.get(branch)) as CommitId | undefined;
    const { files, others = [] } = given;
    const parents = [...(old === undefined ? [] : [old]), ...others.filter((id) => id !== old)];
    const timeMs = Math.floor(machine.wallMs());
    const id = await putCommit(objects, { files, parents, timeMs, message: process.name });
    await objects.flush();
    await refs.update([{ name: branch, expected: old ?? null, target: id }], {
      actor: process.name,
      reason: 'commit',
    });
  } finally {
    await release();
  }
}

/** Makes a branch of its own for this commit, or deletes the oldest one: garbage for gc. */
export async function scratch(
  work: Work,
  files: Readonly<Record<string, Uint8Array>>,
): Promise<void> {
  const { process, store, random } = work;
  const held = (await store.refs.list()).filter(({ name }) => name.startsWith(SCRATCH));
  const [oldest] = held;
  if (oldest === undefined || random.below(2) === 0) {
    await commit(work, branchRef(`scratch/${process.name.replaceAll('/', '-')}`), { files });
    return;
  }
  const change = { name: oldest.name, expected: oldest.target, target: null };
  await store.refs.update([change], { actor: process.name, reason: 'delete' });
}

export async function gc({ machine, process }: Work, options: GcOptions): Promise<void> {
  const store = machine.open(process);
  try {
    await machine.watch.sweeping(process, options.graceMs, () => store.gc(options));
  } finally {
    await store.close();
  }
}

/** What is on the disk must be whole, whatever happened to the machine. */
export async function fsck({ machine, process, random }: Work): Promise<void> {
  const store = machine.open(process);
  try {
    const report = await store.fsck({ repair: random.below(2) === 0 });
    if (!report.ok || report.corrupt.length > 0) {
      const { corrupt, missing, refsProblem } = report;
      const found = JSON.stringify({ corrupt, missing, refsProblem });
      throw new Violation('damage', `fsck of ${machine.name} found ${found}`);
    }
  } finally {
    await store.close();
  }
}

/** `hasty`: asks for refs to be moved to what the other side may not have. */
export type Direction = 'pull' | 'push' | 'both' | 'hasty';

/** Brings what another machine has, and sends what it lacks; or one of the two. */
export async function sync(work: Work, remote: Machine, direction: Direction): Promise<void> {
  const { process, network, machine } = work;
  const connection = await network.dial(process, { from: machine.name, to: remote.name });
  const session = await connectSession(connection, { clock: process }, { software: 'simulation' });
  try {
    const repository = await session.openRepository(REPOSITORY_NAME, { access: 'write' });
    const release = await work.store.hold();
    try {
      if (direction === 'pull' || direction === 'both') await pull(work, repository, remote);
      if (direction === 'push' || direction === 'both') await push(work, repository, remote);
      if (direction === 'hasty') await pushHastily(work, repository, remote);
    } finally {
      await release();
    }
  } finally {
    await session.close();
  }
}

async function pull(work: Work, remote: RemoteRepository, source: Machine): Promise<void> {
  const { process, store, machine } = work;
  const { objects, refs } = store;
  const theirs = shared((await remote.listRefs()).refs);
  const ours = new Map<string, ObjectId>((await refs.list()).map((ref) => [ref.name, ref.target]));
  const news = theirs.filter((ref) => ours.get(ref.name) !== ref.target);
  if (news.length === 0) return;
  const wants = news.map((ref) => ref.target);
  const watch = await TransferWatch.begin({ source, sink: machine, wants });
  const report = await remote.pull({ store: objects, wants, haves: [...ours.values()] });
  await watch.ended(report);
  const changes = news.map((ref): RequestedChange => {
    return { name: ref.name, old: ours.get(ref.name) ?? null, new: ref.target, force: false };
  });
  const results = await completeAndUpdateRefs(store, changes, {
    context: { actor: process.name, reason: 'pull' },
    names: 'any',
  });
  if (results.some(({ result }) => result === 'incomplete' || result === 'denied')) {
    const found = results.map((one) => `${one.name} ${one.result} ${one.message}`).join(', ');
    throw new Violation('incomplete-pull', `${machine.name} from ${source.name}: ${found}`);
  }
  const main = news.find((ref) => ref.name === MAIN);
  const isApart = results.some(
    ({ name, result }) => name === MAIN && result === 'rejected-non-fast-forward',
  );
  if (main !== undefined && isApart) await join(work, main.target as CommitId);
}

/** A commit with both sides as parents, unless ours contains theirs already. */
async function join(work: Work, theirs: CommitId): Promise<void> {
  const { objects, refs } = work.store;
  const ours = (await refs.get(MAIN)) as CommitId | undefined;
  if (ours !== undefined && (await isAncestor(objects, theirs, ours))) return;
  try {
    await commit(work, MAIN, {
      files: { joined: Buffer.from(work.process.name) },
      others: [theirs],
    });
  } catch (error) {
    // Someone else moved it in between: the next pull joins.
    if (!(error instanceof StoreError) || error.code !== 'DITS_STORE_REF_CHANGED') throw error;
  }
}

async function push(work: Work, remote: RemoteRepository, sink: Machine): Promise<void> {
  const { store, machine } = work;
  const theirs = new Map<string, ObjectId>(
    (await remote.listRefs()).refs.map((ref) => [ref.name, ref.target]),
  );
  const news = shared(await store.refs.list()).filter((ref) => theirs.get(ref.name) !== ref.target);
  if (news.length === 0) return;
  const wants = news.map((ref) => ref.target);
  // An index that was lost is made again by the first question; the watch below asks none.
  await store.objects.count();
  const isSwept = sink.watch.noteSweeps();
  const watch = await TransferWatch.begin({ source: machine, sink, wants });
  const haves = [...theirs.values()];
  const report = await remote.push({ store: store.objects, wants, haves });
  await watch.ended(report);
  const changes = news.map((ref) => {
    return { name: ref.name, old: theirs.get(ref.name) ?? null, new: ref.target, force: false };
  });
  const results = await remote.updateRefs(changes);
  for (const [at, { name, result, message }] of results.entries()) {
    const { old, new: target } = changes[at]!;
    const isMoved = result === 'created' || result === 'updated';
    if (isMoved) sink.watch.history.acknowledged(name as RefName, old, target);
    // What was there already, and old, may be swept between the transfer and the move: the next push sends it.
    if ((result === 'incomplete' && !isSwept()) || result === 'denied') {
      throw new Violation('incomplete-push', `${name} to ${sink.name}: ${result} ${message}`);
    }
  }
}

/** The refs alone: where something is missing they must stay, and where nothing is they may move. */
async function pushHastily(work: Work, remote: RemoteRepository, sink: Machine): Promise<void> {
  const theirs = new Map<string, ObjectId>(
    (await remote.listRefs()).refs.map((ref) => [ref.name, ref.target]),
  );
  const changes = shared(await work.store.refs.list())
    .filter((ref) => theirs.get(ref.name) !== ref.target)
    .map(({ name, target }) => {
      return { name, old: theirs.get(name) ?? null, new: target, force: false };
    });
  if (changes.length === 0) return;
  const results = await remote.updateRefs(changes);
  for (const [at, { name, result }] of results.entries()) {
    const { old, new: target } = changes[at]!;
    const isMoved = result === 'created' || result === 'updated';
    if (isMoved) sink.watch.history.acknowledged(name as RefName, old, target);
  }
}

/** Without what is nobody else's business. */
function shared<R extends Ref | WireRef>(refs: readonly R[]): R[] {
  return refs.filter(({ name }) => name.startsWith('refs/heads/') && !name.startsWith(SCRATCH));
}
