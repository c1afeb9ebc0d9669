/** A swarm as charts: time as multiples of the ideal, and what the seed had to send, over the number of peers. */
import type { SwarmResult } from '../../../simulations/index.ts';
import type { Chart } from '../report/chart.ts';

const PANEL = { width: 300, height: 220 } as const;

export function simulationChart(rows: readonly SwarmResult[]): Chart {
  const times = rows.flatMap(({ peers, idealMs, medianMs, lastMs }) => [
    { peers, who: 'half of the peers', value: medianMs / idealMs },
    { peers, who: 'the last one', value: lastMs / idealMs },
  ]);
  const sent = rows.map(({ peers, seedFiles }) => ({ peers, who: 'the seed', value: seedFiles }));
  const panel = (values: readonly object[], title: string): object => ({
    ...PANEL,
    data: { values },
    mark: { type: 'line', point: true },
    encoding: {
      x: { field: 'peers', type: 'quantitative', title: 'peers', scale: { type: 'log' } },
      y: { field: 'value', type: 'quantitative', title, scale: { zero: true } },
      color: { field: 'who', type: 'nominal', title: null },
    },
  });
  return {
    name: 'simulated-swarm',
    description:
      'Time until everyone has a file, and how often the seed sends it, by the number of peers',
    spec: {
      hconcat: [panel(times, 'time, in ideals'), panel(sent, 'sent, in files')],
    } as Chart['spec'],
  };
}
