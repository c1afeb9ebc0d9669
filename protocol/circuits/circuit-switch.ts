/**
 * The relay's side of circuits (docs/protocol.md, "Circuits"): which peers can be reached through it, and the streams that
 * it has joined. Everything is bounded, and nothing is kept of a peer whose connection has ended.
 */
import type { Clock } from '../clock.ts';
import type { ByteStream } from '../connection.ts';
import { fromErrorMessage } from '../error-codes.ts';
import { withDeadline } from '../flow/deadline.ts';
import { invalidMessage } from '../messages/wire-fields.ts';
import { ProtocolError } from '../protocol-error.ts';
import { MessageChannel } from '../session/message-channel.ts';
import { FIRST_MESSAGE_MAX_MS } from '../session/session-limits.ts';
import { splice } from './splice.ts';

/** Connections over which one peer can be reached: its machines have keys of their own, so more is a peer run wild. */
const RESERVATIONS_PER_PEER_MAX = 4;

export type CircuitLimits = {
  /** Circuits at a time. */
  readonly circuitsMax: number;
  /** Circuits at a time that lead from a peer, and as many that lead to it. */
  readonly circuitsPerPeerMax: number;
  /** Bytes of one circuit, both directions; Infinity for any number. */
  readonly bytesMax: number;
  /** Silence that ends a circuit, in milliseconds. */
  readonly idleMs: number;
};

/** What becomes of circuits, for the log of the relay's owner: sizes and times, all that a relay can see. */
export type CircuitEvent =
  | { readonly kind: 'opened'; readonly from: string; readonly to: string }
  | {
      readonly kind: 'closed';
      readonly from: string;
      readonly to: string;
      readonly bytes: number;
      readonly elapsedMs: number;
      readonly problem: unknown;
    };

export type CircuitSwitchDeps = {
  readonly clock: Clock;
  /** Waits until a peer may move so many more bytes. */
  readonly pay: (peerId: string, bytes: number, signal: AbortSignal) => Promise<void>;
  readonly onEvent: (event: CircuitEvent) => void;
};

/** A peer's connection to the relay. */
export type CircuitMember = {
  readonly peerId: string;
  /** Opens a stream to the peer. */
  readonly openStream: () => Promise<ByteStream>;
  readonly nextRequestId: () => number;
  /** Aborts when the connection ends. */
  readonly signal: AbortSignal;
};

/** A stream on which a peer asks for a circuit, with what is left to do before its bytes may flow. */
export type CircuitCaller = {
  readonly peerId: string;
  readonly signal: AbortSignal;
  /** Tells the caller that it is connected, and hands its stream over. */
  readonly connected: () => Promise<ByteStream>;
};

export class CircuitSwitch {
  readonly limits: CircuitLimits;
  readonly #deps: CircuitSwitchDeps;
  readonly #members = new Map<string, CircuitMember[]>();
  /** Circuits by the peer they lead from, and to. */
  readonly #from = new Map<string, number>();
  readonly #to = new Map<string, number>();
  #circuitCount = 0;

  constructor(deps: CircuitSwitchDeps, limits: CircuitLimits) {
    this.#deps = deps;
    this.limits = limits;
  }

  get circuitCount(): number {
    return this.#circuitCount;
  }

  /** Peers that can be reached. */
  get memberIds(): readonly string[] {
    return [...this.#members.keys()];
  }

  /**
   * Makes a peer reachable until its connection ends. Again for the same connection changes nothing.
   * @throws ProtocolError DITS_PROTOCOL_RATE_LIMITED
   */
  reserve(member: CircuitMember): void {
    member.signal.throwIfAborted();
    const { peerId } = member;
    const others = this.#members.get(peerId) ?? [];
    if (others.some(({ signal }) => signal === member.signal)) return;
    if (others.length >= RESERVATIONS_PER_PEER_MAX) throw tooMany('reservations of one peer');
    this.#members.set(peerId, [member, ...others]);
    member.signal.addEventListener('abort', () => this.#leave(member), { once: true });
  }

  /**
   * Joins a caller's stream with a new one to the peer it asks for; resolves when the circuit is over.
   * @throws ProtocolError DITS_PROTOCOL_NOT_FOUND when that peer is not here, DITS_PROTOCOL_RATE_LIMITED,
   *   DITS_PROTOCOL_PERMISSION_DENIED, and what the peer answers
   */
  async connect(caller: CircuitCaller, to: string): Promise<void> {
    const from = caller.peerId;
    if (to === from) {
      const what = 'a circuit to oneself leads nowhere';
      throw new ProtocolError('DITS_PROTOCOL_PERMISSION_DENIED', what);
    }
    const [member] = this.#members.get(to) ?? [];
    if (member === undefined) throw notHere(to);
    this.#admit(from, to);
    try {
      await this.#join(caller, member);
    } finally {
      this.#circuitCount--;
      count(this.#from, from, -1);
      count(this.#to, to, -1);
    }
  }

  #admit(from: string, to: string): void {
    const { circuitsMax, circuitsPerPeerMax } = this.limits;
    if (this.#circuitCount >= circuitsMax) throw tooMany('circuits');
    if ((this.#from.get(from) ?? 0) >= circuitsPerPeerMax) throw tooMany('circuits of one peer');
    if ((this.#to.get(to) ?? 0) >= circuitsPerPeerMax) throw tooMany('circuits to one peer');
    this.#circuitCount++;
    count(this.#from, from, 1);
    count(this.#to, to, 1);
  }

  async #join(caller: CircuitCaller, member: CircuitMember): Promise<void> {
    const { clock, pay, onEvent } = this.#deps;
    const { bytesMax, idleMs } = this.limits;
    const { peerId: from } = caller;
    const { peerId: to } = member;
    const right = await this.#offer(member, from);
    const startMs = clock.now();
    let left: ByteStream;
    try {
      left = await caller.connected();
    } catch (error) {
      right.reset(0);
      right.stop(0);
      throw error;
    }
    onEvent({ kind: 'opened', from, to });
    const { bytes, problem } = await splice(left, right, {
      ...{ clock, bytesMax, idleMs },
      pay: (amount, signal) => pay(from, amount, signal),
      signal: AbortSignal.any([caller.signal, member.signal]),
    });
    onEvent({ kind: 'closed', from, to, bytes, elapsedMs: clock.now() - startMs, problem });
  }

  /** Asks a peer whether it takes a circuit; returns the stream to it. */
  async #offer(member: CircuitMember, from: string): Promise<ByteStream> {
    const channel = new MessageChannel(await member.openStream());
    const requestId = member.nextRequestId();
    try {
      await channel.send('CIRCUIT_OFFER', requestId, { peerId: from });
      const limit = { ms: FIRST_MESSAGE_MAX_MS, what: 'an answer to a circuit' };
      const answer = await withDeadline(this.#deps.clock, limit, () => channel.receive());
      if (answer?.message?.name === 'ERROR') throw fromErrorMessage(answer.message.body);
      if (answer?.message?.name !== 'CIRCUIT_ACCEPT') {
        throw invalidMessage('does not answer the offer of a circuit');
      }
      return channel.takeOver();
    } catch (error) {
      channel.interrupt(requestId, error);
      await channel.settled();
      // What the peer did wrong is not the caller's doing: the caller's connection goes on.
      throw new ProtocolError('DITS_PROTOCOL_NOT_FOUND', `${member.peerId} takes no circuit now`, {
        cause: error,
      });
    }
  }

  #leave(member: CircuitMember): void {
    const left = (this.#members.get(member.peerId) ?? []).filter((other) => other !== member);
    if (left.length > 0) this.#members.set(member.peerId, left);
    else this.#members.delete(member.peerId);
  }
}

function count(counts: Map<string, number>, key: string, change: 1 | -1): void {
  const value = (counts.get(key) ?? 0) + change;
  if (value > 0) counts.set(key, value);
  else counts.delete(key);
}

/** The same for a peer that nobody knows and one that is not there now. */
function notHere(peerId: string): ProtocolError {
  return new ProtocolError('DITS_PROTOCOL_NOT_FOUND', `${peerId} is not connected to this relay`, {
    hint: 'its node must run with this relay in node.relays',
  });
}

function tooMany(what: string): ProtocolError {
  return new ProtocolError('DITS_PROTOCOL_RATE_LIMITED', `there are too many ${what} at a time`);
}
