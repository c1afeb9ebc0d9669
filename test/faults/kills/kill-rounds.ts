/** Commands and nodes killed at random moments, and called again: what must hold after every one. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

import type { Json, RunResult } from '../../cli/sandbox.ts';
import { KillScene } from './kill-scene.ts';
import { KILL_VERBS, type Call, type KillVerb } from './kill-verbs.ts';

/** How long a command is thought to take before it was seen to end. */
const DURATION_FIRST_MS = 700;
/** Kills fall a little behind the usual end as well. */
const KILL_WITHIN = 1.1;
const UNREACHABLE_STATUS = 6;

export type KillReport = {
  readonly rounds: number;
  /** Commands, or nodes, that were still at work when they were killed. */
  readonly killed: number;
  readonly commits: number;
};

export type KillOptions = {
  readonly seed: number;
  /** One command is killed in each. */
  readonly rounds: number;
  /** The commands to choose from; all when left out. */
  readonly verbs?: readonly string[] | undefined;
};

/** One history of so many rounds in one scene. @throws Error that names the round and the command */
export async function runKills({ seed, rounds, verbs }: KillOptions): Promise<KillReport> {
  const chosen = KILL_VERBS.filter(({ name }) => verbs === undefined || verbs.includes(name));
  assert.ok(
    chosen.length > 0,
    `no such command; there are ${KILL_VERBS.map(({ name }) => name).join(', ')}`,
  );
  await using scene = await KillScene.create(seed);
  const history = new KillHistory(scene);
  // Every command has its turn, in an order that the seed decides.
  let turn: KillVerb[] = [];
  for (let round = 0; round < rounds; round += 1) {
    if (turn.length === 0) turn = [...chosen];
    const [verb] = turn.splice(scene.random.below(turn.length), 1);
    try {
      await history.round(verb!);
    } catch (cause) {
      throw new Error(`round ${round} of seed ${seed}: ${verb!.name}`, { cause });
    }
  }
  await history.checkAll();
  return { rounds, killed: history.killed, commits: scene.ledger.commits.length };
}

class KillHistory {
  killed = 0;
  readonly #scene: KillScene;
  readonly #durationMs = new Map<string, number>();

  constructor(scene: KillScene) {
    this.#scene = scene;
  }

  /** Kills the command or its node, looks at what is left, and calls it again. */
  async round(verb: KillVerb): Promise<void> {
    const scene = this.#scene;
    const call = await verb.prepare(scene);
    const killsNode = verb.isRemote === true && scene.random.below(2) === 0;
    const first = killsNode
      ? await this.#killNode(verb, call)
      : await this.#killCommand(verb, call);
    if (first?.['ok'] === true) call.answered?.(first);
    await this.checkAll();
    const startMs = performance.now();
    const again = await run(scene, call);
    this.#durationMs.set(verb.name, performance.now() - startMs);
    const code = String(again.result['error']?.code);
    const isDone = verb.doneBefore?.includes(code) === true;
    assert.ok(again.status === 0 || isDone, `${again.stdout}\n${again.stderr}`);
    if (first?.['ok'] !== true) await this.#finish(call, again.result);
    await call.after?.();
  }

  /** Every repository is whole and has what was promised. */
  async checkAll(): Promise<void> {
    const { ledger, pushed, studio } = this.#scene;
    await ledger.check(studio.path('film'));
    await ledger.check(studio.path('data/film'), [...pushed]);
  }

  /** A commit that the killed run had made is named by HEAD. */
  async #finish(call: Call, result: Json): Promise<void> {
    const { id = null } = call.words[0] === 'commit' ? await this.#head() : {};
    call.answered?.(id === null ? result : { ...result, id });
  }

  async #head(): Promise<{ readonly id: unknown }> {
    return { id: (await this.#scene.studio.json('film', ['status']))['head'] };
  }

  /** @returns what the command answered, when it came to that before it was killed */
  async #killCommand(verb: KillVerb, call: Call): Promise<Json | undefined> {
    const running = run(this.#scene, call, (kill) => this.#later(verb).then(() => kill()));
    const { status, result } = await running;
    if (status === null) this.killed += 1;
    return result;
  }

  async #killNode(verb: KillVerb, call: Call): Promise<Json | undefined> {
    const { node } = this.#scene;
    const running = run(this.#scene, call);
    await Promise.race([this.#later(verb), running]);
    await node.end('SIGKILL');
    const { status, result, stderr } = await running;
    if (status !== 0) this.killed += 1;
    assert.ok(status === 0 || status === UNREACHABLE_STATUS, `it ended with ${status}: ${stderr}`);
    await this.#scene.startNode();
    return result;
  }

  #later(verb: KillVerb): Promise<void> {
    const withinMs = KILL_WITHIN * (this.#durationMs.get(verb.name) ?? DURATION_FIRST_MS);
    return delay(this.#scene.random.next() * withinMs);
  }
}

/** Runs the command; `onStart` is handed the means to kill it. Words that were cut off are no answer. */
async function run(
  { studio }: KillScene,
  { folder = '', words, options = {} }: Call,
  onStart?: (kill: () => void) => Promise<void>,
): Promise<RunResult> {
  const child = studio.sandbox.start(['-C', studio.path(folder), '--json', ...words], options);
  const out: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout?.on('data', (data: Buffer) => out.push(data));
  child.stderr?.on('data', (data: Buffer) => errors.push(data));
  const closed = once(child, 'close');
  const killing = onStart?.(() => child.kill('SIGKILL'));
  await closed;
  await killing;
  const stdout = Buffer.concat(out).toString();
  const lines = stdout.split('\n').slice(0, -1);
  const events = lines.map((line) => JSON.parse(line) as Json);
  const result = events.findLast(({ event }) => event === 'result') ?? {};
  const stderr = Buffer.concat(errors).toString();
  return { status: child.exitCode, stdout, stderr, events, result };
}
