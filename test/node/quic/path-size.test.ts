import assert from 'node:assert/strict';
import { PathSizeGuard } from '../../../node/quic/path-size.ts';

/** Feeds looks at the loss into the guard, each 256 packets after the last, of which a share is lost. */
function lookAtLoss(guard: PathSizeGuard): (lostShare: number, times?: number) => void {
  let sent = 0;
  let lost = 0;
  return (lostShare, times = 1) => {
    for (let look = 0; look < times; look++) {
      sent += 256;
      lost += Math.round(256 * lostShare);
      guard.onCheck(sent, lost);
    }
  };
}

describe('PathSizeGuard', () => {
  it('gives big datagrams up after two silent timeouts when none has got through', () => {
    const guard = new PathSizeGuard();
    guard.onTimeout();
    assert.equal(guard.isBig, true);
    guard.onTimeout();
    assert.equal(guard.isBig, false);
  });

  it('gives them up when most of the first packets are lost', () => {
    const guard = new PathSizeGuard();
    lookAtLoss(guard)(0.6);
    assert.equal(guard.isBig, false);
  });

  it('stays with them through loss and short silences once they have got through', () => {
    const guard = new PathSizeGuard();
    const look = lookAtLoss(guard);
    look(0.01);
    look(0.9);
    for (let timeout = 0; timeout < 6; timeout++) guard.onTimeout();
    assert.equal(guard.isBig, true);
    guard.onReceived();
    for (let timeout = 0; timeout < 6; timeout++) guard.onTimeout();
    assert.equal(guard.isBig, true);
    guard.onTimeout();
    assert.equal(guard.isBig, false);
  });

  it('tries them again, later each time', () => {
    const guard = new PathSizeGuard();
    const look = lookAtLoss(guard);
    guard.shrink();
    look(0, 7);
    assert.equal(guard.isBig, false);
    look(0);
    assert.equal(guard.isBig, true);
    guard.shrink();
    look(0, 15);
    assert.equal(guard.isBig, false);
    look(0);
    assert.equal(guard.isBig, true);
  });
});
