import assert from 'node:assert/strict';

import fc from 'fast-check';

import {
  jsonLine,
  printable,
  printableLines,
  printableName,
} from '../../../cli/terminal/printable.ts';

describe('text from outside', () => {
  it('cannot move the cursor or change the colour', () => {
    assert.equal(printable('a\u001b[2Jb\u009b1m\u0007'), 'a\\x1b[2Jb\\x9b1m\\x07');
  });

  it('cannot break the line or hide what follows', () => {
    assert.equal(printable('a\r\nb\u2028c'), 'a\\x0d\\x0ab\\u{2028}c');
  });

  it('cannot reorder or hide letters', () => {
    assert.equal(printable('gpj\u202eexe\u200b'), 'gpj\\u{202e}exe\\u{200b}');
  });

  it('keeps its lines and tabs where lines are wanted', () => {
    assert.equal(printableLines('one\n\ttwo\u001b'), 'one\n\ttwo\\x1b');
  });

  it('is left alone when it is harmless, whatever the language', () => {
    for (const name of ['shot 010.exr', 'Ärger.mov', '映像/本編.mov', 'é', '🎬 take']) {
      assert.equal(printableName(name), name);
    }
  });

  it('is quoted when a name needs escapes, so that two names never look the same', () => {
    assert.equal(printableName('a\nb'), '"a\\x0ab"');
    assert.equal(printableName('a\\nb'), '"a\\\\nb"');
    assert.equal(printableName('say "cut"'), '"say \\"cut\\""');
  });

  it('survives JSON unchanged while the printed line holds no control character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const line = jsonLine({ text });
        assert.deepEqual(JSON.parse(line), { text });
        // eslint-disable-next-line no-control-regex -- the absence of control characters is what is tested
        assert.doesNotMatch(line, /[\u0000-\u001f\u007f-\u009f\u202e]/u);
      }),
    );
  });
});
