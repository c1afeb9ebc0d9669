import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';

import { ResumingLink, type OpenedPath, type PathEvent } from '../../cli/remote/resuming-link.ts';
import { pull, push, updateRefs } from '../../cli/remote/resumed-transfer.ts';
import { NodeError } from '../../node/index.ts';
import {
  ProtocolError,
  connectSession,
  createMemoryPair,
  serveConnection,
  type Clock,
  type MemoryLink,
  type ServedConnection,
} from '../../protocol/index.ts';
import { SampleRepository, SeededRandom } from '../../simulations/index.ts';
import { branchRef } from '../../store/index.ts';
import { openHost } from '../protocol/support/session-pair.ts';

const MAIN = branchRef('main');
const KIB = 1024;
const PATIENCE_MS = 5_000;

/** A clock on which sleeping takes no time, and only sleeping makes time pass. */
class EagerClock implements Clock {
  readonly slept: number[] = [];
  #nowMs = 0;

  now(): number {
    return this.#nowMs;
  }

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    this.slept.push(ms);
    this.#nowMs += ms;
    await nextTurn();
    signal.throwIfAborted();
  }
}

/** Never wakes anybody, so that no session gives up by itself. */
const stillClock: Clock = {
  now: () => 0,
  sleep: (_, signal) =>
    new Promise((_resolve, reject) => {
      if (signal.aborted) reject(signal.reason as Error);
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    }),
};

/** A peer whose connections break: each at the packet that the plan names, undefined for never. */
class FlakyPeer {
  readonly clock = new EagerClock();
  readonly events: PathEvent[] = [];
  readonly #repository: SampleRepository;
  readonly #plan: (number | undefined | Error)[];
  readonly #served: ServedConnection[] = [];

  constructor(repository: SampleRepository, plan: readonly (number | undefined | Error)[]) {
    this.#repository = repository;
    this.#plan = [...plan];
  }

  async open(options: { readonly patienceMs?: number; readonly signal?: AbortSignal } = {}) {
    const { patienceMs = PATIENCE_MS, signal = new AbortController().signal } = options;
    return new ResumingLink(
      await this.#connect(),
      {
        clock: this.clock,
        random: () => 0,
        reopen: () => this.#connect(),
        onEvent: (event) => this.events.push(event),
      },
      { patienceMs, signal },
    );
  }

  async settled(): Promise<void> {
    await Promise.all(this.#served.map(({ done }) => done.catch(() => undefined)));
  }

  async #connect(): Promise<OpenedPath> {
    const next = this.#plan.shift();
    if (next instanceof Error) throw next;
    const link = next === undefined ? undefined : breakingAt(next);
    const { dialler, acceptor } = createMemoryPair({ link });
    const host = openHost({ repo: this.#repository });
    const deps = { clock: stillClock, host, random: randomBytes };
    this.#served.push(serveConnection(acceptor, deps, { software: 'server' }));
    const session = await connectSession(dialler, { clock: stillClock }, { software: 'client' });
    const repository = await session.openRepository('repo', { access: 'write' });
    return { session, repository, path: 'quic', remoteAddress: 'memory' };
  }
}

function breakingAt(packet: number): MemoryLink {
  let count = 0;
  return { transmit: () => (++count >= packet ? Promise.resolve('lost' as const) : undefined) };
}

function unreachable(): NodeError {
  return new NodeError('DITS_NODE_UNREACHABLE', 'nobody there');
}

async function sample(): Promise<SampleRepository> {
  const source = new SampleRepository();
  const random = new SeededRandom(21);
  await source.commit({ big: random.bytes(1500 * KIB), small: random.bytes(10 * KIB) });
  return source;
}

async function idsOf(repository: SampleRepository): Promise<readonly string[]> {
  return [...(await repository.ids())].sort();
}

describe('a link that loses its connections', () => {
  let source: SampleRepository;
  let total: number;
  beforeEach(async () => {
    source = await sample();
    total = (await source.ids()).size;
  });

  const plan = [20, unreachable(), 25, 30, unreachable(), unreachable(), undefined];

  it('finishes a pull in one go, and counts what came on each of them', async () => {
    const sink = new SampleRepository();
    const peer = new FlakyPeer(source, plan);
    const link = await peer.open();
    const wants = [(await source.refs.get(MAIN))!];
    const shown: number[] = [];
    const report = await pull(link, {
      ...{ store: sink.objects, wants, haves: [] },
      onProgress: ({ objects }) => shown.push(objects),
    });
    assert.deepEqual(await idsOf(sink), await idsOf(source));
    assert.equal(report.objects.total, total);
    assert.ok(report.objects.transferred >= total, `${report.objects.transferred} of ${total}`);
    assert.ok(report.bytes.transferred >= 1500 * KIB, String(report.bytes.transferred));
    assert.equal(shown.at(-1), report.objects.transferred);
    assert.deepEqual(
      shown,
      shown.toSorted((a, b) => a - b),
      'progress went backwards',
    );
    assert.equal(link.reconnectCount, 3);
    assert.ok(link.wireBytes() > report.bytes.transferred);
    const kinds = peer.events.map(({ kind }) => kind);
    assert.deepEqual(
      kinds.filter((kind) => kind !== 'not-yet'),
      ['lost', 'regained', 'lost', 'regained', 'lost', 'regained'],
    );
    await link.close();
    await peer.settled();
  });

  it('finishes a push in one go', async () => {
    const sink = new SampleRepository();
    const peer = new FlakyPeer(sink, plan);
    const link = await peer.open();
    const wants = [(await source.refs.get(MAIN))!];
    await push(link, { store: source.objects, wants, haves: [] });
    assert.deepEqual(await idsOf(sink), await idsOf(source));
    await link.close();
    await peer.settled();
  });

  it('waits longer before each try, and not for ever', async () => {
    const peer = new FlakyPeer(source, [1_000, ...Array.from({ length: 50 }, unreachable)]);
    const link = await peer.open();
    await link.repository.listRefs();
    const loss = new ProtocolError('DITS_PROTOCOL_CONNECTION_LOST', 'the cable is out');
    const work = link.keepUp(() => Promise.reject(loss));
    await assert.rejects(work, (error: ProtocolError) => {
      assert.equal(error.code, 'DITS_PROTOCOL_CONNECTION_LOST');
      assert.match(error.message, /^the cable is out; .* within 5 s$/);
      assert.equal(error.cause, loss);
      return true;
    });
    assert.deepEqual(peer.clock.slept, [0, 100, 200, 400, 800, 1600]);
    await peer.settled();
  });

  it('does not try again when it was told not to wait', async () => {
    const peer = new FlakyPeer(source, [undefined, undefined]);
    const link = await peer.open({ patienceMs: 0 });
    const loss = new ProtocolError('DITS_PROTOCOL_CONNECTION_LOST', 'gone');
    await assert.rejects(
      link.keepUp(() => Promise.reject(loss)),
      loss,
    );
    assert.equal(link.reconnectCount, 0);
    await link.close();
    await peer.settled();
  });

  it('takes a refusal for an answer, at once', async () => {
    for (const refusal of [
      new NodeError('DITS_NODE_IDENTITY_MISMATCH', 'somebody else'),
      new NodeError('DITS_NODE_REFUSED', 'not known here', { details: { closeCode: 4 } }),
      new ProtocolError('DITS_PROTOCOL_PERMISSION_DENIED', 'no grant'),
    ]) {
      const peer = new FlakyPeer(source, [undefined, refusal, undefined]);
      const link = await peer.open();
      const loss = new ProtocolError('DITS_PROTOCOL_CONNECTION_LOST', 'gone');
      await assert.rejects(
        link.keepUp(() => Promise.reject(loss)),
        refusal,
      );
      await peer.settled();
    }
  });

  it('tries again when a node was stopping or full', async () => {
    const busy = [16, 5].map(
      (closeCode) => new NodeError('DITS_NODE_REFUSED', 'not now', { details: { closeCode } }),
    );
    const peer = new FlakyPeer(source, [undefined, ...busy, undefined]);
    const link = await peer.open();
    const refs = await link.keepUp(async (repository, repetition) => {
      if (repetition === 0) throw new ProtocolError('DITS_PROTOCOL_CONNECTION_LOST', 'gone');
      return repository.listRefs();
    });
    assert.equal(refs.refs.length, 1);
    await link.close();
    await peer.settled();
  });

  it('repeats work on the same connection when only a stream broke', async () => {
    const peer = new FlakyPeer(source, [undefined]);
    const link = await peer.open();
    const { repository } = link;
    const again = await link.keepUp((now, repetition) =>
      repetition === 0
        ? Promise.reject(new ProtocolError('DITS_PROTOCOL_STREAM_RESET', 'a bulk lane broke'))
        : Promise.resolve(now),
    );
    assert.equal(again, repository);
    assert.equal(link.reconnectCount, 0);
    assert.deepEqual(peer.events, [{ kind: 'repeated', reason: 'a bulk lane broke' }]);
    await link.close();
    await peer.settled();
  });

  it('gives up on a peer that hangs up each time before anything has moved', async () => {
    const peer = new FlakyPeer(source, []);
    const link = await peer.open();
    let tries = 0;
    const loss = new ProtocolError('DITS_PROTOCOL_CONNECTION_LOST', 'hung up');
    const work = link.keepUp(() => {
      tries++;
      return Promise.reject(loss);
    });
    await assert.rejects(work, loss);
    assert.equal(tries, 5);
    await link.close();
    await peer.settled();
  });

  it('does not repeat what stands still while the peer is there', async () => {
    const peer = new FlakyPeer(source, [undefined, undefined]);
    const link = await peer.open();
    const stall = new ProtocolError('DITS_PROTOCOL_TIMEOUT', 'nothing has moved', {
      details: { isStall: true },
    });
    await assert.rejects(
      link.keepUp(() => Promise.reject(stall)),
      stall,
    );
    assert.deepEqual(peer.events, []);
    await link.close();
    await peer.settled();
  });

  it('stops at once when it is interrupted', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const peer = new FlakyPeer(source, [undefined]);
    const link = await peer.open({ signal });
    const reason = new Error('interrupted');
    const work = link.keepUp(() => {
      controller.abort(reason);
      return Promise.reject(new ProtocolError('DITS_PROTOCOL_CONNECTION_LOST', 'gone'));
    });
    await assert.rejects(work, reason);
    await link.close();
    await peer.settled();
  });

  it('does not take a ref for refused that its lost question had moved', async () => {
    const old = (await source.refs.get(MAIN))!;
    const next = await source.commit({ small: Buffer.from('more') });
    await source.refs.update([{ name: MAIN, target: old }], { actor: 'test', reason: 'back' });
    const change = { name: MAIN, old, new: next, force: false };
    const peer = new FlakyPeer(source, [undefined, undefined]);
    const link = await peer.open();
    const opened = link.repository;
    const answer = opened.updateRefs.bind(opened);
    opened.updateRefs = async (changes, options) => {
      await answer(changes, options);
      throw new ProtocolError('DITS_PROTOCOL_CONNECTION_LOST', 'the answer was lost');
    };
    const results = await updateRefs(link, [change], {});
    assert.deepEqual(results, [{ name: MAIN, result: 'updated', current: next, message: '' }]);
    assert.equal(await source.refs.get(MAIN), next);
    await link.close();
    await peer.settled();
  });
});
