/** A repository that a peer serves, reached over the network. */
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import type { LinkOptions, RemoteLink } from './remote-link.ts';

export function openPeerLink(
  _context: CommandContext,
  text: string,
  options: LinkOptions,
): Promise<RemoteLink> {
  return Promise.reject(
    new CliError('DITS_CLI_UNKNOWN_PEER', `no way to ${options.access} ${text} yet`),
  );
}
