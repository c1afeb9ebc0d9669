import assert from 'node:assert/strict';
import {
  PROTOCOL_ERROR_CODES,
  WINDOW_DEFAULT_BYTES,
  connectSession,
  createMemoryPair,
  type ByteStream,
  type OfferedCircuit,
} from '../../protocol/index.ts';
import { SeededRandom } from '../../simulations/index.ts';
import { acceptControl } from '../../protocol/session/handshake.ts';
import { MessageChannel } from '../../protocol/session/message-channel.ts';
import { createHello } from '../../protocol/session/session-limits.ts';
import type { ObjectId } from '../../store/index.ts';
import { CircuitBench } from './support/circuit-bench.ts';
import { ManualClock } from './support/manual-clock.ts';

const TURNS = 200;

/** Lets everything that can happen without time happen. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await new Promise((resolve) => setImmediate(resolve));
}

async function readExactly(stream: ByteStream, count: number): Promise<Buffer> {
  const bytes = Buffer.alloc(count);
  let filled = 0;
  while (filled < count) {
    const got = await stream.read(bytes.subarray(filled));
    assert.notEqual(got, 0, 'the stream ended early');
    filled += got;
  }
  return bytes;
}

async function readAll(stream: ByteStream): Promise<Buffer> {
  const pieces: Buffer[] = [];
  const piece = Buffer.alloc(65_536);
  for (let count = await stream.read(piece); count > 0; count = await stream.read(piece)) {
    pieces.push(Buffer.from(piece.subarray(0, count)));
  }
  return Buffer.concat(pieces);
}

describe('a relay', () => {
  let bench: CircuitBench;

  beforeEach(() => {
    bench = new CircuitBench();
  });
  afterEach(async () => {
    await bench.close();
  });

  it('joins the streams of two peers, in both directions, until both have ended', async () => {
    const tess = await bench.reachable('tess');
    const { session } = await bench.join('ian');
    const [near, far] = await Promise.all([session.connectCircuit('tess'), tess.accepted()]);
    const there = new SeededRandom(1).bytes(300_000);
    const back = new SeededRandom(2).bytes(200_000);
    const send = async (stream: ByteStream, bytes: Uint8Array): Promise<void> => {
      await stream.write([bytes]);
      await stream.end();
    };
    const [atFar, atNear] = await Promise.all([
      readAll(far),
      readAll(near.stream),
      send(near.stream, there),
      send(far, back),
    ]);
    assert.deepEqual(atFar, Buffer.from(there));
    assert.deepEqual(atNear, Buffer.from(back));
    await settle();
    assert.equal(bench.circuits.circuitCount, 0);
    assert.equal(bench.paid.get('ian'), 500_000);
    const [opened, closed] = bench.events;
    assert.deepEqual(opened, { kind: 'opened', from: 'ian', to: 'tess' });
    assert.ok(closed?.kind === 'closed');
    assert.equal(closed.bytes, 500_000);
    assert.equal(closed.problem, undefined);
  });

  it('hands on what came right behind the messages', async () => {
    let offered: OfferedCircuit | undefined;
    const { session: target } = await bench.join('tess', {
      onCircuit: async (circuit) => {
        offered = circuit;
        const stream = await circuit.accept();
        // In the same breath as the answer: the relay's reader has both in one piece.
        await stream.write([Buffer.from('first words')]);
      },
    });
    await target.reserveCircuits();
    const { session } = await bench.join('ian');
    const { stream, observed } = await session.connectCircuit('tess');
    assert.equal((await readExactly(stream, 11)).toString(), 'first words');
    assert.equal(offered?.peerId, 'ian');
    assert.equal(typeof observed, 'string');
    stream.reset(0);
    stream.stop(0);
  });

  it('holds no more than a piece for an end that does not read', async () => {
    const tess = await bench.reachable('tess');
    const { session } = await bench.join('ian');
    const [near] = await Promise.all([session.connectCircuit('tess'), tess.accepted()]);
    let written = 0;
    const flood = async (): Promise<void> => {
      for (;;) {
        await near.stream.write([Buffer.alloc(65_536)]);
        written += 65_536;
      }
    };
    const flooding = assert.rejects(flood());
    await settle();
    const before = written;
    await settle();
    assert.equal(written, before, 'the writer waits');
    // What the in-memory link itself holds, twice, and a piece.
    assert.ok(written < 40 * 1024 * 1024, String(written));
    near.stream.reset(0);
    await flooding;
  });

  it('says the same of a peer that is not there and of one that nobody knows', async () => {
    const { session: away } = await bench.reachable('tess');
    const { session } = await bench.join('ian');
    await away.close();
    await settle();
    const [gone, unknown] = await Promise.all(
      ['tess', 'eve'].map((peerId) =>
        session.connectCircuit(peerId).then(
          () => assert.fail('connected'),
          (error: unknown) => error as Error,
        ),
      ),
    );
    assert.ok(gone !== undefined && unknown !== undefined);
    assert.equal(gone.message.replace('tess', 'X'), unknown.message.replace('eve', 'X'));
    assert.deepEqual(bench.circuits.memberIds, []);
  });

  it('makes no circuits to oneself, over circuits, or where it is no relay', async () => {
    const tess = await bench.reachable('tess');
    const denied = { code: 'DITS_PROTOCOL_PERMISSION_DENIED' };
    await assert.rejects(tess.session.connectCircuit('tess'), denied);
    const { session: inner } = await bench.join('ian', { path: 'relay' });
    await assert.rejects(inner.connectCircuit('tess'), denied);
    await assert.rejects(inner.reserveCircuits(), denied);
    const { session: elsewhere } = await bench.join('ian', { isRelay: false });
    const unsupported = { code: 'DITS_PROTOCOL_UNSUPPORTED' };
    await assert.rejects(elsewhere.connectCircuit('tess'), unsupported);
    await assert.rejects(elsewhere.reserveCircuits(), unsupported);
    // Nobody was cut off for asking.
    await tess.session.reserveCircuits();
  });

  it('bounds circuits in all, from a peer and to a peer, and frees them', async () => {
    bench = new CircuitBench({ circuitsMax: 3, circuitsPerPeerMax: 2 });
    const limited = { code: 'DITS_PROTOCOL_RATE_LIMITED' };
    const [tess, tom] = [await bench.reachable('tess'), await bench.reachable('tom')];
    const [ian, eve] = [await bench.join('ian'), await bench.join('eve')];
    const first = await ian.session.connectCircuit('tess');
    await ian.session.connectCircuit('tess');
    await assert.rejects(ian.session.connectCircuit('tom'), { ...limited, message: /of one peer/ });
    await assert.rejects(eve.session.connectCircuit('tess'), {
      ...limited,
      message: /to one peer/,
    });
    await eve.session.connectCircuit('tom');
    await assert.rejects(eve.session.connectCircuit('tom'), {
      ...limited,
      message: /many circuits/,
    });
    first.stream.reset(0);
    first.stream.stop(0);
    await settle();
    await eve.session.connectCircuit('tom');
    assert.equal(bench.circuits.circuitCount, 3);
    await tess.accepted();
    await tom.session.close();
    await settle();
    assert.equal(bench.circuits.circuitCount, 1);
  });

  it('ends a circuit that has carried its bytes, and one on which nothing moves', async () => {
    bench = new CircuitBench({ bytesMax: 100_000, idleMs: 5_000 });
    const tess = await bench.reachable('tess');
    const { session } = await bench.join('ian');
    const [near, far] = await Promise.all([session.connectCircuit('tess'), tess.accepted()]);
    await near.stream.write([Buffer.alloc(100_001)]);
    await assert.rejects(readAll(far));
    await assert.rejects(readAll(near.stream));
    const [idle] = await Promise.all([session.connectCircuit('tess'), tess.accepted()]);
    await settle();
    bench.clock.advance(5_001);
    await assert.rejects(readAll(idle.stream));
    await settle();
    const codes = bench.events.flatMap((event) =>
      event.kind === 'closed' ? [(event.problem as { code: string }).code] : [],
    );
    assert.deepEqual(codes, ['DITS_PROTOCOL_QUOTA_EXCEEDED', 'DITS_PROTOCOL_TIMEOUT']);
  });

  it('tells a caller when the peer refuses or answers nonsense, and goes on with both', async () => {
    const { session: refusing } = await bench.join('tess', {
      onCircuit: (circuit) => circuit.refuse('not now'),
    });
    await refusing.reserveCircuits();
    const { session } = await bench.join('ian');
    await assert.rejects(session.connectCircuit('tess'), { code: 'DITS_PROTOCOL_NOT_FOUND' });
    await assert.rejects(session.connectCircuit('tess'), { code: 'DITS_PROTOCOL_NOT_FOUND' });
    assert.equal(bench.circuits.circuitCount, 0);
  });

  it('lets a peer reserve again without growing, and not on too many connections', async () => {
    const tess = await bench.reachable('tess');
    await tess.session.reserveCircuits();
    for (let more = 1; more < 4; more++) await bench.reachable('tess');
    const { session } = await bench.join('tess');
    await assert.rejects(session.reserveCircuits(), { code: 'DITS_PROTOCOL_RATE_LIMITED' });
    assert.deepEqual(bench.circuits.memberIds, ['tess']);
  });
});

describe('a peer that can be reached through a relay', () => {
  it('ends the connection to a relay that opens streams for anything else', async () => {
    const pair = createMemoryPair();
    const clock = new ManualClock();
    const hello = createHello('evil/1', WINDOW_DEFAULT_BYTES);
    const [session] = await Promise.all([
      connectSession(
        pair.dialler,
        { clock },
        { software: 'x', onCircuit: (one) => one.refuse('no') },
      ),
      acceptControl({ connection: pair.acceptor, clock }, { hello }),
    ]);
    const channel = new MessageChannel(await pair.acceptor.openStream());
    await channel.send('CHUNK_DOWNLOAD', 7, { handle: 1, ids: ['ab'.repeat(32) as ObjectId] });
    const answer = await channel.receive();
    assert.equal(answer?.message?.name, 'ERROR');
    const { code } = await session.closed;
    assert.equal(code, PROTOCOL_ERROR_CODES.DITS_PROTOCOL_INVALID_MESSAGE.applicationCode);
    await session.close();
  });
});
