/** A comparison as a chart: how many times their time or bytes we need. */
import type { Chart } from '../report/chart.ts';
import { ratioChart } from '../report/ratio-chart.ts';
import { isMissed, type ComparisonRow } from './comparison.ts';

export function comparisonChart(name: string, rows: readonly ComparisonRow[]): Chart {
  const lines = rows.flatMap((row) => {
    const { work, against, measure, figure, asked } = row;
    if (measure !== 'ratio' || figure === undefined || against === undefined) return [];
    const label = `${work.replaceAll('`', '')} / ${against}`;
    return [{ label, ratio: figure, asked, isMissed: isMissed(row) }];
  });
  return ratioChart({ name, title: 'dits / other tool, below 1 dits needs less' }, lines);
}
