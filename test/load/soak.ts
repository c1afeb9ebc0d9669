/**
 * A relay for a long time under churn: peers come, push, pull, give up their branches and go; whole processes of peers are killed;
 * grants end; gc runs beside the node. Its memory and its open handles must stay flat, and nothing may be lost.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { CommitId } from '../../store/index.ts';
import type { ChurnNews } from './churn-peers.ts';
import { LoadRelay } from './load-relay.ts';
import { assertNothingLost } from './nothing-lost.ts';
import { PeerGroup } from './peer-group.ts';

const SAMPLE_INTERVAL_MS = 5_000;
/** How long a process of peers lives until it is killed. */
const GENERATION_MS = 60_000;
const PEERS = 6;
const PAUSE_MS = 6_000;
/** Above anything that a push holds between two requests. */
const GC_WORDS = ['gc', '--grace-minutes', '1', '--expire-reflog'];

export type SoakSample = {
  /** Since the relay began, seconds. */
  readonly seconds: number;
  readonly residentBytes: number;
  readonly handles: number;
};

export type SoakResult = {
  readonly samples: readonly SoakSample[];
  /** Commits that the relay acknowledged, over all generations of peers. */
  readonly acknowledged: number;
  readonly killed: number;
  readonly collections: number;
  /** Share of one processor that the relay took. */
  readonly relayLoad: number;
};

export type SoakOptions = {
  readonly forMs: number;
  readonly seed: number;
  readonly log: (line: string) => void;
};

/** @throws Error when something that was acknowledged, and not given up, is not there at the end */
export async function runSoak(options: SoakOptions): Promise<SoakResult> {
  await using relay = await LoadRelay.open();
  return await new Soak(relay, options).run();
}

class Soak {
  readonly #relay: LoadRelay;
  readonly #options: SoakOptions;
  readonly #startedMs = performance.now();
  readonly #samples: SoakSample[] = [];
  /** What must be there, by branch. */
  readonly #heads = new Map<string, string>();
  #acknowledged = 0;
  #killed = 0;
  #collections = 0;
  #isOver = false;

  constructor(relay: LoadRelay, options: SoakOptions) {
    this.#relay = relay;
    this.#options = options;
  }

  async run(): Promise<SoakResult> {
    const relay = this.#relay;
    await Promise.all([this.#sample(), this.#live()]);
    const relayLoad = (relay.processorSeconds() * 1_000) / this.#elapsedMs;
    const heads = [...this.#heads].map(([branch, commit]) => ({
      branch,
      commit: commit as CommitId,
    }));
    await assertNothingLost(relay.repository, heads);
    await relay.check();
    return {
      samples: this.#samples,
      acknowledged: this.#acknowledged,
      killed: this.#killed,
      collections: this.#collections,
      relayLoad,
    };
  }

  get #elapsedMs(): number {
    return performance.now() - this.#startedMs;
  }

  async #sample(): Promise<void> {
    while (!this.#isOver) {
      const sample = {
        seconds: Math.round(this.#elapsedMs / 1_000),
        residentBytes: this.#relay.residentBytes(),
        handles: this.#relay.handleCount(),
      };
      this.#samples.push(sample);
      this.#options.log(JSON.stringify(sample));
      await delay(SAMPLE_INTERVAL_MS);
    }
  }

  async #live(): Promise<void> {
    try {
      for (let generation = 0; this.#elapsedMs < this.#options.forMs; generation++) {
        await this.#liveOnce(generation);
        await this.#relay.run(['-C', this.#relay.repository, ...GC_WORDS]);
        this.#collections++;
      }
    } finally {
      this.#isOver = true;
    }
  }

  /** A generation of peers, which is killed in the middle of what it does. */
  async #liveOnce(generation: number): Promise<void> {
    const label = `g${generation}`;
    const folder = join(this.#relay.root, label);
    const { seed, forMs } = this.#options;
    const group = await PeerGroup.start(
      {
        ...{ scenario: 'churn', address: this.#relay.at, folder, label, identities: PEERS },
        ...{ seed: seed + generation * PEERS, pauseMs: PAUSE_MS },
      },
      this.#relay.home,
    );
    group.tell();
    const listening = this.#listen(group);
    await delay(Math.min(GENERATION_MS, Math.max(0, forMs - this.#elapsedMs)));
    await group.kill();
    await listening;
    this.#killed++;
    await group.dismiss(this.#relay.home);
    await rm(folder, { recursive: true, force: true });
  }

  async #listen(group: PeerGroup): Promise<void> {
    for await (const line of group.news()) {
      const news = line as ChurnNews;
      if (news.kind === 'retiring') {
        this.#heads.delete(news.branch);
        continue;
      }
      this.#heads.set(news.branch, news.commit);
      this.#acknowledged++;
    }
  }
}
