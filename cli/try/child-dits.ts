/** `dits` as child processes, each machine of the demonstration with a DITS_HOME of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';

/** A line of a child's JSON output. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** One machine: a home, and a folder to work in. */
export type Machine = { readonly name: string; readonly home: string; readonly folder: string };

/** A child's stderr is kept up to this size, to be shown when the child fails. */
const STDERR_MAX_CHARACTERS = 64 * 1024;

/** A node that was told to stop takes under two seconds. */
const STOP_TIMEOUT_MS = 5000;

/** Starts children and sees to it that none outlives the demonstration. */
export class ChildDits {
  readonly #context: Pick<CommandContext, 'self' | 'environment' | 'signal'>;
  readonly #children = new Set<ChildProcess>();

  constructor(context: Pick<CommandContext, 'self' | 'environment' | 'signal'>) {
    this.#context = context;
  }

  /** Runs a verb to its end and returns its result. @throws CliError DITS_CLI_TRY_FAILED */
  async run(machine: Machine, words: readonly string[]): Promise<JsonObject> {
    const { lines, ended, errorText } = this.#start(machine, words);
    let result: JsonObject = {};
    for await (const line of lines) result = parseLine(line);
    const status = await ended;
    if (status === 0 && result['ok'] === true) return result;
    this.#context.signal.throwIfAborted();
    throw failure(machine, words, errorText());
  }

  /** Starts a verb that goes on, and returns its first line. */
  async start(machine: Machine, words: readonly string[]): Promise<JsonObject> {
    const { lines, errorText } = this.#start(machine, words);
    const first = await lines[Symbol.asyncIterator]().next();
    this.#context.signal.throwIfAborted();
    if (first.done === true) throw failure(machine, words, errorText());
    return parseLine(first.value);
  }

  /** Ends what still runs, and waits until it is gone: in good order, unless the demonstration was interrupted. */
  async close(): Promise<void> {
    await Promise.all([...this.#children].map((child) => this.#end(child)));
  }

  async #end(child: ChildProcess): Promise<void> {
    const gone = once(child, 'close');
    if (!this.#context.signal.aborted) {
      child.kill('SIGTERM');
      const patience = AbortSignal.timeout(STOP_TIMEOUT_MS);
      const isGone = await Promise.race([
        gone.then(() => true),
        once(patience, 'abort').then(() => false),
      ]);
      if (isGone) return;
    }
    child.kill('SIGKILL');
    await gone;
  }

  #start(
    { home, folder }: Machine,
    words: readonly string[],
  ): { lines: AsyncIterable<string>; ended: Promise<number | null>; errorText: () => string } {
    const { self, environment, signal } = this.#context;
    signal.throwIfAborted();
    const child = spawn(self.executable, [...self.arguments, ...words, '--json', '--no-progress'], {
      cwd: folder,
      env: { ...environment, DITS_HOME: home },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#children.add(child);
    child.once('close', () => this.#children.delete(child));
    const kill = (): void => void child.kill('SIGKILL');
    signal.addEventListener('abort', kill, { once: true });
    let errorText = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errorText = (errorText + text).slice(-STDERR_MAX_CHARACTERS);
    });
    const ended = new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    }).finally(() => signal.removeEventListener('abort', kill));
    // Whoever waits for the end sees the failure; for a child that goes on, its output ending tells.
    ended.catch(() => undefined);
    return { lines: createInterface({ input: child.stdout }), ended, errorText: () => errorText };
  }
}

function parseLine(line: string): JsonObject {
  const parsed: unknown = JSON.parse(line);
  return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
}

function failure(machine: Machine, words: readonly string[], errorText: string): CliError {
  return new CliError(
    'DITS_CLI_TRY_FAILED',
    `on ${machine.name}, dits ${words.join(' ')} failed: ${errorText.trim()}`,
  );
}
