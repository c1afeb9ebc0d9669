/** Memory and handles of the relay over time. */
import type { SoakSample } from '../../load/soak.ts';
import type { Chart } from '../report/chart.ts';

const PANEL = { width: 340, height: 180 } as const;

export function soakChart(samples: readonly SoakSample[]): Chart {
  const values = samples.map(({ seconds, residentBytes, handles }) => ({
    minutes: seconds / 60,
    memory: residentBytes / 1e6,
    handles,
  }));
  const panel = (field: string, title: string): object => ({
    ...PANEL,
    mark: { type: 'line' },
    encoding: {
      x: { field: 'minutes', type: 'quantitative', title: 'minutes' },
      y: { field, type: 'quantitative', title, scale: { zero: true } },
    },
  });
  return {
    name: 'soak',
    description: 'Resident memory and open handles of a relay under churn, by minute',
    spec: {
      data: { values },
      hconcat: [panel('memory', 'resident memory, MB'), panel('handles', 'open handles')],
    } as Chart['spec'],
  };
}
