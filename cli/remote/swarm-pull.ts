/**
 * A pull from every source that can be reached (docs/adr/0015-many-sources.md): what is not a chunk comes from the remote, the chunks
 * come from the remote, from other repositories that the user has, and from whoever fetches the same at the time.
 */
import { randomBytes } from 'node:crypto';

import {
  SwarmNeighbours,
  loadOrCreateIdentity,
  silentLogger,
  type MemberEnd,
  type Neighbour,
  type NodeSettings,
  type Seed,
  type TrustFile,
} from '../../node/index.ts';
import {
  SOURCES_MAX,
  SwarmFetch,
  listChunks,
  sumReports,
  type ChunkList,
  type PullOptions,
  type SwarmReport,
  type SyncReport,
} from '../../protocol/index.ts';
import { DitsError } from '../../store/index.ts';
import type { CommandContext } from '../command-context.ts';
import type { DiskRepository } from '../open-repository.ts';
import { createStderrLogger } from '../stderr-logger.ts';
import {
  extraAddresses,
  openExtraSource,
  type ExtraAddress,
  type SourceChoice,
} from './extra-sources.ts';
import type { RemoteLink } from './remote-link.ts';
import { pull } from './resumed-transfer.ts';
import type { SourceTally } from './source-tally.ts';
import { isAtFault, placeOf } from './source-tally.ts';
import { systemClock } from './system-clock.ts';

const MIB = 1024 * 1024;
/** What is missing of a fetch that is worth finding others for: some seconds on a line of 100 Mbit/s. */
const SWARM_MIN_BYTES: number = 64 * MIB;

export type SwarmPullDeps = {
  readonly context: CommandContext;
  readonly repository: DiskRepository;
  readonly link: RemoteLink;
  readonly settings: NodeSettings;
  readonly trust: TrustFile;
  readonly tally: SourceTally;
};

export type SwarmPulled = {
  readonly report: SyncReport;
  /** As in `Brought`. */
  readonly leave: () => Promise<number>;
};

/** Brings what the wants lead to. `store`, `wants` and `haves` as in any pull. */
export async function pullFromMany(
  deps: SwarmPullDeps,
  choice: SourceChoice,
  options: PullOptions,
): Promise<SwarmPulled> {
  const { link, tally } = deps;
  const { store, wants, haves, signal } = options;
  const structure = await pull(link, { ...options, structureOnly: true });
  tally.pulled(placeOf(link), structure);
  const chunks = await listChunks(store, { wants, haves }, { signal });
  if (chunks.missingCount === 0) {
    const nothing = new SwarmFetch({ store, clock: systemClock, random }, { wants, chunks });
    const { sync } = await nothing.run();
    return { report: sumReports([structure, sync]), leave: () => Promise.resolve(0) };
  }
  const gathering = new Gathering(deps, choice, { options, chunks });
  const { sync } = await gathering.run();
  return { report: sumReports([structure, sync]), leave: () => gathering.leave() };
}

type Gathered = { readonly options: PullOptions; readonly chunks: ChunkList };

/** One fetch of chunks, and everybody who is asked for them. */
class Gathering {
  readonly #deps: SwarmPullDeps;
  readonly #choice: SourceChoice;
  readonly #fetch: SwarmFetch;
  readonly #isBig: boolean;
  /** Ends the search for sources. */
  readonly #over = new AbortController();
  readonly #tasks: Promise<void>[] = [];
  /** Links to those who have everything and are there. */
  readonly #whole = new Set<RemoteLink>();
  #neighbours: SwarmNeighbours | undefined;
  #leaving: Promise<number> | undefined;
  #failure: unknown;
  #extraBytes = 0;

  constructor(deps: SwarmPullDeps, choice: SourceChoice, { options, chunks }: Gathered) {
    const { store, wants, signal, onProgress } = options;
    const { swarm } = deps.settings;
    this.#deps = deps;
    this.#choice = choice;
    this.#isBig =
      swarm === 'always' || (swarm === 'auto' && chunks.missingBytes >= SWARM_MIN_BYTES);
    this.#fetch = new SwarmFetch(
      { store, clock: systemClock, random },
      { wants, chunks, signal, onProgress },
    );
  }

  /** @throws what the remote's link failed with, when nobody else could give what is missing */
  async run(): Promise<SwarmReport> {
    const { link, repository } = this.#deps;
    try {
      this.#tasks.push(this.#useRemote());
      if (this.#isBig) await this.#openNeighbours();
      this.#seekAt(link);
      for (const extra of extraAddresses(repository, this.#choice)) {
        if (extra.isNamed || this.#isBig) this.#tasks.push(this.#useExtra(extra));
      }
      return await this.#fetch.run();
    } catch (error) {
      await this.#end();
      this.#deps.context.signal.throwIfAborted();
      throw this.#failure ?? error;
    }
  }

  /** When nobody else is known to have everything, those who still take from here may do so for a while. */
  leave(): Promise<number> {
    this.#leaving ??= this.#leave();
    return this.#leaving;
  }

  async #leave(): Promise<number> {
    const { context } = this.#deps;
    this.#over.abort(new Error('the fetch is over'));
    try {
      if (this.#whole.size === 0) {
        context.progress({ phase: 'giving to others' });
        await this.#neighbours?.linger(context.signal);
      }
    } finally {
      await this.#end();
    }
    return this.#extraBytes + (this.#neighbours?.wireBytes ?? 0);
  }

  async #end(): Promise<void> {
    this.#over.abort(new Error('the fetch is over'));
    await this.#neighbours?.close();
    await Promise.all(this.#tasks);
  }

  /** The remote itself, as often as it is lost and found again. */
  async #useRemote(): Promise<void> {
    const done = this.#fetch.expectSources();
    try {
      await this.#use(this.#deps.link);
    } catch (error) {
      this.#failure = error;
    } finally {
      done();
    }
  }

  async #useExtra(extra: ExtraAddress): Promise<void> {
    const { context, link } = this.#deps;
    const signal = AbortSignal.any([context.signal, this.#over.signal]);
    const done = this.#fetch.expectSources();
    let other: RemoteLink | undefined;
    try {
      other = await openExtraSource({ ...context, signal }, extra, {
        ...this.#choice,
        limits: link.limits,
      });
      const isNew = other?.peerId === undefined || other.peerId !== link.peerId;
      if (other === undefined || !isNew) return;
      this.#seekAt(other);
      await this.#use(other);
    } catch (error) {
      if (!signal.aborted && !(error instanceof DitsError)) throw error;
    } finally {
      done();
      await other?.close();
      this.#extraBytes += other?.wireBytes() ?? 0;
    }
  }

  /** Asks what a link leads to, until nothing more comes from there. @throws why that is so, when it is a failure */
  async #use(link: RemoteLink): Promise<void> {
    const { tally } = this.#deps;
    const asking = link.keepUp(async (repository) => {
      if (this.#fetch.sourceCount >= SOURCES_MAX) return;
      const place = placeOf(link);
      this.#whole.add(link);
      const report = await this.#fetch.add(repository);
      tally.gave(place, report, true);
      if (report.dropped !== null) this.#whole.delete(link);
      if (report.dropped?.reason === 'lost') throw report.dropped.error;
    });
    await unlessOver(asking, this.#over.signal);
  }

  async #openNeighbours(): Promise<void> {
    const { context, settings, trust, link } = this.#deps;
    // Members listen over QUIC alone, and a folder of this machine brings nobody together.
    if (settings.transports === 'tcp' || link.peerId === undefined) return;
    const { isVerbose } = context.output.options;
    const logger = isVerbose ? createStderrLogger(context.output, () => new Date()) : silentLogger;
    const identity = await loadOrCreateIdentity(context.home);
    const shared = { ...this.#fetch.share.repository, isFeedOnly: true } as const;
    const { limits } = link;
    const deps = { identity, trust, clock: systemClock, logger, shared, limits };
    try {
      this.#neighbours = await SwarmNeighbours.open(
        { ...deps, onNeighbour: (neighbour) => this.#useNeighbour(neighbour) },
        { settings, software: `dits/${context.version}` },
      );
    } catch (error) {
      if (!(error instanceof DitsError)) throw error;
      // Whoever cannot listen fetches alone, as ever.
      logger.info('swarm.no-listener', { reason: error.message });
    }
  }

  async #useNeighbour({ repository, ...place }: Neighbour): Promise<MemberEnd> {
    if (this.#fetch.sourceCount >= SOURCES_MAX) return 'again';
    const report = await this.#fetch.add(repository);
    this.#deps.tally.gave(place, report, false);
    return isAtFault(report) ? 'never' : 'again';
  }

  /** Finds those who fetch from the same peer. */
  #seekAt(link: RemoteLink): void {
    const { peerId } = link;
    const neighbours = this.#neighbours;
    if (neighbours === undefined || peerId === undefined) return;
    const join: Seed['join'] = (port, signal) => link.repository.joinSwarm(port, { signal });
    this.#tasks.push(
      neighbours.seek({ peerId, repository: link.repository.name, join }, this.#over.signal),
    );
  }
}

/** What `work` comes to; when the signal fires first, its end is left to whoever owns what it works on. */
async function unlessOver(work: Promise<void>, signal: AbortSignal): Promise<void> {
  let stop = (): void => undefined;
  const over = new Promise<void>((resolve) => {
    stop = resolve;
  });
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    await Promise.race([work, over]);
  } finally {
    signal.removeEventListener('abort', stop);
    work.catch(() => undefined);
  }
}

function random(bytes: number): Uint8Array {
  return randomBytes(bytes);
}
