/** Starts the process that meets faults, under the shim, and reads what it finds. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { shimEnvironment } from '../../support/syscalls/shim-environment.ts';
import type { FaultFinding, FaultOrder } from './fault-child.ts';

const CHILD = fileURLToPath(new URL('./fault-child.js', import.meta.url));

/** Reports every finding as it comes. @returns the exit status of the process, and what it wrote to stderr */
export async function runFaults(
  order: Omit<FaultOrder, 'folder' | 'state'>,
  onFinding: (finding: FaultFinding) => void,
): Promise<{ readonly status: number | null; readonly stderr: string }> {
  const base = await realpath(await mkdtemp(join(tmpdir(), 'dits-faults-')));
  const state = join(base, 'state');
  const folder = join(base, 'scene');
  try {
    const shim = shimEnvironment({ roots: [join(folder, 'work')], state });
    const child = spawn(
      process.execPath,
      ['--enable-source-maps', CHILD, JSON.stringify({ ...order, folder, state })],
      {
        env: { PATH: process.env['PATH'], HOME: base, ...shim },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const errors: string[] = [];
    child.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text));
    const closed = once(child, 'close');
    for await (const line of createInterface({ input: child.stdout })) {
      onFinding(JSON.parse(line) as FaultFinding);
    }
    await closed;
    return { status: child.exitCode, stderr: errors.join('') };
  } finally {
    await rm(base, { recursive: true, force: true });
  }
}
