/** What all runs into one folder have done, a target each: `totals.json` there. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FuzzOutcome } from './fuzz-process.ts';

type Totals = {
  readonly cpuMs: number;
  readonly executions: number;
  readonly accepted: number;
  readonly edges: number;
  readonly corpusCount: number;
  readonly peakBytes: number;
  readonly findings: number;
};

const NOTHING: Totals = {
  ...{ cpuMs: 0, executions: 0, accepted: 0, edges: 0, corpusCount: 0, peakBytes: 0, findings: 0 },
};

/** Adds a run to what was done before. */
export function addToTotals(folder: string, target: string, outcome: FuzzOutcome): void {
  const file = join(folder, 'totals.json');
  const totals = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, Totals>)
    : {};
  const before = totals[target] ?? NOTHING;
  const now: Totals = {
    cpuMs: Math.round(before.cpuMs + outcome.cpuMs),
    executions: before.executions + outcome.executions,
    accepted: before.accepted + outcome.accepted,
    edges: Math.max(before.edges, outcome.edges),
    corpusCount: Math.max(before.corpusCount, outcome.corpusCount),
    peakBytes: Math.max(before.peakBytes, outcome.peakBytes),
    findings: before.findings + outcome.findings.length,
  };
  writeFileSync(file, `${JSON.stringify({ ...totals, [target]: now }, null, 1)}\n`);
}
