/** One run of the command line: parse, call the verb, print the result, choose the exit status. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';

import { CliError } from './cli-error.ts';
import type { CommandContext } from './command-context.ts';
import { parseCommandLine, wantsJson, type GlobalOptions } from './command-line.ts';
import { EXIT_STATUS, exitStatusOf } from './exit-status.ts';
import { Output, type TextTarget } from './output.ts';
import { errorReport, printError } from './report-error.ts';
import { ProgressLine } from './terminal/progress-line.ts';
import { VERBS } from './verbs.ts';

/** What the process hands in. */
type RunDeps = Pick<
  CommandContext,
  'cwd' | 'environment' | 'signal' | 'version' | 'processId' | 'self'
> & {
  /** Words after `dits`. */
  readonly words: readonly string[];
  readonly home: () => string;
  readonly out: TextTarget;
  readonly error: TextTarget & { width(): number };
  readonly nowMs: () => number;
  readonly ask: (question: string, signal: AbortSignal) => Promise<boolean>;
  readonly isInteractive: boolean;
  /** Tells the owner of stdout whom to inform when its reader goes. */
  readonly onReaderGone: (listener: () => void) => void;
};

const QUIET_DEFAULTS: GlobalOptions = {
  isJson: false,
  isQuiet: false,
  isVerbose: false,
  hasProgress: true,
  directories: [],
};

/** Runs and returns the exit status. Never throws. */
export async function run(deps: RunDeps): Promise<number> {
  let { output, progress } = createOutput(deps, {
    ...QUIET_DEFAULTS,
    isJson: wantsJson(deps.words),
  });
  try {
    const parsed = await parseCommandLine(deps.words, VERBS);
    if (parsed.kind === 'help') {
      output.text(parsed.text);
      output.event({ event: 'result', ok: true, help: parsed.text });
      return EXIT_STATUS.done;
    }
    if (parsed.kind === 'version') {
      output.line(deps.version);
      output.event({ event: 'result', ok: true, version: deps.version });
      return EXIT_STATUS.done;
    }
    ({ output, progress } = createOutput(deps, parsed.options));
    const context = createContext(deps, output, progress, parsed.options);
    const { fields, failure } = await parsed.verb.run(context, parsed.input);
    progress.close();
    if (failure !== undefined) return reportFailure(output, failure, fields);
    output.event({ event: 'result', ok: true, ...fields });
    return EXIT_STATUS.done;
  } catch (error) {
    progress.close();
    return reportFailure(output, interruption(error, deps.signal) ?? error, {});
  } finally {
    progress.close();
    await output.flush();
  }
}

function reportFailure(
  output: Output,
  error: unknown,
  fields: Readonly<Record<string, unknown>>,
): number {
  printError(output, error);
  output.event({ event: 'result', ok: false, ...fields, error: errorReport(error) });
  return exitStatusOf(error);
}

/** Once a signal came, whatever the work ended with is the interruption, unless it is a finding of its own. */
function interruption(error: unknown, signal: AbortSignal): unknown {
  if (!signal.aborted) return undefined;
  const isAbort =
    error === signal.reason || (error instanceof Error && error.name === 'AbortError');
  return isAbort ? signal.reason : undefined;
}

function createOutput(
  deps: RunDeps,
  options: GlobalOptions,
): { output: Output; progress: ProgressLine } {
  const isDrawn = options.hasProgress && !options.isQuiet && !options.isVerbose;
  const progress = new ProgressLine({
    target: {
      isTerminal: deps.error.isTerminal && isDrawn,
      width: () => deps.error.width(),
      write: (text) => deps.error.write(text),
    },
    nowMs: deps.nowMs,
  });
  const hasColour = (deps.environment['NO_COLOR'] ?? '') === '' && !options.isJson;
  const output = new Output(
    { out: deps.out, error: deps.error, beforeText: progress.clear },
    {
      ...options,
      isColoured: {
        out: hasColour && deps.out.isTerminal,
        error: hasColour && deps.error.isTerminal,
      },
    },
  );
  deps.onReaderGone(output.readerGone);
  return { output, progress };
}

function createContext(
  deps: RunDeps,
  output: Output,
  progress: ProgressLine,
  options: GlobalOptions,
): CommandContext {
  const cwd = options.directories.reduce((at, directory) => resolve(at, directory), deps.cwd);
  if (
    options.directories.length > 0 &&
    statSync(cwd, { throwIfNoEntry: false })?.isDirectory() !== true
  ) {
    throw new CliError('DITS_CLI_NO_SUCH_DIRECTORY', `-C ${cwd}: there is no such folder`, {
      hint: 'check the path; every further -C starts from the one before',
    });
  }
  return {
    cwd,
    home: deps.home(),
    environment: deps.environment,
    output,
    progress: progress.update,
    signal: deps.signal,
    ask:
      deps.isInteractive && !options.isJson
        ? (question) => {
            progress.pause();
            return deps.ask(question, deps.signal);
          }
        : undefined,
    version: deps.version,
    processId: deps.processId,
    self: deps.self,
  };
}
