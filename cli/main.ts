#!/usr/bin/env node
/**
 * The `dits` programme: the one place that reads the process's arguments, environment and folder, handles its signals,
 * and ends it. Kept small, because everything imported here is paid for by every call.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { loadProgram, type Program } from './load-program.ts';

/**
 * How long a verb may take to end in good order after the first signal. Verbs end within a second or two; this is for
 * one that hangs on a system call.
 */
const SIGNAL_GRACE_MS = 4000;
const INTERRUPTED_STATUS = 130;
const FAILED_STATUS = 1;
/** As in report-error.ts, which a process that failed to start may not be able to load. */
const UNEXPECTED_CODE = 'DITS_CLI_UNEXPECTED';
/** The programme could not be loaded, most likely. */
const REFUSED_HINT = 'look at the limits of this user (ulimit -a), at free memory, and at the disk';
const DEFAULT_WIDTH_COLUMNS = 80;

/**
 * How much the heap may grow before all of it is collected. V8 counts memory outside the heap, too, and its own choice
 * suits a small heap without any: at a gigabyte of network data it collected 90 times, which cost more than receiving
 * it. With this it does so 11 times, and a process keeps some 20 MB more (docs/performance.md).
 */
const HEAP_GROWTH_PERCENT = 400;

function readVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const parsed: unknown = JSON.parse(text);
  return typeof parsed === 'object' && parsed !== null && 'version' in parsed
    ? String(parsed.version)
    : 'unknown';
}

/** DITS_HOME, or the folder where the platform keeps settings. */
function findHome({ platformFolders }: Program): string {
  const given = process.env['DITS_HOME'];
  if (given !== undefined && given !== '') return resolve(given);
  return platformFolders('dits', { suffix: '' }).config;
}

async function ask(question: string, signal: AbortSignal): Promise<boolean> {
  const { createInterface } = await import('node:readline/promises');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`${question} [y/N] `, { signal });
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}

type SignalName = 'SIGINT' | 'SIGTERM';

/** What a signal does; replaced once the command line is loaded. */
let onSignal: (name: SignalName) => void = endBeforeStart;

/** Nothing has been begun yet, so that there is nothing to end in good order. */
function endBeforeStart(name: SignalName): never {
  reportLast('DITS_CLI_INTERRUPTED', `interrupted by ${name}`, 'run it again');
  process.exit(INTERRUPTED_STATUS);
}

/** Signals that have come by now reach their listeners before this resolves. */
function signalsHeard(): Promise<void> {
  return new Promise((done) => setImmediate(done));
}

/** A signal asks the verb to end; a second one, or a verb that does not end in time, ends the process. */
function watchSignals(controller: AbortController, { CliError }: Program): void {
  onSignal = (name) => {
    if (controller.signal.aborted) process.exit(INTERRUPTED_STATUS);
    controller.abort(
      new CliError('DITS_CLI_INTERRUPTED', `interrupted by ${name}`, {
        hint: 'what was finished is kept; run it again to go on',
      }),
    );
    setTimeout(() => process.exit(INTERRUPTED_STATUS), SIGNAL_GRACE_MS).unref();
  };
}

function target(stream: NodeJS.WriteStream): {
  readonly isTerminal: boolean;
  write(text: string): void;
  flush(): Promise<void>;
  width(): number;
} {
  return {
    isTerminal: stream.isTTY,
    write: (text) => void stream.write(text),
    flush: () =>
      new Promise((done) => {
        if (stream.destroyed || !stream.writable) done();
        else stream.write('', () => done());
      }),
    width: () => stream.columns || DEFAULT_WIDTH_COLUMNS,
  };
}

async function main(): Promise<number> {
  const words = process.argv.slice(2);
  if (words.length === 1 && words[0] === '--version') {
    process.stdout.write(`${readVersion()}\n`);
    return 0;
  }
  let readerGone: () => void = () => undefined;
  // A reader that has seen enough (`dits log | head`) is no failure; anything else on stdout is.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    readerGone();
  });
  process.stderr.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  const controller = new AbortController();
  await signalsHeard();
  const program = loadProgram();
  // After loading: V8 takes the compiled program only with the flags that it was compiled with.
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH_PERCENT}`);
  // Loading does not let the event loop turn.
  await signalsHeard();
  watchSignals(controller, program);
  return program.run({
    words,
    cwd: process.cwd(),
    environment: process.env,
    home: () => findHome(program),
    signal: controller.signal,
    version: readVersion(),
    processId: process.pid,
    self: { executable: process.execPath, arguments: [fileURLToPath(import.meta.url)] },
    out: target(process.stdout),
    error: target(process.stderr),
    nowMs: () => performance.now(),
    ask,
    isInteractive: process.stdin.isTTY && process.stderr.isTTY,
    onReaderGone: (listener) => {
      readerGone = listener;
    },
  });
}

/** The last resort, for what no verb foresaw: a line, not a stack, unless -v was given. */
function crash(error: unknown): never {
  const isError = error instanceof Error;
  const stack = isError && process.argv.includes('-v') ? error.stack : undefined;
  const message = isError ? error.message : String(error);
  const isRefused = isError && 'syscall' in error;
  reportLast(UNEXPECTED_CODE, message, isRefused ? REFUSED_HINT : 'run it again with -v', stack);
  process.exit(FAILED_STATUS);
}

/** An error outside of any verb: for people, and for programmes where --json was given. */
function reportLast(code: string, message: string, hint: string, stack?: string): void {
  process.stderr.write(`dits: ${stack ?? JSON.stringify(message)}\n`);
  if (!process.argv.includes('--json')) return;
  const result = { event: 'result', ok: false, error: { code, message, hint } };
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

process.on('uncaughtException', crash);
// Before anything else is loaded: a signal must find somebody from the start.
process.on('SIGINT', (name) => onSignal(name as SignalName));
process.on('SIGTERM', (name) => onSignal(name as SignalName));
try {
  process.exit(await main());
} catch (error) {
  crash(error);
}
