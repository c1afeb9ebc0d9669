/** `--via RELAY`: the way to a peer that cannot be dialled (docs/relay.md, "Circuits"). */
import type { Command } from 'commander';

import { addressVia, formatRelayAddress, parseRelayAddress } from '../../node/index.ts';
import { usageError } from '../cli-error.ts';
import type { VerbInput } from '../verb-input.ts';
import { parseRemoteAddress } from './remote-address.ts';

export function withViaOption(command: Command): Command {
  return command.option(
    '--via <relay>',
    'reach the peer through a relay, [PEERID@]HOST[:PORT], and no other way',
  );
}

/**
 * The address with the relay that `--via` names, or as it is.
 * @throws CliError DITS_CLI_USAGE for an address that is no peer's; NodeError DITS_NODE_BAD_ADDRESS
 */
export function addressWithVia(address: string, input: VerbInput): string {
  const via = input.text('via');
  if (via === undefined) return address;
  if (parseRemoteAddress(address).kind !== 'peer') {
    throw usageError(
      '--via is for the address of a peer',
      'dits clone --via RELAY dits://PEERID/REPO',
    );
  }
  return addressVia(address, formatRelayAddress(parseRelayAddress(via)));
}
