import assert from 'node:assert/strict';
import { branchRef, checkRefName, remoteRef, shortRefName, tagRef } from '../../../store/index.ts';

const REFUSED = [
  ...[
    '',
    'main',
    'HEAD',
    'refs',
    'refs/',
    'refs/heads',
    'refs/heads/',
    'heads/main',
    '/refs/heads/a',
  ],
  ...['refs/heads//a', 'refs/heads/a/', 'refs/heads/../a', 'refs/heads/a..b', 'refs/heads/.a'],
  ...[
    'refs/heads/a.lock',
    'refs/heads/a.lock/b',
    'refs/heads/a.',
    'refs/heads/@',
    'refs/heads/a@{1}',
  ],
  ...['refs/heads/a b', 'refs/heads/a~1', 'refs/heads/a^', 'refs/heads/a:b', 'refs/heads/a?'],
  ...['refs/heads/a*', 'refs/heads/a[b', 'refs/heads/a\\b', 'refs/heads/a\x7f', 'refs/heads/a\nb'],
  ...['refs/heads/nul', 'refs/heads/.dits', 'refs/heads/e\u0301', 'refs/heads/a\ud800'],
  `refs/heads/${'a/'.repeat(600)}b`,
];

describe('checkRefName', () => {
  it('accepts names as git does', () => {
    for (const name of [
      'refs/heads/main',
      'refs/tags/v1.0',
      'refs/remotes/nas/a/b',
      'refs/heads/\u00e9',
    ]) {
      assert.equal(checkRefName(name), name);
    }
  });

  it('refuses what git refuses, and what is no safe path', () => {
    for (const name of REFUSED) {
      assert.throws(() => checkRefName(name), { code: 'DITS_STORE_INVALID_REF_NAME' }, name);
    }
  });
});

describe('branchRef, tagRef and remoteRef', () => {
  it('make full names, of which shortRefName makes the short ones', () => {
    assert.equal(branchRef('a/b'), 'refs/heads/a/b');
    assert.equal(tagRef('v1'), 'refs/tags/v1');
    assert.equal(remoteRef('nas', 'main'), 'refs/remotes/nas/main');
    assert.equal(shortRefName(branchRef('a/b')), 'a/b');
    assert.equal(shortRefName(tagRef('v1')), 'v1');
    assert.equal(shortRefName(remoteRef('nas', 'main')), 'nas/main');
    assert.equal(shortRefName(checkRefName('refs/stash/0')), 'refs/stash/0');
  });

  it('refuse what would be taken for an option, for HEAD or for another remote', () => {
    const code = { code: 'DITS_STORE_INVALID_REF_NAME' };
    for (const name of ['-d', 'HEAD', '', '..']) {
      assert.throws(() => branchRef(name), code);
      assert.throws(() => tagRef(name), code);
      assert.throws(() => remoteRef('nas', name), code);
      assert.throws(() => remoteRef(name, 'main'), code);
    }
    assert.throws(() => remoteRef('a/b', 'main'), code);
  });
});
