/** docs/benchmarks.json: the rows of every case as they were last measured, so that a partial run keeps the others. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { MeasuredOn } from './measured-on.ts';

export type CaseResult = {
  readonly measured: MeasuredOn;
  readonly rows: readonly unknown[];
};

/** Results by section, then by case. */
export type Results = Record<string, Record<string, CaseResult>>;

export function readResults(path: string): Results {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Results) : {};
}

export function writeResults(path: string, results: Results): void {
  writeFileSync(path, `${JSON.stringify(results, null, 2)}\n`);
}
