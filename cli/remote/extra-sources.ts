/** Other places that a fetch takes chunks from, beside the remote: those that the user names, and other remotes. */
import { listRemotes } from '../../repo/index.ts';
import { DitsError } from '../../store/index.ts';
import { collect } from '../command-line.ts';
import type { CommandContext } from '../command-context.ts';
import type { DiskRepository } from '../open-repository.ts';
import { printable } from '../terminal/printable.ts';
import type { VerbInput } from '../verb-input.ts';
import { addressOfWord } from './peer-name.ts';
import { parseRemoteAddress } from './remote-address.ts';
import { openRemoteLink, type LinkOptions, type RemoteLink } from './remote-link.ts';

/** What the user said about sources. */
export type SourceChoice = {
  /** The address that is fetched from anyway. */
  readonly remoteAddress: string;
  /** Addresses, or names of remotes. */
  readonly named: readonly string[];
  readonly trustsNew: boolean;
};

/** Arguments of the option that names a source, for `Command.option`. */
export const SOURCE_OPTION = [
  '--source <address>',
  'take from this repository, too: a remote or an address; may be repeated',
  collect,
] as const;

export function sourceChoiceOf(input: VerbInput, remoteAddress: string): SourceChoice {
  return { remoteAddress, named: input.texts('source'), trustsNew: input.flag('trustNew') };
}

/** A place to fetch from, and whether it was the user who said so. */
export type ExtraAddress = { readonly address: string; readonly isNamed: boolean };

/** Addresses to try beside the remote's own: named ones first, each once. */
export function extraAddresses(
  repository: DiskRepository,
  { named, remoteAddress }: SourceChoice,
): readonly ExtraAddress[] {
  const remotes = listRemotes(repository);
  const addressOf = (word: string): string =>
    remotes.find(({ name }) => name === word)?.address ?? word;
  const asked = new Set(named.map(addressOf));
  const others = remotes
    .map(({ address }) => address)
    .filter((address) => parseRemoteAddress(address).kind === 'peer');
  const all = [...asked, ...others.filter((address) => !asked.has(address))];
  return [...new Set(all)]
    .filter((address) => address !== remoteAddress)
    .map((address) => ({ address, isNamed: asked.has(address) }));
}

/**
 * Opens the repository at one of them; undefined when that is not possible, which is said about those that the user named: a source that
 * is away is no reason to give up on the others.
 */
export async function openExtraSource(
  context: CommandContext,
  { address, isNamed }: ExtraAddress,
  { trustsNew, limits }: Pick<LinkOptions, 'trustsNew' | 'limits'>,
): Promise<RemoteLink | undefined> {
  try {
    return await openRemoteLink(context, await addressOfWord(context, address), {
      access: 'read',
      create: false,
      trustsNew,
      limits,
    });
  } catch (error) {
    context.signal.throwIfAborted();
    if (!(error instanceof DitsError)) throw error;
    const { output } = context;
    const message = `nothing comes from ${printable(address)}: ${printable(error.message)}`;
    if (isNamed) output.warn(message);
    else if (output.options.isVerbose) output.errorLine(message);
    return undefined;
  }
}
