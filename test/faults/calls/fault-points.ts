/** One command, one fault, and everything that must hold after. */
import assert from 'node:assert/strict';
import { readdirSync, readlinkSync } from 'node:fs';
import { relative } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';

import { EXIT_MEANING_BY_CODE, EXIT_STATUS } from '../../../cli/exit-status.ts';
import type { ArmedFault } from '../../support/syscalls/armed-fault.ts';
import { readFaultReport, type FaultReport } from '../../support/syscalls/fault-report.ts';
import type { FaultKind } from './fault-kinds.ts';
import type { FaultScene } from './fault-scene.ts';
import type { FaultVerb } from './fault-verbs.ts';
import type { Ended } from './in-process-dits.ts';

/** The files of the scene, as a user calls them. */
const USERS_FILE = /(^| )((shots|frames)(\/\w+\.\w+)?|\w+\.(mov|txt|exr))/;
const CLOSED_WITHIN_MS = 5_000;
const UNEXPECTED = 'DITS_CLI_UNEXPECTED';

type FaultHit = NonNullable<FaultReport['first']>;

/** Whether something is promised with a sync: LevelDB rewriting what it has on disk already is no promise. */
function isPromise({ operation, path }: FaultHit): boolean {
  const isSync = operation === 'fsync' || operation === 'fdatasync';
  return isSync && !/\/index(\/[^/]*\.ldb|\/MANIFEST-\d+|\/\d+\.dbtmp)?$/.test(path);
}

export type FaultDeps = {
  readonly scene: FaultScene;
  readonly fault: ArmedFault;
  /** The file that the shim reports through. */
  readonly state: string;
};

export type FaultPoint = {
  readonly verb: FaultVerb;
  readonly kind: FaultKind;
  /** Which of the calls fails, from 1. */
  readonly at: number;
};

export class FaultBench {
  readonly #deps: FaultDeps;
  /** Where the last fault was. */
  lastHit = '';
  /** What a command leaves that meets no fault. */
  readonly #expected = new Map<string, string>();

  constructor(deps: FaultDeps) {
    this.#deps = deps;
  }

  /** Prepares what the command begins with, and runs it once without a fault. */
  async prepare(verb: FaultVerb): Promise<void> {
    const { scene } = this.#deps;
    await scene.build();
    await verb.prepare?.(scene);
    await scene.keep(verb.name);
    // From a copy, as every other run, lest inodes and times make a difference.
    scene.restore(verb.name);
    const { status, result } = await scene.call(verb.call(scene));
    assert.equal(status, 0, JSON.stringify(result));
    this.#expected.set(verb.name, await scene.fingerprint());
  }

  /** How many calls of the command such a fault could hit. */
  async count({ verb, kind }: Omit<FaultPoint, 'at'>): Promise<number> {
    const { fault, scene } = this.#deps;
    scene.restore(verb.name);
    this.#arm(kind, Number.MAX_SAFE_INTEGER);
    await scene.call(verb.call(scene));
    const count = fault.matched;
    fault.disarm();
    return count;
  }

  /** @returns whether something was hit: threads may come by in another order, and make a call less */
  async run(point: FaultPoint): Promise<boolean> {
    const { fault, scene, state } = this.#deps;
    const { verb, kind, at } = point;
    const ledger = scene.restore(verb.name);
    const handles = openFiles(scene.work);
    this.#arm(kind, at);
    const ended = await scene.call(verb.call(scene));
    const report = readFaultReport(state);
    fault.disarm();
    const { operation, path = '' } = report.first ?? {};
    this.lastHit = `${operation} ${relative(scene.work, path)}: ${JSON.stringify(ended)}`;
    if (report.first === undefined) return false;
    this.#checkAnswer(point, ended, report.first);
    await this.#closed(handles);
    const isRemoval = report.first.operation === 'unlink' || verb.name === 'id';
    if (kind.lasts === 'once' && !isRemoval) {
      assert.deepEqual(scene.leftovers(), [], 'no temporary file is left');
    }
    if (ended.status === 0) await this.#checkDone(verb);
    if (verb.isDamaged !== true) await ledger.check(scene.path('film'));
    if (ended.status !== 0) await this.#checkAgain(verb);
    await ledger.check(scene.path('film'));
    // A key that is being made has a name of its own, once in the life of a home.
    if (verb.name !== 'id') {
      assert.deepEqual(scene.leftovers(), [], 'temporary files do not pile up');
    }
    return true;
  }

  #arm({ operations, action, errno, lasts }: FaultKind, at: number): void {
    this.#deps.fault.arm({ operations, action, errno, at, times: lasts === 'once' ? 1 : 0 });
  }

  /** A failure says which file, why and what to do; a sync that failed is never a success. */
  #checkAnswer({ kind, verb }: FaultPoint, { status, result }: Ended, hit: FaultHit): void {
    const shown = JSON.stringify(result);
    if (status === 0) {
      assert.ok(!isPromise(hit), 'a sync had failed');
      return;
    }
    const { code, message, hint } = result['error'] as Record<string, string>;
    assert.notEqual(code, UNEXPECTED, shown);
    const meaning = EXIT_MEANING_BY_CODE[code as keyof typeof EXIT_MEANING_BY_CODE];
    assert.equal(status, EXIT_STATUS[meaning], shown);
    // A repair that a remote could not help with tells what is still damaged.
    if (verb.isDamaged === true && code === 'DITS_CLI_DAMAGED') return;
    // Making a folder with those above it, Node tells of the one that is not there.
    const says = new RegExp(
      `${kind.says.source}${hit.operation === 'mkdir' ? '|ENOENT' : ''}`,
      'i',
    );
    assert.match(`${message} ${hint}`, says, shown);
    assert.notEqual(hint, '', `what to do: ${shown}`);
    assert.ok(this.#names(String(message), kind, hit), `which file: ${shown}`);
  }

  /** Whether the message names the file, the one it is to become, or a folder that it is in. */
  #names(message: string, { lasts }: FaultKind, { path }: FaultHit): boolean {
    const { work } = this.#deps.scene;
    const final = relative(work, path).replace(/(\.[0-9a-f]+)?\.tmp$/, '');
    const parts = final.split('/');
    const folders = parts.map((_, at) => parts.slice(0, at + 1).join('/')).slice(1);
    // A file of a working tree is named as the user knows it, also while it has a temporary name.
    const tree = parts.slice(1).join('/');
    const isTemporary = tree.includes('/tmp/') || lasts === 'on';
    const isUsersFile = (!tree.startsWith('.dits/') || isTemporary) && USERS_FILE.test(message);
    // Where all that follows fails as well, what failed last may be another file.
    const isAnother = lasts === 'on' && message.includes(work);
    const isRepository = message.includes(`${work}/${parts[0]}:`);
    return (
      isUsersFile ||
      isAnother ||
      isRepository ||
      [final, ...folders].some((name) => message.includes(name))
    );
  }

  /** No file stays open, once reads that were under way are over. */
  async #closed(before: readonly string[]): Promise<void> {
    const deadline = performance.now() + CLOSED_WITHIN_MS;
    let now = openFiles(this.#deps.scene.work);
    while (now.length > before.length && performance.now() < deadline) {
      await nextTurn();
      now = openFiles(this.#deps.scene.work);
    }
    assert.ok(now.length <= before.length, `left open: ${now.join(', ')}`);
  }

  async #checkDone(verb: FaultVerb): Promise<void> {
    assert.equal(await this.#deps.scene.fingerprint(), this.#expected.get(verb.name));
  }

  /** The same command again goes on, and ends where it would have ended. */
  async #checkAgain(verb: FaultVerb): Promise<void> {
    const { scene } = this.#deps;
    const { status, result } = await scene.call(verb.call(scene));
    const isDone = verb.doneBefore?.includes(String(result['error']?.code)) === true;
    assert.ok(status === 0 || isDone, `again: ${JSON.stringify(result)}`);
    await this.#checkDone(verb);
  }
}

/** Paths below a folder that this process has open. */
function openFiles(folder: string): readonly string[] {
  const paths: string[] = [];
  for (const number of readdirSync('/proc/self/fd')) {
    try {
      const path = readlinkSync(`/proc/self/fd/${number}`);
      if (path.startsWith(folder)) paths.push(path);
    } catch {
      // The handle that read the folder.
    }
  }
  return paths.sort();
}
