/**
 * Finds other nodes on the links of this machine, and lets them find this one (docs/transport.md, "Peers nearby").
 * Nothing that is heard is believed: who a peer is, its handshake proves.
 */
import { randomInt } from 'node:crypto';
import type { HostPort } from '../address.ts';
import type { Logger } from '../logger.ts';
import {
  NAMEPLATES_MAX,
  RECORD_TTL_SECONDS,
  announcementPacket,
  asksFor,
  isNameplate,
  queryPacket,
  readSightings,
  type ReceivedPacket,
} from './announcement.ts';
import {
  openMulticastLinks,
  type MulticastLinks,
  type MulticastLinksDeps,
} from './multicast-links.ts';
import { NearTable, type NearPeer } from './near-table.ts';

/** Unasked announcements: two, a second apart, because one can get lost (RFC 6762 section 8.3). */
const ANNOUNCEMENTS = 2;
/** Time between the first two questions; doubled from one to the next (RFC 6762 section 5.2). */
const QUESTION_FIRST_INTERVAL_MS = 1_000;
/** Records stand for twice as long, so that a node which is still there is asked again before it is forgotten. */
const QUESTION_INTERVAL_MAX_MS = 60_000;
/** Answers of many nodes must not collide (RFC 6762 section 6). */
const ANSWER_DELAY_MIN_MS = 20;
const ANSWER_DELAY_MAX_MS = 120;
/** The same record is not sent again sooner, however often it is asked for (RFC 6762 section 6). */
const ANSWER_INTERVAL_MIN_MS = 1_000;
/** How long a goodbye may take to leave. */
const GOODBYE_TIMEOUT_MS = 250;
const EVERYWHERE = '0.0.0.0';

export type DiscoveryDeps = {
  readonly logger: Logger;
  /** Whether a node must not be crowded out of the table by strangers; nobody, if left out. */
  readonly isKnown?: ((peerId: string) => boolean) | undefined;
  readonly nowMs?: (() => number) | undefined;
  readonly openLinks?: ((deps: MulticastLinksDeps, host: string) => MulticastLinks) | undefined;
};

export type DiscoveryOptions = {
  /** This machine's own peer id, which is not listed. */
  readonly peerId: string;
  /** Where this node listens, with a literal address; left out to listen only, and stay unseen. */
  readonly announce?: HostPort | undefined;
};

export class Discovery {
  readonly #options: DiscoveryOptions;
  readonly #table: NearTable;
  readonly #links: MulticastLinks;
  readonly #nowMs: () => number;
  readonly #nameplates = new Set<string>();
  readonly #watchers = new Set<() => void>();
  readonly #work = new Set<Promise<void>>();
  #questionTimer: NodeJS.Timeout | undefined;
  #answerTimer: NodeJS.Timeout | undefined;
  #answeredMs = -Infinity;
  #closing: Promise<void> | undefined;

  private constructor(deps: DiscoveryDeps, options: DiscoveryOptions) {
    this.#options = options;
    this.#nowMs = deps.nowMs ?? (() => performance.now());
    const isKnown = deps.isKnown ?? (() => false);
    this.#table = new NearTable({ nowMs: this.#nowMs, isKnown });
    const openLinks = deps.openLinks ?? openMulticastLinks;
    this.#links = openLinks(
      {
        logger: deps.logger,
        onPacket: (packet, from) => {
          this.#hear(packet, from);
        },
        onChange: () => {
          this.#begin();
        },
      },
      options.announce?.host ?? EVERYWHERE,
    );
  }

  /** Begins at once, and never fails: without multicast nobody is found, and that is all. */
  static start(deps: DiscoveryDeps, options: DiscoveryOptions): Discovery {
    return new Discovery(deps, options);
  }

  /** Nodes heard of lately, the latest news first; none of them is proven to be who it says. */
  peers(): readonly NearPeer[] {
    return this.#table.peers();
  }

  get(peerId: string): NearPeer | undefined {
    return this.#table.get(peerId);
  }

  /**
   * The first node that fits, as soon as it is heard of; undefined when none has been within `timeoutMs`.
   */
  async find(
    fits: (peer: NearPeer) => boolean,
    {
      timeoutMs,
      signal,
    }: { readonly timeoutMs: number; readonly signal?: AbortSignal | undefined },
  ): Promise<NearPeer | undefined> {
    signal?.throwIfAborted();
    const look = (): NearPeer | undefined => this.peers().find(fits);
    return (
      look() ??
      (await new Promise<NearPeer | undefined>((resolve, reject) => {
        const end = (settle: () => void): void => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', onAbort);
          this.#watchers.delete(onNews);
          settle();
        };
        const onNews = (): void => {
          const found = look();
          if (found !== undefined || this.#closing !== undefined) end(() => resolve(found));
        };
        const onAbort = (): void => end(() => reject(signal?.reason as Error));
        const timer = setTimeout(() => end(() => resolve(undefined)), timeoutMs);
        signal?.addEventListener('abort', onAbort, { once: true });
        this.#watchers.add(onNews);
      }))
    );
  }

  /**
   * Announces that a pairing code with this nameplate is offered here, until what it returns is called.
   * A nameplate has 1 to 16 letters, digits or dashes; at most `NAMEPLATES_MAX` at a time.
   */
  offer(nameplate: string): () => void {
    if (!isNameplate(nameplate)) throw new RangeError(`${nameplate} is no nameplate`);
    if (this.#nameplates.size >= NAMEPLATES_MAX) throw new RangeError('too many codes are offered');
    this.#nameplates.add(nameplate);
    this.#announce(RECORD_TTL_SECONDS);
    return () => {
      const isNews = this.#nameplates.delete(nameplate) && this.#closing === undefined;
      if (isNews) this.#announce(RECORD_TTL_SECONDS);
    };
  }

  /** Says goodbye and stops. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    clearTimeout(this.#questionTimer);
    clearTimeout(this.#answerTimer);
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, GOODBYE_TIMEOUT_MS);
    });
    this.#announce(0);
    await Promise.race([Promise.all(this.#work), patience]);
    clearTimeout(timer);
    await this.#links.close();
    await Promise.all(this.#work);
    for (const onNews of [...this.#watchers]) onNews();
  }

  /** Announces and asks from the beginning: at the start, and when the links have changed. */
  #begin(): void {
    clearTimeout(this.#questionTimer);
    this.#ask(0);
  }

  #ask(round: number): void {
    if (this.#closing !== undefined) return;
    if (round < ANNOUNCEMENTS) this.#announce(RECORD_TTL_SECONDS);
    const { peerId, announce } = this.#options;
    // This node hears itself: its own name among the known ones keeps it from answering.
    const own = announce === undefined ? [] : [{ peerId, ttlSeconds: RECORD_TTL_SECONDS }];
    this.#send(this.#links.send(() => queryPacket([...own, ...this.#table.known()])));
    const intervalMs = Math.min(QUESTION_FIRST_INTERVAL_MS * 2 ** round, QUESTION_INTERVAL_MAX_MS);
    this.#questionTimer = setTimeout(() => {
      this.#ask(round + 1);
    }, intervalMs);
  }

  #announce(ttlSeconds: number): void {
    const { peerId, announce } = this.#options;
    if (announce === undefined) return;
    this.#answeredMs = this.#nowMs();
    const announcement = { peerId, port: announce.port, nameplates: [...this.#nameplates] };
    this.#send(
      this.#links.send((addresses) => announcementPacket(announcement, { addresses, ttlSeconds })),
    );
  }

  #hear(packet: ReceivedPacket, from: string): void {
    if (this.#closing !== undefined) return;
    if (this.#options.announce !== undefined && asksFor(packet, this.#options.peerId)) {
      this.#answer();
      return;
    }
    const sightings = readSightings(packet, from).filter(
      ({ peerId }) => peerId !== this.#options.peerId,
    );
    if (sightings.length === 0) return;
    for (const sighting of sightings) this.#table.note(sighting, from);
    for (const onNews of [...this.#watchers]) onNews();
  }

  /** Answers soon, once for everyone who asked meanwhile. */
  #answer(): void {
    if (this.#answerTimer !== undefined) return;
    const restMs = this.#answeredMs + ANSWER_INTERVAL_MIN_MS - this.#nowMs();
    const delayMs = randomInt(ANSWER_DELAY_MIN_MS, ANSWER_DELAY_MAX_MS + 1);
    this.#answerTimer = setTimeout(
      () => {
        this.#answerTimer = undefined;
        this.#announce(RECORD_TTL_SECONDS);
      },
      Math.max(restMs, delayMs),
    );
  }

  #send(sending: Promise<void>): void {
    const work = sending.finally(() => this.#work.delete(work));
    this.#work.add(work);
  }
}

/**
 * Listens for a while without being seen.
 * @returns everyone heard of in `timeoutMs`, or until somebody fits
 */
export async function browse(
  deps: DiscoveryDeps,
  options: {
    readonly peerId: string;
    readonly timeoutMs: number;
    readonly until?: ((peer: NearPeer) => boolean) | undefined;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<readonly NearPeer[]> {
  const { peerId, timeoutMs, until = () => false, signal } = options;
  const discovery = Discovery.start(deps, { peerId });
  try {
    await discovery.find(until, { timeoutMs, signal });
    return discovery.peers();
  } finally {
    await discovery.close();
  }
}
