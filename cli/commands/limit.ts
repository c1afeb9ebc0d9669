/** `dits limit`: how fast transfers may be, together and with one peer. Running ones obey within a second. */
import {
  LimitsFile,
  TrustFile,
  parseByteSize,
  type KnownPeer,
  type Limits,
} from '../../node/index.ts';
import { CliError, usageError } from '../cli-error.ts';
import type { CommandContext } from '../command-context.ts';
import { printable } from '../terminal/printable.ts';
import { formatRate } from '../terminal/quantities.ts';
import type { LeafVerb } from '../verb.ts';
import type { VerbInput } from '../verb-input.ts';

const NAME_COLUMNS = 16;
/** Words that take a limit away. */
const NO_RATE: readonly string[] = ['none', 'off', '0'];

type Rates = Pick<Limits, 'upBytesPerSecondMax' | 'downBytesPerSecondMax'>;

export const limit: LeafVerb = {
  configure: (command) => {
    command
      .option(
        '--up <rate>',
        'most that is sent a second, such as 10MB or 512KiB; none for no limit',
      )
      .option('--down <rate>', 'most that is received a second; none for no limit')
      .option('--peer <peer>', 'with one peer, by name or id (default: with all together)');
  },
  run: async (context, input) => {
    const file = new LimitsFile(context.home);
    const trust = new TrustFile(context.home, { now: () => new Date() });
    const word = input.text('peer');
    if (input.text('up') !== undefined || input.text('down') !== undefined) {
      if (word === undefined) await file.change((old) => ({ ...old, ...ratesOf(input, old) }));
      else await limitPeer(trust, word, input);
    } else if (word !== undefined) {
      throw usageError('--peer needs --up or --down', 'dits limit --peer NAME --up 10MB');
    }
    const limits = await file.read();
    const limited = (await trust.read()).peers.filter(isLimited);
    print(context, limits, limited);
    return {
      fields: {
        ...fieldsOf(limits),
        peers: limited.map((peer) => ({ peerId: peer.peerId, name: peer.name, ...fieldsOf(peer) })),
        paused: limits.isPaused,
        pausedPeers: limits.pausedPeers,
      },
    };
  },
};

async function limitPeer(trust: TrustFile, word: string, input: VerbInput): Promise<void> {
  const peer = (await trust.read()).find(word);
  if (peer !== undefined) await trust.setRates(word, ratesOf(input, peer));
  else throw noSuchPeer(word);
}

export function noSuchPeer(word: string): CliError {
  return new CliError('DITS_CLI_NO_SUCH_PEER', `no peer is called ${word}`, {
    hint: 'dits peer list shows them',
  });
}

/** The rates that were given; the others as they were. */
function ratesOf(input: VerbInput, old: Rates): Rates {
  const read = (option: 'up' | 'down', before: number | undefined): number | undefined => {
    const text = input.text(option);
    if (text === undefined) return before;
    if (NO_RATE.includes(text.toLowerCase())) return undefined;
    const rate = parseByteSize(text.replace(/\/s$/i, ''));
    if (rate !== undefined && rate > 0) return rate;
    throw usageError(`--${option} takes bytes a second, such as 10MB, or none; not "${text}"`);
  };
  return {
    upBytesPerSecondMax: read('up', old.upBytesPerSecondMax),
    downBytesPerSecondMax: read('down', old.downBytesPerSecondMax),
  };
}

function isLimited({ upBytesPerSecondMax, downBytesPerSecondMax }: KnownPeer): boolean {
  return upBytesPerSecondMax !== undefined || downBytesPerSecondMax !== undefined;
}

function fieldsOf({ upBytesPerSecondMax, downBytesPerSecondMax }: Rates): object {
  return { up: upBytesPerSecondMax ?? null, down: downBytesPerSecondMax ?? null };
}

function print({ output }: CommandContext, limits: Limits, limited: readonly KnownPeer[]): void {
  const line = (name: string, rates: Rates): void => {
    const show = (rate: number | undefined): string =>
      rate === undefined ? 'no limit' : formatRate(rate);
    const { upBytesPerSecondMax: up, downBytesPerSecondMax: down } = rates;
    output.line(`${printable(name).padEnd(NAME_COLUMNS)} up: ${show(up)}, down: ${show(down)}`);
  };
  line('all', limits);
  for (const peer of limited) line(peer.name, peer);
  if (limits.isPaused) output.line('paused: everything');
  else if (limits.pausedPeers.length > 0) output.line(`paused: ${limits.pausedPeers.join(', ')}`);
}
