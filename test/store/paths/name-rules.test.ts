import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  StoreError,
  checkName,
  checkPath,
  compareNames,
  comparePaths,
  escapeForTerminal,
  findTwin,
  foldName,
  nameProblem,
  normalizeName,
} from '../../../store/index.ts';

const REFUSED: Readonly<Record<string, readonly string[]>> = {
  'what leads elsewhere': ['', '.', '..', 'a/b', '/a', 'a/', 'a\\b', '..\\x', 'C:', 'C:x', 'a:b'],
  'the folder of the store in any disguise': [
    '.dits',
    '.DITS',
    '.DiTs',
    '.dits.',
    '.dits ',
    '.dits...',
    '.dits . .',
    '.dits::$INDEX_ALLOCATION',
    '.dits:$DATA',
    'dits~1',
    'DITS~1',
    'DiTs~4',
    'dits~12',
    'DI3F2A~1',
    '.d\u200cits',
    '.dits\u200d',
    '\ufeff.dits',
    '.di\u202ets',
    '.di\u00adts',
    '.dits\ufe0f',
    '.d\u{e0001}its',
    '\uff0e\uff44\uff49\uff54\uff53',
    '.dit\u017f',
  ],
  'controls and what is no text': [
    'a\0b',
    'a\rb',
    'a\nb',
    'a\tb',
    '\x1b[31m',
    'a\x7f',
    'a\x9bm',
    'a\ud800',
    '\udc00a',
    '\ud800\ud800',
  ],
  'devices of Windows': [
    ...['CON', 'con', 'PRN', 'AUX', 'NUL', 'nul', 'COM1', 'com9', 'LPT1', 'lpt0', 'COM\u00b9'],
    ...['CONIN$', 'conout$', 'NUL.txt', 'nul.tar.gz', 'aux .h', 'Con.c', 'lpt\u00b3.log'],
  ],
  'what some system drops or composes': ['a.', 'a ', 'a. .', '...', ' ', 'e\u0301', '\u212b'],
  'what is too long': ['n'.repeat(256), '\u00e9'.repeat(128), '\u{1f3ac}'.repeat(64)],
  'what nobody can see': ['\u200b', '\u2060\u200d', '..\u200b', '.\ufeff'],
};

const ACCEPTED = [
  'a',
  'frame_0001.exr',
  'Sc\u00e8ne 12 \u2013 Take 3 (final).mov',
  '\u6620\u753b.mp4',
  '\u{1f3ac} reel',
  '\u{1f468}\u200d\u{1f3a8}',
  '.gitignore',
  '.ditsignore',
  'dits',
  'dits~',
  'x.dits',
  '..a',
  'a..b',
  '.a.b',
  ' a',
  '-rf',
  '~',
  'console',
  'com',
  'com10',
  'nullable.txt',
  'lpt',
  'n'.repeat(255),
  '\u00e9'.repeat(127),
];

describe('checkName', () => {
  for (const [what, names] of Object.entries(REFUSED)) {
    it(`refuses ${what}`, () => {
      for (const name of names) {
        assert.throws(
          () => checkName(name),
          (error: unknown) =>
            error instanceof StoreError && error.code === 'DITS_STORE_UNSAFE_PATH' && !!error.hint,
          JSON.stringify(name),
        );
      }
    });
  }

  it('accepts what people call their files', () => {
    for (const name of ACCEPTED) assert.equal(nameProblem(name), undefined, JSON.stringify(name));
  });

  it('names the refused path so that it can be printed, and the reason', () => {
    assert.throws(
      () => checkPath('shots/\x1b]0;owned\x07/a'),
      (error: unknown) => {
        assert.ok(error instanceof StoreError);
        assert.equal(
          error.message,
          'refused path "shots/\\x1b]0;owned\\x07/a": it has a part that has a control character',
        );
        assert.equal(error.details['reason'], 'has a part that has a control character');
        return true;
      },
    );
  });

  it('never accepts what another spelling of it would be refused for', () => {
    const pieces = fc.constantFrom(
      '.',
      'd',
      'D',
      'i',
      'I',
      't',
      's',
      'S',
      '~1',
      ' ',
      '\u200c',
      ':',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
        const name = parts.join('');
        if (nameProblem(name) !== undefined) return;
        const bare = name.replaceAll('\u200c', '').toLowerCase();
        assert.notEqual(bare, '.dits');
        assert.doesNotMatch(bare, /^dits~\d+$|^[. ]*$|:/);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('checkPath', () => {
  it('accepts relative paths with slashes', () => {
    for (const path of ['a', 'a/b', 'a/b c/d.mov']) checkPath(path);
  });

  it('refuses absolute paths, empty parts, parts that are refused, and what is too long', () => {
    const deep = Array.from({ length: 2049 }, () => 'a').join('/');
    for (const path of ['', '/', '/a', 'a//b', 'a/', './a', 'a/..', 'a/.dits/b', 'C:/a', deep]) {
      assert.throws(() => checkPath(path), { code: 'DITS_STORE_UNSAFE_PATH' }, path.slice(0, 20));
    }
  });
});

describe('findTwin', () => {
  it('finds names that differ in case or Unicode form only', () => {
    const twins: [string, string][] = [
      ['README', 'readme'],
      ['\u00c9tude', '\u00e9tude'],
      ['e\u0301tude', '\u00e9tude'],
      ['stra\u00dfe', 'STRASSE'],
      ['\u03a3', '\u03c2'],
      ['a\u200cb', 'ab'],
    ];
    for (const [first, second] of twins) {
      assert.deepEqual(findTwin(['x', first, 'y', second]), { first, second });
    }
    assert.equal(findTwin(['a', 'b', 'ab', '\u00e4', 'a.b']), undefined);
  });

  it('folds what it has folded to the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        assert.equal(foldName(foldName(name)), foldName(name));
        assert.equal(foldName(normalizeName(name)), foldName(name));
      }),
    );
  });
});

describe('compareNames', () => {
  it('orders names as their UTF-8 is ordered', () => {
    const name = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(name, name, (a, b) => {
        const expected = Buffer.compare(Buffer.from(a), Buffer.from(b));
        assert.equal(Math.sign(compareNames(a, b)), expected);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('comparePaths', () => {
  it('orders paths folder by folder', () => {
    const part = fc.stringMatching(/^[ !.0a~\u00e9]{1,3}$/);
    const path = fc.array(part, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(path, path, (a, b) => {
        const at = a.findIndex((name, index) => name !== b[index]);
        const [left, right] = at === -1 ? [undefined, b[a.length]] : [a[at], b[at]];
        const expected =
          left === undefined || right === undefined
            ? a.length - b.length
            : compareNames(left, right);
        assert.equal(Math.sign(comparePaths(a.join('/'), b.join('/'))), Math.sign(expected));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('escapeForTerminal', () => {
  it('leaves nothing that a terminal acts on', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.doesNotMatch(escapeForTerminal(text), /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
      }),
    );
    assert.equal(escapeForTerminal('a\x1b[2J\u202eb'), 'a\\x1b[2J\\u{202e}b');
    assert.equal(escapeForTerminal('plain \u00e9 \u{1f3ac}'), 'plain \u00e9 \u{1f3ac}');
  });
});
