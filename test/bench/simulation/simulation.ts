/** Swarms of up to a thousand peers under a virtual clock (docs/simulation.md): what no test on real links can show. */
import { runSwarm, type SwarmResult, type SwarmScenario } from '../../../simulations/index.ts';
import { markdownTable } from '../report/markdown.ts';
import type { BenchCase, Section } from '../section.ts';
import { simulationChart } from './simulation-chart.ts';

/** Of the largest swarm. */
const SEED_FILES_MAX = 3;
const LAST_IDEALS_MAX = 2.5;
const PEERS_MOST = 1_000;

const EVEN: SwarmScenario['rates'] = [{ up: 1_250, down: 1_250 }];
/** Studio lines, and lines at home that are slow upwards. */
const UNEVEN: SwarmScenario['rates'] = [
  ...EVEN,
  { up: 2_500, down: 2_500 },
  { up: 250, down: 2_500 },
];
/** Chunks of 512 KiB: 32 MiB. */
const CHUNKS = 64;

export type SimulationRow = SwarmResult & { readonly links: 'even' | 'uneven' };

function simulationCase(
  peers: number,
  { links, churn }: { readonly links: SimulationRow['links']; readonly churn: number },
): BenchCase<SimulationRow> {
  const name = `simulation-${peers}${churn > 0 ? '-churn' : ''}`;
  return {
    name,
    run: async (context) => {
      const rates = links === 'even' ? EVEN : UNEVEN;
      const result = await runSwarm({ seed: 1, peers, chunks: CHUNKS, rates, churn });
      context.log(`${name}: ${JSON.stringify(result)}`);
      return [{ ...result, links }];
    },
  };
}

const CALM = { links: 'even', churn: 0 } as const;

function isEven({ links, churn }: SimulationRow): boolean {
  return links === 'even' && churn === 0;
}

export const simulationSection: Section<SimulationRow> = {
  name: 'simulation',
  title: 'Simulated swarms',
  isDefault: false,
  tools: [],
  cases: [
    simulationCase(2, CALM),
    simulationCase(10, CALM),
    simulationCase(100, CALM),
    simulationCase(PEERS_MOST, CALM),
    simulationCase(100, { links: 'uneven', churn: 0.2 }),
  ],
  render: (rows) =>
    [
      'A seed has a file of 32 MiB in chunks of 512 KiB, and so many peers want it within 3 s. Even links carry 10 Mbit/s each way; uneven ones 10, 20, and 2 up',
      'by 20 down, in turn. With churn, a fifth of the peers leave in the middle and come back some seconds later. The ideal is what the slowest link alone takes:',
      'the file out of the seed once, or into a peer. Fairness is Jain’s index of what peers with the same link sent. How it is simulated: [simulation.md](simulation.md).',
      '',
      markdownTable(
        [
          'peers',
          'links',
          'churn',
          'ideal',
          'half',
          'last',
          'last / ideal',
          'seed sent',
          'received',
          'fairness',
        ],
        rows.map((row) => [
          row.peers.toLocaleString('en'),
          row.links,
          `${row.churn * 100} %`,
          secondsOf(row.idealMs),
          secondsOf(row.medianMs),
          secondsOf(row.lastMs),
          (row.lastMs / row.idealMs).toFixed(2),
          `${row.seedFiles.toFixed(2)} files`,
          `${row.receivedFiles.toFixed(2)} files`,
          row.fairness.toFixed(2),
        ]),
      ),
    ].join('\n'),
  shortfalls: (rows) =>
    rows
      .filter((row) => row.peers === PEERS_MOST)
      .flatMap(({ seedFiles, lastMs, idealMs }) => [
        ...(seedFiles > SEED_FILES_MAX
          ? [`1,000 simulated peers: the seed sends ${seedFiles.toFixed(2)} files, asked ≤ 3`]
          : []),
        ...(lastMs > LAST_IDEALS_MAX * idealMs
          ? [`1,000 simulated peers: ${(lastMs / idealMs).toFixed(2)} x the ideal, asked ≤ 2.5`]
          : []),
      ]),
  charts: (rows) => (rows.some(isEven) ? [simulationChart(rows.filter(isEven))] : []),
};

function secondsOf(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
