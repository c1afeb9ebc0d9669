/**
 * Fetching from many sources over lines of 100 Mbit/s: several who fetch the same at once from one seed, and one who fetches
 * from several holders. Real processes in network namespaces; needs Linux and root.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { emptyFolder, settleDisk } from '../compare/scratch.ts';
import { writeNoiseFile } from '../data-sets.ts';
import { onHost, type Host } from '../links/two-hosts.ts';
import { measure, stop } from '../measured-process.ts';
import { ratioChart } from '../report/ratio-chart.ts';
import { markdownTable } from '../report/markdown.ts';
import type { BenchCase, BenchContext, Section } from '../section.ts';
import { StarNetwork, whyNoNetwork } from './star-network.ts';

type SwarmRow = {
  readonly work: string;
  /** What was measured, in words. */
  readonly measured: string;
  readonly ratio?: number;
  /** What the ratio should be at most, or at least. */
  readonly atMost?: number;
  readonly atLeast?: number;
};

/** dist/cli/main.js, seen from dist/test/bench/swarm/. */
const MAIN = fileURLToPath(new URL('../../../cli/main.js', import.meta.url));
const MIB = 1024 * 1024;
const SIZE_MIB = 256;
const QUICK_SIZE_MIB = 64;
const SLOW_MBIT = 100;
const FAST_MBIT = 1_000;
const PEERS = 4;
const HOLDERS = 3;

/** Someone on one of the hosts, with a home of their own. */
class Person {
  readonly folder: string;
  readonly host: Host;
  #node: ChildProcess | undefined;

  constructor(host: Host, folder: string) {
    this.host = host;
    this.folder = folder;
    mkdirSync(join(folder, 'home'), { recursive: true });
  }

  async run(...words: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
    const { stdout } = await measure('ip', this.#command(words), { env: this.#environment });
    return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '{}') as Record<string, unknown>;
  }

  async peerId(): Promise<string> {
    return String((await this.run('id'))['peerId']);
  }

  /** Starts a node that serves a folder as `film`, and returns where. */
  async serve(folder: string): Promise<string> {
    const listen = ['--listen', `${this.host.address}:0`, '--serve', `film=${folder}`];
    const child = spawn('ip', this.#command(['node', 'start', '--quiet', ...listen]), {
      env: { ...process.env, ...this.#environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#node = child;
    const first = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).once('line', resolve);
      child.once('exit', (code) => {
        reject(new Error(`the node ended with ${String(code)}`));
      });
    });
    const { addresses } = JSON.parse(first) as { addresses: string[] };
    return `${addresses[0] ?? ''}/film`;
  }

  /** Clones, and returns how many seconds that took as a command. */
  async clone(name: string, address: string, ...sources: readonly string[]): Promise<number> {
    const words = sources.flatMap((source) => ['--source', source]);
    const startedMs = performance.now();
    await this.run('clone', address, join(this.folder, name), ...words);
    return (performance.now() - startedMs) / 1000;
  }

  async end(): Promise<void> {
    if (this.#node !== undefined) await stop(this.#node);
  }

  get #environment(): Record<string, string> {
    return { DITS_HOME: join(this.folder, 'home'), NO_COLOR: '1' };
  }

  #command(words: readonly string[]): string[] {
    return onHost(this.host, process.execPath, MAIN, ...words, '--json');
  }
}

/** One file of noise in a repository of its own. */
async function makeFilm(holder: Person, sizeMib: number): Promise<string> {
  const film = join(holder.folder, 'film');
  mkdirSync(film);
  writeNoiseFile(join(film, 'take.mov'), sizeMib * MIB);
  await holder.run('init', film);
  await holder.run('add', '-C', film, '-A', '.');
  await holder.run('commit', '-C', film, '-m', 'first');
  return film;
}

async function introduce(holder: Person, readers: readonly Person[]): Promise<void> {
  for (const [index, reader] of readers.entries()) {
    const id = await reader.peerId();
    await holder.run('peer', 'add', id, '--name', `reader-${index}`, '--access', 'read');
  }
}

type Scene = {
  readonly network: StarNetwork;
  readonly people: readonly Person[];
  readonly sizeMib: number;
};

/** A network with somebody on every host; all of it goes away in the end. */
async function onNetwork<T>(
  context: BenchContext,
  ratesMbit: readonly number[],
  use: (scene: Scene) => Promise<T>,
): Promise<T> {
  const folder = emptyFolder(context.work, 'swarm');
  const network = StarNetwork.create(ratesMbit);
  const people = network.hosts.map((host, index) => new Person(host, join(folder, `${index}`)));
  try {
    const sizeMib = context.isQuick ? QUICK_SIZE_MIB : SIZE_MIB;
    return await use({ network, people, sizeMib });
  } finally {
    await Promise.all(people.map((person) => person.end()));
    network.remove();
    emptyFolder(context.work, 'swarm');
  }
}

async function fetchTogether(context: BenchContext): Promise<readonly SwarmRow[]> {
  const rates = Array.from({ length: PEERS + 1 }, () => SLOW_MBIT);
  return await onNetwork(context, rates, async ({ network, people, sizeMib }) => {
    const [seed, ...peers] = people as [Person, ...Person[]];
    const film = await makeFilm(seed, sizeMib);
    await introduce(seed, peers);
    const address = await seed.serve(film);
    settleDisk();
    const alone = await peers[0]!.clone('alone', address);
    settleDisk();
    const before = network.sentBytes(seed.host);
    const startedMs = performance.now();
    await Promise.all(peers.map((peer) => peer.clone('together', address)));
    const together = (performance.now() - startedMs) / 1000;
    const sentShare = (network.sentBytes(seed.host) - before) / (sizeMib * MIB);
    const seconds = `${together.toFixed(1)} s, one alone ${alone.toFixed(1)} s`;
    context.log(`${PEERS} peers: ${seconds}; the seed sent ${sentShare.toFixed(2)} x the file`);
    const work = `${PEERS} peers fetch ${sizeMib} MiB from one seed, ${SLOW_MBIT} Mbit/s each`;
    return [
      { work, measured: seconds, ratio: together / alone, atMost: 1.5 },
      {
        work: 'what the seed sends, of the file',
        measured: `${(sentShare * sizeMib).toFixed(0)} MiB`,
        ratio: sentShare,
        atMost: 1.6,
      },
    ];
  });
}

async function fetchFromHolders(context: BenchContext): Promise<readonly SwarmRow[]> {
  const rates = [...Array.from({ length: HOLDERS }, () => SLOW_MBIT), FAST_MBIT];
  return await onNetwork(context, rates, async ({ people, sizeMib }) => {
    const holders = people.slice(0, HOLDERS);
    const receiver = people[HOLDERS]!;
    const [first, ...others] = holders as [Person, ...Person[]];
    const film = await makeFilm(first, sizeMib);
    for (const other of others) cpSync(film, join(other.folder, 'film'), { recursive: true });
    const addresses: string[] = [];
    for (const holder of holders) {
      await introduce(holder, [receiver]);
      addresses.push(await holder.serve(join(holder.folder, 'film')));
    }
    settleDisk();
    const one = await receiver.clone('one', addresses[0]!);
    settleDisk();
    const [address, ...sources] = addresses as [string, ...string[]];
    const all = await receiver.clone('all', address, ...sources);
    const measured = `${all.toFixed(1)} s, from one ${one.toFixed(1)} s`;
    context.log(`from ${HOLDERS} holders: ${measured}`);
    const lines = `${SLOW_MBIT} Mbit/s each, to a line of ${FAST_MBIT} Mbit/s`;
    const work = `${sizeMib} MiB from ${HOLDERS} holders, ${lines}`;
    return [{ work, measured, ratio: one / all, atLeast: 2.6 }];
  });
}

function swarmCase(
  name: string,
  run: (context: BenchContext) => Promise<readonly SwarmRow[]>,
): BenchCase<SwarmRow> {
  return {
    name,
    run: async (context) => {
      const reason = whyNoNetwork();
      if (reason === undefined) return await run(context);
      context.log(`${name} is skipped: ${reason}`);
      return [{ work: name, measured: `skipped: ${reason}` }];
    },
  };
}

export const swarmSection: Section<SwarmRow> = {
  name: 'swarm',
  title: 'From many sources',
  isDefault: false,
  tools: [],
  cases: [swarmCase('swarm-together', fetchTogether), swarmCase('swarm-holders', fetchFromHolders)],
  render: (rows) =>
    `Clones of one file of random bytes between network namespaces around a switch, each behind a line of its own, shaped both ways. Times are
those of whole commands, files written and everything durable. What the seed sends is what its interface counted, headers included, for all
peers together.

${markdownTable(['work', 'measured', 'ratio', 'asked'], rows.map(cells))}`,
  shortfalls: (rows) =>
    rows.flatMap((row) =>
      isMissed(row) ? [`${row.work}: ${cells(row).slice(2).join(', ')}`] : [],
    ),
  charts: (rows) => [
    ratioChart(
      { name: 'swarm', title: 'the rate from three holders / the rate from one' },
      rows.flatMap(({ work, ratio, atLeast }) =>
        ratio === undefined || atLeast === undefined
          ? []
          : [{ label: work, ratio, asked: atLeast, isMissed: ratio < atLeast }],
      ),
    ),
  ],
};

function isMissed({ ratio, atMost, atLeast }: SwarmRow): boolean {
  if (ratio === undefined) return false;
  return ratio > (atMost ?? Infinity) || ratio < (atLeast ?? 0);
}

function cells(row: SwarmRow): readonly string[] {
  const { work, measured, ratio, atMost, atLeast } = row;
  const asked = atMost === undefined ? `≥ ${atLeast}` : `≤ ${atMost}`;
  if (ratio === undefined) return [work, measured, '', ''];
  return [work, measured, ratio.toFixed(2), `${asked}${isMissed(row) ? ', **missed**' : ''}`];
}
