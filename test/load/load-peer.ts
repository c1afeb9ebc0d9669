/** One of many peers: an identity, a store on disk and a session with a relay, in a process that it shares with others. */
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  TrustFile,
  dialPeer,
  parsePeerAddress,
  resolveNodeSettings,
  systemClock,
  type Identity,
} from '../../node/index.ts';
import {
  ProtocolError,
  connectSession,
  type RefResultKind,
  type RemoteRepository,
  type Session,
  type WireRef,
} from '../../protocol/index.ts';
import {
  branchRef,
  createStore,
  findMissing,
  ingestBytes,
  writeTree,
  type CommitId,
  type ObjectId,
  type Store,
} from '../../store/index.ts';
import { SeededRandom } from '../../simulations/index.ts';
import { seededBytes } from '../integration/studio.ts';
import { writeCommit } from '../store/objects/tree-fixture.ts';

/** How a peer reaches the relay; a crowd has some of each. */
export const WAYS = [
  { transports: 'quic', bulkLanes: 'never' },
  { transports: 'quic', bulkLanes: 'always' },
  { transports: 'tcp', bulkLanes: 'never' },
] as const;
type Way = (typeof WAYS)[number];

const DIAL_TIMEOUT_MS = 60_000;
/** The branch that many want to move. */
const MAIN = branchRef('main');

export type LoadPeerOptions = {
  readonly name: string;
  readonly identity: Identity;
  /** Where its store and its home folder are made. */
  readonly folder: string;
  readonly seed: number;
  /** Address of the relay's repository, which the first peer makes. */
  readonly address: string;
  readonly way: Way;
};

/** A commit that the relay said it has, and the branch that it said leads there. */
export type Acknowledged = { readonly branch: string; readonly commit: CommitId };

export class LoadPeer {
  readonly name: string;
  readonly acknowledged: Acknowledged[] = [];
  readonly #options: LoadPeerOptions;
  readonly #store: Store;
  readonly #random: SeededRandom;
  /** Values of the relay's refs that are complete here. */
  readonly #complete = new Set<ObjectId>();
  #session: Session | undefined;
  #remote: RemoteRepository | undefined;
  #own: CommitId | null = null;
  #commitCount = 0;

  private constructor(options: LoadPeerOptions, store: Store) {
    this.name = options.name;
    this.#options = options;
    this.#store = store;
    this.#random = new SeededRandom(options.seed);
  }

  static async create(options: LoadPeerOptions): Promise<LoadPeer> {
    await mkdir(join(options.folder, 'home'), { recursive: true });
    return new LoadPeer(options, await createStore(join(options.folder, 'store')));
  }

  async connect(): Promise<void> {
    const { address, identity, folder, way } = this.#options;
    const trust = new TrustFile(join(folder, 'home'), { now: () => new Date() });
    const parsed = parsePeerAddress(address);
    const connection = await dialPeer({ identity, trust }, parsed, {
      settings: resolveNodeSettings(way),
      timeoutMs: DIAL_TIMEOUT_MS,
    });
    const clock = systemClock;
    this.#session = await connectSession(connection, { clock }, { software: 'load/1' });
    const asked = { access: 'write', create: true } as const;
    this.#remote = await this.#session.openRepository(parsed.repository, asked);
  }

  /** Says goodbye, or not. */
  async disconnect(): Promise<void> {
    await this.#session?.close();
    this.#session = undefined;
    this.#remote = undefined;
  }

  /** Records so many new bytes on its own branch, and pushes. */
  async push(bytes: number): Promise<void> {
    const branch = branchRef(this.name);
    const commit = await this.#commit(bytes, this.#own === null ? [] : [this.#own]);
    const result = await this.#send(branch, { old: this.#own, commit });
    assert.match(result, /^(created|updated)$/, `${this.name}: its own branch was ${result}`);
    this.#own = commit;
  }

  /** Takes one of the other branches, drawn at random, until so many are here. */
  async pull(branches: number): Promise<void> {
    const remote = this.#connected;
    const { refs } = await remote.listRefs();
    const others = refs.filter(({ target }) => !this.#complete.has(target));
    const wants: WireRef[] = [];
    while (wants.length < branches && others.length > 0) {
      wants.push(...others.splice(this.#random.below(others.length), 1));
    }
    try {
      await this.#take(remote, wants);
    } catch (error) {
      // A branch has been given up since the list was made: as good as never seen.
      if (!(error instanceof ProtocolError && error.code === 'DITS_PROTOCOL_NOT_FOUND'))
        throw error;
    }
  }

  /** Puts a commit of its own on the branch that everybody wants to move; tries until it is there. Returns the tries. */
  async race(bytes: number): Promise<number> {
    for (let tries = 1; ; tries++) {
      const remote = this.#connected;
      const { refs } = await remote.listRefs();
      const main = refs.find(({ name }) => name === MAIN);
      if (main !== undefined) await this.#take(remote, [main]);
      const old = (main?.target as CommitId | undefined) ?? null;
      const commit = await this.#commit(bytes, old === null ? [] : [old]);
      const result = await this.#send(MAIN, { old, commit });
      if (result === 'created' || result === 'updated') return tries;
      assert.match(result, /^(rejected-non-fast-forward|locked)$/, `${this.name}: main ${result}`);
      await systemClock.sleep(this.#random.below(100 * tries), new AbortController().signal);
    }
  }

  /** Gives up its own branch at the relay. */
  async retire(): Promise<void> {
    if (this.#own === null) return;
    const remote = this.#connected;
    const name = branchRef(this.name);
    const change = { name, old: this.#own, new: null, force: true };
    const [result] = await remote.updateRefs([change]);
    assert.equal(result?.result, 'deleted', `${this.name}: ${JSON.stringify(result)}`);
    this.#own = null;
    this.acknowledged.splice(0);
  }

  /** Everything that was taken is here, and every object is what its id says. */
  async check(): Promise<void> {
    const { missing } = await findMissing(this.#store.objects, {
      wants: [...this.#complete],
      complete: [],
    });
    assert.equal(missing.length, 0, `${this.name} lacks ${missing.length} objects`);
    const { corrupt } = await this.#store.fsck();
    assert.deepEqual(corrupt, [], `${this.name} has corrupt objects`);
  }

  async close(): Promise<void> {
    await this.disconnect();
    await this.#store.close();
  }

  get #connected(): RemoteRepository {
    assert.ok(this.#remote !== undefined, `${this.name} is not connected`);
    return this.#remote;
  }

  async #take(remote: RemoteRepository, refs: readonly WireRef[]): Promise<void> {
    const wants = refs.map(({ target }) => target).filter((id) => !this.#complete.has(id));
    if (wants.length === 0) return;
    await remote.pull({ store: this.#store.objects, wants, haves: [...this.#complete] });
    for (const id of wants) this.#complete.add(id);
  }

  async #send(
    name: string,
    { old, commit }: { readonly old: CommitId | null; readonly commit: CommitId },
  ): Promise<RefResultKind> {
    const remote = this.#connected;
    const haves = old === null ? [] : [old];
    await remote.push({ store: this.#store.objects, wants: [commit], haves });
    const [answer] = await remote.updateRefs([{ name, old, new: commit, force: false }]);
    const result = answer?.result ?? 'denied';
    if (result === 'created' || result === 'updated') {
      this.acknowledged.push({ branch: name, commit });
      this.#complete.add(commit);
    }
    return result;
  }

  async #commit(bytes: number, parents: readonly CommitId[]): Promise<CommitId> {
    const { objects } = this.#store;
    const content = seededBytes(this.#random.below(2 ** 31), bytes);
    const { content: stored, size } = await ingestBytes({ store: objects }, content);
    const name = `take-${++this.#commitCount}`;
    const tree = await writeTree(objects, [{ kind: 'file', name, content: stored, size }]);
    const commit = await writeCommit(objects, { tree, parents, message: this.name });
    await objects.flush();
    return commit;
  }
}
