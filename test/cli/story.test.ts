import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

import { CodeOnScreen, hostPort, withoutDiscovery } from './pairing-bench.ts';
import { RunningNode } from './running-node.ts';
import { Sandbox } from './sandbox.ts';

/** README.md, "The first real use, on two machines", command by command. */
describe('the first real use', function () {
  this.timeout(60_000);

  it('works as the README says', async () => {
    await using sandbox = await Sandbox.create();
    await withoutDiscovery(sandbox, 'ada', 'ben');
    const ada = { home: 'ada', cwd: 'ada/film' };
    await sandbox.write('ada/film/take.mov', Buffer.alloc(500_000, 'take'));
    await sandbox.write('ada/film/notes.txt', 'first\n');
    await sandbox.write('ben/.keep', '');
    await sandbox.json(['init'], ada);
    await sandbox.json(['add', '-A'], ada);
    await sandbox.json(['commit', '-m', 'The first cut'], ada);
    const folder = sandbox.path('ada/film');
    const node = await RunningNode.start(sandbox, ['--serve', `film=${folder}`], ada);
    try {
      const screen = await CodeOnScreen.show(sandbox, 'ada', [
        ...['--as', 'ada', '--repo', 'film', '--access', 'write'],
      ]);
      const typed = ['peer', 'pair', screen.code, '--at', hostPort(node.address), '--yes'];
      await sandbox.json(typed, { home: 'ben' });
      assert.equal((await screen.end()).status, 0);
      await sandbox.json(['clone', 'ada/film'], { home: 'ben', cwd: 'ben' });
      const clone = { home: 'ben', cwd: 'ben/film' };
      await sandbox.json(['switch', '-c', 'grading'], clone);
      await sandbox.write('ben/film/notes.txt', 'graded\n');
      await sandbox.json(['add', '-A'], clone);
      await sandbox.json(['commit', '-m', 'Graded'], clone);
      await sandbox.json(['push'], clone);
      assert.equal((await sandbox.run(['push', 'origin', 'grading:main'], clone)).status, 7);
    } finally {
      await node.end();
    }
    await sandbox.json(['switch', 'grading'], ada);
    assert.equal(await readFile(sandbox.path('ada/film/notes.txt'), 'utf8'), 'graded\n');
  });
});
