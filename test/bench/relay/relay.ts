/** A relay in a crowd: what many idle connections cost it, and whether somebody who pushes notices them. */
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { emptyFolder } from '../compare/scratch.ts';
import { connectedPair } from '../connected-pair.ts';
import { markdownTable } from '../report/markdown.ts';
import type { BenchContext, Section } from '../section.ts';
import { median } from '../statistics.ts';
import { Crowd } from './crowd.ts';

const MIB = 1024 * 1024;
const CONNECTIONS = 1_000;
/** Under the limit of connections of one peer. */
const PEERS = 20;
/** Connections of the busier crowd that ask for refs every second. */
const ASKING = 100;
const PUSH_MIB = 64;
/** How long processor time is watched while nothing else happens. */
const WATCH_SECONDS = 5;
const MEMORY_MAX_BYTES = 300e6;
const SLOWDOWN_MAX = 1.2;

/** A relay with one kind of crowd. */
export type RelayRow = {
  readonly connections: number;
  /** Connections that ask for refs every second; the others are idle. */
  readonly asking: number;
  /** Resident memory of the relay with the crowd, before a push: the most of all crowds that came and went. */
  readonly memoryBytes: number;
  readonly memoryAloneBytes: number;
  readonly connectSeconds: number;
  /** Share of one processor, 0 to 1 and above, while nobody pushes. */
  readonly relayLoad: number;
  readonly crowdLoad: number;
  /** Whole commands. */
  readonly pushSeconds: number;
  readonly pushAloneSeconds: number;
};

type Samples = { readonly [K in keyof RelayRow]: number[] };

async function measureCrowds(context: BenchContext): Promise<readonly RelayRow[]> {
  return [await measureCrowd(context, 0), await measureCrowd(context, ASKING)];
}

async function measureCrowd(context: BenchContext, asking: number): Promise<RelayRow> {
  const { side, relay, address } = await connectedPair(emptyFolder(context.work, 'relay'));
  const samples: Samples = {
    ...{ connections: [CONNECTIONS], asking: [asking] },
    ...{ memoryBytes: [], memoryAloneBytes: [], connectSeconds: [] },
    ...{ relayLoad: [], crowdLoad: [], pushSeconds: [], pushAloneSeconds: [] },
  };
  const tree = await side.workingTree('source', () => undefined);
  let version = 0;
  const push = async (): Promise<number> => {
    writeFileSync(join(tree, 'noise'), randomBytes(PUSH_MIB * MIB));
    await side.run(['add', '-A'], tree);
    await side.run(['commit', '-m', `version ${++version}`], tree);
    return (await side.run(['push', address, 'main'], tree)).seconds;
  };
  try {
    samples.memoryAloneBytes.push(relay.residentBytes());
    await push();
    for (let run = 0; run < context.runs; run++) {
      samples.pushAloneSeconds.push(await push());
      const crowd = await Crowd.gather({
        ...{ address, relayHome: relay.home },
        ...{ connections: CONNECTIONS, peers: PEERS, asking },
      });
      samples.connectSeconds.push(crowd.connectSeconds);
      const load = await loads([relay, crowd]);
      samples.relayLoad.push(load[0]!);
      samples.crowdLoad.push(load[1]!);
      samples.memoryBytes.push(relay.residentBytes());
      samples.pushSeconds.push(await push());
      await crowd.leave();
      const said = Object.entries(samples).map(([name, all]) => `${name} ${all.at(-1)}`);
      context.log(`relay: ${said.join(', ')}`);
    }
  } finally {
    await relay.stop();
  }
  return summary(samples);
}

/** Medians, and the most memory. */
function summary(samples: Samples): RelayRow {
  return {
    connections: CONNECTIONS,
    asking: median(samples.asking),
    memoryBytes: Math.max(...samples.memoryBytes),
    memoryAloneBytes: median(samples.memoryAloneBytes),
    connectSeconds: median(samples.connectSeconds),
    relayLoad: median(samples.relayLoad),
    crowdLoad: median(samples.crowdLoad),
    pushSeconds: median(samples.pushSeconds),
    pushAloneSeconds: median(samples.pushAloneSeconds),
  };
}

/** Share of one processor that each takes while nothing else happens. */
async function loads(all: readonly { processorSeconds(): number }[]): Promise<number[]> {
  const before = all.map((one) => one.processorSeconds());
  await delay(WATCH_SECONDS * 1_000);
  return all.map((one, index) => (one.processorSeconds() - before[index]!) / WATCH_SECONDS);
}

export const relaySection: Section<RelayRow> = {
  name: 'relay',
  title: 'A relay in a crowd',
  isDefault: false,
  tools: [],
  cases: [{ name: 'relay-crowd', run: measureCrowds }],
  render: (rows) =>
    `A relay on loopback with ${CONNECTIONS.toLocaleString('en')} connections of ${PEERS} peers while somebody pushes ${PUSH_MIB} MiB of random bytes;
pushes without and with the crowd in turn, and a crowd comes and goes for each. The crowd is a process on the same two
processors. Memory is the most that was resident at the relay when a crowd had come together; processor time is the share of one
processor while nobody pushes, over ${WATCH_SECONDS} s. What is asked is asked of the idle crowd.

${rows.map((row) => `${titleOf(row)}:\n\n${markdownTable(['what', 'alone', 'in the crowd', 'asked'], cells(row))}`).join('\n\n')}`,
  shortfalls: (rows) =>
    rows
      .filter(({ asking }) => asking === 0)
      .flatMap((row) => [
        ...(row.memoryBytes > MEMORY_MAX_BYTES
          ? [`a relay with ${row.connections} idle connections takes ${megabytes(row.memoryBytes)}`]
          : []),
        ...(slowdown(row) > SLOWDOWN_MAX
          ? [`a push to a relay in an idle crowd takes ${slowdown(row).toFixed(2)} times as long`]
          : []),
      ]),
  charts: () => [],
};

function titleOf({ asking }: RelayRow): string {
  return asking === 0 ? 'All are idle' : `${asking} of them ask for refs every second`;
}

function cells(row: RelayRow): readonly (readonly string[])[] {
  const { memoryBytes, memoryAloneBytes, pushSeconds, pushAloneSeconds, connectSeconds } = row;
  const ratio = slowdown(row).toFixed(2);
  const isAsked = row.asking === 0;
  return [
    [
      'memory of the relay',
      megabytes(memoryAloneBytes),
      megabytes(memoryBytes),
      isAsked ? '≤ 300 MB' : '',
    ],
    [
      `push of ${PUSH_MIB} MiB`,
      `${pushAloneSeconds.toFixed(2)} s`,
      `${pushSeconds.toFixed(2)} s, ${ratio} times as long`,
      isAsked ? `≤ ${SLOWDOWN_MAX}` : '',
    ],
    ['processor time of the relay', '', percent(row.relayLoad), ''],
    ['processor time of the crowd', '', percent(row.crowdLoad), ''],
    ['time until all are connected', '', `${connectSeconds.toFixed(1)} s`, ''],
  ];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function slowdown({ pushSeconds, pushAloneSeconds }: RelayRow): number {
  return pushSeconds / pushAloneSeconds;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
