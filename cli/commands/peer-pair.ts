/** `dits peer pair`: two people make their machines known to each other by a code. */
import {
  ANY_REPOSITORY,
  TrustFile,
  isAccess,
  joinToPair,
  loadOrCreateIdentity,
  offerToPair,
  silentLogger,
  type Grant,
  type PairMachinesOptions,
  type ShownCode,
  type ShownPeer,
} from '../../node/index.ts';
import { usageError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { readNodeSettings } from '../node-settings.ts';
import { createStderrLogger } from '../stderr-logger.ts';
import { peerFields, printPeer } from '../terminal/peer-text.ts';
import { printable } from '../terminal/printable.ts';
import { qrCodeLines } from '../terminal/qr-code.ts';
import type { LeafVerb } from '../verb.ts';
import type { VerbInput } from '../verb-input.ts';

const NO_ACCESS = 'none';

export const peerPair: LeafVerb & { readonly summary: string } = {
  summary: 'make this machine and another known to each other by a code',
  configure: (command) => {
    command
      .argument('[code]', 'the code that the other machine shows; without it, this one shows one')
      .option('--at <host:port>', 'meet at a relay, or at the node of the machine with the code')
      .option('--yes', 'confirm without asking')
      .option('--name <name>', 'what to call the other machine here (default: its own name)')
      .option('--as <name>', 'what this machine calls itself (default: its host name)')
      .option('--repo <name>', 'repository that the other one may use here (default: every one)')
      .option('--access <access>', 'read, write, admin or none', 'read');
  },
  run: async (context, input) => {
    const { output, home } = context;
    const confirm = confirmerOf(context, input);
    const grants = grantsOf(input);
    const trust = new TrustFile(home, { now: () => new Date() });
    const identity = await loadOrCreateIdentity(home);
    // What a node that runs only meanwhile has to say interests nobody but those who ask for it.
    const logger = output.options.isVerbose
      ? createStderrLogger(output, () => new Date())
      : silentLogger;
    const deps = { identity, trust, logger };
    const at = input.text('at');
    const options: PairMachinesOptions = {
      home,
      settings: await readNodeSettings(context),
      software: `dits/${context.version}`,
      at,
      ownName: input.text('as'),
      name: input.text('name'),
      grants,
      confirm,
      signal: context.signal,
    };
    const code = input.operands[0];
    context.progress({ phase: code === undefined ? 'preparing a code' : 'looking for the code' });
    const peer =
      code === undefined
        ? await offerToPair(deps, {
            ...options,
            onCode: (shown) => showCode(context, shown, at),
            onWrongCode: (triesLeft) => {
              output.event({ event: 'wrong-code', triesLeft });
              output.warn(`somebody tried a wrong code; ${triesLeft} more and it is void`);
            },
          })
        : await joinToPair(deps, code, options);
    printPeer(output, peer, new Date());
    output.note(`The two machines know each other now: dits clone ${printable(peer.name)}/REPO`);
    return { fields: { peers: [peerFields(peer)] } };
  },
};

async function showCode(
  { output, ask }: CommandContext,
  { code, addresses }: ShownCode,
  at: string | undefined,
): Promise<void> {
  output.event({ event: 'code', code, addresses });
  const command = `dits peer pair ${code}${at === undefined ? '' : ` --at ${at}`}`;
  output.line(`The code is  ${output.style('bold', code)}`);
  output.note(`It is good once, for five minutes. On the other machine: ${command}`);
  const [address] = addresses;
  if (at === undefined && address !== undefined) {
    output.note(`Where this machine is not found by itself, add --at ${address}`);
  }
  // What it holds is the very command, for whoever has a camera and no keyboard.
  if (ask !== undefined) for (const line of await qrCodeLines(command)) output.line(line);
}

/** How the other side is confirmed. @throws CliError DITS_CLI_USAGE where nobody could answer */
function confirmerOf(
  { ask, output }: CommandContext,
  input: VerbInput,
): (peer: ShownPeer) => Promise<boolean> {
  const isGiven = input.flag('yes');
  if (ask === undefined && !isGiven) {
    throw usageError('nobody can be asked to confirm here', 'add --yes to confirm unattended');
  }
  return async ({ peerId, name }) => {
    output.event({ event: 'peer', peerId, name });
    if (isGiven || ask === undefined) return true;
    output.errorLine(`The other machine is ${printable(name)}`);
    output.errorLine(`  ${peerId}`);
    return await ask('Shall the two machines know each other?');
  };
}

function grantsOf(input: VerbInput): readonly Grant[] {
  const access = input.text('access') ?? 'read';
  const repository = input.text('repo');
  if (access === NO_ACCESS && repository === undefined) return [];
  if (!isAccess(access)) {
    throw usageError(`--access takes read, write, admin or none, not ${printable(access)}`);
  }
  return [{ repository: repository ?? ANY_REPOSITORY, access }];
}
