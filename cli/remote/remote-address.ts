/** Where a remote repository is: with a peer, or in a folder of this machine (docs/cli.md, "Addresses"). */
import { fileURLToPath } from 'node:url';

import { usageError } from '../cli-error.ts';

export type RemoteAddress =
  | { readonly kind: 'peer'; readonly text: string }
  | { readonly kind: 'path'; readonly path: string };

const PEER_SCHEME = /^dits:\/\//i;
const FILE_SCHEME = /^file:\/\//i;
const OTHER_SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;

/**
 * Tells the kinds of addresses apart. A peer's address is judged when it is dialled.
 * @throws CliError DITS_CLI_USAGE for schemes that nobody here speaks
 */
export function parseRemoteAddress(text: string): RemoteAddress {
  if (text === '') throw usageError('an address cannot be empty');
  if (PEER_SCHEME.test(text)) return { kind: 'peer', text };
  if (FILE_SCHEME.test(text)) return { kind: 'path', path: pathOfFileUrl(text) };
  if (OTHER_SCHEME.test(text)) {
    throw usageError(
      `${text} is no address of a repository`,
      'an address is dits://[PEERID@]HOST[:PORT]/REPOSITORY, PEER/REPOSITORY, or a path',
    );
  }
  return { kind: 'path', path: text };
}

function pathOfFileUrl(text: string): string {
  try {
    return fileURLToPath(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw usageError(
      `${text} is no file address: ${why}`,
      'write it as file:///folder, or as a path',
    );
  }
}

/** The last part of an address: what a clone is called when nothing else is said. */
export function repositoryNameOf(address: RemoteAddress): string {
  const text =
    address.kind === 'peer'
      ? address.text.replace(PEER_SCHEME, '').replace(/\?via=.*$/, '')
      : address.path;
  const parts = text.split(/[/\\]/).filter((part) => part !== '' && part !== '.');
  const isHostOnly = address.kind === 'peer' && parts.length < 2;
  const name = isHostOnly ? '' : (parts.at(-1) ?? '').replace(/\.dits$/, '');
  if (name === '' || name === '..') {
    throw usageError(`${text} does not name a repository`, 'dits clone ADDRESS DIR');
  }
  return name;
}
