/** What a measurement is worth nothing without: the commit, the day, the machine, the versions of the other tools. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';

export type MeasuredOn = {
  readonly commit: string;
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly machine: string;
  readonly scale: number;
  readonly runs: number;
  /** Version of each other tool, or `not installed`. */
  readonly tools: Readonly<Record<string, string>>;
};

/** How tools that do not know `--version` are asked. */
const VERSION_ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  ssh: ['-V'],
  restic: ['version'],
  ffmpeg: ['-version'],
};

/** First version number that a programme says it has. */
function versionOf(tool: string): string {
  const { error, stdout, stderr } = spawnSync(tool, VERSION_ARGUMENTS[tool] ?? ['--version'], {
    encoding: 'utf8',
  });
  if (error !== undefined) return 'not installed';
  const text = `${stdout}${stderr}`;
  return (/\d+(\.\d+)+\w*/.exec(text) ?? /\d+/.exec(text))?.[0] ?? 'unknown version';
}

/** The commit that is checked out; `-changed` when files other than the documentation differ from it. */
function currentCommit(): string {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: import.meta.dirname, encoding: 'utf8' }).trim();
  const isChanged = git('status', '--porcelain', '--', ':/', ':(exclude,top)docs') !== '';
  return `${git('rev-parse', '--short', 'HEAD')}${isChanged ? '-changed' : ''}`;
}

export function measuredNow(
  tools: readonly string[],
  { scale, runs }: { readonly scale: number; readonly runs: number },
): MeasuredOn {
  const processors = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  return {
    commit: currentCommit(),
    date: new Date().toISOString().slice(0, 10),
    machine: `${processors.length} cores (${processors[0]?.model ?? 'unknown'}), ${memory}, Node ${process.version}`,
    scale,
    runs,
    tools: Object.fromEntries(tools.map((tool) => [tool, versionOf(tool)])),
  };
}

/** `Measured …`, one sentence. */
export function measuredText(measured: MeasuredOn): string {
  const tools = Object.entries(measured.tools).map(([tool, version]) => `${tool} ${version}`);
  return (
    `Measured ${measured.date} at commit ${measured.commit}: ${measured.machine}; ` +
    `scale ${measured.scale}, ${measured.runs} ${measured.runs === 1 ? 'run' : 'runs'}` +
    `${tools.length === 0 ? '' : `; ${tools.join(', ')}`}.`
  );
}
