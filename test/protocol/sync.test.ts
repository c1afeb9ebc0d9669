import assert from 'node:assert/strict';
import { StoreError, branchRef, objectId, tagRef, type ObjectId } from '../../store/index.ts';
import {
  BloomFilter,
  WINDOW_MIN_BYTES,
  bloomParameters,
  type RemoteRepository,
  type SyncProgress,
  type SyncReport,
} from '../../protocol/index.ts';
import { SampleRepository, SeededRandom } from '../../simulations/index.ts';
import { connectPair, openHost } from './support/session-pair.ts';

const KIB = 1024;
const MAIN = branchRef('main');

async function pushMain(local: SampleRepository, remote: RemoteRepository): Promise<SyncReport> {
  const { refs } = await remote.listRefs();
  const old = refs.find((ref) => ref.name === MAIN)?.target ?? null;
  const target = (await local.refs.get(MAIN))!;
  const report = await remote.push({
    store: local.objects,
    wants: [target],
    haves: refs.map((ref) => ref.target),
  });
  const [result] = await remote.updateRefs([{ name: MAIN, old, new: target, force: false }]);
  assert.ok(result?.result === 'created' || result?.result === 'updated', result?.result);
  return report;
}

async function pullMain(
  local: SampleRepository,
  remote: RemoteRepository,
  haves: readonly ObjectId[] = [],
): Promise<SyncReport> {
  const { refs } = await remote.listRefs();
  return remote.pull({ store: local.objects, wants: refs.map((ref) => ref.target), haves });
}

async function assertSame(a: SampleRepository, b: SampleRepository): Promise<void> {
  const [idsA, idsB] = await Promise.all([a.ids(), b.ids()]);
  assert.deepEqual([...idsA].sort(), [...idsB].sort());
}

/** Content whose chunk the filter calls present, though it was never added. */
async function plantFalsePositive(
  repository: SampleRepository,
  filter: BloomFilter,
  random: SeededRandom,
): Promise<Buffer> {
  for (;;) {
    const bytes = random.bytes(64);
    const id = objectId('chunk', bytes);
    if (!filter.has(id)) continue;
    assert.deepEqual(await repository.objects.has([id]), [false]);
    return bytes;
  }
}

describe('a sync', () => {
  it('fills an empty repository by a push', async () => {
    const random = new SeededRandom(1);
    const [local, remote] = [new SampleRepository(), new SampleRepository()];
    await local.commit({ a: random.bytes(50 * KIB), b: random.bytes(3 * KIB) });
    await local.commit({ a: random.bytes(50 * KIB), b: random.bytes(KIB) });
    const { session, close } = await connectPair(openHost({ repo: remote }));
    const opened = await session.openRepository('repo', { access: 'write' });
    const report = await pushMain(local, opened);
    assert.equal(await remote.refs.get(MAIN), await local.refs.get(MAIN));
    await assertSame(local, remote);
    assert.equal(report.objects.total, (await local.ids()).size);
    assert.equal(report.objects.transferred, report.objects.total);
    assert.equal(report.objects.present, 0);
    await close();
  });

  it('ends when what another transfer had brought is durable, too', async () => {
    const random = new SeededRandom(21);
    const [local, remote] = [new SampleRepository(), new SampleRepository()];
    await local.commit({ a: random.bytes(50 * KIB) });
    // The other transfer: it has put everything and flushed nothing.
    for await (const batch of local.objects.list()) {
      await remote.objects.putRecords(await local.objects.getRecords(batch.map(({ id }) => id)));
    }
    let flushes = 0;
    remote.objects.flush = () => {
      flushes++;
      return Promise.resolve();
    };
    const { session, close } = await connectPair(openHost({ repo: remote }));
    const opened = await session.openRepository('repo', { access: 'write' });
    const wants = [(await local.refs.get(MAIN))!];
    const report = await opened.push({ store: local.objects, wants, haves: [] });
    assert.equal(report.objects.transferred, 0);
    assert.equal(flushes, 1);
    await close();
  });

  it('fills an empty repository by a pull', async () => {
    const random = new SeededRandom(2);
    const [local, remote] = [new SampleRepository(), new SampleRepository()];
    await remote.commit({ a: random.bytes(50 * KIB), b: random.bytes(3 * KIB) });
    const { session, close } = await connectPair(openHost({ repo: remote }));
    const opened = await session.openRepository('repo', { access: 'read' });
    const report = await pullMain(local, opened);
    await assertSame(local, remote);
    assert.equal(report.chunks.transferred, 14);
    assert.equal(report.bytes.logical, 53 * KIB);
    await close();
  });

  it('sends only what changed when it knows what the other side has', async () => {
    const random = new SeededRandom(3);
    const [local, remote] = [new SampleRepository(), new SampleRepository()];
    const big = random.bytes(400 * KIB);
    await local.commit({ big, small: random.bytes(KIB) });
    const { session, pair, close } = await connectPair(openHost({ repo: remote }));
    const opened = await session.openRepository('repo', { access: 'write' });
    await pushMain(local, opened);
    big.writeUInt8(big.readUInt8(200_000) ^ 1, 200_000);
    await local.commit({ big, small: random.bytes(KIB) });
    const before = pair.dialler.stats();
    const report = await pushMain(local, opened);
    const after = pair.dialler.stats();
    await assertSame(local, remote);
    assert.equal(report.chunks.transferred, 2);
    assert.ok(after.bytesSent - before.bytesSent < 40 * KIB);
    await close();
  });

  it('pulls only what changed', async () => {
    const random = new SeededRandom(4);
    const [local, remote] = [new SampleRepository(), new SampleRepository()];
    const big = random.bytes(400 * KIB);
    const first = await remote.commit({ big });
    const { session, close } = await connectPair(openHost({ repo: remote }));
    const opened = await session.openRepository('repo', { access: 'read' });
    await pullMain(local, opened);
    big.writeUInt8(big.readUInt8(100) ^ 1, 100);
    await remote.commit({ big });
    const report = await pullMain(local, opened, [first]);
    await assertSame(local, remote);
    assert.equal(report.chunks.transferred, 1);
    await close();
  });

  it('asks nothing about nothing: what is wanted is there', async () => {
    const local = new SampleRepository();
    const id = await local.commit({ a: Buffer.from('a') });
    const { session, close } = await connectPair(openHost({ repo: local }));
    const opened = await session.openRepository('repo', { access: 'write' });
    const report = await opened.push({ store: local.objects, wants: [id], haves: [id] });
    assert.equal(report.objects.total, 0);
    await close();
  });

  it('does not send again what the other side holds elsewhere', async () => {
    const random = new SeededRandom(5);
    const [local, remote] = [new SampleRepository(), new SampleRepository()];
    const shared = random.bytes(200 * KIB);
    await remote.commit({ theirs: shared, more: random.bytes(20 * KIB) }, { branch: 'other' });
    await local.commit({ ours: shared, extra: random.bytes(40 * KIB) });
    const { session, close } = await connectPair(openHost({ repo: remote }));
    const opened = await session.openRepository('repo', { access: 'write' });
    const report = await pushMain(local, opened);
    assert.equal(report.chunks.total, 60);
    assert.equal(report.chunks.transferred, 10);
    assert.equal(report.chunks.present, 50);
    await close();
  });

  it('brings a chunk that the filter wrongly calls present, in either direction', async () => {
    for (const direction of ['push', 'pull'] as const) {
      const random = new SeededRandom(6);
      const [source, sink] = [new SampleRepository(), new SampleRepository()];
      await sink.commit({ theirs: random.bytes(200 * KIB) }, { branch: 'other' });
      const filter = BloomFilter.create(bloomParameters(await sink.objects.count()));
      for (const id of await sink.ids()) filter.add(id);
      // Chunks are tried until one is a false positive: about every hundredth is.
      const planted = await plantFalsePositive(source, filter, random);
      await source.commit({ planted, other: random.bytes(20 * KIB) });
      const [client, served] = direction === 'push' ? [source, sink] : [sink, source];
      const { session, close } = await connectPair(openHost({ repo: served }));
      const opened = await session.openRepository('repo', { access: 'write' });
      if (direction === 'push') await pushMain(client, opened);
      else await pullMain(client, opened);
      for (const id of await source.ids()) assert.deepEqual(await sink.objects.has([id]), [true]);
      await close();
    }
  });

  it('carries several transfers at a time over one connection', async () => {
    const random = new SeededRandom(7);
    const remote = new SampleRepository();
    const locals = await Promise.all(
      ['a', 'b', 'c', 'd'].map(async (branch) => {
        const local = new SampleRepository();
        await local.commit({ [branch]: random.bytes(100 * KIB) }, { branch });
        return { local, branch };
      }),
    );
    const { session, close } = await connectPair(openHost({ repo: remote }));
    const opened = await session.openRepository('repo', { access: 'write' });
    await Promise.all(
      locals.map(async ({ local, branch }) => {
        const target = (await local.refs.get(branchRef(branch)))!;
        await opened.push({ store: local.objects, wants: [target], haves: [] });
        const name = branchRef(branch);
        const [result] = await opened.updateRefs([{ name, old: null, new: target, force: false }]);
        assert.equal(result?.result, 'created');
      }),
    );
    for (const { local } of locals) {
      for (const id of await local.ids()) assert.deepEqual(await remote.objects.has([id]), [true]);
    }
    await close();
  });

  it('moves many small objects and records larger than a batch', async () => {
    const random = new SeededRandom(8);
    const [local, remote] = [new SampleRepository(), new SampleRepository()];
    const files: Record<string, Buffer> = {};
    for (let index = 0; index < 6_000; index++) files[`f${index}`] = random.bytes(12);
    await local.objects.put([{ kind: 'chunk', bytes: random.bytes(1) }]);
    await local.commit(files);
    const { session, close } = await connectPair(openHost({ repo: remote }));
    const opened = await session.openRepository('repo', { access: 'write' });
    const report = await pushMain(local, opened);
    assert.ok(report.chunks.transferred > 5_900);
    await close();
  });

  it('brings more tips than one request holds', async () => {
    const [local, remote] = [new SampleRepository(), new SampleRepository()];
    const files = { a: Buffer.from('a') };
    const wants: ObjectId[] = [];
    for (let index = 0; index < 4_100; index++) wants.push(await remote.commitTree(files, []));
    const changes = wants.map((target, index) => ({ name: tagRef(`v${index}`), target }));
    await remote.refs.update(changes, { actor: 'test', reason: 'test' });
    const { session, close } = await connectPair(openHost({ repo: remote }));
    const opened = await session.openRepository('repo', { access: 'read' });
    const report = await opened.pull({ store: local.objects, wants, haves: [] });
    await assertSame(local, remote);
    assert.equal(report.objects.transferred, 4_102);
    await close();
  });

  it('stops where its signal says so, keeps what arrived, and leaves the session usable', async () => {
    const random = new SeededRandom(9);
    const [local, remote] = [new SampleRepository(), new SampleRepository()];
    await local.commit({ a: random.bytes(8 * 1024 * KIB) });
    const { session, close } = await connectPair(openHost({ repo: remote }));
    const opened = await session.openRepository('repo', { access: 'write' });
    const controller = new AbortController();
    const reason = new Error('enough');
    const target = (await local.refs.get(MAIN))!;
    const pushing = opened.push({
      store: local.objects,
      wants: [target],
      haves: [],
      signal: controller.signal,
      onProgress: ({ objects }) => objects > 0 && controller.abort(reason),
    });
    await assert.rejects(pushing, reason);
    const report = await pushMain(local, opened);
    assert.equal(report.objects.total, (await local.ids()).size);
    await assertSame(local, remote);
    await close();
  });

  it('reports progress that only grows, and ends with the truth', async () => {
    const random = new SeededRandom(10);
    const [local, remote] = [new SampleRepository(), new SampleRepository()];
    await remote.commit({ a: random.bytes(3 * 1024 * KIB) });
    const { session, close } = await connectPair(openHost({ repo: remote }));
    const opened = await session.openRepository('repo', { access: 'read' });
    const seen: SyncProgress[] = [];
    const { refs } = await opened.listRefs();
    const report = await opened.pull({
      store: local.objects,
      wants: refs.map((ref) => ref.target),
      haves: [],
      onProgress: (progress) => seen.push(progress),
    });
    seen.forEach((progress, index) => {
      assert.ok(index === 0 || progress.objects >= seen[index - 1]!.objects);
    });
    const last = seen.at(-1)!;
    assert.equal(last.phase, 'done');
    assert.ok(last.isTotalKnown);
    assert.equal(last.objects, report.objects.transferred);
    assert.equal(report.objects.transferred, (await local.ids()).size);
    await close();
  });

  it('never has more than the window unacknowledged', async () => {
    const random = new SeededRandom(13);
    const [local, remote] = [new SampleRepository(), new SampleRepository()];
    await local.commit({ a: random.bytes(24 * 1024 * KIB) });
    // The store acknowledges nothing until it is let go: what the link has carried by then is what the window allows.
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const flush = remote.objects.flush.bind(remote.objects);
    remote.objects.flush = () => held.then(flush);
    const windowBytes = WINDOW_MIN_BYTES;
    const { session, pair, close } = await connectPair(openHost({ repo: remote }), { windowBytes });
    const opened = await session.openRepository('repo', { access: 'write' });
    const pushing = pushMain(local, opened);
    let sent = -1;
    while (sent !== pair.dialler.stats().bytesSent) {
      sent = pair.dialler.stats().bytesSent;
      for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
    }
    assert.ok(sent > windowBytes / 2 && sent < windowBytes * 1.01, `${sent} of ${windowBytes}`);
    letGo();
    await pushing;
    await assertSame(local, remote);
    await close();
  }).timeout(60_000);

  it('fetches single objects, and says which are not there', async () => {
    const random = new SeededRandom(14);
    const [local, remote] = [new SampleRepository(), new SampleRepository()];
    await remote.commit({ a: random.bytes(100 * KIB) });
    const ids = [...(await remote.ids())];
    const nowhere = '00'.repeat(32) as ObjectId;
    const { session, close } = await connectPair(openHost({ repo: remote }));
    const opened = await session.openRepository('repo', { access: 'read' });
    for await (const records of opened.fetchObjects([...ids, nowhere])) {
      await local.objects.putRecords(records);
    }
    await assertSame(local, remote);
    assert.deepEqual(await opened.has([ids[0]!, nowhere]), [true, false]);
    await close();
  });

  it('says so when the store of the peer is full, and goes on with the session', async () => {
    const [local, remote] = [new SampleRepository(), new SampleRepository()];
    await local.commit({ a: Buffer.from('a') });
    remote.objects.putRecords = () => {
      throw new StoreError('DITS_STORE_NO_SPACE', 'the disk is full');
    };
    const { session, close } = await connectPair(openHost({ repo: remote }));
    const opened = await session.openRepository('repo', { access: 'write' });
    await assert.rejects(pushMain(local, opened), { code: 'DITS_PROTOCOL_PEER_FAILED' });
    assert.equal((await opened.listRefs()).refs.length, 0);
    await close();
  });
});
