/**
 * The states that a disk may be in when its machine stops at one moment: what was synced for certain, and of the rest
 * all, nothing, some of it in any order, torn at sectors, as zeros, cut short, or with a flipped bit. After "All File
 * Systems Are Not Created Equal" (Pillai and others, OSDI 2014).
 */
import type { SeededRandom } from '../../simulations/index.ts';
import type { DiskImage } from './disk-image.ts';
import type { DiskModel, UnsyncedView } from './disk-model.ts';
import type { Change } from './file-tree.ts';

/** What a disk writes as a whole. */
const SECTOR_BYTES = 512;
/** Random states of each model of names, at each moment. */
const REORDERED_COUNT = 3;

export type CrashState = {
  /** How it came about: `arrived` is what a killed process leaves, everything else a loss of power. */
  readonly variant: string;
  readonly image: () => DiskImage;
};

type DataChange = Extract<Change, { kind: 'data' }>;
/** What becomes of a change that no sync made certain; undefined: it is lost. */
type Fate = (change: Change) => Change | undefined;

/** All states after the last change of the model. The random numbers must be drawn for this moment alone. */
export function crashStates(
  model: DiskModel,
  last: Change | undefined,
  random: SeededRandom,
): CrashState[] {
  const [free, journalled] = model.views as readonly [UnsyncedView, UnsyncedView];
  const states: CrashState[] = [{ variant: 'arrived', image: () => model.now.image() }];
  const add = (variant: string, view: UnsyncedView, fate: Fate): void => {
    // Decided now, so that a state that is skipped changes none of the others.
    const changes = view.pending.map(fate).filter((change) => change !== undefined);
    states.push({ variant, image: () => composed(view, changes) });
  };
  if (free.pending.length === 0) return states;
  add('synced-free', free, () => undefined);
  add('synced-journalled', journalled, () => undefined);
  add('names-without-data', journalled, (change) => (change.kind === 'names' ? change : undefined));
  const writes = free.pending.filter((change) => change.kind === 'data');
  if (writes.length > 0) {
    add('zeros', journalled, (change) => (change.kind === 'data' ? zeros(change) : change));
    const flipped = pick(writes, random);
    add('flip', journalled, (change) => (change === flipped ? flip(flipped, random) : change));
    const short = pick(writes, random);
    const hits = (change: Change): boolean => change === short;
    add('short', journalled, (change) => (hits(change) ? cut(short, random) : change));
    const { inode } = pick(writes, random);
    add('file-without-data', journalled, (change) =>
      change.kind === 'data' && change.inode === inode ? undefined : change,
    );
  }
  if (last?.kind === 'data') {
    add('torn', journalled, (change) => (change === last ? torn(last, random) : change));
    add('scattered', journalled, (change) => (change === last ? scattered(last, random) : change));
  }
  for (let count = 1; count <= REORDERED_COUNT; count += 1) {
    add(`reordered-free-${count}`, free, anyFate(random));
    add(`reordered-journalled-${count}`, journalled, orderedNames(journalled, random));
  }
  return states;
}

function composed(view: UnsyncedView, changes: readonly Change[]): DiskImage {
  const tree = view.certain.copy();
  for (const change of changes) tree.apply(change);
  return tree.image();
}

/** Each change for itself: there, lost, or damaged. How likely it is to be there differs from state to state. */
function anyFate(random: SeededRandom): Fate {
  const arrives = random.next();
  return (change) => {
    const isThere = random.next() < arrives;
    if (change.kind === 'data') return isThere ? damaged(change, random) : undefined;
    return isThere ? change : undefined;
  };
}

/** Data as with `anyFate`; of the names those up to some moment. */
function orderedNames(view: UnsyncedView, random: SeededRandom): Fate {
  const anyData = anyFate(random);
  const names = view.pending.filter(({ kind }) => kind === 'names');
  const arrived = new Set<Change>(names.slice(0, random.below(names.length + 1)));
  return (change) => {
    if (change.kind !== 'names') return anyData(change);
    return arrived.has(change) ? change : undefined;
  };
}

/** Most writes that arrive are whole. */
function damaged(change: DataChange, random: SeededRandom): Change | undefined {
  switch (random.below(10)) {
    case 0:
      return torn(change, random);
    case 1:
      return scattered(change, random);
    case 2:
      return flip(change, random);
    case 3:
      return zeros(change);
    default:
      return change;
  }
}

function zeros(change: DataChange): DataChange {
  return { ...change, data: Buffer.alloc(change.data.length) };
}

function flip(change: DataChange, random: SeededRandom): DataChange {
  const data = Buffer.from(change.data);
  const at = random.below(data.length);
  data[at] = data[at]! ^ (1 << random.below(8));
  return { ...change, data };
}

/** Any number of its bytes from the start, as when only some of the size arrived. */
function cut(change: DataChange, random: SeededRandom): DataChange {
  return { ...change, data: change.data.subarray(0, random.below(change.data.length)) };
}

/** The sectors up to one of them. */
function torn(change: DataChange, random: SeededRandom): DataChange {
  const first = SECTOR_BYTES - (change.offset % SECTOR_BYTES);
  const boundaries = Math.max(0, Math.ceil((change.data.length - first) / SECTOR_BYTES));
  const count = random.below(boundaries + 1);
  const kept = count === 0 ? 0 : first + (count - 1) * SECTOR_BYTES;
  return { ...change, data: change.data.subarray(0, kept) };
}

/** Some of its sectors, zeros for the others: the file has its size. */
function scattered(change: DataChange, random: SeededRandom): DataChange {
  const data = Buffer.from(change.data);
  let start = 0;
  let end = SECTOR_BYTES - (change.offset % SECTOR_BYTES);
  while (start < data.length) {
    if (random.below(2) === 0) data.fill(0, start, Math.min(end, data.length));
    start = end;
    end += SECTOR_BYTES;
  }
  return { ...change, data };
}

function pick<T>(from: readonly T[], random: SeededRandom): T {
  return from[random.below(from.length)]!;
}
