/**
 * A crowd of peers in one process: `node crowd-process.js ADDRESS CONNECTIONS PEERS ASKING`. Prints a line with its peer ids, waits for a
 * line, connects, prints how long that took, and holds the connections until its input ends. As many as ASKING says ask for
 * the refs of `bench` every second; the others are idle.
 */
import { setMaxListeners } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import {
  TrustFile,
  dialPeer,
  generateIdentity,
  parsePeerAddress,
  resolveNodeSettings,
  systemClock,
  type Identity,
} from '../../../node/index.ts';
import { connectSession, type Session } from '../../../protocol/index.ts';

/** Dials at a time: a storm, but one that gets through within a dial's patience on two processors. */
const DIALS_AT_A_TIME = 64;
const DIAL_TIMEOUT_MS = 30_000;
const ASK_INTERVAL_MS = 1_000;

async function main(): Promise<void> {
  const [address = '', count = '0', peers = '1', askingCount = '0'] = process.argv.slice(2);
  const identities = Array.from({ length: Number(peers) }, () => generateIdentity());
  console.log(JSON.stringify(identities.map(({ peerId }) => peerId)));
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  await lines.next();
  const started = performance.now();
  const sessions = await connectAll(address, Number(count), identities);
  console.log(JSON.stringify({ seconds: (performance.now() - started) / 1_000 }));
  const over = new AbortController();
  setMaxListeners(sessions.length, over.signal);
  const asking = sessions
    .slice(0, Number(askingCount))
    .map((session) => keepAsking(session, over.signal));
  await lines.next();
  over.abort();
  await Promise.all(asking);
  await Promise.all(sessions.map((session) => session.close()));
}

async function connectAll(
  text: string,
  count: number,
  identities: readonly Identity[],
): Promise<readonly Session[]> {
  const address = parsePeerAddress(text);
  const home = mkdtempSync(join(tmpdir(), 'dits-crowd-'));
  const trust = new TrustFile(home, { now: () => new Date() });
  const settings = resolveNodeSettings({ bulkLanes: 'never' });
  const sessions: Session[] = [];
  let next = 0;
  const dialSome = async (): Promise<void> => {
    while (next < count) {
      const identity = identities[next++ % identities.length]!;
      const options = { settings, timeoutMs: DIAL_TIMEOUT_MS };
      const connection = await dialPeer({ identity, trust }, address, options);
      sessions.push(
        await connectSession(connection, { clock: systemClock }, { software: 'crowd' }),
      );
    }
  };
  try {
    await Promise.all(Array.from({ length: DIALS_AT_A_TIME }, dialSome));
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
  return sessions;
}

async function keepAsking(session: Session, signal: AbortSignal): Promise<void> {
  const repository = await session.openRepository('bench', { access: 'read' });
  while (!signal.aborted) {
    await repository.listRefs();
    await delay(ASK_INTERVAL_MS, undefined, { signal }).catch(() => undefined);
  }
}

await main();
