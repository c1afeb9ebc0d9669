// Exchanges a folder for a link to another place and back, as fast as it can: node exchange-folder.mjs FOLDER ASIDE TARGET.
// Says "ready" first; ends, with the folder or nothing in its place, when its standard input does, and says how often it did.
import { renameSync, rmSync, symlinkSync, unlinkSync } from 'node:fs';
import { setTimeout } from 'node:timers';

const [folder, aside, target] = process.argv.slice(2);
/** Exchanges between two looks at the standard input. */
const ROUNDS = 100;
/** The folder is there most of the time: a command that meets the link at once refuses, and shows nothing. */
const PAUSE_STEPS_MAX = 20_000;

let isOver = false;
let count = 0;
process.stdin.resume().on('end', () => (isOver = true));
process.stdout.write('ready\n');

/** The command may have removed the folder, or made one of its own meanwhile. */
function exchange() {
  try {
    renameSync(folder, aside);
    symlinkSync(target, folder);
    unlinkSync(folder);
    renameSync(aside, folder);
    count++;
  } catch {
    rmSync(aside, { recursive: true, force: true });
  }
}

function run() {
  for (let round = 0; round < ROUNDS; round++) {
    exchange();
    for (let wait = (count * 7919) % PAUSE_STEPS_MAX; wait > 0; wait--) Math.sqrt(wait);
  }
  if (isOver) process.stdout.write(`${count}\n`);
  else setTimeout(run, 0);
}
run();
