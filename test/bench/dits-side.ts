/** Our side of the comparison: the built command, spawned as a user would, with homes of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import {
  measure,
  openHandleCount,
  peakMemoryBytes,
  processorSeconds,
  residentMemoryBytes,
  stop,
  type Measured,
} from './measured-process.ts';

/** dist/cli/main.js, seen from dist/test/bench/. */
const MAIN = fileURLToPath(new URL('../../cli/main.js', import.meta.url));

export type DitsResult = Measured & { readonly result: Readonly<Record<string, unknown>> };

/** One person's machine: a home folder and a place for working trees. */
export class DitsSide {
  readonly directory: string;
  readonly home: string;

  constructor(directory: string) {
    this.directory = directory;
    this.home = join(directory, 'home');
    mkdirSync(this.home, { recursive: true });
  }

  get environment(): Record<string, string> {
    return { DITS_HOME: this.home, NO_COLOR: '1' };
  }

  /** Runs the command as it is given. */
  runPlain(args: readonly string[], cwd: string = this.directory): Promise<Measured> {
    return measure(process.execPath, [MAIN, ...args], { cwd, env: this.environment });
  }

  /** Runs one verb with --json and returns its last line with the time and memory it took. */
  async run(args: readonly string[], cwd?: string): Promise<DitsResult> {
    const measured = await this.runPlain(['--json', ...args], cwd);
    const last = measured.stdout.trimEnd().split('\n').at(-1) ?? '{}';
    return { ...measured, result: JSON.parse(last) as Record<string, unknown> };
  }

  async peerId(): Promise<string> {
    const { result } = await this.run(['id']);
    return String(result['peerId']);
  }

  /** A working tree that holds a copy of `source` or what is written into it, initialised and empty of history. */
  async workingTree(name: string, source: string | ((path: string) => void)): Promise<string> {
    const path = join(this.directory, name);
    rmSync(path, { recursive: true, force: true });
    mkdirSync(path, { recursive: true });
    if (typeof source === 'string') {
      cpSync(source, path, { recursive: true, preserveTimestamps: true });
    } else {
      source(path);
    }
    await this.run(['init', path]);
    return path;
  }
}

/** A node that holds what is pushed to it. */
export class RelaySide extends DitsSide {
  private child: ChildProcess | undefined;
  address = '';

  /** Folder of the repositories that were made by pushing. */
  get data(): string {
    return join(this.directory, 'data');
  }

  async start(): Promise<void> {
    mkdirSync(this.data, { recursive: true });
    const child = spawn(
      process.execPath,
      [
        MAIN,
        ...['node', 'start', '--json', '--relay', '--create'],
        ...['--data', this.data, '--listen', '127.0.0.1:0'],
      ],
      { env: { ...process.env, ...this.environment }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    this.child = child;
    let log = '';
    child.stderr.on('data', (part: Buffer) => (log = (log + part.toString()).slice(-4000)));
    const lines = createInterface({ input: child.stdout });
    const first = await new Promise<string>((resolve, reject) => {
      lines.once('line', resolve);
      child.once('exit', (code) =>
        reject(new Error(`the relay ended with ${String(code)}: ${log}`)),
      );
    });
    const ready = JSON.parse(first) as { addresses: string[] };
    this.address = ready.addresses[0] ?? '';
  }

  peakBytes(): number {
    return this.child?.pid === undefined ? 0 : peakMemoryBytes(this.child.pid);
  }

  residentBytes(): number {
    return this.child?.pid === undefined ? 0 : residentMemoryBytes(this.child.pid);
  }

  handleCount(): number {
    return this.child?.pid === undefined ? 0 : openHandleCount(this.child.pid);
  }

  processorSeconds(): number {
    return this.child?.pid === undefined ? 0 : processorSeconds(this.child.pid);
  }

  async stop(): Promise<void> {
    if (this.child !== undefined) await stop(this.child);
  }
}

/** Replaces the content of a working tree by that of `source`, keeping its repository. */
export function replaceContent(tree: string, source: string): Promise<Measured> {
  return measure('rsync', ['-a', '--delete', '--exclude=.dits', `${source}/`, `${tree}/`]);
}
