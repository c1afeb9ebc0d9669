/** A relay under churn for half an hour: are its memory and its handles flat? */
import { runSoak, type SoakResult, type SoakSample } from '../../load/soak.ts';
import { markdownTable } from '../report/markdown.ts';
import type { Section } from '../section.ts';
import { soakChart } from './soak-chart.ts';

const FOR_MS = 1_800_000;
const QUICK_MS = 60_000;
const SEED = 1;
/** Memory settles while buffers, caches and compiled code come: so much of a run is left out of the slopes. */
const SETTLING_SHARE = 1 / 3;
const MEMORY_SLOPE_MAX_SHARE = 0.1;
const HANDLE_SLOPE_MAX = 2;

export const soakSection: Section<SoakResult> = {
  name: 'soak',
  title: 'A relay under churn',
  isDefault: false,
  tools: [],
  cases: [
    {
      name: 'soak',
      run: async (context) => {
        const forMs = context.isQuick ? QUICK_MS : FOR_MS;
        const log = (line: string): void => {
          context.log(line);
        };
        return [await runSoak({ forMs, seed: SEED, log })];
      },
    },
  ],
  render: (rows) => rows.map(renderRow).join('\n\n'),
  shortfalls: (rows) => rows.flatMap(shortfallsOf),
  charts: (rows) => rows.map((row) => soakChart(row.samples)),
};

function renderRow(row: SoakResult): string {
  const { samples, acknowledged, killed, collections, relayLoad } = row;
  const minutes = Math.round((samples.at(-1)?.seconds ?? 0) / 60);
  const late = settled(samples);
  const memory = late.map(({ residentBytes }) => residentBytes);
  const handles = late.map((sample) => sample.handles);
  return `A real relay for ${minutes} minutes. Six peers at a time connect over QUIC, QUIC with lanes and TCP, push, pull what others pushed and go; after six visits
they delete their branch and never come again. Every minute the process of the peers is killed in the middle of what it does, the keys of its peers are
taken out of the peers file, \`dits gc\` runs beside the node, and new peers come. At the end everything that was acknowledged and not deleted is there, and
\`dits fsck\` finds nothing. Slopes are fitted to what was sampled every five seconds after the first third.

${markdownTable(
  ['what', 'least', 'most', 'slope', 'asked'],
  [
    [
      'resident memory',
      megabytes(Math.min(...memory)),
      megabytes(Math.max(...memory)),
      `${(memorySlope(samples) / 1e6).toFixed(1)} MB an hour`,
      `≤ ${MEMORY_SLOPE_MAX_SHARE * 100} % of it an hour`,
    ],
    [
      'open handles',
      String(Math.min(...handles)),
      String(Math.max(...handles)),
      `${handleSlope(samples).toFixed(2)} an hour`,
      `≤ ${HANDLE_SLOPE_MAX} an hour`,
    ],
  ],
)}

Acknowledged pushes: ${acknowledged.toLocaleString('en')}. Processes of peers killed: ${killed}. Runs of \`dits gc\`: ${collections}. The relay took ${(relayLoad * 100).toFixed(1)} % of one processor.`;
}

function shortfallsOf({ samples }: SoakResult): readonly string[] {
  const late = settled(samples);
  const mean = late.reduce((sum, { residentBytes }) => sum + residentBytes, 0) / late.length;
  const lines: string[] = [];
  if (memorySlope(samples) > mean * MEMORY_SLOPE_MAX_SHARE) {
    lines.push(`memory of a relay under churn grows by ${megabytes(memorySlope(samples))} an hour`);
  }
  if (handleSlope(samples) > HANDLE_SLOPE_MAX) {
    lines.push(`a relay under churn opens ${handleSlope(samples).toFixed(1)} handles more an hour`);
  }
  return lines;
}

function settled(samples: readonly SoakSample[]): readonly SoakSample[] {
  return samples.slice(Math.floor(samples.length * SETTLING_SHARE));
}

function memorySlope(samples: readonly SoakSample[]): number {
  return hourlySlope(settled(samples), ({ residentBytes }) => residentBytes);
}

function handleSlope(samples: readonly SoakSample[]): number {
  return hourlySlope(settled(samples), ({ handles }) => handles);
}

/** Least squares. */
function hourlySlope(
  samples: readonly SoakSample[],
  valueOf: (sample: SoakSample) => number,
): number {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const hours = samples.map(({ seconds }) => seconds / 3_600);
  const values = samples.map(valueOf);
  const [hourMean, valueMean] = [mean(hours), mean(values)];
  const covariance = mean(hours.map((hour, at) => (hour - hourMean) * (values[at]! - valueMean)));
  return covariance / mean(hours.map((hour) => (hour - hourMean) ** 2));
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
