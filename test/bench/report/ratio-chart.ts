/** Ratios as a chart: bars from 1 on a logarithmic scale, so that twice and half are equally long, with a tick where it was asked to be. */
import type { Chart } from './chart.ts';

/** A line of the chart. */
export type RatioLine = {
  readonly label: string;
  readonly ratio: number;
  /** Where the ratio was asked to be. */
  readonly asked?: number | undefined;
  readonly isMissed: boolean;
};

/** Height of a line of the chart, pixels. */
const STEP_PIXELS = 20;
const WIDTH_PIXELS = 440;
/** Room for the numbers beside the bars, pixels. */
const NUMBERS_PIXELS = 40;

export function ratioChart(
  { name, title }: { readonly name: string; readonly title: string },
  lines: readonly RatioLine[],
): Chart {
  const values = lines.map((line) => ({ ...line, even: 1, verdict: verdict(line) }));
  const y = { field: 'label', type: 'nominal', sort: null, title: null } as const;
  const scale = { type: 'log' } as const;
  return {
    name,
    description: `${title}: ${lines.map(({ label, ratio }) => `${label} ${ratio.toFixed(2)}`).join('; ')}`,
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
              title: `${title}; tick: asked`,
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
          // In a column of their own, where no tick can cross them.
          mark: { type: 'text', color: 'currentColor', align: 'right' },
          encoding: {
            y,
            x: { value: WIDTH_PIXELS + NUMBERS_PIXELS },
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

function verdict({ asked, isMissed }: RatioLine): string {
  if (asked === undefined) return 'nothing asked';
  return isMissed ? 'missed' : 'as asked';
}
