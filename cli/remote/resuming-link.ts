/**
 * A link that outlives its connections: when one is lost under a piece of work, another one is made to the same peer, the
 * repository is opened again, and the work goes on with what is missing.
 */
import { DitsError } from '../../store/index.ts';
import {
  ProtocolError,
  type Clock,
  type LinkPath,
  type RemoteRepository,
  type Session,
} from '../../protocol/index.ts';
import { isLoss, isPassing, Repetitions, RetryDelays } from './reconnect-policy.ts';
import type { ConnectionLimits, RemoteLink, RepeatableWork } from './remote-link.ts';

/** A connection with the repository opened on it. */
export type OpenedPath = {
  readonly session: Session;
  readonly repository: RemoteRepository;
  readonly path: LinkPath;
  /** Why this path was taken; undefined when it was the first choice. */
  readonly pathReason?: string | undefined;
  /** Looks after the path while work is going on over it. */
  readonly watch?: PathGuard | undefined;
  /** Where the connection leads. */
  readonly remoteAddress: string;
};

/** Ends the connection of a path that it finds dead, which repeats the work on another one. */
interface PathGuard {
  /** Watches until the function that is returned is called. */
  hold(): () => void;
  close(): Promise<void>;
}

/** What happened to the path, for people. */
export type PathEvent =
  | { readonly kind: 'lost'; readonly reason: string }
  | { readonly kind: 'not-yet'; readonly reason: string }
  | { readonly kind: 'repeated'; readonly reason: string }
  | { readonly kind: 'regained'; readonly path: LinkPath; readonly elapsedMs: number };

export type ResumingLinkDeps = {
  readonly clock: Clock;
  /** From 0 to 1, for jitter. */
  readonly random: () => number;
  /** Connects to the same peer, proven by its identity, and opens the repository. */
  readonly reopen: (signal: AbortSignal) => Promise<OpenedPath>;
  readonly onEvent: (event: PathEvent) => void;
  /** What the connections are held to. */
  readonly limits?: ConnectionLimits | undefined;
  /** Called once the link is closed. */
  readonly onClose?: (() => Promise<void>) | undefined;
};

export type ResumingLinkOptions = {
  /** How long a lost peer is tried, in milliseconds; 0 gives up at once. */
  readonly patienceMs: number;
  readonly signal: AbortSignal;
};

export class ResumingLink implements RemoteLink {
  readonly #deps: ResumingLinkDeps;
  readonly #options: ResumingLinkOptions;
  #current: OpenedPath;
  #isCurrentOver = false;
  #reopening: Promise<void> | undefined;
  #pastBytes = 0;
  #reconnectCount = 0;
  /** Ends the tries to reach the peer again. */
  readonly #closing = new AbortController();

  constructor(first: OpenedPath, deps: ResumingLinkDeps, options: ResumingLinkOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#current = first;
    this.#watch(first);
  }

  get peerId(): string {
    return this.#current.session.remotePeerId;
  }

  get repository(): RemoteRepository {
    return this.#current.repository;
  }

  get path(): LinkPath {
    return this.#current.path;
  }

  get pathReason(): string | undefined {
    return this.#current.pathReason;
  }

  get limits(): ConnectionLimits | undefined {
    return this.#deps.limits;
  }

  get address(): string {
    return this.#current.remoteAddress;
  }

  get reconnectCount(): number {
    return this.#reconnectCount;
  }

  wireBytes(): number {
    const { bytesSent, bytesReceived } = this.#current.session.stats();
    return this.#pastBytes + bytesSent + bytesReceived;
  }

  /**
   * @throws what `work` throws, unless the path failed under it; then that failure, once the peer could not be reached
   *   again in time, or what the peer said when it was
   */
  async keepUp<T>(work: RepeatableWork<T>): Promise<T> {
    const repetitions = new Repetitions();
    for (let repetition = 0; ; repetition++) {
      const bytesBefore = this.wireBytes();
      const release = this.#current.watch?.hold();
      try {
        return await work(this.repository, repetition);
      } catch (error) {
        this.#options.signal.throwIfAborted();
        const bytesMoved = this.wireBytes() - bytesBefore;
        if (!this.#mayRepeat(error) || !repetitions.mayGoOn(bytesMoved)) throw error;
        release?.();
        await this.#regain(error);
      } finally {
        release?.();
      }
    }
  }

  async close(): Promise<void> {
    this.#closing.abort(new Error('the link was closed'));
    // Whoever works over the link hears why its reopening ended.
    await this.#reopening?.catch(() => undefined);
    await this.#current.watch?.close();
    await this.#current.session.close();
    await this.#deps.onClose?.();
  }

  #mayRepeat(error: unknown): boolean {
    return isLoss(error) && this.#options.patienceMs > 0 && !this.#closing.signal.aborted;
  }

  /** A connection that works. Pieces of work that lost the same one share the next. */
  async #regain(loss: unknown): Promise<void> {
    // A loss is heard of in pieces: let the connection's own end be known before it is judged.
    await this.#deps.clock.sleep(0, this.#options.signal);
    const isLost = loss instanceof DitsError && loss.code === 'DITS_PROTOCOL_CONNECTION_LOST';
    if (!isLost && !this.#isCurrentOver && this.#reopening === undefined) {
      this.#deps.onEvent({ kind: 'repeated', reason: messageOf(loss) });
      return;
    }
    this.#reopening ??= this.#reopen(loss).finally(() => {
      this.#reopening = undefined;
    });
    await this.#reopening;
  }

  async #reopen(loss: unknown): Promise<void> {
    const { clock, onEvent, reopen, random } = this.#deps;
    const { patienceMs } = this.#options;
    const signal = AbortSignal.any([this.#options.signal, this.#closing.signal]);
    onEvent({ kind: 'lost', reason: messageOf(loss) });
    const startMs = clock.now();
    await this.#current.session.close();
    const delays = new RetryDelays(random);
    for (;;) {
      let failure: unknown;
      const leftMs = Math.max(0, Math.ceil(patienceMs - (clock.now() - startMs)));
      const patience = AbortSignal.timeout(leftMs);
      try {
        this.#enter(await reopen(AbortSignal.any([signal, patience])));
        onEvent({ kind: 'regained', path: this.path, elapsedMs: clock.now() - startMs });
        return;
      } catch (error) {
        signal.throwIfAborted();
        if (!patience.aborted && !isPassing(error)) throw error;
        failure = error;
      }
      onEvent({ kind: 'not-yet', reason: messageOf(failure) });
      const delayMs = delays.next();
      if (clock.now() - startMs + delayMs >= patienceMs) throw goneForGood(loss, patienceMs);
      await clock.sleep(delayMs, signal);
    }
  }

  #enter(opened: OpenedPath): void {
    this.#pastBytes = this.wireBytes();
    this.#current = opened;
    this.#isCurrentOver = false;
    this.#reconnectCount++;
    this.#watch(opened);
  }

  #watch(opened: OpenedPath): void {
    void opened.session.closed.then(() => {
      if (this.#current === opened) this.#isCurrentOver = true;
    });
  }
}

function goneForGood(loss: unknown, patienceMs: number): ProtocolError {
  const seconds = Math.ceil(patienceMs / 1000);
  return new ProtocolError(
    'DITS_PROTOCOL_CONNECTION_LOST',
    `${messageOf(loss)}; it could not be reached again within ${seconds} s`,
    {
      hint: 'run it again when the peer can be reached: what arrived is kept',
      cause: loss,
      details: loss instanceof DitsError ? loss.details : {},
    },
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
