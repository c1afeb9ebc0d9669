import assert from 'node:assert/strict';
import sinon from 'sinon';
import type { Route, RouteDialOptions, RoutedConnection } from '../../../node/dial/route.ts';
import { raceRoutes, type RaceOptions } from '../../../node/dial/route-race.ts';
import { NodeError } from '../../../node/node-error.ts';
import { createMemoryPair } from '../../../protocol/index.ts';

const SILENT = Infinity;

type FakeRoute = Route & {
  /** When it began, on the clock of the test; undefined when it never did. */
  startedMs: number | undefined;
  isAborted: boolean;
};

describe('a race of routes', () => {
  let clock: sinon.SinonFakeTimers;

  beforeEach(() => {
    clock = sinon.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  });

  afterEach(() => {
    clock.restore();
  });

  /** A route that proves an identity after a time, or fails then. */
  function route(
    means: string,
    delayMs: number,
    outcome: { readonly afterMs: number; readonly peerId?: string; readonly error?: Error },
  ): FakeRoute {
    const made: FakeRoute = {
      path: means === 'UDP' ? 'quic' : 'tcp',
      means,
      where: 'somewhere',
      delayMs,
      startedMs: undefined,
      isAborted: false,
      dial: async (options) => {
        made.startedMs = performance.now();
        await wait(outcome.afterMs, options, made);
        if (outcome.error !== undefined) throw outcome.error;
        await options.checkPeer(outcome.peerId ?? 'peer');
        return connection(made.path);
      },
    };
    return made;
  }

  function wait(ms: number, { signal }: RouteDialOptions, made: FakeRoute): Promise<void> {
    return new Promise((resolve, reject) => {
      if (Number.isFinite(ms)) setTimeout(resolve, ms);
      signal.addEventListener('abort', () => {
        made.isAborted = true;
        reject(new Error('given up'));
      });
    });
  }

  function connection(path: Route['path']): RoutedConnection {
    const { dialler } = createMemoryPair({ path });
    let reason: string | undefined;
    return Object.create(dialler, {
      pathReason: { get: () => reason },
      explainPath: {
        value: (text: string) => {
          reason = text;
        },
      },
    }) as RoutedConnection;
  }

  async function race(
    routes: readonly Route[],
    options: Partial<RaceOptions> = {},
  ): ReturnType<typeof raceRoutes> {
    const racing = raceRoutes(routes, {
      isRightPeer: () => undefined,
      confirmPeer: () => Promise.resolve(),
      ...options,
    });
    racing.catch(() => undefined);
    await clock.tickAsync(20_000);
    return await racing;
  }

  const unreachable = (message: string): NodeError =>
    new NodeError('DITS_NODE_UNREACHABLE', message);

  it('takes the first choice without trying the second, and says nothing of it', async () => {
    const udp = route('UDP', 0, { afterMs: 20 });
    const tcp = route('TCP', 250, { afterMs: 20 });
    const result = await race([udp, tcp]);
    assert.equal(result.path, 'quic');
    assert.equal(result.pathReason, undefined);
    assert.equal(tcp.startedMs, undefined);
  });

  it('takes the second when the first is silent, and says why', async () => {
    const udp = route('UDP', 0, { afterMs: SILENT });
    const tcp = route('TCP', 250, { afterMs: 100 });
    const result = await race([udp, tcp]);
    assert.equal(result.path, 'tcp');
    assert.equal(tcp.startedMs, 250);
    assert.equal(result.pathReason, 'no answer over UDP in 0.4 s');
    assert.equal(udp.isAborted, true);
  });

  it('starts the second at once when the first fails', async () => {
    const udp = route('UDP', 0, { afterMs: 10, error: unreachable('nobody listens') });
    const tcp = route('TCP', 250, { afterMs: 5 });
    const result = await race([udp, tcp]);
    assert.equal(tcp.startedMs, 10);
    assert.equal(result.pathReason, 'UDP failed: nobody listens');
  });

  it('prefers the first when both come at about the same time', async () => {
    const udp = route('UDP', 0, { afterMs: 300 });
    const tcp = route('TCP', 250, { afterMs: 20 });
    const result = await race([udp, tcp]);
    assert.equal(result.path, 'quic');
    assert.equal(tcp.isAborted, true);
  });

  it('goes on when somebody else answers', async () => {
    const wrong = new NodeError('DITS_NODE_IDENTITY_MISMATCH', 'an impostor');
    const near = route('UDP', 0, { afterMs: 5, peerId: 'impostor' });
    const far = route('TCP', 250, { afterMs: 5 });
    const result = await race([near, far], {
      isRightPeer: (peerId) => {
        if (peerId !== 'peer') throw wrong;
      },
    });
    assert.equal(result.path, 'tcp');
    assert.equal(result.pathReason, 'UDP failed: an impostor');
  });

  it('asks once whether the peer is wanted, and takes no for an answer', async () => {
    const asked: string[] = [];
    const refusal = new NodeError('DITS_NODE_UNKNOWN_PEER', 'not known');
    const udp = route('UDP', 0, { afterMs: 300 });
    const tcp = route('TCP', 250, { afterMs: 60 });
    const racing = race([udp, tcp], {
      confirmPeer: async (peerId) => {
        asked.push(peerId);
        await new Promise((resolve) => {
          setTimeout(resolve, 5_000);
        });
        throw refusal;
      },
    });
    await assert.rejects(racing, refusal);
    assert.deepEqual(asked, ['peer']);
  });

  it('fails with everything that was tried when nobody answers', async () => {
    const routes = [
      route('UDP', 0, { afterMs: 5_000, error: unreachable('no answer (UDP)') }),
      route('TCP', 250, { afterMs: 5, error: unreachable('refused (TCP)') }),
    ];
    await assert.rejects(race(routes), {
      code: 'DITS_NODE_UNREACHABLE',
      message: 'no answer (UDP); refused (TCP)',
    });
  });

  it('reports who answered rather than who did not', async () => {
    const routes = [
      route('UDP', 0, { afterMs: 5_000, error: unreachable('no answer (UDP)') }),
      route('TCP', 250, {
        afterMs: 5,
        error: new NodeError('DITS_NODE_PROTOCOL_MISMATCH', 'a web server'),
      }),
    ];
    await assert.rejects(race(routes), { code: 'DITS_NODE_PROTOCOL_MISMATCH' });
  });

  it('ends when it is called off, and leaves nothing running', async () => {
    const reason = new Error('enough');
    const controller = new AbortController();
    const udp = route('UDP', 0, { afterMs: SILENT });
    const tcp = route('TCP', 250, { afterMs: SILENT });
    const racing = race([udp, tcp], { signal: controller.signal });
    setTimeout(() => {
      controller.abort(reason);
    }, 300);
    await assert.rejects(racing, reason);
    assert.ok(udp.isAborted && tcp.isAborted);
  });
});
