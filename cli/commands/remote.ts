/** `dits remote`: names for the addresses of other repositories. */
import { resolve } from 'node:path';

import { parsePeerTarget } from '../../node/index.ts';
import { addRemote, listRemotes, removeRemote } from '../../repo/index.ts';
import type { CommandContext } from '../command-context.ts';
import { withRepository } from '../open-repository.ts';
import { addressOfWord } from '../remote/peer-name.ts';
import { parseRemoteAddress } from '../remote/remote-address.ts';
import { addressWithVia, withViaOption } from '../remote/via.ts';
import { printable } from '../terminal/printable.ts';
import type { GroupVerb } from '../verb.ts';

export const remote: GroupVerb = {
  fallback: 'list',
  verbs: {
    list: {
      summary: 'list the remotes',
      configure: () => undefined,
      run: async (context) => {
        const remotes = await withRepository(context, (repository) =>
          Promise.resolve(listRemotes(repository)),
        );
        for (const { name, address } of remotes) {
          context.output.line(`${printable(name)}\t${printable(address)}`);
        }
        return { fields: { remotes } };
      },
    },
    add: {
      summary: 'give an address a name',
      configure: (command) => {
        withViaOption(command)
          .argument('<name>')
          .argument('<address>', 'dits://[PEERID@]HOST[:PORT]/REPO, PEER/REPO, or a path');
      },
      run: async (context, input) => {
        const name = input.required(0, 'name');
        const word = await addressOfWord(context, input.required(1, 'address'));
        const address = storedAddress(context, addressWithVia(word, input));
        await withRepository(context, (repository) => addRemote(repository, { name, address }));
        return { fields: { name, address } };
      },
    },
    remove: {
      summary: 'forget a remote, and where its branches were',
      configure: (command) => {
        command.argument('<name>');
      },
      run: async (context, input) => {
        const name = input.required(0, 'name');
        await withRepository(context, (repository) => removeRemote(repository, name));
        return { fields: { name } };
      },
    },
  },
};

/** A path is kept in full: it must mean the same from every folder. A peer's address is judged before it is kept. */
function storedAddress({ cwd }: CommandContext, text: string): string {
  const address = parseRemoteAddress(text);
  if (address.kind === 'peer') parsePeerTarget(address.text);
  return address.kind === 'path' && !text.startsWith('file:') ? resolve(cwd, address.path) : text;
}
