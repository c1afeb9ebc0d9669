import assert from 'node:assert/strict';
import {
  createBranchAt,
  createTag,
  deleteBranch,
  deleteTag,
  listBranches,
  listTags,
  resolveRevision,
  similarNames,
  switchTo,
} from '../../../repo/index.ts';
import { parseRevision } from '../../../repo/revisions/revision-grammar.ts';
import { remoteRef } from '../../../store/index.ts';
import { codeOf, repositoryFixture } from '../repository-fixture.ts';

describe('parseRevision', () => {
  it('reads steps from left to right', () => {
    assert.deepEqual(parseRevision('origin/main^2~10^'), {
      base: 'origin/main',
      steps: [
        { kind: 'parent', count: 2 },
        { kind: 'ancestor', count: 10 },
        { kind: 'parent', count: 1 },
      ],
    });
    assert.deepEqual(parseRevision('@~'), {
      base: 'HEAD',
      steps: [{ kind: 'ancestor', count: 1 }],
    });
  });

  it('refuses what names nothing', () => {
    for (const text of ['', '~1', '^', 'a~99999999999', 'x'.repeat(2_000)]) {
      assert.throws(() => parseRevision(text), { code: 'DITS_REPO_REVISION_NOT_FOUND' });
    }
  });
});

describe('resolveRevision', () => {
  const fixture = repositoryFixture();

  it('knows ids, short ids, branches, tags, remote branches and HEAD, and steps back from each', async () => {
    const { repository, write, record } = fixture();
    write('a', '1');
    const first = await record('First');
    write('a', '2');
    const second = await record('Second');
    const { refs } = repository.store;
    const change = { name: remoteRef('origin', 'main'), target: first };
    await refs.update([change], { actor: 'test', reason: 'test' });
    await createTag(repository, 'light', { revision: first });
    await createTag(repository, 'v1.0', { message: 'Annotated' });
    const of = async (text: string): Promise<string> =>
      (await resolveRevision(repository, text)).commit;
    for (const text of ['HEAD', '@', 'main', 'heads/main', 'refs/heads/main', 'v1.0', second]) {
      assert.equal(await of(text), second, text);
    }
    for (const text of [first, first.slice(0, 4), first.slice(0, 40), 'HEAD~1', 'main^', 'light']) {
      assert.equal(await of(text), first, text);
    }
    for (const text of [
      'origin/main',
      'v1.0~',
      'HEAD^0~1',
      'tags/light',
      `${second.slice(0, 9)}^1`,
    ]) {
      assert.equal(await of(text), first, text);
    }
    for (const text of ['HEAD~2', 'main^2', 'ffffffff', 'abc', 'no such', '..', 'f'.repeat(64)]) {
      assert.equal(await codeOf(of(text)), 'DITS_REPO_REVISION_NOT_FOUND', text);
    }
    await assert.rejects(of('mian'), { hint: /did you mean main/ });
    const [tag] = (await listTags(repository)).filter((one) => one.tag !== undefined);
    assert.equal(tag?.tag?.message, 'Annotated');
    assert.equal((await resolveRevision(repository, 'v1.0')).object === second, false);
  });

  it('finds commits that only the reflog still knows', async () => {
    const { repository, write, record } = fixture();
    write('a', '1');
    const first = await record('First');
    await switchTo(repository, undefined, { create: 'gone' });
    write('a', '2');
    const second = await record('Second');
    await switchTo(repository, 'main');
    assert.equal(await codeOf(deleteBranch(repository, 'gone')), 'DITS_REPO_BRANCH_NOT_MERGED');
    assert.equal(await codeOf(deleteBranch(repository, 'main')), 'DITS_REPO_BRANCH_IN_USE');
    await deleteBranch(repository, 'gone', { force: true });
    assert.equal((await resolveRevision(repository, second.slice(0, 10))).commit, second);
    assert.notEqual(first, second);
  });

  it('lists, makes and deletes branches and tags', async () => {
    const { repository, write, record } = fixture();
    write('a', '1');
    const first = await record('First');
    await createBranchAt(repository, 'side/one');
    assert.deepEqual(
      (await listBranches(repository)).map(({ name, commit, isCurrent }) => [
        name,
        commit,
        isCurrent,
      ]),
      [
        ['main', first, true],
        ['side/one', first, false],
      ],
    );
    assert.equal(await codeOf(createBranchAt(repository, 'side/one')), 'DITS_REPO_REF_EXISTS');
    assert.equal(
      await codeOf(createBranchAt(repository, 'bad..name')),
      'DITS_STORE_INVALID_REF_NAME',
    );
    await deleteBranch(repository, 'side/one');
    assert.equal(
      await codeOf(deleteBranch(repository, 'side/one')),
      'DITS_REPO_REVISION_NOT_FOUND',
    );
    await createTag(repository, 'v1');
    assert.equal(await codeOf(createTag(repository, 'v1')), 'DITS_REPO_REF_EXISTS');
    await deleteTag(repository, 'v1');
    assert.equal(await codeOf(deleteTag(repository, 'v1')), 'DITS_REPO_REVISION_NOT_FOUND');
  });

  it('says that a branch without commits has none', async () => {
    const { repository } = fixture();
    assert.equal(await codeOf(resolveRevision(repository, 'HEAD')), 'DITS_REPO_REVISION_NOT_FOUND');
  });
});

describe('similarNames', () => {
  it('finds mistyped names, nearest first, and leaves others alone', () => {
    assert.deepEqual(similarNames('mian', ['main', 'origin/main', 'master', 'dev']), [
      'main',
      'origin/main',
    ]);
    assert.deepEqual(similarNames('release', ['main', 'dev']), []);
    assert.deepEqual(similarNames('x'.repeat(5_000), ['x']), []);
  });
});
