import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  NodeError,
  TrustFile,
  generateIdentity,
  reachPeer,
  resolveNodeSettings,
  type HostPort,
  type NodeErrorCode,
  type Place,
  type ReachDeps,
  type ReachOptions,
  type Reached,
} from '../../../node/index.ts';
import { createMemoryPair, type Connection } from '../../../protocol/index.ts';

const HOME: HostPort = { host: '192.0.2.1', port: 4433 };
const OFFICE: HostPort = { host: '192.0.2.2', port: 4433 };
const CAFE: HostPort = { host: '192.0.2.3', port: 4433 };
const settings = resolveNodeSettings();

/** What a dial comes to at a place: a connection, a failure, or nothing for ever. */
type Fate = 'peer' | 'silent' | NodeErrorCode | 'DITS_OTHER';

describe('reaching a peer', () => {
  const { peerId } = generateIdentity();
  let folder: string;
  let trust: TrustFile;
  let fates: Map<string, Fate>;
  let dialled: string[];
  let aborted: string[];
  let lookUps: number;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dits-reach-'));
    trust = new TrustFile(folder, { now: () => new Date() });
    fates = new Map();
    dialled = [];
    aborted = [];
    lookUps = 0;
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  function connectionTo(id: string): Connection {
    return createMemoryPair({ diallerPeerId: 'me', acceptorPeerId: id }).dialler;
  }

  function reach(
    facts: { at?: HostPort | undefined; near?: readonly HostPort[]; id?: string | undefined },
    options: Partial<ReachOptions> = {},
  ): Promise<Reached> {
    const deps: ReachDeps = {
      identity: generateIdentity(),
      trust,
      lookUp: (_, found) => {
        lookUps++;
        found(facts.near ?? []);
        return Promise.resolve();
      },
      dial: async (_, { host }, { signal }) => {
        dialled.push(host);
        const fate = fates.get(host) ?? 'DITS_NODE_UNREACHABLE';
        if (fate === 'peer') return connectionTo(peerId);
        if (fate === 'DITS_OTHER') throw new Error('the peer refuses');
        if (fate !== 'silent') throw new NodeError(fate, `${host}: ${fate}`);
        return await new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => {
            aborted.push(host);
            reject(signal.reason as Error);
          });
        });
      },
    };
    const target = { peerId: 'id' in facts ? facts.id : peerId, at: facts.at };
    return reachPeer(deps, target, { settings, ...options });
  }

  it('uses the address when the peer is there, without looking around', async () => {
    fates.set(HOME.host, 'peer');
    const { at, connection } = await reach({ at: HOME, near: [OFFICE] });
    assert.deepEqual(at, HOME);
    assert.equal(connection.remotePeerId, peerId);
    assert.deepEqual([dialled, lookUps], [[HOME.host], 0]);
  });

  it('goes where the peer was before, and remembers where it is now', async () => {
    await trust.add({ peerId, name: 'ann', addresses: ['192.0.2.2:4433'] });
    fates.set(OFFICE.host, 'peer');
    assert.deepEqual((await reach({ at: HOME })).at, OFFICE);
    fates.set(CAFE.host, 'peer');
    fates.delete(OFFICE.host);
    assert.deepEqual((await reach({ near: [CAFE] })).at, CAFE);
    const known = (await trust.read()).get(peerId);
    assert.deepEqual(known?.addresses, ['192.0.2.3:4433', '192.0.2.2:4433']);
  });

  it('does not wait for a place that is silent, and gives it up', async () => {
    fates.set(HOME.host, 'silent');
    fates.set(CAFE.host, 'peer');
    const startedMs = performance.now();
    const { at } = await reach({ at: HOME, near: [CAFE] });
    assert.deepEqual(at, CAFE);
    assert.ok(performance.now() - startedMs < 2_000);
    assert.deepEqual(aborted, [HOME.host]);
  });

  it('names a place that turns out to be somebody else, and goes on', async () => {
    const told: Place[] = [];
    fates.set(HOME.host, 'DITS_NODE_IDENTITY_MISMATCH');
    fates.set(OFFICE.host, 'DITS_NODE_IDENTITY_MISMATCH');
    fates.set(CAFE.host, 'peer');
    const onFalsePlace = (place: Place): void => void told.push(place);
    assert.deepEqual((await reach({ at: HOME, near: [OFFICE, CAFE] }, { onFalsePlace })).at, CAFE);
    assert.deepEqual(told, [
      { ...HOME, source: 'address' },
      { ...OFFICE, source: 'near' },
    ]);
  });

  it('says that somebody else answered, rather than that nobody did', async () => {
    fates.set(OFFICE.host, 'DITS_NODE_IDENTITY_MISMATCH');
    await assert.rejects(reach({ at: HOME, near: [OFFICE] }), {
      code: 'DITS_NODE_IDENTITY_MISMATCH',
    });
  });

  it('says where it looked when nobody answers, and when there was nowhere to look', async () => {
    await assert.rejects(reach({ at: HOME }), { message: /192\.0\.2\.1: DITS_NODE_UNREACHABLE/ });
    await assert.rejects(reach({ at: HOME, near: [OFFICE] }), {
      code: 'DITS_NODE_UNREACHABLE',
      message: /none of 192\.0\.2\.1:4433, 192\.0\.2\.2:4433/,
    });
    await assert.rejects(reach({}), { message: /not on this network/ });
  });

  it('takes a refusal of the peer as its answer, but not of who only announces itself', async () => {
    fates.set(HOME.host, 'DITS_OTHER');
    fates.set(OFFICE.host, 'peer');
    await assert.rejects(reach({ at: HOME, near: [OFFICE] }), /the peer refuses/);
    assert.equal(lookUps, 0);
    assert.deepEqual((await reach({ near: [HOME, OFFICE] })).at, OFFICE);
  });

  it('dials a bounded number of places, each once', async () => {
    const near = Array.from({ length: 100 }, (_, index) => ({
      host: `198.51.100.${index}`,
      port: 1,
    }));
    await assert.rejects(reach({ near: [...near, ...near] }), { code: 'DITS_NODE_UNREACHABLE' });
    assert.equal(dialled.length, 16);
    assert.equal(new Set(dialled).size, 16);
  });

  it('stops when it is told to', async () => {
    fates.set(HOME.host, 'silent');
    const controller = new AbortController();
    const reaching = reach({ at: HOME }, { signal: controller.signal });
    await trust.read();
    controller.abort(new Error('enough'));
    await assert.rejects(reaching, /enough/);
  });

  it('goes to a place alone when no peer is named', async () => {
    fates.set(HOME.host, 'peer');
    assert.deepEqual((await reach({ at: HOME, id: undefined })).at, HOME);
    fates.clear();
    await assert.rejects(reach({ at: HOME, id: undefined, near: [OFFICE] }), {
      code: 'DITS_NODE_UNREACHABLE',
    });
    assert.equal(lookUps, 0);
  });
});
