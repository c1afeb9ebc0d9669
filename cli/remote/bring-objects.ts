/** Brings what a fetch lacks: from the remote alone, or from every source that can be reached. */
import type { PullOptions, SyncReport } from '../../protocol/index.ts';
import type { CommandContext } from '../command-context.ts';
import type { DiskRepository } from '../open-repository.ts';
import type { SourceChoice } from './extra-sources.ts';
import type { RemoteLink } from './remote-link.ts';
import { pull } from './resumed-transfer.ts';
import { SourceTally, placeOf } from './source-tally.ts';
import type { SourceReport } from './transfer-report.ts';

export type Bringing = {
  readonly repository: DiskRepository;
  readonly link: RemoteLink;
  readonly choice: SourceChoice;
};

export type Brought = {
  readonly report: SyncReport;
  readonly sources: readonly SourceReport[];
  /**
   * Ends what was left open for others. Resolves with the bytes that crossed other links than the remote's, both ways.
   * Idempotent.
   */
  readonly leave: () => Promise<number>;
};

/**
 * Objects that the remote must hold more than we do for a fetch to count as a big one: chunks have at most 2 MiB, so that the least
 * that is worth finding others for has as many.
 */
const BIG_FETCH_OBJECTS_MIN = 32;

/** As a pull of the same. */
export async function bringObjects(
  context: CommandContext,
  bringing: Bringing,
  options: PullOptions,
): Promise<Brought> {
  const { repository, link, choice } = bringing;
  const isLocal = link.peerId === undefined;
  if (isLocal && choice.named.length === 0) {
    return bringFrom(link, new SourceTally(context, () => undefined), options);
  }
  const { TrustFile } = await import('../../node/index.ts');
  const { readNodeSettings } = await import('../node-settings.ts');
  const settings = await readNodeSettings(context);
  const trust = new TrustFile(context.home, { now: () => new Date() });
  const book = await trust.read();
  const tally = new SourceTally(context, (peerId) => book.get(peerId)?.name);
  const objectCount = await repository.store.objects.count();
  const isMuch = link.repository.objectCount - objectCount >= BIG_FETCH_OBJECTS_MIN;
  const isTogether = settings.swarm === 'always' || (settings.swarm === 'auto' && isMuch);
  if (choice.named.length === 0 && !isTogether) return bringFrom(link, tally, options);
  const { pullFromMany } = await import('./swarm-pull.ts');
  const deps = { context, repository, link, settings, trust, tally };
  const { report, leave } = await pullFromMany(deps, choice, options);
  return { report, sources: tally.reports, leave };
}

async function bringFrom(
  link: RemoteLink,
  tally: SourceTally,
  options: PullOptions,
): Promise<Brought> {
  const report = await pull(link, options);
  tally.pulled(placeOf(link), report);
  return { report, sources: tally.reports, leave: () => Promise.resolve(0) };
}
