/** What was acknowledged must be there. */
import assert from 'node:assert/strict';
import { isAncestor, openStore, type CommitId, type RefName } from '../../store/index.ts';
import type { Acknowledged } from './load-peer.ts';

/** Everything that was acknowledged for a branch is in its history. @throws AssertionError naming the commit that is not */
export async function assertNothingLost(
  directory: string,
  acknowledged: readonly Acknowledged[],
): Promise<void> {
  await using store = await openStore(directory);
  const heads = new Map((await store.refs.list()).map(({ name, target }) => [name, target]));
  for (const { branch, commit } of acknowledged) {
    const head = heads.get(branch as RefName);
    assert.ok(head !== undefined, `${branch} is gone`);
    const leadsThere = await isAncestor(store.objects, commit, head as CommitId);
    assert.ok(leadsThere, `${commit} was acknowledged for ${branch} and is not in its history`);
  }
}
