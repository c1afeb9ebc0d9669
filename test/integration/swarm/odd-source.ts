/**
 * A node that serves one repository in an odd way, as a process of its own: `node odd-source.js HOME STORE MODE`. Its first line on
 * stdout is its address; everyone may read.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';

import { loadOrCreateIdentity, silentLogger, systemClock } from '../../../node/index.ts';
import { QuicListener } from '../../../node/quic/quic-listener.ts';
import { SwarmRegistry } from '../../../node/swarm/swarm-registry.ts';
import {
  serveConnection,
  type ByteSink,
  type Connection,
  type ServedRepository,
} from '../../../protocol/index.ts';
import { openStore, type ChunkId, type ObjectStore, type Store } from '../../../store/index.ts';

/**
 * `honest`; `once`: gives each chunk to whoever asks first, and to nobody else. `lying`: sends other bytes. `silent`: takes wants and sends
 * nothing. `crawling`: sends a byte a minute. `boasting`: announces chunks without end. `slow`: four megabytes a second.
 */
export type OddMode = 'honest' | 'once' | 'lying' | 'silent' | 'crawling' | 'boasting' | 'slow';

const MINUTE_MS = 60_000;
const SLOW_BYTES_PER_MS = 4_000;
const BOAST_PREFIXES = 8_192;
const PREFIX_BYTES = 8;
const never = new AbortController().signal;

/** As the store's objects, but for what a mode makes of chunks that are read. */
function oddObjects(store: Store, mode: OddMode): ObjectStore {
  const { objects } = store;
  let turn = Promise.resolve();
  const isChunks = async (ids: readonly string[]): Promise<boolean> => {
    const infos = await objects.info(ids as ChunkId[]);
    return infos.some((info) => info?.kind === 'chunk');
  };
  return {
    has: (ids, options) => objects.has(ids, options),
    info: (ids, options) => objects.info(ids, options),
    get: (ids, options) => objects.get(ids, options),
    list: (options) => objects.list(options),
    listIdRows: (options) => objects.listIdRows(options),
    count: () => objects.count(),
    flush: () => objects.flush(),
    put: (added, options) => objects.put(added, options),
    putRecords: (added, options) => objects.putRecords(added, options),
    getRecords: async (ids, options) => {
      const records = await objects.getRecords(ids, options);
      if (!(await isChunks(ids))) return records;
      if (mode === 'silent') await systemClock.sleep(60 * MINUTE_MS, options?.signal ?? never);
      if (mode === 'slow') {
        const bytes = records.reduce((sum, { stored }) => sum + stored.length, 0);
        // One batch after the other, however many are read ahead.
        turn = turn.then(() => systemClock.sleep(bytes / SLOW_BYTES_PER_MS, never));
        await turn;
      }
      if (mode === 'lying') for (const { stored } of records) stored[0]! ^= 1;
      return records;
    },
  };
}

function oddRepository(store: Store, mode: OddMode): ServedRepository {
  const reader = oddObjects(store, mode);
  const given = new Set<ChunkId>();
  const served = { objects: reader, refs: store.refs };
  if (mode !== 'once' && mode !== 'boasting') return served;
  return {
    ...served,
    openShelf: () => ({
      reader,
      isComplete: mode === 'once',
      sizes: async (ids, options) => {
        const infos = await reader.info(ids, options);
        return ids.map((id, at) => {
          if (given.has(id)) return undefined;
          given.add(id);
          return infos[at]?.rawSize;
        });
      },
      announcements: async function* () {
        while (mode === 'boasting') {
          await nextTurn();
          yield { prefixes: randomBytes(BOAST_PREFIXES * PREFIX_BYTES), complete: false };
        }
      },
    }),
  };
}

/** A connection whose bulk streams let a byte a minute through. */
function crawling(connection: Connection): Connection {
  const openSink = async (): Promise<ByteSink> => {
    const sink = await connection.openSink();
    const write = async (parts: readonly Uint8Array[]): Promise<void> => {
      for (const byte of Buffer.concat(parts)) {
        await sink.write([Uint8Array.of(byte)]);
        await systemClock.sleep(MINUTE_MS, never);
      }
    };
    return { write, end: () => sink.end(), reset: (code) => sink.reset(code) };
  };
  const { remotePeerId, remoteAddress, path, closed } = connection;
  return {
    ...{ remotePeerId, remoteAddress, path, closed, openSink },
    openStream: () => connection.openStream(),
    incoming: () => connection.incoming(),
    stats: () => connection.stats(),
    close: (code, reason) => connection.close(code, reason),
  };
}

async function main([home = '', folder = '', mode = 'honest']: readonly string[]): Promise<void> {
  const identity = await loadOrCreateIdentity(home);
  const store = await openStore(folder);
  const repository = oddRepository(store, mode as OddMode);
  const registry = new SwarmRegistry({
    identity,
    nowMs: () => performance.now(),
    nowSeconds: () => Math.floor(Date.now() / 1000),
    randomBelow: randomInt,
  });
  const listener = await QuicListener.open(
    {
      logger: silentLogger,
      nowMs: () => performance.now(),
      admit: () => true,
      onConnection: (quic) => {
        const connection = mode === 'crawling' ? crawling(quic) : quic;
        const host = registry.hostFor(connection, {
          authorize: () => Promise.resolve({ isGranted: true, access: 'read', repository }),
        });
        serveConnection(
          connection,
          { clock: systemClock, host, random: randomBytes },
          { software: 'odd/1' },
        );
      },
    },
    { address: { host: '127.0.0.1', port: 0 }, credentials: identity.credentials },
  );
  process.stdout.write(`dits://${identity.peerId}@127.0.0.1:${listener.address.port}/film\n`);
}

void main(process.argv.slice(2));
