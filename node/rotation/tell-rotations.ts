/** Tells peers that this machine has a new key, over connections made with the old one. */
import { connectSession, type Rotation } from '../../protocol/index.ts';
import { DitsError } from '../../store/index.ts';
import type { Identity } from '../identity/identity.ts';
import {
  reachPeer,
  type ReachDeps,
  type ReachOptions,
  type ReachTarget,
} from '../near/reach-peer.ts';
import { systemClock } from '../system-clock.ts';
import { RotationFile } from './rotation-file.ts';

export type TellDeps = ReachDeps & { readonly home: string; readonly software: string };

/** The peer does not know the old key, or not any more: there is nobody to tell. */
const UNKNOWN_THERE = 'DITS_PROTOCOL_PERMISSION_DENIED';

/**
 * Tells a peer of every rotation that it has not heard of. Without a peer id the target is whoever answers.
 * @throws NodeError, ProtocolError when the peer cannot be reached
 */
export async function tellRotations(
  deps: TellDeps,
  target: ReachTarget,
  options: ReachOptions,
): Promise<void> {
  const file = new RotationFile(deps.home);
  const { peers } = await deps.trust.read();
  const known = peers.map(({ peerId }) => peerId);
  await file.settle(deps.identity, known, new Date());
  for (const { rotation, untold } of await file.read()) {
    const isConcerned =
      target.peerId === undefined ? untold.length > 0 : untold.includes(target.peerId);
    const old = isConcerned ? await file.formerIdentity(rotation.old) : undefined;
    if (old === undefined) continue;
    const peerId = await tell({ ...deps, old }, rotation, { target, options });
    await file.told(rotation.old, peerId);
  }
}

/** Returns whom it told. */
async function tell(
  deps: TellDeps & { readonly old: Identity },
  rotation: Rotation,
  { target, options }: { readonly target: ReachTarget; readonly options: ReachOptions },
): Promise<string> {
  const { connection } = await reachPeer({ ...deps, identity: deps.old }, target, options);
  const { software } = deps;
  const { signal } = options;
  try {
    const session = await connectSession(connection, { clock: systemClock }, { software, signal });
    try {
      await session.tellRotation(rotation, signal);
    } finally {
      await session.close();
    }
  } catch (error) {
    if (!(error instanceof DitsError) || error.code !== UNKNOWN_THERE) throw error;
  }
  return connection.remotePeerId;
}
