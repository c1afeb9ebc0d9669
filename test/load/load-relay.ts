/** A real relay under load, watched from outside. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { RelaySide } from '../bench/dits-side.ts';

/** The repository that everybody uses. */
const REPOSITORY = 'film';

/** Stores are closed some seconds after the last who used them. */
const SETTLE_MAX_MS = 20_000;
const SETTLE_LOOK_MS = 100;

export class LoadRelay extends RelaySide {
  readonly root: string;

  private constructor(root: string) {
    super(join(root, 'relay'));
    this.root = root;
  }

  /** Starts a relay below a new folder, which goes with it. */
  static async open(): Promise<LoadRelay> {
    const parent = process.env['LOAD_TMP'] ?? tmpdir();
    const relay = new LoadRelay(await mkdtemp(join(parent, 'dits-load-')));
    await relay.start();
    return relay;
  }

  /** Address of the repository. */
  get at(): string {
    return `${this.address}/${REPOSITORY}`;
  }

  get repository(): string {
    return join(this.data, REPOSITORY);
  }

  /** Has the whole repository read and verified. @throws Error when anything is wrong with it */
  async check(): Promise<void> {
    await this.run(['-C', this.repository, 'fsck']);
  }

  /** Open handles once they are back at a number, or when there has been time enough for that. */
  async settledHandles(before: number): Promise<number> {
    const from = performance.now();
    while (this.handleCount() > before && performance.now() - from < SETTLE_MAX_MS) {
      await delay(SETTLE_LOOK_MS);
    }
    return this.handleCount();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await rm(this.root, { recursive: true, force: true });
  }
}
