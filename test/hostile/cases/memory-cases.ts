/** Peers that make a node keep what they send, or what they asked for: hostile-inputs "reads nothing", "thousands of streams". */
import { setTimeout as delay } from 'node:timers/promises';

import type { ByteSink } from '../../../protocol/index.ts';
import type { Arena } from '../arena.ts';
import type { CaseGroup, HostileCase } from '../hostile-case.ts';
import { HANDLE, type HostilePeer } from '../hostile-peer.ts';
import { rawFrame } from '../raw-bytes.ts';

const MIB = 1024 * 1024;
const PIECE: Buffer = Buffer.alloc(MIB);
/** One below what one peer may have. */
const CONNECTIONS = 63;
/** How long a peer goes on; on loopback that is gigabytes, if the node takes them. */
const ATTACK_MS = 2_500;

/** Writes until it is told to stop, or nobody takes more. */
async function pour(sink: ByteSink, end: AbortSignal, mibMax = 16): Promise<void> {
  try {
    for (let count = 0; count < mibMax && !end.aborted; count++) await sink.write([PIECE]);
  } catch {
    // Thrown out, which is how it should end.
  }
}

async function crowd(
  arena: Arena,
  count: number,
  come: (peer: HostilePeer) => Promise<unknown> = () => Promise.resolve(),
): Promise<readonly HostilePeer[]> {
  return await Promise.all(
    Array.from({ length: count }, async () => {
      const peer = await arena.dial();
      await come(peer);
      return peer;
    }),
  );
}

/** Lets a crowd do something for a while, then looks whether somebody else is served. */
async function storm(
  arena: Arena,
  peers: readonly HostilePeer[],
  act: (peer: HostilePeer, end: AbortSignal) => Promise<unknown>,
): Promise<void> {
  const end = new AbortController();
  const acting = peers.map((peer) => act(peer, end.signal).catch(() => undefined));
  await delay(ATTACK_MS);
  const honest = await arena.dial({ as: 'home' });
  await honest.enter('film', { access: 'read' });
  await honest.isStillServed();
  end.abort();
  await Promise.all(peers.map(({ connection }) => connection.close(0, '')));
  await Promise.all(acting);
}

/** Gigabytes are offered; what a node takes of them is bounded by time as well. */
const STORM_BUDGET = { memoryBytes: 400 * MIB, cpuMs: 12_000, cpuMsPerMib: 50 } as const;

const CASES: readonly HostileCase[] = [
  {
    title: 'fills the windows of 63 connections before it says HELLO',
    budget: STORM_BUDGET,
    attack: async (arena) => {
      await storm(arena, await crowd(arena, CONNECTIONS), async (peer, end) => {
        // A byte of the HELLO, so that the node waits for the rest.
        await (await peer.stream()).write([Buffer.from('D')]);
        const streams = await Promise.all(Array.from({ length: 20 }, () => peer.stream()));
        await Promise.all(streams.map((stream) => pour(stream, end)));
      });
    },
  },
  {
    title: 'begins 60 requests of 16 MiB on each of 16 connections and finishes none',
    budget: STORM_BUDGET,
    attack: async (arena) => {
      const peers = await crowd(arena, 16, (peer) => peer.enter('film'));
      await storm(arena, peers, async (peer, end) => {
        const streams = await Promise.all(Array.from({ length: 60 }, () => peer.stream()));
        const requests = streams.map(async (stream, index) => {
          const head = { type: 'BLOOM_FILTER', requestId: 100 + index, length: 16 * MIB } as const;
          await stream.write([rawFrame(head)]);
          await pour(stream, end, 15);
        });
        await Promise.all(requests);
      });
    },
  },
  {
    title: 'talks on behind 4 requests whose answers it does not read, on 63 connections',
    budget: STORM_BUDGET,
    attack: async (arena) => {
      const peers = await crowd(arena, CONNECTIONS, (peer) => peer.enter('film'));
      await storm(arena, peers, async (peer, end) => {
        const streams = await Promise.all(
          Array.from({ length: 4 }, () => peer.startPull(arena.heads.film)),
        );
        await Promise.all(streams.map(({ channel }) => pour(channel.takeOver(), end)));
      });
    },
  },
  {
    title: 'asks for 20,000 lists and reads no answer',
    budget: STORM_BUDGET,
    attack: async (arena) => {
      const peer = await arena.enter();
      const asking = (async () => {
        for (let count = 0; count < 20_000; count++) {
          await peer.say('REF_LIST', { handle: HANDLE, after: '' });
        }
      })().catch(() => undefined);
      await Promise.race([asking, delay(ATTACK_MS)]);
      await peer.connection.close(0, '');
      await asking;
    },
  },
];

export const MEMORY_CASES: CaseGroup = { who: 'peers that are known', cases: CASES };

/** Until the last of these connections has ended, it takes the better part of a minute. */
export const LONG_CASES: CaseGroup = {
  who: 'peers that are known',
  cases: [
    {
      title: 'begins 60 requests of 1 MiB on each of 63 connections and finishes none',
      budget: STORM_BUDGET,
      attack: async (arena) => {
        const peers = await crowd(arena, CONNECTIONS, (peer) => peer.enter('film'));
        await storm(arena, peers, async (peer) => {
          const streams = await Promise.all(Array.from({ length: 60 }, () => peer.stream()));
          const requests = streams.map(async (stream, index) => {
            const head = { type: 'SYNC_REQUEST', requestId: 100 + index, length: MIB } as const;
            await stream.write([rawFrame(head)]);
            await stream.write([PIECE.subarray(1)]);
          });
          await Promise.all(requests);
        });
      },
    },
    {
      title: 'begins two batches of 16 MiB on each transfer of 30 connections and finishes none',
      budget: STORM_BUDGET,
      attack: async (arena) => {
        const peers = await crowd(arena, 30, (peer) => peer.enter('film'));
        await storm(arena, peers, async (peer, end) => {
          for (let transfer = 0; transfer < 4; transfer++) {
            const { requestId, sink } = await peer.startPush();
            const head = { type: 'CHUNK_UPLOAD', requestId, length: 16 * MIB - 4_096 } as const;
            const sinks = [sink, await peer.sink()];
            for (const one of sinks) {
              await one.write([rawFrame(head)]);
              void pour(one, end, 15);
            }
          }
        });
      },
    },
  ],
};
