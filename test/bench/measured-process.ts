/** Runs one command as a whole process and accounts for its time and peak memory from outside. */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

export type Measured = {
  readonly seconds: number;
  /** High-water mark of resident memory, bytes; 0 where the platform does not tell. */
  readonly peakBytes: number;
  readonly stdout: string;
};

/** How often the high-water mark is read; it only ever grows, so that a coarse step loses little. */
const SAMPLE_INTERVAL_MS = 15;

/** Peak resident memory of a live process so far, in bytes. */
export function peakMemoryBytes(pid: number): number {
  return statusBytes(pid, /VmHWM:\s+(\d+) kB/);
}

/** Resident memory of a live process now, in bytes. */
export function residentMemoryBytes(pid: number): number {
  return statusBytes(pid, /VmRSS:\s+(\d+) kB/);
}

/** Files, sockets and other handles that a live process has open; 0 where the platform does not tell. */
export function openHandleCount(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    // The process has ended, or the platform has no /proc.
    return 0;
  }
}

/** Clock ticks a second in /proc, on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;
/** Fields of /proc/PID/stat after the name of the programme: time in user mode and in the kernel. */
const STAT_FIELDS_TIME = [11, 12];

/** Processor time of a live process so far, all threads, in seconds; 0 where the platform does not tell. */
export function processorSeconds(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
    const ticks = STAT_FIELDS_TIME.reduce((sum, at) => sum + Number(fields[at]), 0);
    return ticks / TICKS_PER_SECOND;
  } catch {
    // The process has ended, or the platform has no /proc.
    return 0;
  }
}

function statusBytes(pid: number, pattern: RegExp): number {
  try {
    const line = pattern.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return line === null ? 0 : Number(line[1]) * 1024;
  } catch {
    // The process has ended, or the platform has no /proc.
    return 0;
  }
}

export type RunOptions = {
  readonly cwd?: string | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
};

/** Runs a command to its end. @throws Error with the end of its stderr when it fails */
export async function measure(
  file: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Measured> {
  const from = process.hrtime.bigint();
  const child = spawn(file, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  let peakBytes = 0;
  child.stdout.on('data', (part: Buffer) => (stdout += part.toString()));
  child.stderr.on('data', (part: Buffer) => (stderr = (stderr + part.toString()).slice(-4000)));
  const sampler = setInterval(() => {
    if (child.pid !== undefined) peakBytes = Math.max(peakBytes, peakMemoryBytes(child.pid));
  }, SAMPLE_INTERVAL_MS);
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).finally(() => clearInterval(sampler));
  const seconds = Number(process.hrtime.bigint() - from) / 1e9;
  if (status !== 0) {
    throw new Error(`${file} ${args.join(' ')} ended with ${String(status)}: ${stderr || stdout}`);
  }
  return { seconds, peakBytes, stdout };
}

/** The same command, awaited for its time alone. */
export async function secondsOf(
  file: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<number> {
  return (await measure(file, args, options)).seconds;
}

/** Ends a child and waits until it is gone. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
}
