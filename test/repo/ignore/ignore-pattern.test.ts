import assert from 'node:assert/strict';
import { parseIgnorePattern } from '../../../repo/ignore/ignore-pattern.ts';

function matches(line: string, path: string): boolean {
  const isFolder = path.endsWith('/');
  const names = (isFolder ? path.slice(0, -1) : path).split('/');
  return parseIgnorePattern(line)?.matches(names, isFolder ? 'folder' : 'file') ?? false;
}

describe('a rule of an ignore file', () => {
  /** Rule, what it matches, what it does not. What git check-ignore says of them is the same. */
  const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['a*b?c', ['abxc', 'x/axxb😀c'], ['abc', 'abxcd']],
    ['*a*a*', ['aa', 'xaxax'], ['a', 'xax']],
    ['[a-c]x', ['ax', 'cx'], ['dx', '-x']],
    ['[!a-c]x', ['dx', '😀x'], ['ax']],
    ['[]-]', [']', '-'], ['a']],
    ['[^]]', ['a'], [']']],
    ['[[:digit:][:upper:]]', ['7', 'Q'], ['q', ':']],
    ['[\\]]', [']'], ['\\']],
    ['\\*', ['*'], ['a']],
    ['open[', [], ['open[', 'openx']],
    ['[[:nothing:]]', [], ['n']],
    ['end\\', [], ['end\\', 'end']],
    ['a/**', ['a/b', 'a/b/c'], ['a', 'x/a/b']],
    ['**/a', ['a', 'x/a', 'x/y/a'], ['ab']],
    ['a/**/b', ['a/b', 'a/x/b', 'a/x/y/b'], ['a/x', 'x/a/b']],
    ['a/**/**/b', ['a/b', 'a/x/b'], ['ab']],
    ['a**b', ['ab', 'axb'], ['a/b']],
    ['/a', ['a'], ['x/a']],
    ['a/', ['a/', 'x/a/'], ['a']],
    ['a b \\ ', ['a b  '], ['a b']],
    ['a  ', ['a'], ['a  ']],
  ];
  for (const [line, those, others] of cases) {
    it(`${line} matches what it should`, () => {
      assert.deepEqual(
        those.filter((path) => !matches(line, path)),
        [],
      );
      assert.deepEqual(
        others.filter((path) => matches(line, path)),
        [],
      );
    });
  }

  it('is none in blank lines, comments and lone slashes', () => {
    for (const line of ['', '   ', '# a', '/', '!', '!/']) {
      assert.equal(parseIgnorePattern(line), undefined);
    }
  });

  it('takes time in proportion, whatever it holds', () => {
    const path = `${'a/'.repeat(400)}${'a'.repeat(200)}`;
    const start = process.cpuUsage();
    assert.equal(matches(`${'**/a/'.repeat(200)}b`, path), false);
    assert.equal(matches(`${'*a'.repeat(60)}*b*c`, path), false);
    const { user } = process.cpuUsage(start);
    assert.ok(user < 2_000_000, `${user} microseconds`);
  });
});
