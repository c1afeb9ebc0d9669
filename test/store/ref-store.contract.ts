/** What every ref store does. Each implementation runs this suite with a factory of its own. */
import assert from 'node:assert/strict';
import {
  branchRef,
  objectId,
  remoteRef,
  tagRef,
  type RefName,
  type RefStore,
} from '../../store/index.ts';

/** A ref store for one test, and how to get rid of it. */
export type RefStoreFixture = {
  readonly refs: RefStore;
  readonly dispose: () => Promise<void>;
};

const ONE = objectId('commit', Buffer.from('one'));
const TWO = objectId('commit', Buffer.from('two'));
const THREE = objectId('commit', Buffer.from('three'));
const MAIN = branchRef('main');
const SIDE = branchRef('side/grading');
const BY = { actor: 'Ada', reason: 'commit: first' };

/** Runs the contract on stores that `create` makes, one per test. */
export function describeRefStore(name: string, create: () => Promise<RefStoreFixture>): void {
  describe(`${name} as a ref store`, () => {
    let fixture: RefStoreFixture;
    let refs: RefStore;

    beforeEach(async () => {
      fixture = await create();
      ({ refs } = fixture);
    });

    afterEach(() => fixture.dispose());

    it('begins empty, with HEAD on a branch that does not exist yet', async () => {
      assert.deepEqual(await refs.list(), []);
      const head = await refs.head();
      assert.equal(head.kind, 'branch');
      assert.equal(await refs.get(MAIN), undefined);
      assert.deepEqual(await refs.reflog(), []);
    });

    it('creates, moves and deletes refs', async () => {
      await refs.update([{ name: MAIN, expected: null, target: ONE }], BY);
      assert.equal(await refs.get(MAIN), ONE);
      await refs.update([{ name: MAIN, expected: ONE, target: TWO }], BY);
      assert.equal(await refs.get(MAIN), TWO);
      await refs.update([{ name: MAIN, expected: TWO, target: null }], BY);
      assert.equal(await refs.get(MAIN), undefined);
      assert.deepEqual(await refs.list(), []);
    });

    it('keeps who moved a ref with the value, until it moves without one', async () => {
      const move = {
        repository: await refs.repositoryId(),
        mover: 'a'.repeat(64),
        sequence: 1_700_000_000_000,
        rewound: 5,
        kept: true,
        signature: 'b'.repeat(128),
      };
      await refs.update([{ name: MAIN, expected: null, target: ONE, move }], BY);
      await refs.update([{ name: SIDE, target: ONE }], BY);
      const main = async (): Promise<unknown> => (await refs.list()).find((r) => r.name === MAIN);
      assert.deepEqual(await main(), { name: MAIN, target: ONE, move });
      await refs.update([{ name: MAIN, target: ONE }], BY);
      assert.deepEqual(await main(), { name: MAIN, target: ONE, move });
      const later = { ...move, sequence: move.sequence + 1, signature: 'c'.repeat(128) };
      await refs.update([{ name: MAIN, target: ONE, move: later }], BY);
      assert.deepEqual(await main(), { name: MAIN, target: ONE, move: later });
      assert.equal((await refs.reflog(MAIN)).length, 1);
      await refs.update([{ name: MAIN, target: TWO }], BY);
      assert.deepEqual(await main(), { name: MAIN, target: TWO });
    });

    it('has an id that stays', async () => {
      const id = await refs.repositoryId();
      assert.match(id, /^[0-9a-f]{64}$/);
      await refs.update([{ name: MAIN, target: ONE }], BY);
      assert.equal(await refs.repositoryId(), id);
    });

    it('lists refs sorted by name', async () => {
      const names = [tagRef('v1'), MAIN, remoteRef('nas', 'main'), SIDE];
      await refs.update(
        names.map((ref) => ({ name: ref, target: ONE })),
        BY,
      );
      assert.deepEqual(
        (await refs.list()).map((ref) => ref.name),
        [...names].sort(),
      );
    });

    it('changes nothing when one of several refs has another value than expected', async () => {
      await refs.update([{ name: MAIN, target: ONE }], BY);
      const lost: [RefName, typeof ONE | null][] = [
        [MAIN, TWO],
        [MAIN, null],
        [SIDE, ONE],
      ];
      for (const [name, expected] of lost) {
        await assert.rejects(
          refs.update(
            [
              { name: tagRef('v1'), target: THREE },
              { name, expected, target: THREE },
            ],
            BY,
          ),
          (error: Error & { code?: string; details?: { name?: string } }) =>
            error.code === 'DITS_STORE_REF_CHANGED' && error.details?.name === name,
        );
      }
      assert.deepEqual(await refs.list(), [{ name: MAIN, target: ONE }]);
    });

    it('sets a ref whatever it held when nothing is expected', async () => {
      await refs.update([{ name: MAIN, target: ONE }], BY);
      await refs.update([{ name: MAIN, target: TWO }], BY);
      assert.equal(await refs.get(MAIN), TWO);
    });

    it('lets exactly one of many competing changes win', async () => {
      await refs.update([{ name: MAIN, target: ONE }], BY);
      const targets = Array.from({ length: 10 }, (_, index) =>
        objectId('commit', Buffer.from(`competitor ${index}`)),
      );
      const outcomes = await Promise.allSettled(
        targets.map((target) => refs.update([{ name: MAIN, expected: ONE, target }], BY)),
      );
      const winners = targets.filter((_, index) => outcomes[index]!.status === 'fulfilled');
      assert.equal(winners.length, 1);
      assert.equal(await refs.get(MAIN), winners[0]);
    });

    it('changes no ref twice in one update', async () => {
      const twice = [ONE, TWO].map((target) => ({ name: MAIN, target }));
      await assert.rejects(refs.update(twice, BY), { code: 'DITS_STORE_REF_CHANGED' });
      assert.equal(await refs.get(MAIN), undefined);
    });

    it('refuses names that are not ref names', async () => {
      for (const name of ['main', 'refs/heads/../x', 'refs/heads/a b', 'HEAD', '']) {
        await assert.rejects(refs.update([{ name: name as RefName, target: ONE }], BY), {
          code: 'DITS_STORE_INVALID_REF_NAME',
        });
      }
      assert.deepEqual(await refs.list(), []);
    });

    it('points HEAD at a branch or at a commit', async () => {
      await refs.setHead({ kind: 'branch', name: SIDE }, BY);
      assert.deepEqual(await refs.head(), { kind: 'branch', name: SIDE });
      await refs.setHead({ kind: 'detached', target: ONE }, BY);
      assert.deepEqual(await refs.head(), { kind: 'detached', target: ONE });
      await assert.rejects(refs.setHead({ kind: 'branch', name: tagRef('v1') }, BY), {
        code: 'DITS_STORE_INVALID_REF_NAME',
      });
    });

    it('keeps a log of every change of a ref, oldest first', async () => {
      await refs.update([{ name: SIDE, target: ONE }], BY);
      await refs.update([{ name: tagRef('v1'), target: THREE }], BY);
      await refs.update([{ name: SIDE, target: TWO }], { actor: 'Bob', reason: 'push\nfrom nas' });
      await refs.update([{ name: SIDE, target: null }], BY);
      const log = await refs.reflog(SIDE);
      assert.deepEqual(
        log.map((entry) => [entry.old, entry.new, entry.actor]),
        [
          [null, ONE, 'Ada'],
          [ONE, TWO, 'Bob'],
          [TWO, null, 'Ada'],
        ],
      );
      assert.ok(log.every((entry) => entry.name === SIDE && Number.isSafeInteger(entry.timeMs)));
      assert.ok((await refs.reflog()).some((entry) => entry.name === tagRef('v1')));
    });

    it('logs nothing of a change that was refused', async () => {
      await refs.update([{ name: SIDE, target: ONE }], BY);
      await assert.rejects(refs.update([{ name: SIDE, expected: TWO, target: THREE }], BY));
      assert.equal((await refs.reflog(SIDE)).length, 1);
    });
  });
}
