import assert from 'node:assert/strict';
import { branchRef, objectId, tagRef, type ObjectId } from '../../../store/index.ts';
import { restoreRefs, type RestoredRefs } from '../../../store/refs/restore-refs.ts';
import type { ReflogEntry } from '../../../store/refs/ref-store.ts';

const MAIN = branchRef('main');
const SIDE = branchRef('side');
/** One bit from `refs/heads/side`. */
const SIDE_MISREAD = branchRef('sidd');
const ONE = objectId('commit', Buffer.from('one'));
const TWO = objectId('commit', Buffer.from('two'));
const ABSENT = objectId('commit', Buffer.from('absent'));

function entry(name: ReflogEntry['name'], target: ObjectId | null, timeMs = 1): ReflogEntry {
  return { name, old: null, new: target, timeMs, actor: 'someone', reason: 'a test' };
}

/** From the lines of a file whose checksum is lost, and what the reflog says. */
async function restore(
  lines: readonly string[],
  entries: readonly ReflogEntry[],
): Promise<RestoredRefs> {
  const restored = await restoreRefs({
    has: (ids) => Promise.resolve(ids.map((id) => id !== ABSENT)),
    log: { entries, damaged: [] },
    bytes: Buffer.from(lines.join('\n')),
    random: (count) => Buffer.alloc(count, 1),
  });
  assert.equal(restored?.report.from, 'parts');
  return restored.report;
}

function names({ refs }: RestoredRefs): string[] {
  return refs.map(({ name }) => name).sort();
}

describe('refs put together', () => {
  it('have a line that the log has never heard of, when its object is there', async () => {
    const lines = [`HEAD ref: ${MAIN}`, `${ONE} ${MAIN}`, `${ABSENT} ${tagRef('v1')}`];
    const report = await restore(lines, []);
    assert.deepEqual(names(report), [MAIN]);
    assert.deepEqual(report.lost, [tagRef('v1')]);
    assert.deepEqual(report.head, { kind: 'branch', name: MAIN });
  });

  it('do not have the damaged form of a name beside the name', async () => {
    const entries = [entry(MAIN, ONE), entry(SIDE, TWO)];
    const report = await restore([`${ONE} ${MAIN}`, `${TWO} ${SIDE_MISREAD}`], entries);
    assert.deepEqual(names(report), [MAIN, SIDE]);
  });

  it('keep a name that is like another one and has another value', async () => {
    const lines = [`${ONE} ${SIDE_MISREAD}`, `${TWO} ${branchRef('elsewhere')}`];
    const report = await restore(lines, [entry(SIDE, TWO)]);
    assert.deepEqual(names(report), [branchRef('elsewhere'), SIDE_MISREAD, SIDE]);
  });

  it('do not have what the log says was deleted, unless the file confirms the value before', async () => {
    const deleted = { ...entry(SIDE, null), old: TWO };
    assert.deepEqual(names(await restore([`${ONE} ${MAIN}`], [deleted])), [MAIN]);
    assert.deepEqual(names(await restore([`${TWO} ${SIDE}`], [deleted])), [SIDE]);
  });

  it('take the value before when the last one is of an object that is not there', async () => {
    const report = await restore([], [{ ...entry(MAIN, ABSENT), old: ONE }]);
    assert.deepEqual(report.refs, [{ name: MAIN, target: ONE }]);
  });
});

describe('HEAD, put together', () => {
  it('stays detached at a commit that is there', async () => {
    const report = await restore([`HEAD ${TWO}`, `${ONE} ${MAIN}`], []);
    assert.deepEqual(report.head, { kind: 'detached', target: TWO });
  });

  it('goes to a branch when the commit is not there', async () => {
    const report = await restore([`HEAD ${ABSENT}`, `${ONE} ${SIDE}`], []);
    assert.deepEqual(report.head, { kind: 'branch', name: SIDE });
  });

  it('names the branch that one flipped bit turned into another', async () => {
    const lines = [`HEAD ref: ${SIDE_MISREAD}`, `${ONE} ${MAIN}`, `${TWO} ${SIDE}`];
    assert.deepEqual((await restore(lines, [])).head, { kind: 'branch', name: SIDE });
  });

  it('keeps the name of a branch that is not there yet', async () => {
    const lines = [`HEAD ref: ${SIDE}`, `${ONE} ${tagRef('v1')}`];
    assert.deepEqual((await restore(lines, [])).head, { kind: 'branch', name: SIDE });
  });

  it('names the branch that moved together with it last, when the file names none that is there', async () => {
    const entries = [
      ...[entry(SIDE, ONE, 1), entry('HEAD', ONE, 1)],
      ...[entry(MAIN, TWO, 2), entry('HEAD', ONE, 3)],
    ];
    const gone = `HEAD ref: ${branchRef('gone')}`;
    assert.deepEqual((await restore([gone], entries)).head, { kind: 'branch', name: SIDE });
  });

  it('is main when there is no branch', async () => {
    const report = await restore([`${ONE} ${tagRef('v1')}`], []);
    assert.deepEqual(report.head, { kind: 'branch', name: MAIN });
  });
});
