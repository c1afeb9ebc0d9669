/** A node of a sandbox, as a child process: started, watched, and ended with the test. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

import type { Json, RunOptions, Sandbox } from './sandbox.ts';

export class RunningNode {
  readonly child: ChildProcess;
  readonly peerId: string;
  /** `dits://PEERID@HOST:PORT`. */
  readonly address: string;
  readonly #log: string[];

  private constructor(child: ChildProcess, ready: Json, log: string[]) {
    this.child = child;
    this.peerId = String(ready['peerId']);
    this.address = String((ready['addresses'] as string[])[0]);
    this.#log = log;
  }

  /** Runs `node start` with these words on a free loopback port, and waits until it is ready. */
  static async start(
    sandbox: Sandbox,
    words: readonly string[],
    options: Pick<RunOptions, 'home' | 'environment'> = {},
  ): Promise<RunningNode> {
    const all = ['node', 'start', '--listen', '127.0.0.1:0', ...words, '--json'];
    const child = sandbox.start(all, options);
    const log: string[] = [];
    child.stderr?.setEncoding('utf8').on('data', (text: string) => log.push(text));
    const lines = createInterface({ input: child.stdout! });
    const first = await lines[Symbol.asyncIterator]().next();
    if (first.done === true) throw new Error(`the node did not start:\n${log.join('')}`);
    return new RunningNode(child, JSON.parse(first.value) as Json, log);
  }

  get log(): string {
    return this.#log.join('');
  }

  /** How often the log says this. */
  count(text: string): number {
    return this.log.split(text).length - 1;
  }

  /** Waits until the log says this, so often. */
  async logged(text: string, times = 1): Promise<void> {
    while (this.count(text) < times) await once(this.child.stderr!, 'data');
  }

  /** The address without the identity, and with this repository. */
  at(repository: string, options: { readonly peerId?: string | null } = {}): string {
    const { peerId = this.peerId } = options;
    const where = this.address.replace(/^dits:\/\/[^@]*@/, '');
    return `dits://${peerId === null ? '' : `${peerId}@`}${where}/${repository}`;
  }

  /** Sends a signal and waits for the end; returns the exit status. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const closed = once(this.child, 'close');
      this.child.kill(signal);
      await closed;
    }
    return this.child.exitCode;
  }
}
