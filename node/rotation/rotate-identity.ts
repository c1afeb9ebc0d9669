/** Gives a home folder a new key, so that whoever knew the old one can follow. */
import { join } from 'node:path';
import { replaceFile, tryLockPath } from '../../store/index.ts';
import { NODE_LOCK_NAME } from '../control/control-format.ts';
import { IDENTITY_FILE_NAME, loadOrCreateIdentity } from '../identity/identity-file.ts';
import { generateIdentity, type Identity } from '../identity/identity.ts';
import { NodeError } from '../node-error.ts';
import type { KnownPeer } from '../trust/known-peer.ts';
import type { TrustFile } from '../trust/trust-file.ts';
import { RotationFile } from './rotation-file.ts';

/**
 * Replaces the identity of a home folder, and returns the new one. The old key stays until every known peer has been told.
 * @throws NodeError DITS_NODE_ALREADY_RUNNING while a node of this home runs with the old key; as `loadOrCreateIdentity`
 */
export async function rotateIdentity(
  home: string,
  deps: { readonly trust: TrustFile; readonly now: Date },
): Promise<Identity> {
  const old = await loadOrCreateIdentity(home);
  const lock = await tryLockPath(join(home, NODE_LOCK_NAME), 'exclusive');
  if (lock === undefined) {
    throw new NodeError('DITS_NODE_ALREADY_RUNNING', 'a node runs with the key to be replaced', {
      hint: 'Stop it first: dits node stop.',
    });
  }
  try {
    const file = new RotationFile(home);
    const { peers } = await deps.trust.read();
    await file.settle(old, namesOf(peers), deps.now);
    const next = generateIdentity();
    // In this order: cut off after any step, the statement can still be made, and none was made about a key not in use.
    await file.keepKey(old);
    await replaceFile(join(home, IDENTITY_FILE_NAME), next.credentials.keyPem);
    await file.settle(next, namesOf(peers), deps.now);
    return next;
  } finally {
    await lock.release();
  }
}

function namesOf(peers: readonly KnownPeer[]): readonly string[] {
  return peers.map(({ peerId }) => peerId);
}
