/**
 * Tries several routes to a peer, each with a head start over the next, as RFC 8305 does with addresses. The first that
 * proves a wanted identity wins; the others are given up at once.
 */
import { NodeError } from '../node-error.ts';
import type { Route, RoutedConnection } from './route.ts';

/** How long a route that is ready waits for one that is preferred and under way. */
const PREFERENCE_GRACE_MS = 50;
const SECOND_MS = 1_000;

export type RaceOptions = {
  /** Whether it is the right peer; throws when it is not, and the other routes go on. */
  readonly isRightPeer: (peerId: string) => void;
  /** Asked once, about the peer of the route that won; what it throws ends the race. */
  readonly confirmPeer: (peerId: string) => Promise<void>;
  readonly signal?: AbortSignal | undefined;
};

type RouteFailure = { readonly route: Route; readonly error: unknown };

/**
 * Resolves with the connection of the winner, which can say why its path was taken.
 * @throws the failure that says most, when all routes fail; the signal's reason; what `confirmPeer` throws
 */
export async function raceRoutes(
  routes: readonly Route[],
  options: RaceOptions,
): Promise<RoutedConnection> {
  options.signal?.throwIfAborted();
  const race = new RouteRace(routes, options);
  return await race.run();
}

type Attempt = {
  readonly route: Route;
  readonly controller: AbortController;
  /** `lost`: given up because another one had won, or the race was called off. */
  state: 'waiting' | 'running' | 'failed' | 'lost';
  startedMs: number;
  error: unknown;
};

class RouteRace {
  readonly #options: RaceOptions;
  readonly #attempts: readonly Attempt[];
  readonly #running = new Set<Promise<void>>();
  readonly #startMs = performance.now();
  #winner: Attempt | undefined;
  #wake: () => void = () => undefined;
  #outcome: RoutedConnection | undefined;
  /** What ends the race for all. */
  #verdict: { readonly error: unknown } | undefined;

  constructor(routes: readonly Route[], options: RaceOptions) {
    this.#options = options;
    this.#attempts = routes.map((route) => ({
      route,
      controller: new AbortController(),
      state: 'waiting',
      startedMs: 0,
      error: undefined,
    }));
  }

  async run(): Promise<RoutedConnection> {
    const { signal } = this.#options;
    const onAbort = (): void => {
      this.#verdict ??= { error: signal?.reason };
      this.#wake();
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      while (this.#outcome === undefined && this.#verdict === undefined) {
        this.#startDue();
        if (this.#attempts.every(({ state }) => state === 'failed')) {
          this.#verdict = { error: whatFailed(this.#failures()) };
        } else {
          await this.#untilChange();
        }
      }
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
    // The losers have been told, and close what they opened by themselves; nobody has to wait for that.
    if (this.#outcome !== undefined) return this.#outcome;
    for (const { controller } of this.#attempts) controller.abort();
    await Promise.all(this.#running);
    throw this.#verdict?.error;
  }

  #failures(): readonly RouteFailure[] {
    return this.#attempts.filter(({ state }) => state === 'failed');
  }

  /** Starts what is due: by the clock, or because nothing else is under way. */
  #startDue(): void {
    if (this.#winner !== undefined) return;
    const elapsedMs = performance.now() - this.#startMs;
    for (const attempt of this.#waiting()) {
      const isIdle = !this.#attempts.some(({ state }) => state === 'running');
      if (attempt.route.delayMs > elapsedMs && !isIdle) return;
      this.#start(attempt);
    }
  }

  #waiting(): readonly Attempt[] {
    return this.#attempts
      .filter(({ state }) => state === 'waiting')
      .sort((left, right) => left.route.delayMs - right.route.delayMs);
  }

  #start(attempt: Attempt): void {
    attempt.state = 'running';
    attempt.startedMs = performance.now();
    const task = this.#dial(attempt).finally(() => {
      this.#running.delete(task);
      this.#wake();
    });
    this.#running.add(task);
  }

  async #dial(attempt: Attempt): Promise<void> {
    const { route, controller } = attempt;
    try {
      const connection = await route.dial({
        signal: controller.signal,
        checkPeer: (peerId) => this.#claim(attempt, peerId),
      });
      const reason = this.#reasonFor(attempt);
      if (reason !== undefined) connection.explainPath(reason);
      this.#outcome = connection;
    } catch (error) {
      attempt.state = controller.signal.aborted ? 'lost' : 'failed';
      attempt.error = error;
      if (this.#winner === attempt) this.#verdict ??= { error };
    }
  }

  /** Decides whether a route whose peer has proven itself is the one. */
  async #claim(attempt: Attempt, peerId: string): Promise<void> {
    this.#options.isRightPeer(peerId);
    if (this.#isPreferredUnderWay(attempt)) await pause(PREFERENCE_GRACE_MS);
    attempt.controller.signal.throwIfAborted();
    if (this.#winner !== undefined) throw new Error('another route was faster');
    this.#winner = attempt;
    for (const other of this.#attempts) if (other !== attempt) other.controller.abort();
    await this.#options.confirmPeer(peerId);
  }

  #isPreferredUnderWay(attempt: Attempt): boolean {
    const before = this.#attempts.slice(0, this.#attempts.indexOf(attempt));
    return before.some(
      ({ state, route }) => state === 'running' && route.path !== attempt.route.path,
    );
  }

  /** Why the winner's path was taken: what became of the better ones. Undefined when there were none. */
  #reasonFor(winner: Attempt): string | undefined {
    const before = this.#attempts.slice(0, this.#attempts.indexOf(winner));
    const passed = before.find(({ route }) => route.path !== winner.route.path);
    if (passed === undefined) return undefined;
    const { means } = passed.route;
    if (passed.state === 'failed') return `${means} failed: ${messageOf(passed.error)}`;
    const seconds = (performance.now() - passed.startedMs) / SECOND_MS;
    return `no answer over ${means} in ${seconds.toFixed(1)} s`;
  }

  /** Resolves when an attempt has ended, the next is due, or the race is off. */
  async #untilChange(): Promise<void> {
    const next = this.#winner === undefined ? this.#waiting()[0] : undefined;
    const dueMs = next === undefined ? undefined : next.route.delayMs + this.#startMs;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      if (dueMs !== undefined) timer = setTimeout(resolve, Math.max(0, dueMs - performance.now()));
    });
    clearTimeout(timer);
  }
}

/** From what says least to what says most: somebody who answered says more than silence. */
const FAILURE_RANK: readonly string[] = [
  'DITS_NODE_HOST_NOT_FOUND',
  'DITS_NODE_UNREACHABLE',
  'DITS_NODE_PROTOCOL_MISMATCH',
  'DITS_NODE_REFUSED',
];

/**
 * The failure to report when all routes have failed. Who has proven to be somebody else has no say in anything more, such as
 * whether this side may come in. What is no NodeError otherwise is a mistake, or what the peer said, and comes first.
 */
function whatFailed(failures: readonly RouteFailure[]): unknown {
  const rankOf = ({ error }: RouteFailure): number => {
    if (!(error instanceof NodeError)) return FAILURE_RANK.length;
    const isSomebodyElse = error.code === 'DITS_NODE_IDENTITY_MISMATCH';
    return isSomebodyElse ? FAILURE_RANK.length + 1 : FAILURE_RANK.indexOf(error.code);
  };
  const [first] = [...failures].sort((left, right) => rankOf(right) - rankOf(left));
  const error = first?.error;
  if (!(error instanceof NodeError) || error.code !== 'DITS_NODE_UNREACHABLE') return error;
  const messages = new Set(failures.map((failure) => messageOf(failure.error)));
  if (messages.size < 2) return error;
  return new NodeError('DITS_NODE_UNREACHABLE', [...messages].join('; '), {
    cause: error,
    hint: 'Check that the node runs there and that a firewall lets UDP or TCP through.',
    details: error.details,
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
