/**
 * Several processes on one repository: some add and commit, others collect garbage, verify, fetch and push, all at the same time and all
 * with the command that ships. Nobody may fail but by waiting too long for a lock, and nothing that was committed may be lost.
 */
import assert from 'node:assert/strict';
import { Sandbox, type Json, type RunResult } from '../cli/sandbox.ts';
import { seededBytes } from '../integration/studio.ts';

const FILE_BYTES: number = 200 * 1024;

/** What is told when another command holds what this one needs (docs/errors.md). */
const LOCKED = [
  ...['DITS_REPO_LOCKED', 'DITS_STORE_LOCKED'],
  ...['DITS_STORE_REF_CHANGED', 'DITS_CLI_REF_LOCKED'],
];
/** A push that somebody else's push has overtaken. */
const OVERTAKEN = 'DITS_CLI_NOT_FAST_FORWARD';

export type HammerPlan = {
  readonly seed: number;
  readonly forMs: number;
  /** Processes that add and commit in the one working tree. */
  readonly writers: number;
};

export type HammerFigures = {
  readonly commands: number;
  readonly commits: number;
  /** Commands that gave up waiting for another one. */
  readonly locked: number;
};

export async function runHammer(plan: HammerPlan): Promise<HammerFigures> {
  await using sandbox = await Sandbox.create();
  return await new Hammer(sandbox, plan).run();
}

class Hammer {
  readonly #sandbox: Sandbox;
  readonly #plan: HammerPlan;
  readonly #endMs: number;
  /** Names of files, by the commit that was made for them. */
  readonly #committed = new Map<string, string>();
  #commands = 0;
  #locked = 0;

  constructor(sandbox: Sandbox, plan: HammerPlan) {
    this.#sandbox = sandbox;
    this.#plan = plan;
    this.#endMs = performance.now() + plan.forMs;
  }

  async run(): Promise<HammerFigures> {
    const sandbox = this.#sandbox;
    await sandbox.json(['init', 'film']);
    await sandbox.json(['init', '--bare', 'hub']);
    await sandbox.write('film/first.txt', 'first\n');
    await sandbox.json(['-C', 'film', 'add', '-A']);
    await sandbox.json(['-C', 'film', 'commit', '-m', 'First']);
    await sandbox.json(['-C', 'film', 'remote', 'add', 'origin', sandbox.path('hub')]);
    await sandbox.json(['-C', 'film', 'push', 'origin', 'main']);
    const writers = Array.from({ length: this.#plan.writers }, (_, writer) => this.#write(writer));
    const others = [
      ['gc', '--grace-minutes', '0'],
      ['fsck'],
      ['fetch', 'origin'],
      ['push', 'origin', 'main'],
      ['status'],
    ].map((words) => this.#repeat(words));
    // All of them end before anything is said or removed.
    const ended = await Promise.allSettled([...writers, ...others]);
    for (const one of ended) if (one.status === 'rejected') throw one.reason;
    await this.#check();
    return { commands: this.#commands, commits: this.#committed.size, locked: this.#locked };
  }

  /** Adds a file of its own and commits it by name, again and again. */
  async #write(writer: number): Promise<void> {
    for (let take = 0; performance.now() < this.#endMs; take++) {
      const path = `take-${writer}-${take}`;
      const bytes = seededBytes(this.#plan.seed * 1_000_000 + writer * 10_000 + take, FILE_BYTES);
      await this.#sandbox.write(`film/${path}`, bytes);
      if ((await this.#run(['add', path])) === undefined) continue;
      const result = await this.#run(['commit', '-m', path]);
      if (result !== undefined) this.#committed.set(String(result['id']), path);
    }
  }

  async #repeat(words: readonly string[]): Promise<void> {
    while (performance.now() < this.#endMs) await this.#run(words);
  }

  /** The result of a command, undefined when somebody else was in its way. */
  async #run(words: readonly string[]): Promise<Json | undefined> {
    const done = await this.#sandbox.run(['--json', '-C', 'film', ...words]);
    this.#commands++;
    if (done.status === 0) return done.result;
    const code: unknown = done.result['error']?.code;
    if (code === OVERTAKEN && words[0] === 'push') return undefined;
    // Another writer's commit has recorded what this one had staged.
    if (code === 'DITS_REPO_NOTHING_TO_COMMIT') return undefined;
    assert.ok(LOCKED.includes(String(code)), told(words, done));
    this.#locked++;
    return undefined;
  }

  /** Everything committed is in the history and whole, here and, after a last push, at the remote. */
  async #check(): Promise<void> {
    const sandbox = this.#sandbox;
    await sandbox.json(['-C', 'film', 'push', 'origin', 'main']);
    const { events } = await sandbox.run(['--json', '-C', 'film', 'log']);
    const history = new Set(events.map(({ id }) => String(id)));
    for (const id of this.#committed.keys()) assert.ok(history.has(id), `commit ${id} is lost`);
    for (const folder of ['film', 'hub']) await sandbox.json(['-C', folder, 'fsck']);
    const { events: files } = await sandbox.run(['--json', '-C', 'film', 'ls-files', 'main']);
    const listed = new Set(files.map(({ path }) => String(path)));
    for (const path of this.#committed.values()) assert.ok(listed.has(path), `${path} is lost`);
  }
}

function told(words: readonly string[], { status, stdout, stderr }: RunResult): string {
  return `dits ${words.join(' ')} ended with ${status}:\n${stdout}\n${stderr}`;
}
