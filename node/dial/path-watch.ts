/**
 * Watches the path under a connection while work is going on. A path that has gone silent is not dead yet: the peer may be
 * busy for seconds. It is given up when the same peer has answered another connection meanwhile, and still nothing came on
 * the old one (docs/adr/0017-going-on.md).
 */
import type { Clock, Connection } from '../../protocol/index.ts';
import { DitsError } from '../../store/index.ts';
import { CLOSE_CODE } from '../close-codes.ts';
import { systemAddresses, type OwnAddresses } from './own-addresses.ts';
import type { OwnAddress, PathControl } from './path-control.ts';

/** Between two looks at a path. */
const LOOK_INTERVAL_MS = 250;
/** A look that comes later than this was held up by this very process, which then cannot tell silence from its own deafness. */
const LOOK_LATE_MS: number = 2 * LOOK_INTERVAL_MS;
/** Silence after which the peer is asked for a sign of life, and the system for another address. */
const SILENCE_PROBE_MS = 500;
/** Silence after which another connection is tried; the answer to the question would have come within three round trips. */
const SILENCE_MAX_MS = 1_500;
const SILENCE_ROUND_TRIPS = 3;
/** How long a new address may take to bring an answer before another connection is tried. */
const MOVE_MAX_MS = 1_000;
/** Time that the old path has to say something once the peer has answered elsewhere: the same process answers both. */
const PROOF_MS = 300;
/** Between two tries to reach the peer elsewhere. */
const REDIAL_PAUSE_MS = 2_000;

/** What the watch found, for logs and people. */
export type PathFinding =
  | { readonly kind: 'moved'; readonly from: string; readonly to: string }
  | { readonly kind: 'dead'; readonly silentMs: number }
  | { readonly kind: 'not-elsewhere'; readonly reason: string };

export type PathWatchDeps = {
  readonly path: PathControl;
  readonly clock: Clock;
  /** Those of this machine unless a test says otherwise. */
  readonly addresses?: OwnAddresses | undefined;
  /** Reaches the same peer anew, on whichever path answers first. */
  readonly redial: (signal: AbortSignal) => Promise<Connection>;
  readonly onFinding: (finding: PathFinding) => void;
};

export class PathWatch {
  readonly #deps: PathWatchDeps;
  readonly #addresses: OwnAddresses;
  readonly #closing = new AbortController();
  #holders = 0;
  #watching: { readonly over: AbortController; readonly done: Promise<void> } | undefined;
  #lookedMs = 0;
  #heardBytes = 0;
  #silentMs = 0;
  /** The address in use was among those that the system tells of; on some machines it never is. */
  #isAddressSeen = false;
  #following: Promise<void> | undefined;
  #dialling: Promise<void> | undefined;
  #nextRedialMs = 0;
  #spare: Connection | undefined;

  constructor(deps: PathWatchDeps) {
    this.#deps = deps;
    this.#addresses = deps.addresses ?? systemAddresses;
  }

  /** Watches until the function that is returned is called. Several may want that at once. */
  hold(): () => void {
    if (this.#holders++ === 0 && !this.#closing.signal.aborted) {
      const over = new AbortController();
      this.#watching = { over, done: this.#watch(over.signal) };
    }
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      if (--this.#holders === 0) this.#watching?.over.abort();
    };
  }

  /** The connection that proved the path dead, good for one use. */
  takeSpare(): Connection | undefined {
    const spare = this.#spare;
    this.#spare = undefined;
    return spare;
  }

  /** Stops for good, and closes what was opened for nothing. Idempotent. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#watching?.over.abort();
    await this.#watching?.done;
    await Promise.all([this.#following, this.#dialling]);
    await this.takeSpare()?.close(CLOSE_CODE.normal, 'not needed');
  }

  async #watch(signal: AbortSignal): Promise<void> {
    this.#lookedMs = this.#deps.clock.now();
    this.#heardBytes = this.#deps.path.heardBytes();
    this.#silentMs = 0;
    this.#noteAddress();
    while (await this.#isDelayed(LOOK_INTERVAL_MS, signal)) this.#look();
  }

  /** Waits; false when that was called off. */
  async #isDelayed(ms: number, signal: AbortSignal): Promise<boolean> {
    try {
      await this.#deps.clock.sleep(ms, signal);
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      throw error;
    }
  }

  #look(): void {
    const nowMs = this.#deps.clock.now();
    const elapsedMs = nowMs - this.#lookedMs;
    this.#lookedMs = nowMs;
    const { path } = this.#deps;
    const heardBytes = path.heardBytes();
    if (heardBytes !== this.#heardBytes) {
      this.#heardBytes = heardBytes;
      this.#silentMs = 0;
      return;
    }
    // What came meanwhile is read after the timers have run.
    if (elapsedMs > LOOK_LATE_MS) return;
    this.#silentMs += elapsedMs;
    if (this.#silentMs >= SILENCE_PROBE_MS) path.probe();
    this.#following ??= this.#follow().finally(() => {
      this.#following = undefined;
    });
    this.#dialling ??= this.#dialWhenDue().finally(() => {
      this.#dialling = undefined;
    });
  }

  /** Takes the connection along when this machine has another address. */
  async #follow(): Promise<void> {
    const { ownAddress } = this.#deps.path;
    if (ownAddress === undefined || !(await this.#isElsewhere(ownAddress))) return;
    if (ownAddress.change === undefined) {
      this.#deps.path.abandon('this machine has another address');
      return;
    }
    const from = ownAddress.current.host;
    // There may be no way out yet, or no further change for this connection.
    if (!(await ownAddress.change())) return;
    this.#noteAddress();
    this.#deps.onFinding({ kind: 'moved', from, to: ownAddress.current.host });
    this.#silentMs = SILENCE_MAX_MS - MOVE_MAX_MS;
  }

  /** Whether packets would leave from another address of this machine now. */
  async #isElsewhere({ current, remote, change }: OwnAddress): Promise<boolean> {
    if (this.#isAddressSeen && !this.#addresses.has(current.host)) return true;
    // A connection that cannot move is not given up for a better address.
    if (this.#silentMs < SILENCE_PROBE_MS || change === undefined) return false;
    const source = await this.#addresses.sourceTo(remote);
    return source !== undefined && source !== current.host;
  }

  #noteAddress(): void {
    const { ownAddress } = this.#deps.path;
    this.#isAddressSeen = ownAddress !== undefined && this.#addresses.has(ownAddress.current.host);
  }

  async #dialWhenDue(): Promise<void> {
    const { clock, path } = this.#deps;
    const roundTripsMs = SILENCE_ROUND_TRIPS * path.roundTripMs;
    const silenceMaxMs = path.silenceMaxMs ?? Math.max(SILENCE_MAX_MS, roundTripsMs);
    if (this.#silentMs < silenceMaxMs || clock.now() < this.#nextRedialMs) return;
    const remote = path.ownAddress?.remote;
    const hasWay = remote === undefined || (await this.#addresses.sourceTo(remote)) !== undefined;
    if (hasWay && this.#spare === undefined) await this.#tryElsewhere();
  }

  /** Reaches the peer on another connection. If that works, and the old one stays silent, the old one is dead. */
  async #tryElsewhere(): Promise<void> {
    const { path, redial, onFinding } = this.#deps;
    const { signal } = this.#closing;
    const heardBefore = path.heardBytes();
    try {
      const fresh = await redial(signal);
      const isProven = await this.#isDelayed(PROOF_MS, signal);
      if (!isProven || this.#holders === 0 || path.heardBytes() !== heardBefore) {
        await fresh.close(CLOSE_CODE.normal, 'not needed');
        return;
      }
      this.#spare = fresh;
      onFinding({ kind: 'dead', silentMs: Math.round(this.#silentMs) });
      path.abandon('nothing comes back on its path');
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof DitsError)) throw error;
      onFinding({ kind: 'not-elsewhere', reason: error.message });
      this.#nextRedialMs = this.#deps.clock.now() + REDIAL_PAUSE_MS;
    }
  }
}
