/**
 * Run on a host of its own: `ask-while-busy HOME ADDRESS LANES BYTES` asks for refs again and again, first on a quiet connection,
 * then while this very connection sends bulk as fast as the link is. Prints the round trips as JSON.
 */
import { setTimeout as delay } from 'node:timers/promises';
import {
  TrustFile,
  dialPeer,
  loadOrCreateIdentity,
  parsePeerAddress,
  resolveNodeSettings,
  systemClock,
} from '../../../node/index.ts';
import { connectSession, type RemoteRepository } from '../../../protocol/index.ts';
import { SampleRepository, SeededRandom } from '../../../simulations/index.ts';
import { branchRef } from '../../../store/index.ts';

const QUESTIONS_IDLE = 20;
/** Between two questions: people do not ask faster. */
const PAUSE_MS = 25;

async function ask(remote: RemoteRepository): Promise<number> {
  const startedMs = performance.now();
  await remote.listRefs();
  return performance.now() - startedMs;
}

async function main([home, where, bulkLanes, bytes]: readonly string[]): Promise<void> {
  const address = parsePeerAddress(where!);
  const settings = resolveNodeSettings({ bulkLanes });
  const identity = await loadOrCreateIdentity(home!);
  const trust = new TrustFile(home!, { now: () => new Date() });
  const local = new SampleRepository();
  await local.commit({ clip: new SeededRandom(1).bytes(Number(bytes)) });
  const target = (await local.refs.get(branchRef('main')))!;
  const connection = await dialPeer({ identity, trust }, address, { settings });
  const session = await connectSession(connection, { clock: systemClock }, { software: 'bench' });
  const remote = await session.openRepository(address.repository, {
    access: 'write',
    create: true,
  });
  await remote.listRefs();
  const idleMs: number[] = [];
  for (let count = 0; count < QUESTIONS_IDLE; count++) idleMs.push(await ask(remote));
  let isOver = false;
  const pushing = remote
    .push({ store: local.objects, wants: [target], haves: [] })
    .finally(() => (isOver = true));
  const hasEnded = (): boolean => isOver;
  const busyMs: number[] = [];
  while (!hasEnded()) {
    busyMs.push(await ask(remote));
    await delay(PAUSE_MS);
  }
  await pushing;
  await session.close();
  process.stdout.write(JSON.stringify({ idleMs, busyMs }));
}

await main(process.argv.slice(2));
