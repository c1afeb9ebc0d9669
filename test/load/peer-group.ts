/** The process of `peer-process.ts`: started, let in by the relay, told to begin, and ended. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { TrustFile } from '../../node/index.ts';
import type { PeerPlan } from './peer-process.ts';

const PROGRAMME = fileURLToPath(new URL('peer-process.js', import.meta.url));

export class PeerGroup {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  #peerIds: readonly string[] = [];

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
    const trust = trustOf(relayHome);
    group.#peerIds = (await group.hear()) as readonly string[];
    for (const peerId of group.#peerIds) {
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

  /** Everything else that it says, until it ends. */
  async *news(): AsyncGenerator {
    for (let line = await this.#lines.next(); line.done !== true; line = await this.#lines.next()) {
      yield JSON.parse(line.value);
    }
  }

  /** Makes its peers strangers to the relay. */
  async dismiss(relayHome: string): Promise<void> {
    for (const peerId of this.#peerIds) await trustOf(relayHome).remove(peerId);
  }

  /** Waits for the end of the process, which must be a good one. */
  async end(): Promise<void> {
    this.#child.stdin?.end();
    if (this.#child.exitCode === null) await once(this.#child, 'exit');
    assert.equal(this.#child.exitCode, 0, 'the process of the peers ended badly');
  }

  /** Kills the process in the middle of what it does. @throws Error when it has ended by itself */
  async kill(): Promise<void> {
    assert.ok(this.#child.exitCode === null, 'the process of the peers has ended by itself');
    await this[Symbol.asyncDispose]();
  }

  /** Makes an end of it, however far it is. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }
}

function trustOf(home: string): TrustFile {
  return new TrustFile(home, { now: () => new Date() });
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
