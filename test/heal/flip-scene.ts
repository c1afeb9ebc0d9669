/** A repository with something in every file, and a way to flip one bit of it and to see what the check says. */
import { cp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  add,
  careForPlainFiles,
  commit,
  createTag,
  initRepository,
  inspectIndex,
  openRepository,
  remakeIndex,
} from '../../repo/index.ts';
import { DitsError, MemoryObjectStore, type FsckReport } from '../../store/index.ts';
import { noise } from '../store/maintenance-fixture.ts';

/** Small enough that the second commit finds the first segment full. */
const LIMITS = { sizeMaxBytes: 60_000, recordsMax: 1000 };
const STORE = { segmentLimits: LIMITS, now: () => 1_750_000_000_000 };
/** LevelDB's notes to people and the files that are there to be locked carry nothing that anyone reads. */
const CARRIES_NOTHING = /^(?:locks|quarantine|tmp)\/|^index\/LO(?:CK|G(?:\.old)?)$/;

/** One bit of one file. */
export type Flip = {
  /** Below `.dits`. */
  readonly file: string;
  readonly byte: number;
  readonly bit: number;
};

/** What a check has said, in the order in which `dits fsck` asks. */
export type Verdict = {
  readonly isFound: boolean;
  readonly isMended: boolean;
  readonly report: FsckReport | undefined;
};

/** Makes the repository in `root`; resolves with what a peer has of it. */
export async function makeScene(root: string): Promise<MemoryObjectStore> {
  const { repository } = await initRepository(root, { store: STORE });
  await repository.updateConfig((settings) => {
    settings.set('user.name', 'Ada');
    settings.set('user.email', 'ada@example.org');
  });
  await record(root, repository, 'First cut', 1);
  await createTag(repository, 'v1', { message: 'Delivered' });
  await repository.close();
  // Opened again: the log of the index becomes a table.
  const again = await openRepository(root, { store: STORE });
  await record(root, again, 'Second cut', 2);
  await writeFile(join(root, 'staged.txt'), 'not committed yet\n');
  await add(again, ['staged.txt'], { cwd: root });
  const peer = new MemoryObjectStore();
  for await (const infos of again.store.objects.list()) {
    const records = await again.store.objects.getRecords(infos.map(({ id }) => id));
    await peer.putRecords(records);
  }
  await again.close();
  return peer;
}

async function record(
  root: string,
  repository: Awaited<ReturnType<typeof openRepository>>,
  message: string,
  seed: number,
): Promise<void> {
  await writeFile(join(root, `take-${seed}.mov`), noise(seed, 40_000));
  await writeFile(join(root, 'script.txt'), `${message} INT. STUDIO - NIGHT\n`.repeat(800));
  await add(repository, ['.'], { cwd: root });
  await commit(repository, { message });
}

/** Every file that carries something, with its size. */
export async function filesOf(root: string): Promise<readonly { file: string; bytes: number }[]> {
  const folder = join(root, '.dits');
  const found: { file: string; bytes: number }[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const file = path.slice(folder.length + 1);
    if (!CARRIES_NOTHING.test(file)) found.push({ file, bytes: (await readFile(path)).length });
  }
  return found.sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** A copy of `.dits` in another folder, with one bit flipped. */
export async function plant(from: string, to: string, flip: Flip | undefined): Promise<void> {
  await rm(join(to, '.dits'), { recursive: true, force: true });
  await cp(join(from, '.dits'), join(to, '.dits'), { recursive: true });
  if (flip === undefined) return;
  const path = join(to, '.dits', flip.file);
  const bytes = await readFile(path);
  bytes[flip.byte]! ^= 1 << flip.bit;
  await writeFile(path, bytes);
}

/** What `dits fsck` does, in this process; with a peer, what `dits fsck --repair` does. */
export async function check(root: string, peer?: MemoryObjectStore): Promise<Verdict> {
  const repair = peer !== undefined;
  try {
    const early = await careForPlainFiles(join(root, '.dits'), { repair });
    await using repository = await openRepository(root, { store: STORE });
    const index = await inspectIndex(repository, { repair });
    const report = await repository.store.fsck({
      extraRoots: index.staged,
      ...(repair ? { repairFrom: (ids) => offered(peer, ids) } : {}),
    });
    let { problem } = index;
    if (repair && problem !== undefined && problem.mended === undefined) {
      problem = await remakeIndex(repository, problem);
    }
    const files = problem === undefined ? early : [...early, problem];
    const isMended = report.ok && files.every(({ mended }) => mended !== undefined);
    return { isFound: isDamaged(report) || files.length > 0, isMended, report };
  } catch (error) {
    if (!(error instanceof DitsError)) throw error;
    return { isFound: true, isMended: false, report: undefined };
  }
}

function isDamaged({ corrupt, indexDamage, refsProblem, missing }: FsckReport): boolean {
  return corrupt.length + indexDamage.length + missing.length > 0 || refsProblem !== undefined;
}

async function offered(
  peer: MemoryObjectStore,
  ids: Parameters<MemoryObjectStore['has']>[0],
): ReturnType<MemoryObjectStore['getRecords']> {
  const held = await peer.has(ids);
  return await peer.getRecords(ids.filter((_, at) => held[at]));
}
