/**
 * One run over one target, a process of its own: `node --import …/instrument/register.js fuzz-process.js ORDER`, where ORDER
 * is JSON. Prints the report as JSON.
 */
import { readInputs, committedFolder, writeInputs } from './corpus-folder.ts';
import { countersInUse } from './instrument/counters.ts';
import { distil } from './loop/distil.ts';
import { fuzz, type FuzzReport } from './loop/fuzz-loop.ts';
import { Journal } from './loop/journal.ts';
import { loadTarget } from './targets.ts';

export type FuzzOrder = {
  readonly target: string;
  readonly seed: number;
  /** CPU time of the process, in milliseconds, its start included. */
  readonly cpuMs: number;
  /** Where the input that is running is noted. */
  readonly journal: string;
  /** Inputs that earlier runs collected, and where this one leaves its own; none are kept without. */
  readonly collected?: string | undefined;
  /** Does not search, but writes here the fewest inputs that take all ways that are known. */
  readonly distilled?: string | undefined;
};

/** What the process prints. */
export type FuzzOutcome = Omit<FuzzReport, 'corpus'> & {
  readonly corpusCount: number;
  /** Peak of the process's memory. */
  readonly peakBytes: number;
};

const KIB = 1024;

async function run(order: FuzzOrder): Promise<FuzzOutcome> {
  const target = await loadTarget(order.target);
  const journal = new Journal(order.journal, target.sizeMaxBytes);
  const collected = order.collected === undefined ? [] : readInputs(order.collected);
  const corpus = [...readInputs(committedFolder(target.name)), ...collected];
  const { user, system } = process.cpuUsage();
  const report = await fuzz(target, {
    seed: order.seed,
    cpuMs: order.distilled === undefined ? order.cpuMs - (user + system) / 1000 : 0,
    corpus,
    counters: countersInUse(),
    note: (input) => journal.note(input),
  });
  journal.close();
  if (order.collected !== undefined) writeInputs(order.collected, report.corpus);
  if (order.distilled !== undefined) {
    writeInputs(order.distilled, await distil(target, report.corpus, countersInUse()));
  }
  const { corpus: kept, ...rest } = report;
  const peakBytes = process.resourceUsage().maxRSS * KIB;
  return { ...rest, cpuMs: cpuMs(), corpusCount: kept.length, peakBytes };
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const outcome = await run(JSON.parse(process.argv[2] ?? '{}') as FuzzOrder);
process.stdout.write(`${JSON.stringify(outcome)}\n`);
