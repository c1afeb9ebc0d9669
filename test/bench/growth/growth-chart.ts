/** Growth as charts: seconds and memory over the amount, one line a step. Straight lines are linear growth. */
import type { Chart } from '../report/chart.ts';
import { GROWTH_STEPS, type GrowthRow } from './growth-row.ts';

const PANEL = { width: 300, height: 220 } as const;

export function growthChart(name: string, rows: readonly GrowthRow[]): Chart {
  const isBytes = rows[0]?.subject === 'bytes';
  const values = rows.map(({ amount, step, seconds, peakBytes }) => ({
    amount: isBytes ? amount / 2 ** 30 : amount / 1000,
    step,
    seconds,
    memory: peakBytes / 2 ** 20,
  }));
  const panel = (field: string, title: string): object => ({
    ...PANEL,
    mark: { type: 'line', point: true },
    encoding: {
      x: {
        field: 'amount',
        type: 'quantitative',
        title: isBytes ? 'one file, GiB' : 'small files, thousands',
        scale: { zero: true },
      },
      y: { field, type: 'quantitative', title },
      color: { field: 'step', type: 'nominal', title: null, sort: [...GROWTH_STEPS] },
    },
  });
  return {
    name,
    description: `Seconds and peak memory of taking in, pushing, cloning and status by ${isBytes ? 'size of a file' : 'number of files'}`,
    spec: {
      data: { values },
      hconcat: [panel('seconds', 'seconds'), panel('memory', 'peak memory, MiB')],
    } as Chart['spec'],
  };
}
