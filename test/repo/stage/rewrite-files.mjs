// Replaces files over and over, each time as a whole with one byte throughout: node rewrite-files.mjs SIZE FILE… Says "ready"
// first; ends when its standard input does. Of every third version it sets the time back, so that only the change time tells.
// (Files are not written in place: a call of write(2) that is under way when a file is opened changes no time any more.)
import { renameSync, utimesSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers';

const [sizeText, ...files] = process.argv.slice(2);
const size = Number(sizeText);
const ROUNDS = 50;
const TIME = new Date(1_700_000_000_000);
let isOver = false;
let version = 0;
process.stdin.resume().on('end', () => (isOver = true));

function replace(file) {
  version++;
  const fresh = `${file}.new`;
  writeFileSync(fresh, Buffer.alloc(version % 5 === 0 ? size - 7 : size, version));
  if (version % 3 === 0) utimesSync(fresh, TIME, TIME);
  renameSync(fresh, file);
}

function run() {
  for (let round = 0; round < ROUNDS; round++) for (const file of files) replace(file);
  if (!isOver) setTimeout(run, version % 4);
}
for (const file of files) writeFileSync(file, Buffer.alloc(size));
process.stdout.write('ready\n');
run();
