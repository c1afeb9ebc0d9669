import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  b3sumLine,
  listFiles,
  listTags,
  log,
  openRepository,
  reset,
  status,
  type Repository,
} from '../../repo/index.ts';
import { activeHash, type Store } from '../../store/index.ts';
import { fixturePath } from '../support/fixture-path.ts';

/** What `b3sum` says of the files of each commit. */
const FIRST = [
  'af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262  empty',
  'e87900a653cac7e6b7a5e9faabf3664d859d624c9af4e1b6a5e7becc41091b9b  footage/take-1.wav',
  'ea3af4338384d77d45567fdbe69c76f1b4d3eea4f5d5069575549600bc2cefa3  note.txt',
  '940ebc75b1cc0ec2bde9abce168dfd50eceb1531926d5a35e8cdde0a257f5379  script.txt',
];
const SECOND = [
  'af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262  empty',
  'e87900a653cac7e6b7a5e9faabf3664d859d624c9af4e1b6a5e7becc41091b9b  footage/take-1.wav',
  '1090276d54cf0ba1526b820f1c4c935100282a36e2a37adf0f8c66b6cac33050  footage/take-2.wav',
  '76543a5c925f05c84c45de0230e61a32d1ea70a9d35d291e95c8dfa94d5e8da9  note.txt',
  '940ebc75b1cc0ec2bde9abce168dfd50eceb1531926d5a35e8cdde0a257f5379  script.txt',
];

/** Works on a copy of the golden store, which is only ever read. */
async function withGolden(
  work: (repository: Repository<Store>, root: string) => Promise<void>,
): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'dits-golden-'));
  try {
    await cp(fixturePath(join('fixtures', 'store-v1')), join(root, '.dits'), { recursive: true });
    await using repository = await openRepository(root);
    await work(repository, root);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function sums(repository: Repository, revision: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const file of listFiles(repository, { revision })) lines.push(b3sumLine(file) ?? '');
  return lines;
}

describe('the golden store of format 1', () => {
  it('opens with every ref, tag, setting and line of history', async () => {
    await withGolden(async (repository) => {
      const { refs } = repository.store;
      const list = await refs.list();
      assert.deepEqual(
        list.map(({ name }) => name),
        [
          'refs/heads/main',
          'refs/heads/side',
          'refs/remotes/origin/main',
          'refs/tags/rough',
          'refs/tags/v1',
        ],
      );
      assert.equal(list[1]?.move?.signature, 'cd'.repeat(64));
      assert.equal((await refs.reflog()).length, 8);
      const tags = await listTags(repository);
      assert.deepEqual(
        tags.map(({ name, tag }) => [name, tag?.message]),
        [
          ['rough', undefined],
          ['v1', 'Delivered'],
        ],
      );
      const messages: string[] = [];
      for await (const { commit } of log(repository)) messages.push(commit.message);
      assert.deepEqual(messages, ['Second cut', 'First cut']);
      assert.equal(repository.user.name, 'Ada');
    });
  });

  it('gives back every file of every commit', async () => {
    await withGolden(async (repository, root) => {
      assert.deepEqual(await sums(repository, 'v1'), FIRST);
      assert.deepEqual(await sums(repository, 'main'), SECOND);
      await reset(repository, { mode: 'hard' });
      for (const line of SECOND) {
        const [b3 = '', path = ''] = line.split('  ');
        const bytes = await readFile(join(root, path));
        assert.equal(activeHash.hash(bytes).toString('hex'), b3, path);
      }
    });
  });

  it('still knows what was staged, and is sound', async () => {
    await withGolden(async (repository) => {
      const { staged } = await status(repository);
      assert.deepEqual(
        staged.map(({ path, change }) => [path, change]),
        [['staged.txt', 'added']],
      );
      const { ok, corrupt, missing } = await repository.store.fsck();
      assert.deepEqual({ ok, corrupt, missing }, { ok: true, corrupt: [], missing: [] });
    });
  });
});
