/** A relay in a crowd: what many idle connections cost it, and whether somebody who pushes notices them. */
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
const PUSH_MIB = 64;
const MEMORY_MAX_BYTES = 300e6;
const SLOWDOWN_MAX = 1.2;

export type RelayRow = {
  readonly connections: number;
  /** Resident memory of the relay with the crowd, before a push. */
  readonly memoryBytes: number;
  readonly memoryAloneBytes: number;
  readonly connectSeconds: number;
  /** Whole commands. */
  readonly pushSeconds: number;
  readonly pushAloneSeconds: number;
};

async function measureCrowd(context: BenchContext): Promise<readonly RelayRow[]> {
  const { side, relay, address } = await connectedPair(emptyFolder(context.work, 'relay'));
  const pushes = { alone: [] as number[], crowd: [] as number[] };
  const memory = { alone: 0, crowd: 0 };
  const connectSeconds: number[] = [];
  const tree = await side.workingTree('source', () => undefined);
  let version = 0;
  const push = async (): Promise<number> => {
    writeFileSync(join(tree, 'noise'), randomBytes(PUSH_MIB * MIB));
    await side.run(['add', '-A'], tree);
    await side.run(['commit', '-m', `version ${++version}`], tree);
    return (await side.run(['push', address, 'main'], tree)).seconds;
  };
  try {
    memory.alone = relay.residentBytes();
    await push();
    for (let run = 0; run < context.runs; run++) {
      pushes.alone.push(await push());
      const crowd = await Crowd.gather({
        ...{ address, relayHome: relay.home },
        ...{ connections: CONNECTIONS, peers: PEERS },
      });
      connectSeconds.push(crowd.connectSeconds);
      memory.crowd = Math.max(memory.crowd, relay.residentBytes());
      pushes.crowd.push(await push());
      await crowd.leave();
      context.log(
        `relay: ${PUSH_MIB} MiB pushed in ${pushes.alone.at(-1)?.toFixed(2)} s alone, ${pushes.crowd.at(-1)?.toFixed(2)} s in a crowd that came in ${crowd.connectSeconds.toFixed(1)} s; ${Math.round(memory.crowd / 1e6)} MB`,
      );
    }
  } finally {
    await relay.stop();
  }
  return [
    {
      ...{ connections: CONNECTIONS, memoryBytes: memory.crowd, memoryAloneBytes: memory.alone },
      connectSeconds: median(connectSeconds),
      pushSeconds: median(pushes.crowd),
      pushAloneSeconds: median(pushes.alone),
    },
  ];
}

export const relaySection: Section<RelayRow> = {
  name: 'relay',
  title: 'A relay in a crowd',
  isDefault: false,
  tools: [],
  cases: [{ name: 'relay-crowd', run: measureCrowd }],
  render: (rows) =>
    `A relay on loopback with ${CONNECTIONS.toLocaleString('en')} connections of ${PEERS} peers, of which one in ten asks for refs every
second and the others are idle, while somebody pushes ${PUSH_MIB} MiB of random bytes; pushes without and with the crowd in turn. The crowd
is a process on the same two processors. Memory is what is resident at the relay when the crowd has come together.

${markdownTable(['what', 'alone', 'in the crowd', 'asked'], rows.flatMap(cells))}`,
  shortfalls: (rows) =>
    rows.flatMap((row) => [
      ...(row.memoryBytes > MEMORY_MAX_BYTES
        ? [`a relay with ${row.connections} connections takes ${megabytes(row.memoryBytes)}`]
        : []),
      ...(slowdown(row) > SLOWDOWN_MAX
        ? [`a push to a relay in a crowd takes ${slowdown(row).toFixed(2)} times as long`]
        : []),
    ]),
  charts: () => [],
};

function cells(row: RelayRow): readonly (readonly string[])[] {
  const { memoryBytes, memoryAloneBytes, pushSeconds, pushAloneSeconds, connectSeconds } = row;
  const ratio = slowdown(row).toFixed(2);
  return [
    ['memory of the relay', megabytes(memoryAloneBytes), megabytes(memoryBytes), '≤ 300 MB'],
    [
      `push of ${PUSH_MIB} MiB`,
      `${pushAloneSeconds.toFixed(2)} s`,
      `${pushSeconds.toFixed(2)} s, ${ratio} times as long`,
      `≤ ${SLOWDOWN_MAX}`,
    ],
    ['time until all are connected', '', `${connectSeconds.toFixed(1)} s`, ''],
  ];
}

function slowdown({ pushSeconds, pushAloneSeconds }: RelayRow): number {
  return pushSeconds / pushAloneSeconds;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
