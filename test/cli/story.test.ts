import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

import { RunningNode } from './running-node.ts';
import { Sandbox } from './sandbox.ts';

/** README.md, "The first real use, on two machines", command by command. */
describe('the first real use', function () {
  this.timeout(60_000);

  it('works as the README says', async () => {
    await using sandbox = await Sandbox.create();
    const ada = { home: 'ada', cwd: 'ada/film' };
    await sandbox.write('ada/film/take.mov', Buffer.alloc(500_000, 'take'));
    await sandbox.write('ada/film/notes.txt', 'first\n');
    await sandbox.write('ben/.keep', '');
    const { stdout: ben } = await sandbox.run(['id'], { home: 'ben' });
    await sandbox.json(['init'], ada);
    await sandbox.json(['add', '-A'], ada);
    await sandbox.json(['commit', '-m', 'The first cut'], ada);
    await sandbox.json(['peer', 'add', ben.trim(), '--name', 'ben', '--access', 'write'], ada);
    const folder = sandbox.path('ada/film');
    const node = await RunningNode.start(sandbox, ['--serve', `film=${folder}`], ada);
    try {
      await sandbox.json(['clone', `${node.address}/film`], { home: 'ben', cwd: 'ben' });
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
