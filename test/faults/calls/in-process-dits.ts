/** The command line within this process: what `dits` does, without the start of a process for each call. */
import { run } from '../../../cli/run.ts';
import type { Json } from '../../cli/sandbox.ts';

export type Ended = {
  readonly status: number;
  /** The last line of stdout. */
  readonly result: Json;
};

export type DitsCall = {
  readonly words: readonly string[];
  /** Absolute folder that the command runs in. */
  readonly cwd: string;
  /** Absolute DITS_HOME. */
  readonly home: string;
  readonly signal?: AbortSignal | undefined;
};

/** Runs one command with --json. */
export async function dits({ words, cwd, home, signal }: DitsCall): Promise<Ended> {
  const out: string[] = [];
  const target = {
    isTerminal: false,
    write: (text: string) => void out.push(text),
    flush: () => Promise.resolve(),
  };
  const status = await run({
    words: ['--json', ...words],
    cwd,
    environment: {},
    home: () => home,
    signal: signal ?? new AbortController().signal,
    version: 'test',
    processId: process.pid,
    self: { executable: process.execPath, arguments: [] },
    out: target,
    error: { ...target, write: () => undefined, width: () => 80 },
    nowMs: () => performance.now(),
    ask: () => Promise.resolve(false),
    isInteractive: false,
    onReaderGone: () => undefined,
  });
  const last = out.join('').trimEnd().split('\n').at(-1) ?? '';
  return { status, result: JSON.parse(last) as Json };
}
