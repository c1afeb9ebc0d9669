/** The process of `peer-process.ts`: started, let in by the relay, told to begin, and ended. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { TrustFile } from '../../node/index.ts';
import type { PeerPlan } from './peer-process.ts';

const PROGRAMME = fileURLToPath(new URL('peer-process.js', import.meta.url));

class PeerGroup {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.#lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  }

  /** Starts the process; its peers may write to every repository of the relay with this home folder. */
  static async start(plan: PeerPlan, relayHome: string): Promise<PeerGroup> {
    const child = spawn(
      process.execPath,
      ['--enable-source-maps', PROGRAMME, JSON.stringify(plan)],
      {
        stdio: ['pipe', 'pipe', 'inherit'],
      },
    );
    const group = new PeerGroup(child);
    const trust = new TrustFile(relayHome, { now: () => new Date() });
    for (const peerId of (await group.hear()) as readonly string[]) {
      await trust.add({ peerId, grants: [{ repository: '*', access: 'write' }] });
    }
    return group;
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** Lets the peers begin, or go on. */
  tell(): void {
    this.#child.stdin?.write('go\n');
  }

  /** The next thing that the process says. @throws Error when it ends instead; why is on stderr */
  async hear(): Promise<unknown> {
    const line = await this.#lines.next();
    assert.ok(line.done !== true, 'the process of the peers has ended early');
    return JSON.parse(line.value);
  }

  /** Waits for the end of the process, which must be a good one. */
  async end(): Promise<void> {
    this.#child.stdin?.end();
    if (this.#child.exitCode === null) await once(this.#child, 'exit');
    assert.equal(this.#child.exitCode, 0, 'the process of the peers ended badly');
  }

  /** Makes an end of it, however far it is. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }
}

/** Several of them, which end together however the caller ends. */
export class PeerGroups {
  readonly groups: PeerGroup[] = [];

  async start(plan: PeerPlan, relayHome: string): Promise<PeerGroup> {
    const group = await PeerGroup.start(plan, relayHome);
    this.groups.push(group);
    return group;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.groups.map((group) => group[Symbol.asyncDispose]()));
  }
}
