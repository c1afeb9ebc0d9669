/** Signs for the refs that a push moves. */
import { loadOrCreateIdentity, signMove } from '../../node/index.ts';
import type { RemoteRefs, WireRefChange } from '../../protocol/index.ts';
import { trackingRef } from '../../repo/index.ts';
import type { RefMove } from '../../store/index.ts';
import type { CommandContext } from '../command-context.ts';
import type { DiskRepository } from '../open-repository.ts';
import type { RemoteLink } from './remote-link.ts';

/** A change, and whether the new value contains the old one. */
export type JudgedChange = WireRefChange & { readonly isForward: boolean };

export type Signing = {
  readonly repository: DiskRepository;
  readonly link: RemoteLink;
  /** Name of the remote, whose moves are remembered; undefined for a bare address. */
  readonly remoteName: string | undefined;
  readonly remote: RemoteRefs;
};

/** The changes, signed as this machine's identity; as they are where the other side does not take signatures. */
export async function signChanges(
  context: CommandContext,
  { repository, link, remoteName, remote }: Signing,
  changes: readonly JudgedChange[],
): Promise<readonly WireRefChange[]> {
  const { custody } = link.repository;
  if (custody === undefined) return changes.map(unsigned);
  const identity = await loadOrCreateIdentity(context.home);
  const shown = new Map(remote.refs.map((ref) => [ref.name, ref.move]));
  const remembered = await rememberedMoves(repository, remoteName);
  const nowMs = Date.now();
  return changes.map((change) => {
    const before = shown.get(change.name);
    const last = remembered.get(change.name);
    const isSame = last?.repository === custody.repositoryId;
    const move = signMove(identity, {
      ...{ name: change.name, old: change.old, target: change.new, isForward: change.isForward },
      custody,
      before: before && { ...before, repository: custody.repositoryId },
      rememberedSequence: isSame ? last.sequence : 0,
      nowMs,
    });
    return { ...unsigned(change), move };
  });
}

function unsigned({ name, old, new: target, force }: JudgedChange): WireRefChange {
  return { name, old, new: target, force };
}

/** By the branch's name on the remote. */
async function rememberedMoves(
  { store }: DiskRepository,
  remoteName: string | undefined,
): Promise<ReadonlyMap<string, RefMove>> {
  if (remoteName === undefined) return new Map();
  const moves = new Map((await store.refs.list()).map((ref) => [ref.name, ref.move]));
  const found = new Map<string, RefMove>();
  const prefix = trackingRef(remoteName, 'x').slice(0, -1);
  for (const [name, move] of moves) {
    if (move === undefined || !name.startsWith(prefix)) continue;
    found.set(`refs/heads/${name.slice(prefix.length)}`, move);
  }
  return found;
}
