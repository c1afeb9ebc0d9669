import assert from 'node:assert/strict';
import {
  StoreError,
  branchRef,
  encodeTag,
  tagRef,
  type CommitId,
  type ObjectId,
  type RefStore,
  type StoreErrorCode,
} from '../../store/index.ts';
import { SampleRepository } from '../../simulations/index.ts';
import { connectPair, openHost } from './support/session-pair.ts';

const MAIN = branchRef('main');
const NOWHERE = 'ee'.repeat(32) as ObjectId;

describe('an update of refs', () => {
  type Scene = {
    readonly remote: SampleRepository;
    readonly first: CommitId;
    readonly second: CommitId;
    readonly aside: CommitId;
  };

  /** A repository whose main is at `first`; `second` follows it, `aside` does not. */
  async function scene(): Promise<Scene> {
    const remote = new SampleRepository();
    const first = await remote.commit({ a: Buffer.from('1') });
    const second = await remote.commitTree({ a: Buffer.from('2') }, [first]);
    const aside = await remote.commitTree({ a: Buffer.from('3') }, []);
    return { remote, first, second, aside };
  }

  async function update(
    remote: SampleRepository,
    change: { name?: string; old: ObjectId | null; new: ObjectId | null; force?: boolean },
  ): Promise<string> {
    const { session, close } = await connectPair(openHost({ repo: remote }));
    const opened = await session.openRepository('repo', { access: 'write' });
    const [result] = await opened.updateRefs([{ name: MAIN, force: false, ...change }]);
    await close();
    return result!.result;
  }

  it('moves a branch forward', async () => {
    const { remote, first, second } = await scene();
    assert.equal(await update(remote, { old: first, new: second }), 'updated');
    assert.equal(await remote.refs.get(MAIN), second);
  });

  it('makes and deletes a branch', async () => {
    const { remote, second } = await scene();
    const name = branchRef('next');
    assert.equal(await update(remote, { name, old: null, new: second }), 'created');
    assert.equal(await update(remote, { name, old: second, new: null }), 'deleted');
    assert.equal(await remote.refs.get(name), undefined);
  });

  it('says so when there is nothing to do', async () => {
    const { remote, first } = await scene();
    assert.equal(await update(remote, { old: null, new: first }), 'up-to-date');
  });

  it('does not move a branch backwards or sideways, unless forced', async () => {
    const { remote, first, aside } = await scene();
    assert.equal(await update(remote, { old: first, new: aside }), 'rejected-non-fast-forward');
    assert.equal(await remote.refs.get(MAIN), first);
    assert.equal(await update(remote, { old: first, new: aside, force: true }), 'updated');
    assert.equal(await remote.refs.get(MAIN), aside);
  });

  it('does not move a branch that has moved meanwhile, forced or not', async () => {
    const { remote, first, second, aside } = await scene();
    for (const force of [false, true]) {
      const change = { old: aside, new: second, force };
      assert.equal(await update(remote, change), 'rejected-non-fast-forward');
      assert.equal(await remote.refs.get(MAIN), first);
    }
  });

  it('does not move a branch to what is not there, or not all there', async () => {
    const { remote, first } = await scene();
    const elsewhere = new SampleRepository();
    const partial = await elsewhere.commitTree({ b: Buffer.from('b') }, [first]);
    await remote.objects.putRecords(await elsewhere.objects.getRecords([partial]));
    for (const target of [NOWHERE, partial]) {
      assert.equal(await update(remote, { old: first, new: target }), 'incomplete');
      assert.equal(await remote.refs.get(MAIN), first);
    }
  });

  it('does not move a branch to something that is no commit', async () => {
    const { remote, first } = await scene();
    const [put] = await remote.objects.put([{ kind: 'chunk', bytes: Buffer.from('chunk') }]);
    const change = { old: first, new: put!.id, force: true };
    assert.equal(await update(remote, change), 'denied');
  });

  it('does not touch names that no ref may have', async () => {
    const { remote, first } = await scene();
    for (const name of ['HEAD', 'refs/heads/../x', 'refs/heads/a..b', 'refs/other/x', 'main']) {
      assert.equal(await update(remote, { name, old: null, new: first }), 'denied');
    }
  });

  it('is judged by the host as well', async () => {
    const { remote, first, second } = await scene();
    const results: string[] = [];
    const repository = {
      objects: remote.objects,
      refs: remote.refs,
      checkRefUpdate: () => Promise.resolve({ result: 'locked' as const, message: 'by ann' }),
      refsUpdated: (all: readonly { result: string }[]) => {
        results.push(...all.map((one) => one.result));
      },
    };
    const { session, close } = await connectPair(openHost({ repo: repository }));
    const opened = await session.openRepository('repo', { access: 'write' });
    const change = { name: MAIN, old: first, new: second, force: true };
    const [result] = await opened.updateRefs([change]);
    assert.equal(result?.result, 'locked');
    assert.equal(result.message, 'by ann');
    assert.deepEqual(results, ['locked']);
    assert.equal(await remote.refs.get(MAIN), first);
    await close();
  });

  it('lets exactly one of several win a race', async () => {
    const { remote, first } = await scene();
    const rivals = await Promise.all(
      ['x', 'y', 'z'].map((text) => remote.commitTree({ a: Buffer.from(text) }, [first])),
    );
    const { session, close } = await connectPair(openHost({ repo: remote }));
    const opened = await session.openRepository('repo', { access: 'write' });
    const results = await Promise.all(
      rivals.map((id) => opened.updateRefs([{ name: MAIN, old: first, new: id, force: false }])),
    );
    const outcomes = results.map(([result]) => result!.result).sort();
    assert.deepEqual(outcomes, [
      'rejected-non-fast-forward',
      'rejected-non-fast-forward',
      'updated',
    ]);
    await close();
  });

  it('judges each of many changes by itself', async () => {
    const { remote, first, second, aside } = await scene();
    const { session, close } = await connectPair(openHost({ repo: remote }));
    const opened = await session.openRepository('repo', { access: 'write' });
    const results = await opened.updateRefs([
      { name: MAIN, old: first, new: second, force: false },
      { name: branchRef('lost'), old: null, new: NOWHERE, force: false },
      { name: tagRef('v1'), old: null, new: aside, force: false },
      { name: 'refs/heads/-', old: first, new: aside, force: false },
    ]);
    assert.deepEqual(
      results.map((one) => one.result),
      ['updated', 'incomplete', 'created', 'rejected-non-fast-forward'],
    );
    await close();
  });

  it('moves several branches to what is new in each', async () => {
    const { remote, first, second, aside } = await scene();
    const { session, close } = await connectPair(openHost({ repo: remote }));
    const opened = await session.openRepository('repo', { access: 'write' });
    const results = await opened.updateRefs([
      { name: MAIN, old: first, new: second, force: false },
      { name: branchRef('aside'), old: null, new: aside, force: false },
    ]);
    assert.deepEqual(
      results.map(({ result }) => result),
      ['updated', 'created'],
    );
    await close();
  });

  it('replaces an annotated tag only when forced, and takes none for a branch', async () => {
    const { remote, first } = await scene();
    const who = { name: 'Ann', email: 'ann@example.org', timeMs: 0, zoneMinutes: 0 };
    const target = { kind: 'commit', id: first } as const;
    const tags = ['one', 'two'].map((message) =>
      encodeTag({ target, name: 'v1', tagger: who, message }),
    );
    const puts = await remote.objects.put(tags.map((bytes) => ({ kind: 'tag' as const, bytes })));
    const [one, two] = puts.map(({ id }) => id);
    const name = tagRef('v1');
    assert.equal(await update(remote, { name, old: null, new: one! }), 'created');
    const change = { name, old: one!, new: two! };
    assert.equal(await update(remote, change), 'rejected-non-fast-forward');
    assert.equal(await update(remote, { ...change, force: true }), 'updated');
    const branch = branchRef('v1');
    assert.equal(await update(remote, { name: branch, old: null, new: one! }), 'denied');
  });

  describe('when the refs cannot be written', () => {
    /** A repository whose refs refuse every change in this way, as if others had moved them to `now`. */
    async function refusing(code: StoreErrorCode, now?: (scene: Scene) => ObjectId) {
      const made = await scene();
      const { remote } = made;
      const refs: RefStore = Object.create(remote.refs) as RefStore;
      refs.list = () => remote.refs.list();
      refs.head = () => remote.refs.head();
      refs.repositoryId = () => remote.refs.repositoryId();
      refs.get = (name) => (now === undefined ? remote.refs.get(name) : Promise.resolve(now(made)));
      refs.update = () => Promise.reject(new StoreError(code, 'refused'));
      const { session, close } = await connectPair(
        openHost({ repo: { objects: remote.objects, refs } }),
      );
      const opened = await session.openRepository('repo', { access: 'write' });
      const push = (): Promise<readonly { result: string }[]> =>
        opened.updateRefs([
          { name: MAIN, old: made.first, new: made.second, force: false },
          { name: branchRef('aside'), old: null, new: made.aside, force: false },
        ]);
      return { push, close };
    }

    it('says of each why not', async () => {
      const cases = [
        ['DITS_STORE_LOCKED', 'locked'],
        ['DITS_STORE_INVALID_REF_NAME', 'denied'],
        ['DITS_STORE_REF_CHANGED', 'rejected-non-fast-forward'],
      ] as const;
      for (const [code, result] of cases) {
        const { push, close } = await refusing(code);
        assert.deepEqual(
          (await push()).map((one) => one.result),
          [result, result],
        );
        await close();
      }
    });

    it('takes a ref for done that somebody else has moved to the same value', async () => {
      const { push, close } = await refusing('DITS_STORE_REF_CHANGED', ({ second }) => second);
      const [main, aside] = await push();
      assert.equal(main?.result, 'up-to-date');
      assert.equal(aside?.result, 'rejected-non-fast-forward');
      await close();
    });

    it('acknowledges nothing when the disk fails', async () => {
      const { push, close } = await refusing('DITS_STORE_IO');
      await assert.rejects(push(), { code: 'DITS_PROTOCOL_PEER_FAILED' });
      await close();
    });
  });
});
