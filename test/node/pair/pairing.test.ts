import assert from 'node:assert/strict';
import {
  Lobby,
  createMemoryPair,
  formatPairingCode,
  serveStranger,
  visitLobby,
  type MetPeer,
  type PairingCode,
  type Visit,
} from '../../../protocol/index.ts';
import { generateIdentity, systemClock, type Identity } from '../../../node/index.ts';
import { joinPairing } from '../../../node/pair/join-pairing.ts';
import { offerPairing, type OfferPairingOptions } from '../../../node/pair/offer-pairing.ts';
import { createPairingSelf } from '../../../node/pair/pairing-self.ts';
import { freePeerName, ownMachineName } from '../../../node/pair/peer-names.ts';
import { PeerBook } from '../../../node/trust/peer-book.ts';
import { newPeer } from '../../../node/trust/known-peer.ts';

const yes = (): Promise<boolean> => Promise.resolve(true);
const no = (): Promise<boolean> => Promise.resolve(false);
const remember = (peer: MetPeer): Promise<string> => Promise.resolve(peer.peerId);

class Places {
  readonly #visits: Visit[] = [];

  lobby(): Lobby {
    return new Lobby({
      clock: systemClock,
      mayOffer: () => true,
      redeem: () => Promise.reject(new Error('not here')),
    });
  }

  async visit(lobby: Lobby, { peerId }: Identity): Promise<Visit> {
    const pair = createMemoryPair({ diallerPeerId: peerId, acceptorPeerId: 'relay' });
    const caller = { peerId, network: peerId };
    serveStranger(pair.acceptor, { clock: systemClock, lobby, caller }, { software: 'relay/1' });
    const visit = await visitLobby(pair.dialler, { clock: systemClock }, { software: 'test/1' });
    this.#visits.push(visit);
    return visit;
  }

  async close(): Promise<void> {
    await Promise.all(this.#visits.map((visit) => visit.close()));
  }
}

const ANN = generateIdentity();
const BOB = generateIdentity();
const selfOf = (identity: Identity, name: string) =>
  createPairingSelf(identity, { name, addresses: [] });

describe('pairing two machines', () => {
  let places: Places;
  beforeEach(() => {
    places = new Places();
  });
  afterEach(async () => {
    await places.close();
  });

  /** Offers at these lobbies; resolves when the code is shown. */
  async function offer(
    lobbies: readonly Lobby[],
    options: Partial<OfferPairingOptions<string>> = {},
  ): Promise<{ readonly code: PairingCode; readonly done: Promise<string> }> {
    const visits = await Promise.all(lobbies.map((lobby) => places.visit(lobby, ANN)));
    let done!: Promise<string>;
    const code = await new Promise<PairingCode>((resolve, reject) => {
      done = offerPairing(visits, {
        self: selfOf(ANN, 'ann'),
        confirm: yes,
        remember,
        signal: new AbortController().signal,
        onWrongCode: () => undefined,
        ...options,
        onCode: (shown) => {
          resolve(shown);
          return Promise.resolve();
        },
      });
      done.catch(reject);
    });
    return { code, done };
  }

  async function join(
    lobby: Lobby,
    code: PairingCode,
    {
      identity = BOB,
      confirm = yes,
    }: { identity?: Identity; confirm?: () => Promise<boolean> } = {},
  ): Promise<string | undefined> {
    const visit = await places.visit(lobby, identity);
    const { signal } = new AbortController();
    return await joinPairing(visit, {
      ...{ code, confirm, remember, signal },
      self: selfOf(identity, 'bob'),
    });
  }

  it('happens at whichever of the places the other one comes to', async () => {
    const lobbies = [places.lobby(), places.lobby()];
    const { code, done } = await offer(lobbies);
    assert.equal(await join(lobbies[1]!, code), ANN.peerId);
    assert.equal(await done, BOB.peerId);
    assert.deepEqual(lobbies[0]!.nameplates, []);
  });

  it('draws another code where somebody else offers the nameplate, and takes the old one down', async () => {
    const lobby = places.lobby();
    const visit = await places.visit(lobby, ANN);
    const drawn: string[] = [];
    const busy = {
      offer: async (nameplate: string) => {
        drawn.push(nameplate);
        return drawn.length < 3 ? ('taken' as const) : await visit.offer(nameplate);
      },
    };
    const quiet = await places.visit(places.lobby(), ANN);
    const stop = new AbortController();
    const shown: PairingCode[] = [];
    const done = offerPairing([quiet, busy], {
      self: selfOf(ANN, 'ann'),
      confirm: yes,
      remember,
      signal: stop.signal,
      onWrongCode: () => undefined,
      onCode: (code) => {
        shown.push(code);
        stop.abort(new Error('seen enough'));
        return Promise.resolve();
      },
    });
    await assert.rejects(done, /seen enough/);
    assert.deepEqual([drawn.length, drawn.at(-1)], [3, shown[0]?.nameplate]);
  });

  it('makes nobody known when either person says no', async () => {
    for (const [atAnn, atBob] of [
      [yes, no],
      [no, yes],
    ] as const) {
      const lobby = places.lobby();
      const remembered: string[] = [];
      const { code, done } = await offer([lobby], {
        confirm: atAnn,
        remember: (peer) => Promise.resolve(String(remembered.push(peer.peerId))),
      });
      const joined = join(lobby, code, { confirm: atBob });
      await assert.rejects(joined, { code: 'DITS_NODE_PAIRING_DECLINED' });
      await assert.rejects(done, { code: 'DITS_NODE_PAIRING_DECLINED' });
      assert.deepEqual(remembered, []);
    }
  });

  it('shows the other side by its proven id and its own name', async () => {
    const lobby = places.lobby();
    const shown: MetPeer[] = [];
    const { code, done } = await offer([lobby], {
      confirm: (peer) => {
        shown.push(peer);
        return yes();
      },
    });
    await join(lobby, code);
    await done;
    assert.deepEqual(shown, [{ peerId: BOB.peerId, name: 'bob', addresses: [] }]);
  });

  it('ends when nobody comes in time, and when it is told to', async () => {
    const lobby = places.lobby();
    const { done } = await offer([lobby], { lifetimeMs: 20 });
    await assert.rejects(done, { code: 'DITS_NODE_CODE_EXPIRED' });
    const stop = new AbortController();
    const other = await offer([lobby], { signal: stop.signal });
    stop.abort(new Error('enough'));
    await assert.rejects(other.done, /enough/);
  });

  it('is not possible with oneself', async () => {
    const lobby = places.lobby();
    const { code, done } = await offer([lobby]);
    await assert.rejects(join(lobby, code, { identity: ANN }), {
      code: 'DITS_NODE_CODE_NOT_FOUND',
    });
    assert.equal(await join(lobby, code), ANN.peerId);
    await done;
  });

  it('lets those who leave without a word cost no try', async () => {
    const lobby = places.lobby();
    const wrong: number[] = [];
    const { code, done } = await offer([lobby], { onWrongCode: (left) => wrong.push(left) });
    for (let count = 0; count < 5; count++) {
      const visit = await places.visit(lobby, generateIdentity());
      const meeting = await visit.join(code.nameplate);
      assert.ok(meeting !== undefined);
      await meeting.end('gone');
    }
    const mistyped = { ...code, secret: code.secret === '2222' ? '3333' : '2222' };
    await assert.rejects(join(lobby, mistyped), { code: 'DITS_NODE_WRONG_CODE' });
    assert.equal(await join(lobby, code), ANN.peerId, formatPairingCode(code));
    await done;
    assert.deepEqual(wrong, [2]);
  });
});

describe('the names of machines', () => {
  it('are what they call themselves as far as that is allowed, and free', () => {
    const known = newPeer(ANN.peerId, 'edit-suite');
    const book = new PeerBook([known]);
    const nameOf = (wanted: string): string | undefined =>
      freePeerName(book, { peerId: BOB.peerId, wanted });
    assert.equal(nameOf('render'), 'render');
    assert.equal(nameOf('edit-suite'), 'edit-suite-2');
    assert.equal(nameOf('a/../b\u001b[2J c'), 'a-..-b-2J-c');
    assert.equal(nameOf(''), undefined);
    assert.equal(nameOf('\u202e…'), undefined);
    assert.equal(nameOf(ANN.peerId), ANN.peerId.slice(0, 48));
    assert.equal(freePeerName(book, { peerId: ANN.peerId, wanted: 'other' }), undefined);
    assert.ok(ownMachineName().length > 0);
  });
});
