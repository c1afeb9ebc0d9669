/** An odd source as a child process. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import type { OddMode } from './odd-source.ts';

const MAIN = fileURLToPath(new URL('odd-source.js', import.meta.url));

export class OddProcess {
  readonly address: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, address: string) {
    this.#child = child;
    this.address = address;
  }

  /** Serves the repository in `folder`, with the identity of `home`. */
  static async start(home: string, folder: string, mode: OddMode): Promise<OddProcess> {
    const child = spawn(process.execPath, [MAIN, home, folder, mode], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout });
    const first = await lines[Symbol.asyncIterator]().next();
    if (first.done === true) throw new Error(`the ${mode} source did not start`);
    return new OddProcess(child, first.value);
  }

  get peerId(): string {
    return new URL(this.address.replace('dits:', 'http:')).username;
  }

  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const closed = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await closed;
  }
}
