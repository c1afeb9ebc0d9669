/** A process for the tests of the shim: does a little of everything to a folder, then meets faults that it arms itself. */
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { renameSync, rmSync, symlinkSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import { constants } from 'node:os';
import { join } from 'node:path';
import { Level } from 'level';

import { ArmedFault } from './armed-fault.ts';

const [what, folder = ''] = process.argv.slice(2);

async function change(): Promise<void> {
  mkdirSync(join(folder, 'a/b'), { recursive: true });
  const file = openSync(join(folder, 'a/one'), 'w');
  writeSync(file, 'hello');
  writeSync(file, 'HE', 0);
  fsyncSync(file);
  closeSync(file);
  renameSync(join(folder, 'a/one'), join(folder, 'a/b/two'));
  // In a folder that is held open, as a checkout does it: told by the folder's own path.
  const held = openSync(join(folder, 'a'), 'r');
  symlinkSync('b/two', `/proc/self/fd/${held}/link`);
  closeSync(held);
  await writeFile(join(folder, 'three'), 'more than is left of it');
  truncateSync(join(folder, 'three'), 4);
  await writeFile(join(folder, 'four'), 'soon gone');
  rmSync(join(folder, 'four'));
  const level = new Level(join(folder, 'level'));
  await level.batch([{ type: 'put', key: 'key', value: 'value' }], { sync: true });
  await level.close();
  process.stdout.write('done\n');
}

async function meetFaults(): Promise<void> {
  const fault = new ArmedFault();
  const path = join(folder, 'file');
  const met: string[] = [];
  const note = (error: unknown): void => void met.push((error as NodeJS.ErrnoException).code ?? '');
  fault.arm({ operations: ['write'], at: 2, action: 'half', errno: constants.errno.ENOSPC });
  writeFileSync(path, 'first');
  await writeFile(path, 'second').catch(note);
  met.push(readFileSync(path, 'utf8'), `${fault.matched}/${fault.fired}`);
  fault.arm({ operations: ['fsync'], times: 0, action: 'fail', errno: constants.errno.EIO });
  const handle = await open(path, 'r+');
  await handle.sync().catch(note);
  await handle.sync().catch(note);
  fault.disarm();
  await handle.sync().catch(note);
  await handle.close();
  fault.arm({ operations: ['read'], action: 'fail', errno: constants.errno.EIO, path: 'other' });
  met.push(readFileSync(path, 'utf8'));
  process.stdout.write(JSON.stringify(met));
}

await (what === 'change' ? change() : meetFaults());
