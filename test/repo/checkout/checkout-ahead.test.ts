import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { checkoutAhead, mergeFastForward, status, type Repository } from '../../../repo/index.ts';
import type { CommitId, ObjectReader } from '../../../store/index.ts';
import { noise } from '../../support/described-bytes.ts';
import { repositoryFixture } from '../repository-fixture.ts';

describe('a checkout ahead of the objects', () => {
  const remote = repositoryFixture();
  const local = repositoryFixture();

  async function recordRemote(): Promise<CommitId> {
    const { write, record } = remote();
    write('large.mov', noise('7', 5_000_000));
    write('shot/frame.exr', noise('8', 700_000));
    for (let at = 0; at < 20; at++) write(`shot/notes/${at}`, `note ${at}`);
    return record('First');
  }

  async function copyObjects(from: Repository, to: Repository): Promise<void> {
    for await (const infos of from.store.objects.list()) {
      const ids = infos.map(({ id }) => id);
      await to.store.objects.putRecords(await from.store.objects.getRecords(ids));
    }
    await to.store.objects.flush();
  }

  async function isClean(repository: Repository): Promise<boolean> {
    const { staged, unstaged, untracked } = await status(repository);
    return staged.length + unstaged.length + untracked.length === 0;
  }

  it('writes the files, and the index with the checkout that they were written for', async () => {
    const target = await recordRemote();
    const { repository, snapshot } = local();
    const { objects: reader } = remote().repository.store;
    const ahead = await checkoutAhead(repository, { reader, target });
    assert.deepEqual(snapshot(), remote().snapshot());
    assert.equal(ahead.totals.written, 22);
    // Nothing yet that says so: the objects may not be durable, or not come at all.
    assert.equal(existsSync(repository.layout.indexFile), false);

    await copyObjects(remote().repository, repository);
    const merged = await mergeFastForward(repository, target, { ahead });
    assert.equal(merged.written, 22);
    assert.equal(merged.head, target);
    assert.equal(await isClean(repository), true);
  });

  it('that broke off is finished by the next checkout, which finds the files in place', async () => {
    const target = await recordRemote();
    const { repository, snapshot } = local();
    const { objects } = remote().repository.store;
    let reads = 0;
    const breaking: ObjectReader = {
      has: (ids) => objects.has(ids),
      info: (ids) => objects.info(ids),
      // The tree, the small files and the beginning of the large one come through.
      get: (ids) => (++reads > 7 ? Promise.reject(new Error('cut')) : objects.get(ids)),
      getRecords: (ids) => objects.getRecords(ids),
      list: () => objects.list(),
      listIdRows: () => objects.listIdRows(),
      count: () => objects.count(),
    };
    await assert.rejects(checkoutAhead(repository, { reader: breaking, target }), /cut/);
    assert.equal(existsSync(repository.layout.indexFile), false);
    await copyObjects(remote().repository, repository);
    await mergeFastForward(repository, target);
    assert.deepEqual(snapshot(), remote().snapshot());
    assert.equal(await isClean(repository), true);
  });

  it('of another tree than is checked out in the end is not counted on', async () => {
    const first = await recordRemote();
    remote().write('shot/notes/1', 'another');
    const second = await remote().record('Second');
    const { repository, snapshot } = local();
    await copyObjects(remote().repository, repository);
    const { objects: reader } = repository.store;
    const ahead = await checkoutAhead(repository, { reader, target: first });
    await assert.rejects(mergeFastForward(repository, second, { ahead }), {
      code: 'DITS_REPO_LOCAL_CHANGES',
    });
    assert.equal((await mergeFastForward(repository, first, { ahead })).written, 22);
    await mergeFastForward(repository, second, { ahead });
    assert.deepEqual(snapshot(), remote().snapshot());
    assert.equal(await isClean(repository), true);
  });
});
