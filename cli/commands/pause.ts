/** `dits pause` and `dits resume`: hold transfers where they are, of all or with one peer, and let them go on. */
import { LimitsFile, TrustFile, isPeerId, type Limits } from '../../node/index.ts';
import type { CommandContext } from '../command-context.ts';
import type { LeafVerb } from '../verb.ts';
import { noSuchPeer } from './limit.ts';

export const pause: LeafVerb = {
  configure: (command) => {
    command.argument('[peer]', 'name or peer id (default: everybody)');
  },
  run: async (context, input) => {
    const peerId = await peerIdOf(context, input.operands[0]);
    const limits = await new LimitsFile(context.home).change((old) => {
      if (peerId === undefined) return { ...old, isPaused: true };
      return { ...old, pausedPeers: [...new Set([...old.pausedPeers, peerId])] };
    });
    context.output.note('Paused; dits resume goes on');
    return { fields: fieldsOf(limits) };
  },
};

export const resume: LeafVerb = {
  configure: (command) => {
    command.argument('[peer]', 'name or peer id (default: everybody, also those paused by name)');
  },
  run: async (context, input) => {
    const peerId = await peerIdOf(context, input.operands[0]);
    const limits = await new LimitsFile(context.home).change((old) => {
      if (peerId === undefined) return { ...old, isPaused: false, pausedPeers: [] };
      return { ...old, pausedPeers: old.pausedPeers.filter((one) => one !== peerId) };
    });
    if (limits.isPaused) context.output.note('Everything is paused still: dits resume');
    return { fields: fieldsOf(limits) };
  },
};

async function peerIdOf(
  { home }: CommandContext,
  word: string | undefined,
): Promise<string | undefined> {
  if (word === undefined || isPeerId(word)) return word;
  const trust = new TrustFile(home, { now: () => new Date() });
  const peer = (await trust.read()).find(word);
  if (peer === undefined) throw noSuchPeer(word);
  return peer.peerId;
}

function fieldsOf({ isPaused, pausedPeers }: Limits): Readonly<Record<string, unknown>> {
  return { paused: isPaused, pausedPeers };
}
