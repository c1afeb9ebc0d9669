/** Runs a target on one input, within its budget of time and memory. */
import type { FuzzTarget } from '../target.ts';
import type { Finding, FindingKind } from './finding.ts';

/**
 * CPU time that one input may take: a decoder that needs longer for some kilobytes lets a peer waste it. Natively it is a
 * thousandth of that for nearly all of them; the rest is for a garbage collection and a loaded machine.
 */
const INPUT_CPU_MAX_MS = 200;
/** Tries of an input that was slow, of which the fastest counts. */
const SLOW_TRIES = 3;
/**
 * By how much one input may raise the process's peak: the largest message is 16 MiB, and what it is inflated from and decoded
 * to comes on top.
 */
const INPUT_MEMORY_MAX_BYTES: number = 96 * 1024 * 1024;
const KIB = 1024;

export type Execution = { readonly isAccepted: boolean; readonly finding?: Finding };

export async function execute(target: FuzzTarget, input: Buffer): Promise<Execution> {
  const peakBytes = peakMemory();
  const startMs = performance.now();
  let isAccepted: boolean;
  try {
    const outcome = target.run(input);
    isAccepted = typeof outcome === 'boolean' ? outcome : await outcome;
  } catch (error) {
    return { isAccepted: false, finding: found(target, 'broken', { input, what: textOf(error) }) };
  }
  if (performance.now() - startMs > INPUT_CPU_MAX_MS) {
    const cpuMs = await fastestRun(target, input);
    if (cpuMs > INPUT_CPU_MAX_MS) {
      const what = `${cpuMs.toFixed(0)} ms for ${input.length} bytes`;
      return { isAccepted, finding: found(target, 'slow', { input, what }) };
    }
  }
  const grownBytes = peakMemory() - peakBytes;
  if (grownBytes > INPUT_MEMORY_MAX_BYTES) {
    const what = `${Math.round(grownBytes / KIB / KIB)} MiB for ${input.length} bytes`;
    return { isAccepted, finding: found(target, 'memory', { input, what }) };
  }
  return { isAccepted };
}

async function fastestRun(target: FuzzTarget, input: Buffer): Promise<number> {
  let fastestMs = Infinity;
  for (let run = 0; run < SLOW_TRIES; run++) {
    const before = process.cpuUsage();
    await target.run(input);
    const { user, system } = process.cpuUsage(before);
    fastestMs = Math.min(fastestMs, (user + system) / 1000);
  }
  return fastestMs;
}

function peakMemory(): number {
  return process.resourceUsage().maxRSS * KIB;
}

function found(
  target: FuzzTarget,
  kind: FindingKind,
  { input, what }: { readonly input: Buffer; readonly what: string },
): Finding {
  return { target: target.name, kind, what, input: input.toString('hex') };
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
