import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  RotationFile,
  generateIdentity,
  leadsFromTo,
  loadOrCreateIdentity,
  parsePeerAddress,
  reachRotated,
  resolveNodeSettings,
  rotateIdentity,
  rotationProblem,
  signRotation,
  tellRotations,
  type HostPort,
  type Identity,
  type RunningNode,
  type TellDeps,
} from '../../../node/index.ts';
import type { Rotation } from '../../../protocol/index.ts';
import { NodeBench, type Home } from '../node-bench.ts';

const NOW = new Date('2026-01-02T03:04:05Z');
const SETTINGS = resolveNodeSettings();
const REFUSED = { code: 'DITS_PROTOCOL_PERMISSION_DENIED' };

describe('a statement about a new key', () => {
  const old = generateIdentity();
  const next = generateIdentity();
  const rotation = signRotation(old, next, NOW);

  it('holds when both keys have signed it, and for nothing else', () => {
    assert.equal(rotationProblem(rotation), undefined);
    const other = generateIdentity();
    for (const forged of [
      { ...rotation, old: other.peerId },
      { ...rotation, new: other.peerId },
      { ...rotation, rotatedAtMs: rotation.rotatedAtMs + 1 },
      { ...rotation, oldSignature: rotation.newSignature },
      { ...rotation, newSignature: rotation.oldSignature },
      { ...rotation, oldSignature: Buffer.alloc(64) },
      { ...signRotation(other, next, NOW), old: old.peerId },
      signRotation(old, old, NOW),
    ]) {
      assert.notEqual(rotationProblem(forged), undefined);
    }
  });

  it('leads on from another one, and never back', () => {
    const third = generateIdentity();
    const on = signRotation(next, third, NOW);
    assert.ok(leadsFromTo([rotation], old.peerId, next.peerId));
    assert.ok(leadsFromTo([rotation, on], old.peerId, third.peerId));
    for (const chain of [
      [],
      [on],
      [on, rotation],
      [rotation, signRotation(third, generateIdentity(), NOW)],
      [rotation, signRotation(next, old, NOW), signRotation(old, third, NOW)],
      [rotation, { ...on, oldSignature: rotation.oldSignature }],
    ]) {
      assert.ok(!leadsFromTo(chain, old.peerId, third.peerId));
    }
  });
});

describe('a new key', () => {
  let bench: NodeBench;
  let relay: Home;
  let user: Home;
  let node: RunningNode;

  beforeEach(async () => {
    bench = await NodeBench.create();
    relay = await homeOnDisk();
    user = await homeOnDisk();
    const grants = [{ repository: 'film', access: 'write' as const, branches: ['main'] }];
    await relay.trust.add({ peerId: user.identity.peerId, name: 'user', grants });
    await user.trust.add({ peerId: relay.identity.peerId, name: 'relay' });
    node = await bench.start(relay);
  });

  afterEach(async () => {
    await bench.close();
  });

  /** A home whose identity is that of its key file. */
  async function homeOnDisk(): Promise<Home> {
    const home = bench.home();
    return { ...home, identity: await loadOrCreateIdentity(home.folder) };
  }

  async function rotate(home: Home): Promise<Home> {
    const { folder, trust } = home;
    return { ...home, identity: await rotateIdentity(folder, { trust, now: new Date() }) };
  }

  function placeOf({ addresses }: RunningNode): HostPort {
    const { host, port } = parsePeerAddress(`${addresses[0]}/any`);
    return { host, port };
  }

  function depsOf({ identity, trust, folder: home }: Home): TellDeps {
    return { identity, trust, home, software: 'test' };
  }

  async function tell(from: Home, rotation: Rotation): Promise<void> {
    const session = await bench.session(from, node);
    try {
      await session.tellRotation(rotation);
    } finally {
      await session.close();
    }
  }

  it('is told over a connection with the old one, and keeps name, grants and first contact', async () => {
    const old = user.identity.peerId;
    const before = (await relay.trust.read()).get(old)!;
    const { identity } = await rotate(user);
    const target = { peerId: node.peerId, at: placeOf(node) };
    const renewed = { ...user, identity };
    const { connection } = await reachRotated(depsOf(renewed), target, { settings: SETTINGS });
    await connection.close(0, 'done');
    const book = await relay.trust.read();
    assert.equal(book.get(old), undefined);
    const after = book.get(identity.peerId)!;
    const { lastSeen } = after;
    const expected = { ...before, peerId: identity.peerId, formerly: [old], lastSeen };
    assert.deepEqual(after, expected);
    assert.equal(book.holderOf(old)?.peerId, identity.peerId);
    assert.deepEqual((await new RotationFile(user.folder).read())[0]?.untold, []);
    assert.deepEqual(await readdir(join(user.folder, 'former-keys')), []);
    await assert.rejects(bench.session(user, node), REFUSED);
    await (await bench.session(renewed, node)).close();
  });

  it('is told in order when it was changed more than once', async () => {
    const once = await rotate(user);
    const twice = await rotate(once);
    const target = { peerId: node.peerId, at: placeOf(node) };
    await tellRotations(depsOf(twice), target, { settings: SETTINGS });
    const { formerly } = (await relay.trust.read()).get(twice.identity.peerId)!;
    assert.deepEqual(formerly, [once.identity.peerId, user.identity.peerId]);
  });

  it('is believed of nobody but the peer itself, signed by both keys, and new', async () => {
    const next = generateIdentity();
    const other = bench.home();
    await relay.trust.add({ peerId: other.identity.peerId, name: 'other' });
    const genuine = signRotation(user.identity, next, NOW);
    await assert.rejects(tell(other, genuine), REFUSED);
    const forged = { ...genuine, newSignature: genuine.oldSignature };
    await assert.rejects(tell(user, forged), REFUSED);
    await assert.rejects(tell(user, signRotation(user.identity, other.identity, NOW)), REFUSED);
    const { peers } = await relay.trust.read();
    assert.deepEqual(peers.map(({ name, formerly }) => [name, formerly]).sort(), [
      ['other', []],
      ['user', []],
    ]);
  });

  it('is not taken back by what was said before', async () => {
    const next = { ...user, identity: generateIdentity() };
    const last = { ...user, identity: generateIdentity() };
    const first = signRotation(user.identity, next.identity, NOW);
    await tell(user, first);
    await tell(next, signRotation(next.identity, last.identity, NOW));
    // Whoever has the old key cannot connect; whoever is known cannot say it for the old one, nor return to it.
    await assert.rejects(tell(user, first), REFUSED);
    await assert.rejects(tell(last, first), REFUSED);
    await assert.rejects(tell(last, signRotation(last.identity, user.identity, NOW)), REFUSED);
    await assert.rejects(tell(last, signRotation(last.identity, next.identity, NOW)), REFUSED);
    assert.notEqual((await relay.trust.read()).get(last.identity.peerId), undefined);
  });

  it('of a node is learnt from the node, when it can show the statement', async () => {
    const old = node.peerId;
    await node.stop();
    const renewed = await rotate(relay);
    node = await bench.start(renewed);
    const target = { peerId: old, at: placeOf(node) };
    const { connection } = await reachRotated(depsOf(user), target, { settings: SETTINGS });
    assert.equal(connection.remotePeerId, renewed.identity.peerId);
    await connection.close(0, 'done');
    const known = (await user.trust.read()).find('relay');
    assert.deepEqual([known?.peerId, known?.formerly], [renewed.identity.peerId, [old]]);
    const again = await reachRotated(depsOf(user), target, { settings: SETTINGS });
    await again.connection.close(0, 'done');
  });

  it('of a node is not believed of an impostor', async () => {
    const impostor = await homeOnDisk();
    await impostor.trust.add({ peerId: user.identity.peerId, name: 'victim' });
    const forgedBy = (old: Identity): Rotation => ({
      ...signRotation(old, impostor.identity, NOW),
      old: relay.identity.peerId,
    });
    const { oldSignature, newSignature, ...claims } = forgedBy(generateIdentity());
    const record = {
      ...{ ...claims, untold: [] },
      oldSignature: Buffer.from(oldSignature).toString('hex'),
      newSignature: Buffer.from(newSignature).toString('hex'),
    };
    await writeFile(join(impostor.folder, 'rotations.json'), JSON.stringify([record]));
    const falseNode = await bench.start(impostor);
    const target = { peerId: relay.identity.peerId, at: placeOf(falseNode) };
    await assert.rejects(reachRotated(depsOf(user), target, { settings: SETTINGS }));
    assert.equal((await user.trust.read()).find('relay')?.peerId, relay.identity.peerId);
  });

  it('is not made while a node runs with the old one', async () => {
    const deps = { trust: relay.trust, now: NOW };
    await assert.rejects(rotateIdentity(relay.folder, deps), {
      code: 'DITS_NODE_ALREADY_RUNNING',
    });
    assert.equal((await loadOrCreateIdentity(relay.folder)).peerId, node.peerId);
  });

  it('is explained later when its making was cut off before the statement', async () => {
    const file = new RotationFile(user.folder);
    await file.keepKey(user.identity);
    const next = generateIdentity();
    await writeFile(join(user.folder, 'identity.pem'), next.credentials.keyPem);
    const renewed = { ...user, identity: await loadOrCreateIdentity(user.folder) };
    const target = { peerId: node.peerId, at: placeOf(node) };
    await tellRotations(depsOf(renewed), target, { settings: SETTINGS });
    assert.notEqual((await relay.trust.read()).get(next.peerId), undefined);
  });
});
