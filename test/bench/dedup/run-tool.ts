/** Runs the programmes that make and compare media: never without an end, never with input, quiet unless they fail. */
import { execFile } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** The longest step, the delta of two source trees, takes half a minute. */
const TOOL_TIMEOUT_MS = 300_000;
/** What a tool may print; lists of files are the longest. */
const TOOL_OUTPUT_MAX_BYTES: number = 64 * 1024 * 1024;

export type ToolOptions = {
  readonly cwd?: string | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
};

/** Standard output of one run. @throws Error with what it printed when it fails or takes too long */
export async function runTool(
  file: string,
  args: readonly string[],
  { cwd, env }: ToolOptions = {},
): Promise<string> {
  const running = execute(file, args, {
    cwd,
    env: { ...process.env, ...env },
    timeout: TOOL_TIMEOUT_MS,
    killSignal: 'SIGKILL',
    maxBuffer: TOOL_OUTPUT_MAX_BYTES,
  });
  running.child.stdin?.end();
  return (await running).stdout;
}

/** Bytes of all files below a folder. */
export function folderBytes(folder: string): number {
  let bytes = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) bytes += statSync(join(entry.parentPath, entry.name)).size;
  }
  return bytes;
}
