/**
 * A section of the comparison: cases that measure, and how their rows become a part of docs/benchmarks.md. Rows are plain JSON,
 * kept in docs/benchmarks.json, so that a section can be drawn again without being measured again, one case at a time.
 */
import type { DataSetName } from './data-sets.ts';
import type { Chart } from './report/chart.ts';

/** What a case may use. */
export type BenchContext = {
  /** An empty scratch folder of this run; cases clean up after themselves or overwrite. */
  readonly work: string;
  /** How often each side is measured; medians are taken over these. */
  readonly runs: number;
  /** Size of the data sets; 1 is what docs/benchmarks.md is about. */
  readonly scale: number;
  /** Whether the whole run must fit into three minutes: long cases measure less of the same. */
  readonly isQuick: boolean;
  /** Folder of a deterministic data set, made at first use. Must not be written to. */
  dataSet(name: DataSetName): string;
  /** Tells a person how far the run is. */
  log(line: string): void;
};

/** Measures one thing. A result that is wrong, not only slow, is thrown. */
export type BenchCase<Row> = {
  /** Unique among all cases; what `--only` looks for. */
  readonly name: string;
  run(context: BenchContext): Promise<readonly Row[]>;
};

export interface Section<Row = unknown> {
  /** Unique; what `--only` looks for, and the key in docs/benchmarks.json. */
  readonly name: string;
  readonly title: string;
  /** Whether `npm run bench` measures it when it is told nothing; other sections wait for `--all` or `--only`. */
  readonly isDefault: boolean;
  /** Programmes that it compares with or works with; their versions are recorded. */
  readonly tools: readonly string[];
  readonly cases: readonly BenchCase<Row>[];
  /** Markdown below the heading: how it was measured, the table, what the table does not say. */
  render(rows: readonly Row[]): string;
  /** What was asked for and is not so, one line each, for the top of the page. */
  shortfalls?(rows: readonly Row[]): readonly string[];
  /** Charts of the section; none when there is nothing to draw yet. */
  charts(rows: readonly Row[]): readonly Chart[];
}
