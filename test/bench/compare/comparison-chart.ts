/** A comparison as a chart: how many times their time or bytes we need, and where it was asked to be. */
import type { Chart } from '../report/chart.ts';
import { isMissed, type ComparisonRow } from './comparison.ts';

/** Height of a line of the chart, pixels. */
const STEP_PIXELS = 20;
const WIDTH_PIXELS = 440;

/** Bars from 1, on a logarithmic scale, so that twice as fast and half as fast are equally long. */
export function comparisonChart(name: string, rows: readonly ComparisonRow[]): Chart {
  const values = rows
    .filter(({ measure, figure }) => measure === 'ratio' && figure !== undefined)
    .map((row) => ({
      work: `${row.work.replaceAll('`', '')} / ${row.against ?? ''}`,
      ratio: row.figure,
      even: 1,
      asked: row.asked ?? null,
      verdict: verdict(row),
    }));
  const y = { field: 'work', type: 'nominal', sort: null, title: null } as const;
  const scale = { type: 'log' } as const;
  return {
    name,
    description: `Ratio of dits to the best of the others, by work: ${values
      .map(({ work, ratio }) => `${work} ${ratio?.toFixed(2)}`)
      .join('; ')}`,
    spec: {
      width: WIDTH_PIXELS,
      height: { step: STEP_PIXELS },
      data: { values },
      layer: [
        {
          mark: { type: 'bar', height: { band: 0.6 } },
          encoding: {
            y,
            x: {
              field: 'ratio',
              type: 'quantitative',
              scale,
              title: 'dits / other tool, logarithmic; below 1 dits needs less; tick: asked at most',
              axis: { format: '.2~f' },
            },
            x2: { field: 'even' },
            color: {
              field: 'verdict',
              type: 'nominal',
              title: null,
              scale: {
                domain: ['as asked', 'missed', 'nothing asked'],
                range: ['#009e73', '#d55e00', '#808080'],
              },
              legend: { orient: 'bottom' },
            },
          },
        },
        {
          transform: [{ filter: 'isValid(datum.asked)' }],
          mark: { type: 'tick', thickness: 3, color: 'currentColor', height: { band: 0.9 } },
          encoding: { y, x: { field: 'asked', type: 'quantitative', scale } },
        },
        {
          mark: {
            type: 'text',
            color: 'currentColor',
            align: { expr: "datum.ratio < 1 ? 'right' : 'left'" },
            dx: { expr: 'datum.ratio < 1 ? -4 : 4' },
          },
          encoding: {
            y,
            x: { field: 'ratio', type: 'quantitative', scale },
            text: { field: 'ratio', type: 'quantitative', format: '.2f' },
          },
        },
        {
          mark: { type: 'rule', color: 'currentColor' },
          encoding: { x: { datum: 1, type: 'quantitative', scale } },
        },
      ],
    },
  };
}

function verdict(row: ComparisonRow): string {
  if (row.asked === undefined) return 'nothing asked';
  return isMissed(row) ? 'missed' : 'as asked';
}
