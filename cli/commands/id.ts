/** `dits id`: this machine's name among peers. Makes the key at first use. */
import {
  RotationFile,
  TrustFile,
  loadOrCreateIdentity,
  rotateIdentity,
  tellRotations,
  type KnownPeer,
} from '../../node/index.ts';
import type { CommandContext } from '../command-context.ts';
import { readReach } from '../remote/reach-deps.ts';
import { printable } from '../terminal/printable.ts';
import { formatCount } from '../terminal/quantities.ts';
import type { LeafVerb } from '../verb.ts';

/** How long each known peer is tried before it is left for the next contact. */
const TELL_TIMEOUT_MS = 2_000;
/** Peers that are told at the same time. */
const TOLD_AT_ONCE_MAX = 8;

export const id: LeafVerb = {
  configure: (command) => {
    command.option('--rotate', 'make a new key, and tell known peers, signed with both');
  },
  run: async (context, input) => {
    const { home, output } = context;
    if (input.flag('rotate')) await rotate(context);
    const { peerId } = await loadOrCreateIdentity(home);
    const records = await new RotationFile(home).read();
    const formerly = records.map(({ rotation }) => rotation.old).reverse();
    const untold = [...new Set(records.flatMap((record) => record.untold))];
    output.line(peerId);
    if (input.flag('rotate') && untold.length > 0) {
      const count = formatCount(untold.length, 'known peer');
      output.note(`${count} will hear of it when they are next contacted from here`);
    }
    return { fields: { peerId, formerly, untold } };
  },
};

/** The new key first; then whoever can be reached is told. */
async function rotate(context: CommandContext): Promise<void> {
  const trust = new TrustFile(context.home, { now: () => new Date() });
  const { peerId: before } = await loadOrCreateIdentity(context.home);
  await rotateIdentity(context.home, { trust, now: new Date() });
  context.output.note(`${before} is given up`);
  const { peers } = await trust.read();
  const reachable = peers.filter(({ addresses }) => addresses.length > 0);
  for (let at = 0; at < reachable.length; at += TOLD_AT_ONCE_MAX) {
    await Promise.all(reachable.slice(at, at + TOLD_AT_ONCE_MAX).map((one) => tell(context, one)));
  }
}

async function tell(context: CommandContext, { peerId, name }: KnownPeer): Promise<void> {
  const { deps, settings } = await readReach(context);
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(TELL_TIMEOUT_MS)]);
  try {
    // Only where it was before: looking around for everybody would take too long.
    const known = { ...deps, lookUp: undefined };
    await tellRotations(known, { peerId, at: undefined }, { settings, signal });
    context.output.note(`${printable(name)} knows`);
  } catch (error) {
    context.signal.throwIfAborted();
    if (!context.output.options.isVerbose) return;
    const why = error instanceof Error ? error.message : String(error);
    context.output.errorLine(printable(`${name} is not told yet: ${why}`));
  }
}
