/** Runs `fuzz-process.ts` and watches it: a crash or a hang is a finding, too, and its input is in the journal. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FuzzOrder, FuzzOutcome } from './fuzz-process.ts';
import type { Finding } from './loop/finding.ts';
import { readJournal } from './loop/journal.ts';

const REGISTER = new URL('./instrument/register.js', import.meta.url).href;
const PROCESS = fileURLToPath(new URL('./fuzz-process.js', import.meta.url));
/** Heap of the process: what runs into it takes more than any decoder may. */
const HEAP_MAX_MIB = 256;
/** How often the journal is looked at. */
const WATCH_INTERVAL_MS = 2_000;
/** Looks in a row that find the same input running: a minute, on a machine that may be busy with other things. */
const HANG_LOOKS = 30;
const STDERR_MAX_LENGTH = 4_000;

/** What to run; the journal is made here. */
export type FuzzRequest = Omit<FuzzOrder, 'journal'>;

const NOTHING: FuzzOutcome = {
  ...{ executions: 0, accepted: 0, cpuMs: 0, edges: 0, findings: [], corpusCount: 0, peakBytes: 0 },
};

/** The outcome; after a crash or hang the finding is all there is. */
export async function superviseRun(request: FuzzRequest): Promise<FuzzOutcome> {
  const folder = mkdtempSync(join(tmpdir(), 'dits-fuzz-'));
  const journal = join(folder, 'journal');
  try {
    const end = await runProcess({ ...request, journal });
    if (end.outcome !== undefined) return end.outcome;
    const last = readJournal(journal);
    const finding: Finding = {
      target: request.target,
      kind: end.isHung ? 'hang' : 'crash',
      what: end.isHung ? 'the process hung' : `the process ended: ${end.stderr}`,
      input: last?.input.toString('hex') ?? '',
    };
    return { ...NOTHING, executions: last?.executions ?? 0, findings: [finding] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type ProcessEnd = {
  readonly outcome: FuzzOutcome | undefined;
  readonly isHung: boolean;
  readonly stderr: string;
};

async function runProcess(order: FuzzOrder): Promise<ProcessEnd> {
  const flags = [`--max-old-space-size=${HEAP_MAX_MIB}`, '--import', REGISTER];
  const child = spawn(process.execPath, [...flags, PROCESS, JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-STDERR_MAX_LENGTH);
  });
  let isHung = false;
  const stopWatching = watch(order.journal, () => {
    isHung = true;
    child.kill('SIGKILL');
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  stopWatching();
  const outcome = code === 0 ? (JSON.parse(stdout) as FuzzOutcome) : undefined;
  return { outcome, isHung, stderr };
}

/** Calls back when one input runs for too long. Returns what ends the watch. */
function watch(journal: string, onHang: () => void): () => void {
  let last = -1;
  let looks = 0;
  const timer = setInterval(() => {
    const executions = readJournal(journal)?.executions;
    looks = executions !== undefined && executions === last ? looks + 1 : 0;
    last = executions ?? -1;
    if (looks >= HANG_LOOKS) onHang();
  }, WATCH_INTERVAL_MS);
  return () => {
    clearInterval(timer);
  };
}
