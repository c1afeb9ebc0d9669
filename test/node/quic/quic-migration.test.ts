import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ByteSource, Connection } from '../../../protocol/index.ts';
import { CONNECTION_IDS_MAX } from '../../../node/quic/quic-limits.ts';
import type { QuicConnection } from '../../../node/quic/quic-connection.ts';
import { QuicBench, readAll } from './quic-bench.ts';

const MIB = 1024 * 1024;

async function nextSource(connection: Connection): Promise<ByteSource> {
  for await (const incoming of connection.incoming()) {
    if (incoming.kind === 'unidirectional') return incoming.source;
  }
  return assert.fail('the connection ended');
}

const nothing = (): Promise<void> => Promise.resolve();

/** Sends a block from one end to the other after each of these. Resolves when both ends have agreed on the bytes. */
async function carry(
  [from, to]: readonly [Connection, Connection],
  onBlock: readonly (() => Promise<void>)[],
): Promise<void> {
  const sent = createHash('sha256');
  const received = createHash('sha256');
  const send = async (): Promise<void> => {
    const sink = await from.openSink();
    for (const before of onBlock) {
      await before();
      const block = randomBytes(MIB);
      sent.update(block);
      await sink.write([block]);
    }
    await sink.end();
  };
  const receive = async (): Promise<void> => {
    const source = await nextSource(to);
    const into = Buffer.alloc(MIB);
    for (let count; (count = await source.read(into)) > 0;)
      received.update(into.subarray(0, count));
  };
  await Promise.all([send(), receive()]);
  assert.equal(received.digest('hex'), sent.digest('hex'));
}

describe('a QUIC connection whose dialler gets another address', function () {
  this.timeout(30_000);
  let bench: QuicBench;
  let client: QuicConnection;
  let server: QuicConnection;

  beforeEach(async () => {
    bench = await QuicBench.open();
    ({ client, server } = await bench.connect());
  });
  afterEach(async () => {
    await bench.close();
  });

  async function change(): Promise<boolean> {
    return client.ownAddress!.change!();
  }

  /** Waits until the listener sends to where the dialler is. */
  async function followed(): Promise<void> {
    while (server.remote.port !== client.ownAddress!.current.port) await nextTurn();
  }

  for (const direction of ['sends', 'receives'] as const) {
    it(`goes on in the middle of a stream that it ${direction}`, async () => {
      const ends =
        direction === 'sends' ? ([client, server] as const) : ([server, client] as const);
      const addresses = new Set([server.remoteAddress]);
      const move = async (): Promise<void> => {
        assert.equal(await change(), true);
        await followed();
        addresses.add(server.remoteAddress);
      };
      const still = Array.from({ length: 10 }, () => nothing);
      await carry(ends, [still, move, still, move, still, move, still].flat());
      assert.equal(addresses.size, 4);
    });
  }

  it('tells its owner on both sides, once for each change', async () => {
    let told = 0;
    client.onPathChanged = () => told++;
    server.onPathChanged = () => told++;
    await change();
    await followed();
    const stream = await client.openStream();
    await stream.write([Buffer.from('still here')]);
    await stream.end();
    for await (const incoming of server.incoming()) {
      assert.equal(incoming.kind, 'bidirectional');
      assert.equal((await readAll(incoming.stream)).toString(), 'still here');
      break;
    }
    assert.equal(told, 2);
  });

  it('can do so as often as there are ids for it, and stays where it is after that', async () => {
    for (let changes = 1; changes < CONNECTION_IDS_MAX; changes++) {
      // Ids are given out and taken by both sides: the next change must not overtake them.
      await carry([client, server], [nothing]);
      assert.equal(await change(), true, `change ${changes}`);
      await followed();
    }
    const { current } = client.ownAddress!;
    assert.equal(await change(), false);
    assert.deepEqual(client.ownAddress!.current, current);
    await carry([client, server], [nothing]);
  });

  it('does nothing once it has ended', async () => {
    await client.close(0, 'done');
    assert.equal(await change(), false);
  });
});
