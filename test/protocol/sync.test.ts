import assert from 'node:assert/strict';
import { branchRef, type ObjectId } from '../../store/index.ts';
import type { RemoteRepository, SyncReport } from '../../protocol/index.ts';
import { Random } from './support/random.ts';
import { SampleRepository } from './support/sample-repository.ts';
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

describe('a sync', () => {
  it('fills an empty repository by a push', async () => {
    const random = new Random(1);
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

  it('fills an empty repository by a pull', async () => {
    const random = new Random(2);
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
});
