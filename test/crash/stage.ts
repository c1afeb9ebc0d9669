/**
 * The folder in which scenarios play: one folder for each disk, always at the same path, so that addresses in what is
 * recorded fit what is checked. Commands run in this process, which is ten times as fast as in one of their own.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { run } from '../../cli/run.ts';
import { SeededRandom } from '../../simulations/index.ts';

/** A file system in memory, where there is one: thousands of small repositories are written. */
const MEMORY_FOLDER = '/dev/shm';

/** What a command printed with --json, line by line. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- JSON of the programme under test, looked at by assertions only
export type Json = Record<string, any>;

export type Ended = {
  readonly status: number;
  readonly events: readonly Json[];
  /** The last of them. */
  readonly result: Json;
};

export class Stage {
  readonly folder: string;
  /** For what is written on it. */
  readonly random: SeededRandom;

  private constructor(folder: string, random: SeededRandom) {
    this.folder = folder;
    this.random = random;
  }

  static create(random: SeededRandom): Stage {
    const base = existsSync(MEMORY_FOLDER) ? MEMORY_FOLDER : tmpdir();
    const folder = mkdtempSync(join(base, 'dits-crash-'));
    for (const disk of ['a', 'b']) mkdirSync(join(folder, disk));
    return new Stage(folder, random);
  }

  /** The stage of a recording, at its place. */
  static at(folder: string): Stage {
    return new Stage(folder, new SeededRandom(0));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  path(...parts: readonly string[]): string {
    return join(this.folder, ...parts);
  }

  write(name: string, content: string | Uint8Array): void {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), content);
  }

  /** A file of random bytes, which no compression makes smaller. */
  writeRandom(name: string, size: number): void {
    this.write(name, this.random.bytes(size));
  }

  /** The environment that a command finds on a disk. */
  environment(disk: string): Record<string, string> {
    const home = this.path(disk, 'home');
    return { PATH: process.env['PATH'] ?? '', HOME: this.path(disk), DITS_HOME: home };
  }

  /** Runs a command in a folder of the stage; the first part of its path is the disk. */
  async run(folder: string, words: readonly string[]): Promise<Ended> {
    const printed: string[] = [];
    const environment = this.environment(folder.split('/')[0]!);
    const sink = { isTerminal: false, write: () => undefined, flush: () => Promise.resolve() };
    const status = await run({
      words: ['--json', ...words],
      cwd: this.path(folder),
      environment,
      home: () => environment['DITS_HOME']!,
      signal: new AbortController().signal,
      version: '0.0.0',
      processId: process.pid,
      self: { executable: process.execPath, arguments: [] },
      out: { ...sink, write: (text) => void printed.push(text) },
      error: { ...sink, width: () => 80 },
      nowMs: () => performance.now(),
      ask: () => Promise.resolve(false),
      isInteractive: false,
      onReaderGone: () => undefined,
    });
    const lines = printed.join('').split('\n');
    const events = lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Json);
    return { status, events, result: events.at(-1) ?? {} };
  }

  /** Runs a command that must succeed. */
  async must(folder: string, ...words: string[]): Promise<Json> {
    const { status, result } = await this.run(folder, words);
    if (status !== 0) throw new Error(`dits ${words.join(' ')}: ${JSON.stringify(result)}`);
    return result;
  }
}
