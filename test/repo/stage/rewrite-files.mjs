// Writes files over and over, each time as a whole with one byte throughout: node rewrite-files.mjs SIZE FILE… Says "ready" first;
// ends when its standard input does. Of every third version it sets the time back, so that only the change time tells.
import {
  closeSync,
  ftruncateSync,
  futimesSync,
  openSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { setTimeout } from 'node:timers';

const [sizeText, ...files] = process.argv.slice(2);
const size = Number(sizeText);
const ROUNDS = 50;
const TIME = new Date(1_700_000_000_000);
let isOver = false;
let version = 0;
process.stdin.resume().on('end', () => (isOver = true));

function rewrite(file) {
  version++;
  const bytes = Buffer.alloc(version % 5 === 0 ? size - 7 : size, version);
  if (version % 7 === 0) {
    writeFileSync(`${file}.new`, bytes);
    renameSync(`${file}.new`, file);
    return;
  }
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, bytes, 0, bytes.length, 0);
  if (version % 5 === 0) ftruncateSync(descriptor, bytes.length);
  if (version % 3 === 0) futimesSync(descriptor, TIME, TIME);
  closeSync(descriptor);
}

function run() {
  for (let round = 0; round < ROUNDS; round++) for (const file of files) rewrite(file);
  if (!isOver) setTimeout(run, version % 4);
}
for (const file of files) writeFileSync(file, Buffer.alloc(size));
process.stdout.write('ready\n');
run();
