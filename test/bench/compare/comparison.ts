/** One line of a comparison: our figure, theirs, and the ratio or difference that was asked for. */
import { markdownTable } from '../report/markdown.ts';
import { bytesText, mebibytesText, secondsText } from '../report/quantities.ts';
import { median, medianDifference, medianRatio } from '../statistics.ts';

/** What another tool needed, the median. */
type Theirs = {
  readonly tool: string;
  /** Seconds or bytes; absent when the tool is missing or did not finish. */
  readonly value?: number;
  readonly note?: string;
};

export type ComparisonRow = {
  readonly work: string;
  readonly unit: 'seconds' | 'bytes';
  /** Median. */
  readonly ours: number;
  /** Highest resident memory of any of our processes, bytes. */
  readonly peakBytes?: number;
  readonly theirs: readonly Theirs[];
  /** The best of the others, which the figure is about. */
  readonly against?: string;
  /** `ratio`: ours divided by theirs. `difference`: ours minus theirs, in the row's unit. */
  readonly measure: 'ratio' | 'difference';
  readonly figure?: number;
  /** What the figure should be at most. */
  readonly asked?: number;
};

/** Values of another tool, one a run. */
export type TheirValues = {
  readonly tool: string;
  readonly values: readonly number[];
  /** Said beside the value, or instead of it when there is none. */
  readonly note?: string | undefined;
};

export type ComparisonInput = {
  readonly work: string;
  readonly unit?: 'seconds' | 'bytes';
  readonly ours: readonly number[];
  readonly peakBytes?: number;
  readonly theirs: readonly TheirValues[];
  readonly measure?: 'ratio' | 'difference';
  readonly asked?: number | undefined;
};

/** Makes the row; the figure is about the tool with the lowest median. */
export function compare(input: ComparisonInput): ComparisonRow {
  const { work, unit = 'seconds', ours, peakBytes, theirs, measure = 'ratio', asked } = input;
  const best = theirs
    .filter(({ values }) => values.length > 0)
    .toSorted((a, b) => median(a.values) - median(b.values))[0];
  const combine = measure === 'ratio' ? medianRatio : medianDifference;
  return {
    work,
    unit,
    ours: median(ours),
    ...(peakBytes === undefined ? {} : { peakBytes }),
    theirs: theirs.map(({ tool, values, note }) => ({
      tool,
      ...(values.length === 0 ? {} : { value: median(values) }),
      ...(note === undefined ? {} : { note }),
    })),
    measure,
    ...(best === undefined ? {} : { against: best.tool, figure: combine(ours, best.values) }),
    ...(asked === undefined ? {} : { asked }),
  };
}

export function comparisonTable(rows: readonly ComparisonRow[]): string {
  const columns = ['work', 'dits', 'peak memory', 'others', 'figure', 'asked'];
  return markdownTable(columns, rows.map(cells));
}

function cells(row: ComparisonRow): readonly string[] {
  const { work, unit, ours, peakBytes, theirs, against, figure, asked } = row;
  const text = unit === 'seconds' ? secondsText : bytesText;
  const others = theirs.map(({ tool, value, note }) => {
    const words = [
      tool,
      value === undefined ? '' : text(value),
      note === undefined ? '' : `(${note})`,
    ];
    const said = words.filter((word) => word !== '').join(' ');
    return tool === against && theirs.length > 1 ? `**${said}**` : said;
  });
  return [
    work,
    text(ours),
    peakBytes === undefined ? '' : mebibytesText(peakBytes),
    others.join(', '),
    figure === undefined ? '' : figureText(row, figure),
    asked === undefined ? '' : `≤ ${figureText(row, asked)}${isMissed(row) ? ', **missed**' : ''}`,
  ];
}

function figureText({ measure, unit }: ComparisonRow, figure: number): string {
  if (measure === 'ratio') return figure.toFixed(2);
  return `${figure < 0 ? '' : '+'}${unit === 'seconds' ? secondsText(figure) : bytesText(figure)}`;
}

/** The rows that miss what was asked, in words. */
export function comparisonShortfalls(rows: readonly ComparisonRow[]): readonly string[] {
  return rows.filter(isMissed).map((row) => {
    const { work, against = '', figure = Number.NaN, asked = Number.NaN } = row;
    return `${work} beside ${against}: ${figureText(row, figure)}, asked ≤ ${figureText(row, asked)}`;
  });
}

/** Whether the figure is above what was asked, as printed: with two decimals. */
export function isMissed({ figure, asked }: ComparisonRow): boolean {
  return figure !== undefined && asked !== undefined && Number(figure.toFixed(2)) > asked;
}
