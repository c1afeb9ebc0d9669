/** Reaches a peer although its key, or this machine's, was changed since the two last met. */
import { connectSession } from '../../protocol/index.ts';
import { NodeError } from '../node-error.ts';
import {
  reachPeer,
  type Reached,
  type ReachOptions,
  type ReachTarget,
} from '../near/reach-peer.ts';
import { systemClock } from '../system-clock.ts';
import type { PeerBook } from '../trust/peer-book.ts';
import { RotationFile } from './rotation-file.ts';
import { leadsFromTo } from './rotation-statement.ts';
import { tellRotations, type TellDeps } from './tell-rotations.ts';

/**
 * As `reachPeer`. A peer that has not heard of this machine's new key is told first; one that answers with another key than
 * it had is asked for the statement that both keys have signed, and is known by the new one from then on.
 * @throws NodeError as `reachPeer`
 */
export async function reachRotated(
  deps: TellDeps,
  target: ReachTarget,
  options: ReachOptions,
): Promise<Reached> {
  const book = await deps.trust.read();
  const current =
    target.peerId === undefined ? undefined : await currentId(deps, book, target.peerId);
  const now = { ...target, peerId: current };
  try {
    await tellRotations(deps, now, options);
    return await reachPeer(deps, now, options);
  } catch (error) {
    const proven = provenInstead(error);
    if (current === undefined || proven === undefined || book.get(current) === undefined)
      throw error;
    if (!(await isFollowed(deps, { ...now, peerId: proven }, { options, from: current }))) {
      throw error;
    }
    return await reachPeer(deps, { ...now, peerId: proven }, options);
  }
}

/** What a peer id has become, as far as that is known here; this machine's own ids too. */
async function currentId(deps: TellDeps, book: PeerBook, peerId: string): Promise<string> {
  const holder = book.holderOf(peerId);
  if (holder !== undefined) return holder.peerId;
  const own = await new RotationFile(deps.home).chainFrom(peerId);
  return own.length === 0 ? peerId : deps.identity.peerId;
}

/** The identity that was proven in the place of the expected one. */
function provenInstead(error: unknown): string | undefined {
  if (!(error instanceof NodeError) || error.code !== 'DITS_NODE_IDENTITY_MISMATCH')
    return undefined;
  const { proven } = error.details;
  return typeof proven === 'string' ? proven : undefined;
}

/** As `followRotation`. What a stranger says to that, a refusal above all, is no news of the peer that was meant. */
async function isFollowed(
  deps: TellDeps,
  target: ReachTarget & { readonly peerId: string },
  facts: { readonly options: ReachOptions; readonly from: string },
): Promise<boolean> {
  try {
    return await followRotation(deps, target, facts);
  } catch {
    facts.options.signal?.throwIfAborted();
    return false;
  }
}

/** Whether the peer could show that it took the place of `from`; then the peers file says so, too. */
async function followRotation(
  deps: TellDeps,
  target: ReachTarget & { readonly peerId: string },
  { options, from }: { readonly options: ReachOptions; readonly from: string },
): Promise<boolean> {
  const { connection } = await reachPeer(deps, target, options);
  const session = await connectSession(
    connection,
    { clock: systemClock },
    { software: deps.software, signal: options.signal },
  );
  try {
    const chain = await session.askRotations(from, options.signal);
    if (!leadsFromTo(chain, from, target.peerId)) return false;
    for (const rotation of chain) await deps.trust.rotate(rotation);
    return true;
  } finally {
    await session.close();
  }
}
