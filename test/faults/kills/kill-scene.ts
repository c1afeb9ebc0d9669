/** A repository, its copy, and the relay between them, for commands and nodes that are killed. */
import { addRemote, openRepository, removeRemote } from '../../../repo/index.ts';
import { activeHash } from '../../../store/index.ts';
import { SeededRandom } from '../../../simulations/seeded-random.ts';
import type { RunningNode } from '../../cli/running-node.ts';
import { Studio, seededBytes } from '../../integration/studio.ts';
import { Ledger } from '../ledger.ts';

/** Enough for some hundred milliseconds of hashing, writing and sending. */
const BIG_FILE_BYTES = 6 * 1024 * 1024;
const SMALL_FILES = 24;
const SMALL_FILE_MAX_BYTES = 40_000;
const SEED_RANGE = 2 ** 31;

export class KillScene {
  readonly studio: Studio;
  readonly random: SeededRandom;
  readonly ledger = new Ledger();
  /** The files in the working tree of `film`, by path. */
  readonly files = new Map<string, string>();
  /** Commits that the relay has acknowledged. */
  readonly pushed = new Set<string>();
  node!: RunningNode;
  #names = 0;

  private constructor(studio: Studio, seed: number) {
    this.studio = studio;
    this.random = new SeededRandom(seed);
  }

  static async create(seed: number): Promise<KillScene> {
    const scene = new KillScene(await Studio.create(), seed);
    const { studio } = scene;
    await studio.grant('home', 'write');
    await studio.sandbox.json(['init', 'film']);
    await scene.change();
    await studio.json('film', ['add', '-A']);
    scene.committed(String((await studio.json('film', ['commit', '-m', 'First']))['id']));
    await scene.startNode();
    await studio.json('film', ['push', 'origin', 'main']);
    for (const commit of scene.ledger.commits) scene.pushed.add(commit);
    await studio.json('', ['clone', scene.node.at('film'), 'copy']);
    return scene;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.node.end('SIGKILL');
    await this.studio[Symbol.asyncDispose]();
  }

  /** Runs the relay, on another port each time, and tells the repositories where it is. */
  async startNode(): Promise<void> {
    this.node = await this.studio.relay();
    for (const folder of ['film', 'copy']) {
      const repository = await openRepository(this.studio.path(folder)).catch(() => undefined);
      if (repository === undefined) continue;
      await removeRemote(repository, 'origin').catch(() => undefined);
      await addRemote(repository, { name: 'origin', address: this.node.at('film') });
      await repository.close();
    }
  }

  /** A name that no file, branch or peer has yet. */
  name(prefix: string): string {
    this.#names += 1;
    return `${prefix}-${this.#names}`;
  }

  /** Writes a big file and some small ones, partly new, partly in place of others. */
  async change(): Promise<void> {
    await this.write('take.mov', this.#bytes(BIG_FILE_BYTES));
    for (let count = 0; count < SMALL_FILES; count += 1) {
      const name = `shots/${this.random.below(3 * SMALL_FILES)}.exr`;
      await this.write(name, this.#bytes(1 + this.random.below(SMALL_FILE_MAX_BYTES)));
    }
  }

  async write(name: string, content: Buffer): Promise<void> {
    await this.studio.sandbox.write(`film/${name}`, content);
    this.files.set(name, activeHash.hash(content).toString('hex'));
  }

  /** One of the small files. */
  anyFile(): string {
    const names = [...this.files.keys()].filter((name) => name !== 'take.mov');
    return names[this.random.below(names.length)]!;
  }

  /** A commit of everything in the working tree was acknowledged. */
  committed(commit: string): void {
    this.ledger.promise(commit, this.files);
  }

  #bytes(length: number): Buffer {
    return seededBytes(this.random.below(SEED_RANGE), length);
  }
}
