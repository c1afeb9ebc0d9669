import assert from 'node:assert/strict';
import { matchesRefPattern, refPatternProblem } from '../../../store/index.ts';

describe('patterns for refs', () => {
  it('match branches by their short names, with stars for any characters', () => {
    for (const [pattern, name] of [
      ['main', 'refs/heads/main'],
      ['*', 'refs/heads/a/b'],
      ['artist/*', 'refs/heads/artist/ada/shot'],
      ['a*b*c', 'refs/heads/abbbc'],
      ['*/final', 'refs/heads/shot/final'],
      ['refs/*', 'refs/tags/v1'],
      ['refs/tags/v*.0', 'refs/tags/v1.0'],
    ] as const) {
      assert.ok(matchesRefPattern(name, pattern), `${pattern} ${name}`);
    }
    for (const [pattern, name] of [
      ['main', 'refs/heads/main2'],
      ['main', 'refs/tags/main'],
      ['artist/*', 'refs/heads/artist'],
      ['a*a', 'refs/heads/a'],
      ['ab*bc', 'refs/heads/abc'],
      ['*', 'refs/tags/v1'],
      ['a*b*c', 'refs/heads/acb'],
    ] as const) {
      assert.ok(!matchesRefPattern(name, pattern), `${pattern} ${name}`);
    }
  });

  it('are refused where no ref could match, or matching would be dear', () => {
    for (const pattern of [
      '',
      'a b',
      '../x',
      'a~1',
      '*'.repeat(9),
      'x'.repeat(256),
      'refs/x',
      'a//b',
    ]) {
      assert.notEqual(refPatternProblem(pattern), undefined, pattern);
    }
    for (const pattern of ['*', 'main', 'artist/*', 'refs/tags/*']) {
      assert.equal(refPatternProblem(pattern), undefined, pattern);
    }
  });
});
