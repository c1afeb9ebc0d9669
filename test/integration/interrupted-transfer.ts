/** A push that is killed in the middle and run again, and what both runs put on the wire. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';

import { queryNode } from '../../node/index.ts';
import type { RunningNode } from '../cli/running-node.ts';
import type { Studio } from './studio.ts';

/** Share of a clean run that framing and asking again may add. */
const OVERHEAD_MAX = 1.05;
const UNREACHABLE_STATUS = 6;

export type Interruption = {
  readonly studio: Studio;
  /** Repository of the studio that is pushed. */
  readonly folder: string;
  /** Who is killed. */
  readonly side: 'client' | 'node';
  /** Bytes that the node has when that happens. */
  readonly cutAtBytes: number;
  /** What may cross the network twice: what was under way, or not on disk yet. */
  readonly twiceMaxBytes: number;
};

/** Pushes, kills one side, pushes again; checks that the node is whole then, and that little was sent twice. */
export async function assertResumed(interruption: Interruption): Promise<void> {
  const { studio, folder, side, twiceMaxBytes } = interruption;
  const name = `cut-${side}`;
  let node = await studio.relay();
  try {
    const push = (to: string): string[] => ['push', node.at(to), 'main'];
    const clean = await studio.json(folder, push(`clean-${side}`));
    const { status, received } = await cutOff(node, push(name), interruption);
    if (side === 'node') {
      assert.equal(status, UNREACHABLE_STATUS);
      node = await studio.relay();
    }
    const again = await studio.json(folder, push(name));
    assert.equal(again['refs'][0].result, 'created');
    const both = received + Number(again['bytes'].wire);
    const limit = OVERHEAD_MAX * Number(clean['bytes'].wire) + twiceMaxBytes;
    assert.ok(both <= limit, `${both} bytes in two runs, ${limit} are allowed`);
    const { corrupt, missing } = await studio.json(`data/${name}`, ['fsck']);
    assert.deepEqual([corrupt, missing], [[], []]);
  } finally {
    await node.end('SIGKILL');
  }
}

/** Runs a push until the node has a part of it. The bytes are the node's own account, its last one if it is killed. */
async function cutOff(
  node: RunningNode,
  words: readonly string[],
  { studio, folder, side, cutAtBytes }: Interruption,
): Promise<{ readonly status: number | null; readonly received: number }> {
  const goneBefore = node.count('peer.disconnected');
  const client = studio.sandbox.start(['-C', folder, ...words]);
  client.stdout?.resume();
  client.stderr?.resume();
  const isOver = once(client, 'close');
  let received = 0;
  while (received < cutAtBytes) {
    const { connections } = await queryNode(studio.sandbox.homePath('relay'));
    for (const { bytesReceived } of connections) received = Math.max(received, bytesReceived);
    assert.equal(client.exitCode, null, 'the push was over before it could be cut off');
    await nextTurn();
  }
  if (side === 'node') await node.end('SIGKILL');
  else client.kill('SIGKILL');
  await isOver;
  if (side === 'client') {
    await node.logged('peer.disconnected', goneBefore + 1);
    const [last = ''] = /bytesReceived=\d+\n?$/.exec(node.log.trimEnd()) ?? [];
    received = Number(last.replace(/\D/g, ''));
  }
  return { status: client.exitCode, received };
}
