import { randomBytes } from 'node:crypto';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SampleRepository, SeededRandom } from '../../simulations/index.ts';
import { branchRef, type ObjectId } from '../../store/index.ts';
import { ProtocolError, createMemoryPair, type MemoryLink } from '../../protocol/index.ts';
import { connectSession, serveConnection } from '../../protocol/index.ts';
import { ManualClock } from './support/manual-clock.ts';
import { openHost } from './support/session-pair.ts';

const MAIN = branchRef('main');
const KIB = 1024;
/** Packets that a whole transfer of the sample takes, about: breaks fall between none and a bit past them. */
const PACKETS_MAX = 60;

/** A link that loses exactly one packet: the n-th of both directions together. */
function breakingAt(packet: number): MemoryLink {
  let count = 0;
  return {
    transmit: () => (++count === packet ? Promise.resolve('lost' as const) : undefined),
  };
}

type Attempt = { readonly transferred: number | undefined; readonly isBroken: boolean };

async function attempt(
  direction: 'push' | 'pull',
  client: SampleRepository,
  server: SampleRepository,
  link: MemoryLink | undefined,
): Promise<Attempt> {
  const clock = new ManualClock();
  const { dialler, acceptor } = createMemoryPair({ link });
  const host = openHost({ repo: server });
  const served = serveConnection(acceptor, { clock, host, random: randomBytes }, { software: 's' });
  const result = await (async (): Promise<Attempt> => {
    try {
      const session = await connectSession(dialler, { clock }, { software: 'c' });
      try {
        const opened = await session.openRepository('repo', { access: 'write' });
        const source = direction === 'push' ? client : server;
        const wants = [(await source.refs.get(MAIN))!];
        const options = { store: client.objects, wants, haves: [] as ObjectId[] };
        const report = await opened[direction](options);
        return { transferred: report.objects.transferred, isBroken: false };
      } finally {
        await session.close();
      }
    } catch (error) {
      assert.ok(error instanceof ProtocolError, String(error));
      assert.equal(error.code, 'DITS_PROTOCOL_CONNECTION_LOST', error.message);
      return { transferred: undefined, isBroken: true };
    }
  })();
  await served.done.catch(() => undefined);
  assert.equal(clock.sleeping, 0, 'a timer was left behind');
  return result;
}

describe('a transfer that is interrupted', () => {
  for (const direction of ['push', 'pull'] as const) {
    it(`goes on where it stopped, wherever the link broke (${direction})`, async () => {
      const source = new SampleRepository();
      const random = new SeededRandom(21);
      const big = random.bytes(1500 * KIB);
      await source.commit({ big, small: random.bytes(10 * KIB) });
      big.fill(1, 0, 50 * KIB);
      await source.commit({ big, small: random.bytes(10 * KIB) });
      const total = (await source.ids()).size;
      const breaks = fc.array(fc.integer({ min: 1, max: PACKETS_MAX }), {
        minLength: 1,
        maxLength: 4,
      });
      await fc.assert(
        fc.asyncProperty(breaks, async (packets) => {
          const sink = new SampleRepository();
          const [client, server] = direction === 'push' ? [source, sink] : [sink, source];
          for (const packet of packets) {
            const before = (await sink.ids()).size;
            const { transferred, isBroken } = await attempt(
              direction,
              client,
              server,
              breakingAt(packet),
            );
            if (isBroken) continue;
            // What had arrived before was not sent again.
            assert.equal(transferred, before === total ? 0 : total - before);
          }
          const before = (await sink.ids()).size;
          const last = await attempt(direction, client, server, undefined);
          assert.equal(last.transferred, total - before);
          assert.deepEqual(await sink.ids(), await source.ids());
        }),
        { numRuns: 40, seed: 4433 },
      );
    }).timeout(60_000);
  }
});
