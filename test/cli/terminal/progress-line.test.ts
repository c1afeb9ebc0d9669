import assert from 'node:assert/strict';

import sinon from 'sinon';

import { ProgressLine, progressText } from '../../../cli/terminal/progress-line.ts';

const MIB = 1024 * 1024;

describe('the progress line', () => {
  it('says how much, how fast, how long, and what deduplication saved', () => {
    const state = {
      phase: 'sending',
      done: 3,
      total: 10,
      bytes: 64 * MIB,
      bytesTotal: 128 * MIB,
      savedBytes: 32 * MIB,
      item: 'shots/a.mov',
    };
    assert.equal(
      progressText(state, 32 * MIB, 120),
      'sending: 3/10, 64.0 MiB of 128 MiB, 32.0 MiB/s, 0:02 left, 32.0 MiB saved  shots/a.mov',
    );
  });

  it('keeps the end of a path and never fills the last column', () => {
    const text = progressText({ phase: 'adding', item: `${'folder/'.repeat(30)}a.exr` }, 0, 40);
    assert.ok(text.endsWith('/a.exr'));
    assert.ok(text.length < 40);
  });

  it('shows a hostile name harmlessly', () => {
    assert.ok(!progressText({ phase: 'adding', item: 'a\u001b[2J' }, 0, 80).includes('\u001b'));
  });

  it('writes nothing where there is no terminal', () => {
    const write = sinon.spy();
    const target = { isTerminal: false, width: () => 80, write };
    const line = new ProgressLine({ target, nowMs: () => 0 });
    line.update({ phase: 'adding' });
    line.close();
    sinon.assert.notCalled(write);
  });

  it('is drawn ten times a second at most and taken away at the end', () => {
    const clock = sinon.useFakeTimers();
    try {
      const write = sinon.spy();
      const target = { isTerminal: true, width: () => 80, write };
      const line = new ProgressLine({ target, nowMs: () => clock.now });
      for (let step = 0; step < 1000; step += 1) {
        line.update({ phase: 'adding', bytes: step * MIB });
        clock.tick(1);
      }
      assert.ok(write.callCount >= 5 && write.callCount <= 10, String(write.callCount));
      line.close();
      assert.equal(write.lastCall.args[0], '\r\u001b[2K');
    } finally {
      clock.restore();
    }
  });
});
