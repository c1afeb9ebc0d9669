import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';

import type { OwnAddress, PathControl } from '../../../node/dial/path-control.ts';
import { PathWatch, type PathFinding } from '../../../node/dial/path-watch.ts';
import { NodeError } from '../../../node/node-error.ts';
import { createMemoryPair, type Connection } from '../../../protocol/index.ts';
import { ManualClock } from '../../protocol/support/manual-clock.ts';

const LOOK_MS = 250;
const REMOTE = { host: '192.0.2.1', port: 4433 };

/** A path of which a test says what comes in, and a machine of which it says where it is. */
class FakePath implements PathControl {
  readonly clock = new ManualClock();
  readonly findings: PathFinding[] = [];
  readonly addresses = new Set(['192.0.2.7']);
  readonly ownAddress: OwnAddress;
  readonly watch: PathWatch;
  roundTripMs = 1;
  heard = 0;
  probes = 0;
  changes = 0;
  dials = 0;
  abandoned: string | undefined;
  /** Addresses that the system would send from, best first. */
  source: string | undefined = '192.0.2.7';
  canChange = true;
  isBound = false;
  silenceMaxMs: number | undefined;
  redial: () => Promise<Connection> = () => Promise.reject(nobody());
  readonly closed: string[] = [];

  constructor() {
    let current = { host: '192.0.2.7', port: 1 };
    const change = (): Promise<boolean> => {
      if (!this.canChange || this.source === undefined) return Promise.resolve(false);
      this.changes++;
      current = { host: this.source, port: current.port + 1 };
      return Promise.resolve(true);
    };
    const isBound = (): boolean => this.isBound;
    this.ownAddress = {
      remote: REMOTE,
      get current() {
        return current;
      },
      get change() {
        return isBound() ? undefined : change;
      },
    };
    this.watch = new PathWatch({
      path: this,
      clock: this.clock,
      addresses: {
        has: (host) => this.addresses.has(host),
        sourceTo: () => Promise.resolve(this.source),
      },
      redial: () => {
        this.dials++;
        return this.redial();
      },
      onFinding: (finding) => this.findings.push(finding),
    });
  }

  heardBytes(): number {
    return this.heard;
  }

  probe(): void {
    this.probes++;
  }

  abandon(reason: string): void {
    this.abandoned = reason;
  }

  /** Lets time pass, a look at a time. */
  async pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += LOOK_MS) await this.jump(LOOK_MS);
  }

  /** Lets time pass in one go, as in a process that is held up. */
  async jump(ms: number): Promise<void> {
    this.clock.advance(ms);
    for (let turn = 0; turn < 5; turn++) await nextTurn();
  }

  /** The machine has moved. */
  moveTo(host: string): void {
    this.addresses.clear();
    this.addresses.add(host);
    this.source = host;
  }

  connection(): Connection {
    const { dialler } = createMemoryPair();
    void dialler.closed.then(({ reason }) => this.closed.push(reason));
    return dialler;
  }
}

function nobody(): NodeError {
  return new NodeError('DITS_NODE_UNREACHABLE', 'nobody answers');
}

describe('a watch over a path', () => {
  let path: FakePath;
  let release: () => void;
  beforeEach(() => {
    path = new FakePath();
    release = path.watch.hold();
  });
  afterEach(async () => {
    release();
    await path.watch.close();
    assert.equal(path.clock.sleeping, 0, 'a timer was left behind');
  });

  it('asks nothing of a peer that talks', async () => {
    for (let look = 0; look < 20; look++) {
      path.heard++;
      await path.pass(LOOK_MS);
    }
    assert.deepEqual([path.probes, path.dials, path.changes], [0, 0, 0]);
  });

  it('asks a silent peer for a sign of life, and is content with one', async () => {
    await path.pass(1_250);
    assert.ok(path.probes >= 2, `${path.probes} questions`);
    path.heard++;
    await path.pass(1_250);
    assert.equal(path.dials, 0);
  });

  it('gives a path up once the peer answers elsewhere and not on it', async () => {
    const fresh = path.connection();
    path.redial = () => Promise.resolve(fresh);
    await path.pass(1_500);
    assert.equal(path.abandoned, undefined);
    await path.pass(500);
    assert.equal(path.abandoned, 'nothing comes back on its path');
    assert.equal(path.findings.at(-1)?.kind, 'dead');
    assert.equal(path.watch.takeSpare(), fresh);
    assert.equal(path.watch.takeSpare(), undefined);
    await fresh.close(0, '');
  });

  it('takes a busy peer for what it is: it answers here as soon as it does elsewhere', async () => {
    let answer: (connection: Connection) => void = () => undefined;
    path.redial = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    await path.pass(6_000);
    assert.equal(path.dials, 1);
    answer(path.connection());
    path.heard++;
    await path.pass(1_000);
    assert.equal(path.abandoned, undefined);
    assert.deepEqual(path.closed, ['not needed']);
  });

  it('does not take its own deafness for silence', async () => {
    for (let time = 0; time < 5; time++) await path.jump(4_000);
    assert.equal(path.dials, 0);
  });

  it('keeps a path while the peer cannot be reached elsewhere either, and tries now and then', async () => {
    await path.pass(10_000);
    assert.equal(path.abandoned, undefined);
    assert.equal(path.dials, 5);
    assert.deepEqual(path.findings.at(-1), { kind: 'not-elsewhere', reason: 'nobody answers' });
  });

  it('allows for a long round trip', async () => {
    path.roundTripMs = 1_000;
    await path.pass(2_750);
    assert.equal(path.dials, 0);
    await path.pass(500);
    assert.equal(path.dials, 1);
  });

  it('takes the connection along as soon as the address is gone', async () => {
    path.moveTo('198.51.100.7');
    await path.pass(250);
    assert.deepEqual(path.findings, [{ kind: 'moved', from: '192.0.2.7', to: '198.51.100.7' }]);
    path.heard++;
    await path.pass(1_000);
    assert.deepEqual([path.changes, path.dials], [1, 0]);
  });

  it('takes it along when the old address stays, but is silent and no longer the one to use', async () => {
    path.source = '198.51.100.7';
    await path.pass(250);
    assert.equal(path.changes, 0);
    await path.pass(250);
    assert.equal(path.changes, 1);
  });

  it('tries another connection when the new address brings nothing within a second', async () => {
    path.moveTo('198.51.100.7');
    await path.pass(1_000);
    assert.equal(path.dials, 0);
    await path.pass(500);
    assert.equal(path.dials, 1);
  });

  it('ends a connection that cannot move when its address is gone, and not before', async () => {
    path.isBound = true;
    path.source = '198.51.100.7';
    await path.pass(1_000);
    assert.equal(path.abandoned, undefined);
    path.moveTo('198.51.100.7');
    await path.pass(250);
    assert.equal(path.abandoned, 'this machine has another address');
  });

  it('allows for links whose silence tells little', async () => {
    path.silenceMaxMs = 4_000;
    await path.pass(3_750);
    assert.equal(path.dials, 0);
    await path.pass(250);
    assert.equal(path.dials, 1);
  });

  it('waits for a new address while there is none', async () => {
    path.addresses.clear();
    path.source = undefined;
    await path.pass(4_000);
    assert.deepEqual([path.changes, path.dials], [0, 0]);
    path.moveTo('198.51.100.7');
    await path.pass(250);
    assert.equal(path.changes, 1);
  });

  it('makes another connection when this one cannot move any more', async () => {
    path.canChange = false;
    path.moveTo('198.51.100.7');
    await path.pass(1_750);
    assert.equal(path.dials, 1);
  });

  it('looks only while somebody holds it', async () => {
    const second = path.watch.hold();
    release();
    release();
    await path.pass(750);
    assert.ok(path.probes > 0, 'the second holder counts');
    second();
    const { probes } = path;
    await path.pass(5_000);
    assert.equal(path.probes, probes);
  });

  it('closes what it opened for nothing', async () => {
    path.redial = () => Promise.resolve(path.connection());
    await path.pass(2_000);
    await path.watch.close();
    assert.deepEqual(path.closed, ['not needed']);
  });
});
