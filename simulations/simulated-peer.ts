/** A peer of a simulation: a repository in memory that changes, serves and syncs. */
import {
  StoreError,
  branchRef,
  findMissing,
  isAncestor,
  type CommitId,
  type ObjectId,
  type RefName,
} from '../store/index.ts';
import {
  completeAndUpdateRefs,
  type RemoteRepository,
  type ServedRepositories,
  type RequestedChange,
} from '../protocol/index.ts';
import { SampleRepository } from './sample-repository.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Name of the one repository that every peer serves. */
export const REPOSITORY_NAME = 'film';
/** The branch that everyone commits to. */
const MAIN: RefName = branchRef('main');

/** Bytes of a file, at most: some chunks, so that content is shared between versions. */
const FILE_SIZE_MAX_BYTES = 60_000;
const FILES_MAX = 6;

export class SimulatedPeer {
  readonly name: string;
  readonly repository = new SampleRepository();
  readonly #random: SeededRandom;
  readonly #files: Record<string, Buffer> = {};
  /** The branch that only this peer commits to. */
  readonly #own: RefName;

  constructor(name: string, random: SeededRandom) {
    this.name = name;
    this.#random = random;
    this.#own = branchRef(name);
  }

  /** Serves the repository to everyone. */
  get host(): ServedRepositories {
    const { repository } = this;
    return {
      authorize: () => Promise.resolve({ isGranted: true, access: 'write', repository }),
    };
  }

  /** Changes a file and commits, to this peer's own branch or to the one that everyone shares. */
  async commit(): Promise<void> {
    const name = `f${this.#random.below(FILES_MAX)}`;
    const file = this.#files[name];
    if (file === undefined || this.#random.below(3) === 0) {
      this.#files[name] = this.#random.bytes(1 + this.#random.below(FILE_SIZE_MAX_BYTES));
    } else {
      const at = this.#random.below(file.length);
      const copy = Buffer.from(file);
      copy.writeUInt8(copy.readUInt8(at) ^ 1, at);
      this.#files[name] = copy;
    }
    await this.#commitTo(this.#random.below(2) === 0 ? MAIN : this.#own, []);
  }

  /** Brings what the other side has, joins its main with ours, and sends what it lacks. */
  async syncWith(remote: RemoteRepository): Promise<void> {
    await this.#pull(remote);
    await this.#push(remote);
  }

  /** Every ref leads to objects that are all there, and each of them is what its id says. */
  async check(): Promise<void> {
    const { objects, refs } = this.repository;
    const wants = (await refs.list()).map((ref) => ref.target);
    if (wants.length === 0) return;
    const { missing } = await findMissing(objects, { wants, complete: [] });
    if (missing.length > 0) throw new Error(`${this.name} lacks ${missing.length} objects`);
    for await (const batch of objects.list()) await objects.get(batch.map(({ id }) => id));
  }

  /** All refs, as text to compare. */
  async state(): Promise<string> {
    const refs = await this.repository.refs.list();
    return refs.map(({ name, target }) => `${name} ${target}`).join('\n');
  }

  async #pull(remote: RemoteRepository): Promise<void> {
    const { objects, refs } = this.repository;
    const theirs = (await remote.listRefs()).refs;
    const ours = new Map((await refs.list()).map((ref) => [ref.name as string, ref.target]));
    const news = theirs.filter((ref) => ours.get(ref.name) !== ref.target);
    if (news.length === 0) return;
    const wants = news.map((ref) => ref.target);
    await remote.pull({ store: objects, wants, haves: [...ours.values()] });
    const changes = news.map((ref) => ({
      name: ref.name,
      old: ours.get(ref.name) ?? null,
      new: ref.target,
      force: false,
    }));
    const results = await this.#update(changes);
    const main = news.find((ref) => ref.name === MAIN);
    const isMainApart = results.some(
      ({ name, result }) => name === MAIN && result === 'rejected-non-fast-forward',
    );
    if (main !== undefined && isMainApart) await this.#join(main.target);
  }

  async #push(remote: RemoteRepository): Promise<void> {
    const { objects, refs } = this.repository;
    const theirs = new Map((await remote.listRefs()).refs.map((ref) => [ref.name, ref.target]));
    const news = (await refs.list()).filter((ref) => theirs.get(ref.name) !== ref.target);
    if (news.length === 0) return;
    const wants = news.map((ref) => ref.target);
    await remote.push({ store: objects, wants, haves: [...theirs.values()] });
    const changes = news.map((ref) => ({
      name: ref.name,
      old: theirs.get(ref.name) ?? null,
      new: ref.target,
      force: false,
    }));
    const results = await remote.updateRefs(changes);
    if (results.some(({ result }) => result === 'incomplete' || result === 'denied')) {
      throw new Error(`a push was refused: ${results.map((one) => one.result).join(', ')}`);
    }
  }

  /** A commit with both sides as parents, unless ours contains theirs already. */
  async #join(theirs: ObjectId): Promise<void> {
    const ours = (await this.repository.refs.get(MAIN)) as CommitId | undefined;
    const { objects } = this.repository;
    if (ours !== undefined && (await isAncestor(objects, theirs as CommitId, ours))) return;
    await this.#commitTo(MAIN, [theirs as CommitId]);
  }

  async #commitTo(name: RefName, others: readonly CommitId[]): Promise<void> {
    const { refs } = this.repository;
    const old = (await refs.get(name)) as CommitId | undefined;
    const parents = [...(old === undefined ? [] : [old]), ...others.filter((id) => id !== old)];
    const id = await this.repository.commitTree(this.#files, parents);
    try {
      await refs.update([{ name, expected: old ?? null, target: id }], {
        actor: this.name,
        reason: 'commit',
      });
    } catch (error) {
      // A push from another peer came in between: the commit is lost, as it would be to someone who starts over.
      if (!(error instanceof StoreError) || error.code !== 'DITS_STORE_REF_CHANGED') throw error;
    }
  }

  async #update(changes: readonly RequestedChange[]) {
    const results = await completeAndUpdateRefs(this.repository, changes, {
      context: { actor: this.name, reason: 'pull' },
      names: 'any',
    });
    if (results.some(({ result }) => result === 'incomplete' || result === 'denied')) {
      throw new Error(`a pull was incomplete: ${results.map((one) => one.result).join(', ')}`);
    }
    return results;
  }
}
