import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { dialThroughRelay } from '../../../node/relay/dial-through-relay.ts';
import type { RelayAddress } from '../../../node/relay/relay-address.ts';
import { QuicListener } from '../../../node/quic/quic-listener.ts';
import { silentLogger, systemClock } from '../../../node/index.ts';
import {
  CircuitSwitch,
  connectSession,
  serveConnection,
  type ByteStream,
  type ServedConnection,
  type ServedRepositories,
  type Session,
} from '../../../protocol/index.ts';
import type { CircuitCaller, CircuitMember } from '../../../protocol/circuits/circuit-switch.ts';
import { MessageChannel } from '../../../protocol/session/message-channel.ts';
import { SampleRepository, SeededRandom } from '../../../simulations/index.ts';
import { branchRef, openStore } from '../../../store/index.ts';
import { NodeBench, type Home } from '../node-bench.ts';
import { settingsWith, until } from './relay-bench.ts';

const MAIN = branchRef('main');
const MIB = 1024 * 1024;
const PIECE_BYTES = 16 * 1024;
/** Pieces after which the relay begins to misbehave: the handshakes are over, the transfer has begun. */
const HONEST_PIECES = 30;
const IDLE_TIMEOUT_MS = 1_500;

/** What a hostile relay hands on instead of a piece; undefined hands on nothing from here on, and says nothing. */
type Tamper = (piece: Buffer, index: number) => readonly Buffer[] | undefined;

/** Leads callers where it wants, and does with their bytes what it wants. */
class HostileSwitch extends CircuitSwitch {
  tamper: Tamper = (piece) => [piece];
  leadTo: string | undefined;
  readonly #here = new Map<string, CircuitMember>();

  override reserve(member: CircuitMember): void {
    this.#here.set(member.peerId, member);
  }

  override async connect(caller: CircuitCaller, to: string): Promise<void> {
    const member = this.#here.get(this.leadTo ?? to)!;
    const channel = new MessageChannel(await member.openStream());
    await channel.send('CIRCUIT_OFFER', member.nextRequestId(), { peerId: caller.peerId });
    await channel.receive();
    const right = channel.takeOver();
    const left = await caller.connected();
    await Promise.allSettled([this.#pump(left, right, this.tamper), this.#pump(right, left)]);
  }

  async #pump(
    from: ByteStream,
    to: ByteStream,
    tamper: Tamper = (piece) => [piece],
  ): Promise<void> {
    for (let index = 0; ; index++) {
      const piece = Buffer.alloc(PIECE_BYTES);
      const count = await from.read(piece);
      if (count === 0) break;
      const pieces = tamper(piece.subarray(0, count), index);
      if (pieces === undefined) return;
      if (pieces.length > 0) await to.write(pieces);
    }
    await to.end();
  }
}

const NO_REPOSITORIES: ServedRepositories = {
  authorize: () =>
    Promise.resolve({ isGranted: false, failure: 'insufficient-permission', message: '' }),
};

describe('a hostile relay', function () {
  this.timeout(20_000);
  let bench: NodeBench;
  let listener: QuicListener;
  let circuits: HostileSwitch;
  let relay: RelayAddress;
  let tess: Home;
  let ian: Home;
  const served: ServedConnection[] = [];

  beforeEach(async () => {
    bench = await NodeBench.create();
    tess = bench.home();
    ian = bench.home();
    const evil = bench.home();
    circuits = new HostileSwitch(
      { clock: systemClock, pay: () => Promise.resolve(), onEvent: () => undefined },
      { circuitsMax: 9, circuitsPerPeerMax: 9, bytesMax: Infinity, idleMs: 60_000 },
    );
    listener = await QuicListener.open(
      {
        logger: silentLogger,
        nowMs: () => performance.now(),
        admit: () => true,
        onConnection: (connection) => {
          const deps = { clock: systemClock, host: NO_REPOSITORIES, random: randomBytes, circuits };
          served.push(serveConnection(connection, deps, { software: 'evil' }));
        },
      },
      {
        address: { host: '127.0.0.1', port: 0 },
        credentials: evil.identity.credentials,
      },
    );
    relay = { ...listener.address, peerId: evil.identity.peerId };
    const grants = [{ repository: '*', access: 'write' as const }];
    await tess.trust.add({ peerId: ian.identity.peerId, name: 'ian', grants });
    await reachable(tess);
  });
  afterEach(async () => {
    await bench.close();
    await listener.close(0, 'test is over');
    await Promise.all(served.splice(0).map(({ done }) => done.catch(() => undefined)));
  });

  async function reachable(home: Home): Promise<void> {
    const relays = `${relay.peerId}@${relay.host}:${relay.port}`;
    const node = await bench.start(home, {
      settings: settingsWith({ relays, idleTimeoutMs: IDLE_TIMEOUT_MS }),
    });
    await until(node, (status) => status.relays[0]?.isReserved === true);
  }

  async function session(): Promise<Session> {
    const connection = await dialThroughRelay(
      { identity: ian.identity, trust: ian.trust },
      { relay, peerId: tess.identity.peerId },
      { settings: settingsWith({ idleTimeoutMs: IDLE_TIMEOUT_MS }) },
    );
    return await connectSession(connection, { clock: systemClock }, { software: 'test' });
  }

  /** Pushes what `local` has as `film`. */
  async function push(local: SampleRepository): Promise<void> {
    const open = await session();
    try {
      const target = (await local.refs.get(MAIN))!;
      const remote = await open.openRepository('film', { access: 'write', create: true });
      await remote.push({ store: local.objects, wants: [target], haves: [] });
      await remote.updateRefs([{ name: MAIN, old: null, new: target, force: false }]);
    } finally {
      await open.close();
    }
  }

  const held: Buffer[] = [];
  const CRIMES: Readonly<Record<string, Tamper>> = {
    alters: (piece, index) => {
      if (index === HONEST_PIECES) piece[piece.length >> 1]! ^= 1;
      return [piece];
    },
    drops: (piece, index) => (index === HONEST_PIECES ? [] : [piece]),
    reorders: (piece, index) => {
      if (index === HONEST_PIECES) {
        held.push(piece);
        return [];
      }
      return [piece, ...held.splice(0)];
    },
    'holds back': (piece, index) => (index >= HONEST_PIECES ? undefined : [piece]),
  };

  for (const [crime, tamper] of Object.entries(CRIMES)) {
    it(`that ${crime} ends the transfer with a clear error, and nothing is lost`, async () => {
      const local = new SampleRepository();
      await local.commit({ clip: new SeededRandom(1).bytes(MIB) });
      circuits.tamper = tamper;
      await assert.rejects(push(local), (error: Error & { code?: string }) => {
        assert.match(error.code ?? '', /^DITS_PROTOCOL_(CONNECTION_LOST|TIMEOUT|STREAM_RESET)$/);
        return true;
      });
      circuits.tamper = (piece) => [piece];
      await push(local);
      const store = await openStore(`${tess.folder}/data/film`);
      try {
        assert.equal(await store.refs.get(MAIN), await local.refs.get(MAIN));
        const report = await store.fsck();
        assert.equal(report.ok, true);
      } finally {
        await store.close();
      }
    });
  }

  it('that leads to somebody else is found out before anything is said', async () => {
    const eve = bench.home();
    await eve.trust.add({ peerId: ian.identity.peerId, name: 'ian' });
    await reachable(eve);
    circuits.leadTo = eve.identity.peerId;
    await assert.rejects(session(), {
      code: 'DITS_NODE_IDENTITY_MISMATCH',
      message: new RegExp(`leads to ${eve.identity.peerId}, not ${tess.identity.peerId}`),
    });
  });
});
