/** One person's machine and a running relay that know each other. */
import { join } from 'node:path';
import { DitsSide, RelaySide, type DitsResult } from './dits-side.ts';

export type ConnectedPair = {
  readonly side: DitsSide;
  readonly relay: RelaySide;
  /** Address of a repository that the first push makes. */
  readonly address: string;
};

const REPOSITORY = 'bench';

/** Starts the relay, which the caller stops, with both homes below `root`. */
export async function connectedPair(root: string): Promise<ConnectedPair> {
  const side = new DitsSide(join(root, 'a'));
  const relay = new RelaySide(join(root, 'relay'));
  await relay.run(['peer', 'add', await side.peerId(), '--name', 'a', '--access', 'admin']);
  await side.run(['peer', 'add', await relay.peerId(), '--name', 'relay']);
  await relay.start();
  return { side, relay, address: `${relay.address}/${REPOSITORY}` };
}

/** Folder of what was pushed. */
export function relayRepository(relay: RelaySide): string {
  return join(relay.data, REPOSITORY);
}

/** What crossed the network, both directions, as a command that syncs says in its result. */
export function wireBytes({ result }: DitsResult): number {
  const { wire } = result['bytes'] as { wire: unknown };
  if (typeof wire !== 'number') throw new Error(`no bytes.wire in ${JSON.stringify(result)}`);
  return wire;
}
