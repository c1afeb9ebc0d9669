/**
 * Keeps what V8 makes of the bundled command line. A few verbs run first: what they call is then kept as well, and need not
 * be compiled when it is first called.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileProgram, loadProgram } from '../dist/cli/load-program.js';

const VERBS = [['init'], ['add', '-A', '.'], ['commit', '-m', 'First'], ['status'], ['log']];

const silent = {
  isTerminal: false,
  write: () => undefined,
  flush: () => Promise.resolve(),
  width: () => 80,
};

const folder = await mkdtemp(join(tmpdir(), 'dits-build-'));
try {
  await writeFile(join(folder, 'file'), 'content\n'.repeat(1024));
  const script = compileProgram();
  const program = loadProgram(script);
  let said = '';
  for (const words of VERBS) {
    const status = await program.run({
      words,
      cwd: folder,
      environment: {},
      home: () => join(folder, 'home'),
      signal: new AbortController().signal,
      version: 'build',
      processId: process.pid,
      self: { executable: process.execPath, arguments: [] },
      out: silent,
      error: { ...silent, write: (text) => void (said += text) },
      nowMs: () => performance.now(),
      ask: () => Promise.resolve(false),
      isInteractive: false,
      onReaderGone: () => undefined,
    });
    if (status !== 0) throw new Error(`dits ${words.join(' ')} ended with ${status}: ${said}`);
  }
  const target = new URL('../dist/cli/bundle/program.v8', import.meta.url);
  await writeFile(target, script.createCachedData());
} finally {
  await rm(folder, { recursive: true, force: true });
}
