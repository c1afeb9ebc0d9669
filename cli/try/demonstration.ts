/**
 * The demonstration of `dits try`: two machines and a relay, each with its own DITS_HOME and processes, sync a project
 * over the network of this computer, change it, and sync again. Every byte is compared after every round.
 */
import { cp, lstat, mkdir } from 'node:fs/promises';
import { constants } from 'node:fs';
import { basename, join } from 'node:path';

import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { changeProject, type ProjectChange } from './change-project.ts';
import type { ChildDits, JsonObject, Machine } from './child-dits.ts';
import { differences, listFolder, type FolderFile } from './folder-files.ts';
import { writeSampleProject } from './sample-project.ts';

/** What moved in one round. */
export type Round = {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** Bytes of the files concerned. */
  readonly logicalBytes: number;
  /** Bytes of objects that travelled. */
  readonly movedBytes: number;
  /** Everything that crossed the network, both ways, framing included. */
  readonly wireBytes: number;
  /** Bytes that did not have to travel. */
  readonly savedBytes: number;
  readonly elapsedMs: number;
  readonly path: string;
  /** Whether the files were compared after this round, and how many. */
  readonly verifiedFiles: number;
};

type Listener = {
  readonly onPhase: (phase: string) => void;
  readonly onRound: (round: Round) => void;
  readonly onChanges: (changes: readonly ProjectChange[]) => void;
};

/** Name of the repository on the relay. */
const REPOSITORY = 'demo';

export type DemonstrationDeps = {
  readonly children: ChildDits;
  readonly listener: Listener;
  readonly context: Pick<CommandContext, 'signal'>;
};

/** Runs it in `folder`, which must be empty, on a copy of `source` or on the sample. */
export async function demonstrate(
  deps: DemonstrationDeps,
  folder: string,
  source: string | undefined,
): Promise<readonly Round[]> {
  const relay = await makeMachine(folder, 'relay');
  const left = await makeMachine(folder, 'a');
  const right = await makeMachine(folder, 'b');
  const address = await startRelay(deps, relay, [left, right]);
  const rounds: Round[] = [];
  const finish = (round: Round): void => {
    rounds.push(round);
    deps.listener.onRound(round);
  };

  deps.listener.onPhase(source === undefined ? 'making a sample project' : 'copying the project');
  await fill(left.folder, source, deps.context.signal);
  deps.listener.onPhase('taking the files in on a');
  await record(deps, left, 'The project as it was');
  await deps.children.run(left, ['remote', 'add', 'origin', address]);
  finish(await push(deps, 'first push', left));
  finish(await bring(deps, 'first clone', [left, right], ['clone', address, '.']));

  const changes = await changeProject(
    right.folder,
    await listFolder(right.folder, deps.context.signal),
  );
  deps.listener.onChanges(changes);
  await record(deps, right, 'The project after the changes');
  finish(await push(deps, 'push of the changes', right));
  finish(await bring(deps, 'pull of the changes', [right, left], ['pull']));
  finish(await bring(deps, 'pull with nothing new', [right, left], ['pull']));
  return rounds;
}

async function makeMachine(folder: string, name: string): Promise<Machine> {
  const machine = { name, home: join(folder, `${name}-home`), folder: join(folder, name) };
  await mkdir(machine.folder);
  return machine;
}

async function startRelay(
  { children, listener }: DemonstrationDeps,
  relay: Machine,
  peers: readonly Machine[],
): Promise<string> {
  listener.onPhase('starting a relay');
  for (const peer of peers) {
    const { peerId } = await children.run(peer, ['id']);
    await children.run(relay, [
      ...['peer', 'add', String(peerId)],
      ...['--name', peer.name, '--access', 'write'],
    ]);
  }
  const ready = await children.start(relay, [
    ...['node', 'start', '--relay', '--create'],
    ...['--listen', '127.0.0.1:0', '--data', relay.folder],
  ]);
  const [address] = Array.isArray(ready['addresses']) ? ready['addresses'].map(String) : [];
  if (address === undefined) {
    throw new CliError('DITS_CLI_TRY_FAILED', 'the relay did not say where it listens');
  }
  return `${address.replace(/\/$/, '')}/${REPOSITORY}`;
}

async function fill(
  folder: string,
  source: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  if (source === undefined) {
    await writeSampleProject(folder, signal);
    return;
  }
  const isFolder = (await lstat(source)).isDirectory();
  await cp(source, isFolder ? folder : join(folder, basename(source)), {
    recursive: true,
    verbatimSymlinks: true,
    preserveTimestamps: true,
    // A second reference to the same blocks, on file systems that can.
    mode: constants.COPYFILE_FICLONE,
    filter: async (path) => {
      signal.throwIfAborted();
      return basename(path) !== '.dits' && isCopied(await lstat(path));
    },
  });
}

function isCopied(stats: Awaited<ReturnType<typeof lstat>>): boolean {
  return stats.isFile() || stats.isDirectory() || stats.isSymbolicLink();
}

async function record(
  { children }: DemonstrationDeps,
  machine: Machine,
  message: string,
): Promise<void> {
  // The second machine has its repository from the clone.
  if (machine.name === 'a') await children.run(machine, ['init']);
  await children.run(machine, ['config', 'set', 'user.name', `Machine ${machine.name}`]);
  await children.run(machine, ['add', '-A']);
  await children.run(machine, ['commit', '-m', message]);
}

async function push(
  { children, listener }: DemonstrationDeps,
  name: string,
  machine: Machine,
): Promise<Round> {
  listener.onPhase(name);
  const result = await children.run(machine, ['push', 'origin', 'main']);
  return roundOf({ name, from: machine.name, to: 'relay', result, verifiedFiles: 0 });
}

async function bring(
  { children, listener, context }: DemonstrationDeps,
  name: string,
  [origin, target]: readonly [Machine, Machine],
  words: readonly string[],
): Promise<Round> {
  listener.onPhase(name);
  const result = await children.run(target, words);
  listener.onPhase('comparing every byte');
  const verifiedFiles = await compare(origin, target, context.signal);
  return roundOf({ name, from: 'relay', to: target.name, result, verifiedFiles });
}

async function compare(left: Machine, right: Machine, signal: AbortSignal): Promise<number> {
  const [expected, actual] = await Promise.all([
    listFolder(left.folder, signal),
    listFolder(right.folder, signal),
  ]);
  const [first, ...others] = differences(expected, actual);
  if (first === undefined) return countOf(expected);
  throw new CliError(
    'DITS_CLI_TRY_FAILED',
    `${first} is not the same on ${left.name} and ${right.name} (and ${others.length} more)`,
  );
}

function countOf(files: readonly FolderFile[]): number {
  return files.length;
}

type RoundFacts = Pick<Round, 'name' | 'from' | 'to' | 'verifiedFiles'> & {
  readonly result: JsonObject;
};

function roundOf({ result, ...facts }: RoundFacts): Round {
  const logicalBytes = numberAt(result, 'bytes', 'logical');
  const movedBytes = numberAt(result, 'bytes', 'sent') + numberAt(result, 'bytes', 'received');
  return {
    ...facts,
    logicalBytes,
    movedBytes,
    wireBytes: numberAt(result, 'bytes', 'wire'),
    savedBytes: Math.max(0, logicalBytes - movedBytes),
    elapsedMs: numberAt(result, 'elapsedMs'),
    path: String(result['path']),
  };
}

function numberAt(value: unknown, ...keys: readonly string[]): number {
  let at = value;
  for (const key of keys) {
    if (typeof at !== 'object' || at === null) return 0;
    at = Object.entries(at).find(([name]) => name === key)?.[1];
  }
  return typeof at === 'number' ? at : 0;
}
