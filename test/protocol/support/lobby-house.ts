/** A node with a lobby in memory, and the strangers that visit it. */
import assert from 'node:assert/strict';
import {
  Lobby,
  ProtocolError,
  createMemoryPair,
  serveStranger,
  visitLobby,
  type LobbyDeps,
  type MeetingOffer,
  type MemoryPair,
  type ServedStranger,
  type Visit,
} from '../../../protocol/index.ts';
import { ManualClock } from './manual-clock.ts';

export const NAMEPLATE = 'K7';
export const REQUEST = { ticket: new Uint8Array(8), secret: new Uint8Array(16), name: 'render' };
/** Turns of the event loop that a few messages through the lobby take at most. */
const SETTLE_TURNS = 60;
/** Well below the time after which a peer that says nothing is given up. */
const STEP_MS = 10_000;

export async function settle(): Promise<void> {
  for (let turn = 0; turn < SETTLE_TURNS; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

export type Guest = {
  readonly visit: Visit;
  readonly served: ServedStranger;
  readonly pair: MemoryPair;
};

export class House {
  readonly clock = new ManualClock();
  readonly lobby: Lobby;
  readonly #guests: Guest[] = [];

  constructor(deps: Partial<LobbyDeps> = {}) {
    this.lobby = new Lobby({
      clock: this.clock,
      mayOffer: () => true,
      redeem: () => Promise.reject(new ProtocolError('DITS_PROTOCOL_PERMISSION_DENIED', 'no')),
      ...deps,
    });
  }

  serve(peerId: string, network = peerId): { pair: MemoryPair; served: ServedStranger } {
    const pair = createMemoryPair({ diallerPeerId: peerId, acceptorPeerId: 'relay' });
    const { clock, lobby } = this;
    const deps = { clock, lobby, caller: { peerId, network } };
    return { pair, served: serveStranger(pair.acceptor, deps, { software: 'relay/1' }) };
  }

  async guest(peerId: string, network = peerId): Promise<Guest> {
    const { pair, served } = this.serve(peerId, network);
    const { clock } = this;
    const visit = await visitLobby(pair.dialler, { clock }, { software: 'guest/1' });
    const guest = { visit, served, pair };
    this.#guests.push(guest);
    return guest;
  }

  /** Lets time go by, in steps in which everybody can show that it is there. */
  async pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= STEP_MS) {
      this.clock.advance(Math.min(left, STEP_MS));
      await settle();
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#guests.map(({ visit }) => visit.close()));
    await Promise.allSettled(this.#guests.map(({ served }) => served.done));
  }
}

export async function offerOf(guest: Guest, nameplate: string = NAMEPLATE): Promise<MeetingOffer> {
  const offer = await guest.visit.offer(nameplate);
  assert.ok(offer !== 'taken');
  return offer;
}
