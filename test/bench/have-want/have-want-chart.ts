/** Bytes by how much is missing, one panel a size of the sets, one line a method. */
import type { Chart } from '../report/chart.ts';

/** What one method needed for two sets that are equally large. */
export type HaveWantPoint = {
  readonly size: number;
  readonly missing: number;
  readonly method: string;
  readonly bytes: number;
};

const PANEL = { width: 220, height: 200 } as const;

export function haveWantChart(points: readonly HaveWantPoint[]): Chart {
  const values = points.map((point) => ({
    ...point,
    panel: `${point.size.toLocaleString('en')} ids on each side`,
  }));
  const log = { type: 'log' } as const;
  const grid = { format: '~s', tickCount: 4 } as const;
  return {
    name: 'have-want',
    description: 'Bytes to find out what is missing, by the number of missing ids and by method',
    spec: {
      data: { values },
      facet: { field: 'panel', type: 'nominal', sort: null, title: null },
      columns: 3,
      spec: {
        ...PANEL,
        mark: { type: 'line', point: true },
        encoding: {
          x: { field: 'missing', type: 'quantitative', scale: log, title: 'missing', axis: grid },
          y: { field: 'bytes', type: 'quantitative', scale: log, title: 'bytes', axis: grid },
          color: { field: 'method', type: 'nominal', sort: null, title: null },
        },
      },
    },
  };
}
