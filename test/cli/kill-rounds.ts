/** Commands killed at random moments, then run again: what a seeded number of such rounds must always lead to. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

import { RunningNode } from './running-node.ts';
import { Sandbox } from './sandbox.ts';

/** Bytes of the file that is added, pushed and pulled: enough for a few hundred milliseconds of each. */
const FILE_BYTES = 24 * 1024 * 1024;
/** Kills fall somewhere in this time after the start, of which the process alone takes 100 ms to load. */
const KILL_WITHIN_MS = 600;

/** Numbers below 1 that a seed decides (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Round = { readonly sandbox: Sandbox; readonly random: () => number };

/** Starts a command and kills it at a random moment; true when it was still running. */
async function killed({ sandbox, random }: Round, words: readonly string[]): Promise<boolean> {
  const child = sandbox.start(words);
  child.stdout?.resume();
  child.stderr?.resume();
  const closed = once(child, 'close');
  await Promise.race([delay(random() * KILL_WITHIN_MS), closed]);
  child.kill('SIGKILL');
  await closed;
  return child.signalCode === 'SIGKILL';
}

/**
 * One round: add, push to a relay and clone, each killed `kills` times before it is let through; the relay is killed
 * once in the middle of a push. At the end both sides are sound and hold the same bytes.
 */
export async function killRound(seed: number, kills: number): Promise<void> {
  await using sandbox = await Sandbox.create();
  const random = createRandom(seed);
  const round: Round = { sandbox, random };
  const content = Buffer.alloc(FILE_BYTES);
  for (let at = 0; at < content.length; at += 4) content.writeUInt32LE(random() * 2 ** 32, at);
  await sandbox.json(['init', 'film']);
  await sandbox.write('film/take.mov', content);
  for (let count = 0; count < kills; count += 1) await killed(round, ['-C', 'film', 'add', '-A']);
  await sandbox.json(['-C', 'film', 'add', '-A']);
  await sandbox.json(['-C', 'film', 'commit', '-m', 'The take']);
  const words = ['--relay', '--create', '--data', 'data'];
  let relay = await RunningNode.start(sandbox, words);
  try {
    for (let count = 0; count < kills; count += 1) {
      await killed(round, ['-C', 'film', 'push', relay.at('film'), 'main']);
    }
    const push = sandbox.run(['-C', 'film', 'push', relay.at('film'), 'main']);
    await Promise.race([delay(random() * KILL_WITHIN_MS), push]);
    await relay.end('SIGKILL');
    const { status, stderr } = await push;
    assert.ok(status === 0 || status === 6, `push ended with ${status}: ${stderr}`);
    relay = await RunningNode.start(sandbox, words);
    const pushed = await sandbox.json(['-C', 'film', 'push', relay.at('film'), 'main']);
    assert.match(String(pushed['refs'][0].result), /created|up-to-date/);
    for (let count = 0; count < kills; count += 1) {
      await killed(round, ['clone', relay.at('film'), 'copy']);
    }
    await finishClone(sandbox, relay.at('film'));
  } finally {
    await relay.end();
  }
  assert.ok(content.equals(await readFile(sandbox.path('copy/take.mov'))), 'the bytes differ');
  const folders = ['film', 'copy', 'data/film'];
  const checks = await Promise.all(folders.map((folder) => sandbox.json(['-C', folder, 'fsck'])));
  for (const { corrupt, missing } of checks) assert.deepEqual([corrupt, missing], [[], []]);
  assert.equal((await sandbox.json(['-C', 'copy', 'status']))['clean'], true);
}

/** The same command again goes on; a clone that was complete before it was killed says that it is there. */
async function finishClone(sandbox: Sandbox, address: string): Promise<void> {
  const { status, result } = await sandbox.run(['clone', address, 'copy', '--json']);
  const isThere = status === 4 && result['error'].code === 'DITS_CLI_TARGET_EXISTS';
  assert.ok(status === 0 || isThere, JSON.stringify(result));
}
