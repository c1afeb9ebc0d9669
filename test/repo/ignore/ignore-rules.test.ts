import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { add, status } from '../../../repo/index.ts';
import { IgnoreRules } from '../../../repo/ignore/ignore-rules.ts';
import { codeOf, repositoryFixture } from '../repository-fixture.ts';

const root = (text: string): IgnoreRules => IgnoreRules.none.extend('', text);

describe('IgnoreRules', () => {
  it('follow the syntax of gitignore', () => {
    const rules = root(
      '# comment\n\n*.tmp\n!keep.tmp\n/build/\ncache/**\ndoc/*.pdf\n\\#odd\nspace\\ \r\n',
    );
    assert.equal(rules.isIgnored('a/b.tmp', 'file'), true);
    assert.equal(rules.isIgnored('a/keep.tmp', 'file'), false);
    assert.equal(rules.isIgnored('build', 'folder'), true);
    assert.equal(rules.isIgnored('build', 'file'), false);
    assert.equal(rules.isIgnored('a/build', 'folder'), false);
    assert.equal(rules.isIgnored('cache/x/y', 'file'), true);
    assert.equal(rules.isIgnored('doc/a.pdf', 'file'), true);
    assert.equal(rules.isIgnored('doc/x/a.pdf', 'file'), false);
    assert.equal(rules.isIgnored('#odd', 'file'), true);
    assert.equal(rules.isIgnored('space ', 'file'), true);
    assert.equal(rules.isIgnored('A.TMP', 'file'), false);
  });

  it('let a folder add to and take back what its parents ignore, for its own files only', () => {
    const rules = root('*.log\nout/\n').extend('sub', '!wanted.log\n/top\ninner/x\n*.raw\n');
    assert.equal(rules.isIgnored('sub/wanted.log', 'file'), false);
    assert.equal(rules.isIgnored('sub/deep/wanted.log', 'file'), false);
    assert.equal(rules.isIgnored('wanted.log', 'file'), true);
    assert.equal(rules.isIgnored('sub/top', 'file'), true);
    assert.equal(rules.isIgnored('sub/deep/top', 'file'), false);
    assert.equal(rules.isIgnored('sub/inner/x', 'file'), true);
    assert.equal(rules.isIgnored('sub/deep/a.raw', 'file'), true);
    assert.equal(rules.isIgnored('a.raw', 'file'), false);
    assert.equal(rules.extend('sub/deep', '!out/\n').isIgnored('sub/deep/out/f', 'file'), false);
  });

  it('take special characters in folder names literally', () => {
    const rules = IgnoreRules.none.extend('a[1]*', 'x\n');
    assert.equal(rules.isIgnored('a[1]*/x', 'file'), true);
    assert.equal(rules.isIgnored('a1b/x', 'file'), false);
  });
});

describe('.ditsignore', () => {
  const fixture = repositoryFixture();

  it('hides untracked files from status and add, and not those that are tracked', async () => {
    const { repository, write, record } = fixture();
    write('tracked.tmp', '1');
    await record('First');
    write('.ditsignore', '*.tmp\nrender/\n');
    write('other.tmp', '2');
    write('render/a', '3');
    write('sub/.ditsignore', '!mine.tmp\n');
    write('sub/mine.tmp', '4');
    write('tracked.tmp', 'changed');
    const found = await status(repository, { untracked: 'all' });
    const names = found.untracked.map((entry) => entry.path);
    assert.deepEqual(names, ['.ditsignore', 'sub/.ditsignore', 'sub/mine.tmp']);
    assert.deepEqual(found.unstaged, [{ path: 'tracked.tmp', change: 'modified' }]);
    await add(repository, ['.']);
    assert.deepEqual(
      (await status(repository)).staged.map((entry) => entry.path),
      ['.ditsignore', 'sub/.ditsignore', 'sub/mine.tmp', 'tracked.tmp'],
    );
  });

  it('refuses an ignored file that is named, unless it is forced', async () => {
    const { repository, write } = fixture();
    write('.ditsignore', '*.tmp\n');
    write('a.tmp', '1');
    assert.equal(await codeOf(add(repository, ['a.tmp'])), 'DITS_REPO_PATH_IGNORED');
    await add(repository, ['a.tmp'], { includeIgnored: true });
    assert.deepEqual((await status(repository)).staged, [{ path: 'a.tmp', change: 'added' }]);
  });

  it('is not read through a link', async () => {
    const { repository, root: folder, write } = fixture();
    const outside = path.join(path.dirname(folder), 'rules');
    writeFileSync(outside, '*\n');
    mkdirSync(path.join(folder, 'sub'));
    symlinkSync(outside, path.join(folder, 'sub/.ditsignore'));
    write('sub/a', '1');
    const found = await status(repository, { untracked: 'all' });
    assert.deepEqual(
      found.untracked.map((entry) => entry.path),
      ['sub/.ditsignore', 'sub/a'],
    );
  });

  it('never lets the folder of the store be seen', async () => {
    const { repository, write } = fixture();
    write('.ditsignore', '!.dits\n!.dits/**\n');
    await add(repository, ['.']);
    assert.deepEqual(
      (await status(repository)).staged.map((entry) => entry.path),
      ['.ditsignore'],
    );
  });
});
