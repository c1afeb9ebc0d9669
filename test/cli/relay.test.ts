import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import { RunningNode } from './running-node.ts';
import { Sandbox, type Json } from './sandbox.ts';

/** Nobody listens there, and the system says so at once. */
const NOWHERE = '127.0.0.1:1';

describe('a laptop that nobody can dial', function () {
  this.timeout(60_000);
  let sandbox: Sandbox;
  let relay: RunningNode;
  let laptop: RunningNode;

  async function know(home: string, other: string, access = 'read'): Promise<void> {
    const { peerId } = await sandbox.json(['id'], { home: other });
    const words = ['peer', 'add', String(peerId), '--name', other, '--access', access];
    await sandbox.json(words, { home });
  }

  async function reachable(): Promise<void> {
    for (;;) {
      const { relays } = await sandbox.json(['node', 'status'], { home: 'laptop' });
      if ((relays as Json[])[0]?.['isReserved'] === true) return;
    }
  }

  before(async () => {
    sandbox = await Sandbox.create();
    for (const home of ['laptop', 'desk', 'relay']) {
      for (const name of ['discovery', 'holePunching']) {
        await sandbox.json(['config', 'set', '--user', `node.${name}`, 'false'], { home });
      }
    }
    await know('relay', 'laptop');
    await know('relay', 'desk');
    await know('laptop', 'desk', 'write');
    relay = await RunningNode.start(sandbox, ['--relay', '--data', 'kept'], { home: 'relay' });
    const at = relay.address.replace('dits://', '');
    await sandbox.json(['config', 'set', '--user', 'node.relays', at], { home: 'laptop' });
    await sandbox.json(['init', 'film'], { home: 'laptop' });
    await sandbox.write('film/take.mov', randomBytes(2_000_000));
    await sandbox.json(['-C', 'film', 'add', '-A'], { home: 'laptop' });
    await sandbox.json(['-C', 'film', 'commit', '-m', 'one'], { home: 'laptop' });
    laptop = await RunningNode.start(sandbox, ['--serve', 'film=film'], { home: 'laptop' });
    await reachable();
  });
  after(async () => {
    await laptop.end();
    await relay.end();
    await sandbox[Symbol.asyncDispose]();
  });

  it('is cloned, pushed to and pulled from through a relay, which a clone remembers', async () => {
    const via = relay.address.replace('dits://', '');
    const words = ['clone', '--via', via, `dits://${laptop.peerId}/film`, 'copy'];
    const cloned = await sandbox.json(words, { home: 'desk' });
    assert.equal(cloned['path'], 'relay');
    assert.deepEqual(
      await readFile(sandbox.path('copy/take.mov')),
      await readFile(sandbox.path('film/take.mov')),
    );
    const pulled = await sandbox.json(['-C', 'copy', 'pull'], { home: 'desk' });
    assert.equal(pulled['path'], 'relay');
    const pushed = await sandbox.json(['-C', 'copy', 'push', 'origin', 'main:desk'], {
      home: 'desk',
    });
    assert.equal(pushed['refs'][0].result, 'created');
    assert.equal(pushed['path'], 'relay');
  });

  it('is found through the relays of the settings when its address leads nowhere', async () => {
    const via = relay.address.replace('dits://', '');
    const home = 'desk';
    await sandbox.json(['config', 'set', '--user', 'node.relays', via], { home });
    const address = `dits://${laptop.peerId}@${NOWHERE}/film`;
    const cloned = await sandbox.json(['clone', address, 'found'], { home });
    assert.equal(cloned['path'], 'relay');
    await sandbox.json(['config', 'unset', '--user', 'node.relays'], { home });
    const { status, result } = await sandbox.run(['--json', 'clone', address, 'lost'], { home });
    assert.equal(status, 6);
    assert.equal(result['error'].code, 'DITS_NODE_UNREACHABLE');
  });

  it('is not reached through a relay that does not know the caller', async () => {
    const via = relay.address.replace('dits://', '');
    const words = ['--json', 'clone', '--via', via, `dits://${laptop.peerId}/film`, 'eves'];
    const { status, result } = await sandbox.run(words, { home: 'eve' });
    assert.equal(status, 7);
    assert.equal(result['error'].code, 'DITS_PROTOCOL_PERMISSION_DENIED');
  });
});
