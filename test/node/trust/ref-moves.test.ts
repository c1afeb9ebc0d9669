import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  generateIdentity,
  isGenuineMove,
  moverOf,
  signMove,
  type Identity,
  type MoveToSign,
} from '../../../node/index.ts';
import type { RemoteRepository, WireRefChange, WireRefResult } from '../../../protocol/index.ts';
import { SampleRepository } from '../../../simulations/index.ts';
import { branchRef, type CommitId, type ObjectId, type RefMove } from '../../../store/index.ts';
import { NodeBench, type Home } from '../node-bench.ts';

const MAIN = branchRef('main');
const SIDE = branchRef('side');

/** A relay, a writer, and a history: `second` follows `first`, `aside` does not. */
class Scene {
  readonly bench: NodeBench;
  readonly relay: Home;
  readonly user: Home;
  readonly local: SampleRepository;
  readonly ids: { readonly first: CommitId; readonly second: CommitId; readonly aside: CommitId };
  remote!: RemoteRepository;

  private constructor(bench: NodeBench, local: SampleRepository, ids: Scene['ids']) {
    this.bench = bench;
    this.relay = bench.home();
    this.user = bench.home();
    this.local = local;
    this.ids = ids;
  }

  static async create(): Promise<Scene> {
    const local = new SampleRepository();
    const first = await local.commit({ a: Buffer.from('1') });
    const second = await local.commitTree({ a: Buffer.from('2') }, [first]);
    const aside = await local.commitTree({ a: Buffer.from('3') }, []);
    const scene = new Scene(await NodeBench.create(), local, { first, second, aside });
    const { peerId } = scene.user.identity;
    const grants = [{ repository: '*', access: 'write' as const }];
    await scene.relay.trust.add({ peerId, name: 'user', grants });
    const node = await scene.bench.start(scene.relay);
    const session = await scene.bench.session(scene.user, node);
    scene.remote = await session.openRepository('film', { access: 'write', create: true });
    await scene.remote.push({ store: local.objects, wants: [second, aside], haves: [] });
    return scene;
  }

  /** A move of main as the writer signs it, with whatever the test changes. */
  sign(over: Partial<MoveToSign> = {}, by: Identity = this.user.identity): RefMove {
    return signMove(by, {
      name: MAIN,
      old: null,
      target: this.ids.first,
      custody: this.remote.custody!,
      before: undefined,
      rememberedSequence: 0,
      isForward: true,
      nowMs: Date.now(),
      ...over,
    });
  }

  async update(change: Partial<WireRefChange>): Promise<WireRefResult> {
    const { first } = this.ids;
    const whole = { name: MAIN, old: null, new: first as ObjectId, force: false, ...change };
    const [result] = await this.remote.updateRefs([whole]);
    return result!;
  }

  async shown(): Promise<{ readonly target: ObjectId; readonly move: RefMove | undefined }> {
    const { refs } = await this.remote.listRefs();
    // The list that came with AUTH_OK is good for one use.
    const main = refs.find(({ name }) => name === MAIN) ?? (await this.remote.listRefs()).refs[0]!;
    const { repositoryId: repository } = this.remote.custody!;
    return { target: main.target, move: main.move && { ...main.move, repository } };
  }
}

describe('signed moves of refs', () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await Scene.create();
  });

  afterEach(async () => {
    await scene.bench.close();
  });

  it('are kept beside the ref, and shown to whoever may read it', async () => {
    assert.match(scene.remote.custody?.repositoryId ?? '', /^[0-9a-f]{64}$/);
    assert.equal(scene.remote.custody?.kept, true);
    const move = scene.sign();
    assert.equal((await scene.update({ move })).result, 'created');
    const { target, move: shown } = await scene.shown();
    assert.deepEqual(shown, move);
    assert.equal(moverOf(shown), scene.user.identity.peerId);
    assert.ok(isGenuineMove(shown, { name: MAIN, target }));
  });

  it('hold for one ref, value, time and repository only', () => {
    const move = scene.sign();
    const subject = { name: MAIN, target: scene.ids.first };
    assert.ok(isGenuineMove(move, subject));
    const other = generateIdentity().publicKey;
    for (const [forged, about] of [
      [move, { ...subject, name: SIDE }],
      [move, { ...subject, target: scene.ids.second }],
      [move, { ...subject, target: null }],
      [{ ...move, sequence: move.sequence + 1 }, subject],
      [{ ...move, rewound: 0 }, subject],
      [{ ...move, kept: false }, subject],
      [{ ...move, repository: '0'.repeat(64) }, subject],
      [{ ...move, mover: Buffer.from(other).toString('hex') }, subject],
    ] as const) {
      assert.ok(!isGenuineMove(forged, about));
    }
  });

  it('are refused when somebody else has signed, or nobody where somebody did before', async () => {
    const stranger = scene.sign({}, generateIdentity());
    assert.match((await scene.update({ move: stranger })).message, /signed by somebody else/);
    assert.equal((await scene.update({ move: scene.sign() })).result, 'created');
    const { first, second } = scene.ids;
    const unsigned = await scene.update({ old: first, new: second });
    assert.equal(unsigned.result, 'denied');
    assert.match(unsigned.message, /signed, and this one is not/);
  });

  it('are refused when they were made for something else', async () => {
    const custody = { repositoryId: 'a'.repeat(64), kept: true };
    for (const move of [
      scene.sign({ name: SIDE }),
      scene.sign({ target: scene.ids.second }),
      scene.sign({ custody }),
      scene.sign({ custody: { ...scene.remote.custody!, kept: false } }),
    ]) {
      assert.match((await scene.update({ move })).message, /signature of the move is wrong/);
    }
  });

  it('are refused when they are old, or of a time to come', async () => {
    const { first, second } = scene.ids;
    const early = scene.sign({ nowMs: Date.now() - 1_000 });
    const move = scene.sign();
    await scene.update({ move });
    await scene.update({
      old: first,
      new: null,
      move: scene.sign({ old: first, target: null, before: move }),
    });
    await scene.update({ move: scene.sign() });
    const { move: last } = await scene.shown();
    const replayed = await scene.update({
      old: first,
      new: second,
      move: { ...scene.sign({ old: first, target: second }), sequence: early.sequence },
    });
    assert.equal(replayed.result, 'denied');
    const older = scene.sign({ old: first, target: second, nowMs: last!.sequence - 1 });
    assert.match((await scene.update({ old: first, new: second, move: older })).message, /older/);
    const ahead = scene.sign({ old: first, target: second, before: last, nowMs: Date.now() + 2e8 });
    assert.match((await scene.update({ old: first, new: second, move: ahead })).message, /clock/);
  });

  it('say when a ref goes back, and are refused when they hide it', async () => {
    const { first, second, aside } = scene.ids;
    const one = scene.sign();
    await scene.update({ move: one });
    assert.equal(one.rewound, one.sequence);
    const two = scene.sign({ old: first, target: second, before: one });
    assert.equal((await scene.update({ old: first, new: second, move: two })).result, 'updated');
    assert.equal(two.rewound, one.rewound);
    const facts = { old: second, target: aside, before: two };
    const hiding = scene.sign(facts);
    const change = { old: second, new: aside, force: true };
    assert.match((await scene.update({ ...change, move: hiding })).message, /hides/);
    const honest = scene.sign({ ...facts, isForward: false });
    assert.equal(honest.rewound, honest.sequence);
    assert.equal((await scene.update({ ...change, move: honest })).result, 'updated');
  });

  it('exceed what went before, whatever the clock says', () => {
    const before = scene.sign({ nowMs: 2_000 });
    const next = { old: scene.ids.first, target: scene.ids.second };
    assert.equal(scene.sign({ ...next, before, nowMs: 5 }).sequence, 2_001);
    assert.equal(
      scene.sign({ ...next, before, nowMs: 5, rememberedSequence: 7_000 }).sequence,
      7_001,
    );
    const forged = { ...before, sequence: 9e15 };
    assert.equal(scene.sign({ ...next, before: forged, nowMs: 5 }).sequence, 5);
  });

  it('do not help against protection: no force, no deletion, whoever asks', async () => {
    const folder = join(scene.relay.folder, 'data', 'film');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'config.toml'), '[refs]\nprotect = "main release/*"\n');
    const { first, second, aside } = scene.ids;
    const one = scene.sign();
    await scene.update({ move: one });
    const back = { old: first, target: aside, before: one, isForward: false };
    const forced = await scene.update({
      old: first,
      new: aside,
      force: true,
      move: scene.sign(back),
    });
    assert.equal(forced.result, 'denied');
    assert.match(forced.message, /protected/);
    const gone = scene.sign({ old: first, target: null, before: one });
    assert.match((await scene.update({ old: first, new: null, move: gone })).message, /protected/);
    const on = scene.sign({ old: first, target: second, before: one });
    assert.equal((await scene.update({ old: first, new: second, move: on })).result, 'updated');
    await writeFile(join(folder, 'config.toml'), 'protect = [');
    const two = { old: second, target: aside, before: on, isForward: false };
    await assert.rejects(
      scene.update({ old: second, new: aside, force: true, move: scene.sign(two) }),
    );
    assert.equal((await scene.shown()).target, second);
  });
});
