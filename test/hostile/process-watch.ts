/** What a process takes, seen from outside through /proc: memory at its highest, processor time, handles. Linux only. */
import { readFile, readdir, readlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Unit of the processor times in /proc/PID/stat: USER_HZ, which is 100 on every Linux that Node runs on. */
const TICK_MS = 10;
/** Makes the kernel count the highest memory anew (proc(5), "clear_refs"). */
const RESET_PEAK = '5';
/** Fields of /proc/PID/stat behind the name, which is the second: utime and stime are the 14th and the 15th. */
const TIMES_AT = 11;
const KIB = 1024;

/** A moment in the life of a process. */
export type Moment = {
  readonly cpuMs: number;
  readonly rssBytes: number;
  /** Open file descriptors, and those of them that are sockets. */
  readonly handles: number;
  readonly sockets: number;
};

export class ProcessWatch {
  readonly #folder: string;

  constructor(pid: number) {
    this.#folder = `/proc/${pid}`;
  }

  static get isPossible(): boolean {
    return process.platform === 'linux';
  }

  async now(): Promise<Moment> {
    const [stat, rssBytes, links] = await Promise.all([
      readFile(join(this.#folder, 'stat'), 'latin1'),
      this.#memory('VmRSS'),
      this.#links(),
    ]);
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = Number(fields[TIMES_AT]) + Number(fields[TIMES_AT + 1]);
    const sockets = links.filter((link) => link.startsWith('socket:')).length;
    return { cpuMs: ticks * TICK_MS, rssBytes, handles: links.length, sockets };
  }

  /** Highest resident memory since `resetPeak`. */
  peakBytes(): Promise<number> {
    return this.#memory('VmHWM');
  }

  async resetPeak(): Promise<void> {
    await writeFile(join(this.#folder, 'clear_refs'), RESET_PEAK);
  }

  async #memory(field: 'VmRSS' | 'VmHWM'): Promise<number> {
    const status = await readFile(join(this.#folder, 'status'), 'latin1');
    const match = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status);
    if (match === null) throw new Error(`the process of ${this.#folder} has ended`);
    return Number(match[1]) * KIB;
  }

  async #links(): Promise<string[]> {
    const folder = join(this.#folder, 'fd');
    const names = await readdir(folder);
    return await Promise.all(
      names.map(async (name) => {
        try {
          return await readlink(join(folder, name));
        } catch {
          // Closed meanwhile.
          return '';
        }
      }),
    ).then((links) => links.filter((link) => link !== ''));
  }
}
