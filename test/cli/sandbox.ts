/** Runs the built `dits` in a folder of its own, with homes of its own, and removes everything after. */
import { spawn, type ChildProcess } from 'node:child_process';
import { cp, mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The command line as it ships. Compiled tests live in dist/test/cli. */
export const MAIN: string = fileURLToPath(new URL('../../cli/main.js', import.meta.url));

export type RunOptions = {
  readonly cwd?: string;
  /** Name of the DITS_HOME within the sandbox. */
  readonly home?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Called with the process once it runs: to signal it, or to read as it goes. */
  readonly onStart?: (child: ChildProcess) => void;
};

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- JSON of the programme under test, looked at by assertions only
export type Json = Record<string, any>;

export type RunResult = {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Every line of stdout, parsed; only for runs with --json. */
  readonly events: readonly Json[];
  /** The last of them. */
  readonly result: Json;
};

export class Sandbox {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async create(): Promise<Sandbox> {
    return new Sandbox(await mkdtemp(join(tmpdir(), 'dits-cli-test-')));
  }

  /** A sandbox of its own with everything that is in this one: a start that many tests share is made once. */
  async copy(): Promise<Sandbox> {
    const copy = await Sandbox.create();
    await cp(this.folder, copy.folder, { recursive: true });
    return copy;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  path(...parts: readonly string[]): string {
    return join(this.folder, ...parts);
  }

  homePath(name = 'home'): string {
    return this.path(`.${name}`);
  }

  /** Writes a file below the sandbox, with its folders. */
  async write(name: string, content: string | Uint8Array): Promise<string> {
    const path = this.path(name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    return path;
  }

  start(words: readonly string[], options: RunOptions = {}): ChildProcess {
    return spawn(process.execPath, [MAIN, ...words], {
      cwd: this.path(options.cwd ?? ''),
      env: {
        PATH: process.env['PATH'],
        HOME: this.folder,
        DITS_HOME: this.homePath(options.home),
        ...options.environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** Runs to the end; never rejects for a bad exit. */
  async run(words: readonly string[], options: RunOptions = {}): Promise<RunResult> {
    const child = this.start(words, options);
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout?.on('data', (data: Buffer) => stdout.push(data));
    child.stderr?.on('data', (data: Buffer) => stderr.push(data));
    options.onStart?.(child);
    const status = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => resolve(code));
    });
    const text = Buffer.concat(stdout).toString('utf8');
    const events = words.includes('--json') ? parseLines(text) : [];
    return {
      status,
      stdout: text,
      stderr: Buffer.concat(stderr).toString('utf8'),
      events,
      result: events.at(-1) ?? {},
    };
  }

  /** Runs with --json and expects success; returns the result object. */
  async json(words: readonly string[], options: RunOptions = {}): Promise<Json> {
    const { status, result, stderr, stdout } = await this.run(['--json', ...words], options);
    if (status !== 0 || result['ok'] !== true) {
      throw new Error(`dits ${words.join(' ')} ended with ${status}:\n${stdout}\n${stderr}`);
    }
    return result;
  }
}

function parseLines(text: string): Json[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Json);
}
