/** `dits id`: this machine's name among peers. Makes the key at first use. */
import { loadOrCreateIdentity } from '../../node/index.ts';
import type { LeafVerb } from '../verb.ts';

export const id: LeafVerb = {
  configure: () => undefined,
  run: async ({ home, output }) => {
    const { peerId } = await loadOrCreateIdentity(home);
    output.line(peerId);
    return { fields: { peerId } };
  },
};
