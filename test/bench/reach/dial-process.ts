/**
 * Dials once in a process of its own, as a command does, with the identity of `DITS_HOME`: `node dial-process.js ADDRESS`.
 * Prints how long it took and how the peer was reached, as one line of JSON.
 */
import {
  TrustFile,
  dialPeer,
  loadOrCreateIdentity,
  parsePeerAddress,
  resolveNodeSettings,
} from '../../../node/index.ts';

export type DialResult = {
  readonly path: string;
  readonly reason: string | undefined;
  /** From the call until the connection is there; packages that are loaded on the way included. */
  readonly elapsedMs: number;
};

async function main(): Promise<void> {
  const home = process.env['DITS_HOME'] ?? '';
  const identity = await loadOrCreateIdentity(home);
  const trust = new TrustFile(home, { now: () => new Date() });
  const address = parsePeerAddress(process.argv[2] ?? '');
  const settings = resolveNodeSettings();
  const startedMs = performance.now();
  const connection = await dialPeer({ identity, trust }, address, { settings });
  const elapsedMs = performance.now() - startedMs;
  const result: DialResult = { path: connection.path, reason: connection.pathReason, elapsedMs };
  console.log(JSON.stringify(result));
  await connection.close(0, '');
}

await main();
