/**
 * Which branches of the lower layers no test takes: `npm run coverage`, and with `-- --list` each of them with its line.
 * Runs the tests of .mocharc.coverage.json while V8 counts, in every process and thread that they start, and ends with 1
 * when a test fails or a layer is below its threshold (docs/testing.md).
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { branchesOf } from './branches.mjs';
import { printLayers, printMissed } from './print.mjs';
import { countsOf } from './counts.mjs';

/** Share of the branches of each layer that some test takes, in percent. */
const THRESHOLDS_PERCENT = { store: 95, protocol: 95 };

const root = join(import.meta.dirname, '../..');

const { values: options, positionals: specs } = parseArgs({
  allowPositionals: true,
  options: { list: { type: 'boolean', default: false } },
});

/** Resolves with the exit status of mocha. Further files of tests, named on the command line, are run as well. */
async function runTests(countsFolder) {
  const mocha = join(root, 'node_modules/mocha/bin/mocha.js');
  const words = ['--config', '.mocharc.coverage.json', '--reporter', 'dot', ...specs];
  const child = spawn(process.execPath, [mocha, ...words], {
    cwd: root,
    env: { ...process.env, NODE_V8_COVERAGE: countsFolder },
    stdio: 'inherit',
  });
  const [status] = await once(child, 'exit');
  return status;
}

const countsFolder = await mkdtemp(join(tmpdir(), 'dits-coverage-'));
try {
  const status = await runTests(countsFolder);
  const folders = Object.keys(THRESHOLDS_PERCENT).map((layer) => join(root, 'dist', layer));
  const branches = await branchesOf(await countsOf(countsFolder, folders), root);
  if (options.list) printMissed(branches);
  const areEnough = printLayers(branches, THRESHOLDS_PERCENT);
  process.exitCode = status === 0 && areEnough ? 0 : 1;
} finally {
  await rm(countsFolder, { recursive: true, force: true });
}
