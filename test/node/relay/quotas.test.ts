import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { resolveNodeSettings, type RunningNode } from '../../../node/index.ts';
import { SampleRepository, SeededRandom as Random } from '../../../simulations/index.ts';
import { branchRef } from '../../../store/index.ts';
import { NodeBench, type Home } from '../node-bench.ts';

const MAIN = branchRef('main');
const MIB = 1024 * 1024;

describe('quotas of a relay', () => {
  let bench: NodeBench;
  let relay: Home;
  let ada: Home;
  let ben: Home;

  beforeEach(async () => {
    bench = await NodeBench.create();
    [relay, ada, ben] = [bench.home(), bench.home(), bench.home()];
    for (const [name, home] of [
      ['ada', ada],
      ['ben', ben],
    ] as const) {
      const grants = [{ repository: '*', access: 'write' as const }];
      await relay.trust.add({ peerId: home.identity.peerId, name, grants });
    }
  });

  afterEach(async () => {
    await bench.close();
  });

  function start(quotas: Readonly<Record<string, unknown>>): Promise<RunningNode> {
    const settings = resolveNodeSettings({ listen: '127.0.0.1:0', ...quotas });
    return bench.start(relay, { settings });
  }

  /** Pushes random bytes as a new repository. */
  async function push(
    from: Home,
    node: RunningNode,
    file: { readonly repository: string; readonly seed: number; readonly bytes: number },
  ): Promise<void> {
    const local = new SampleRepository();
    await local.commit({ clip: new Random(file.seed).bytes(file.bytes) });
    const target = (await local.refs.get(MAIN))!;
    const session = await bench.session(from, node);
    try {
      const options = { access: 'write', create: true } as const;
      const remote = await session.openRepository(file.repository, options);
      const { refs } = await remote.listRefs();
      await remote.push({ store: local.objects, wants: [target], haves: [] });
      const old = refs.find(({ name }) => name === MAIN)?.target ?? null;
      await remote.updateRefs([{ name: MAIN, old, new: target, force: true }]);
    } finally {
      await session.close();
    }
  }

  it('refuses bytes beyond them before they are stored, and says which quota it is', async () => {
    const node = await start({ quotaRepositoryBytes: '2 MiB', quotaPeerBytes: '3 MiB' });
    await assert.rejects(push(ada, node, { repository: 'film', seed: 1, bytes: 3 * MIB }), {
      code: 'DITS_PROTOCOL_QUOTA_EXCEEDED',
      message: /2\.00 MiB for film/,
    });
    const { storage } = await node.status();
    assert.ok(storage !== undefined && storage.bytes <= 2 * MIB);
    await push(ada, node, { repository: 'music', seed: 2, bytes: MIB / 2 });
    await assert.rejects(push(ada, node, { repository: 'sound', seed: 3, bytes: 3 * MIB }), {
      code: 'DITS_PROTOCOL_QUOTA_EXCEEDED',
    });
    await push(ben, node, { repository: 'sound', seed: 4, bytes: MIB / 2 });
  });

  it('lets what is there already be pushed again into a full repository', async () => {
    const node = await start({ quotaBytes: '1.2 MiB' });
    await push(ada, node, { repository: 'film', seed: 1, bytes: MIB });
    await push(ada, node, { repository: 'film', seed: 1, bytes: MIB });
    await assert.rejects(push(ben, node, { repository: 'film', seed: 5, bytes: MIB }), {
      message: /1\.20 MiB for this relay/,
    });
  });

  it('bounds the repositories that a peer makes', async () => {
    const node = await start({ quotaPeerRepositories: 2 });
    for (const repository of ['one', 'two']) {
      await push(ada, node, { repository, seed: 1, bytes: 1_000 });
    }
    await assert.rejects(push(ada, node, { repository: 'three', seed: 1, bytes: 1_000 }), {
      code: 'DITS_PROTOCOL_RATE_LIMITED',
      message: /2 repositories/,
    });
    await push(ada, node, { repository: 'two', seed: 2, bytes: 1_000 });
    await push(ben, node, { repository: 'three', seed: 1, bytes: 1_000 });
  });

  it('remembers over a restart whose bytes they are, and measures when it is not told', async () => {
    const node = await start({});
    await push(ada, node, { repository: 'film', seed: 1, bytes: MIB });
    await push(ben, node, { repository: 'film', seed: 2, bytes: MIB / 2 });
    await node.stop();
    const again = await start({});
    const bytesOf = async (running: RunningNode): Promise<readonly (number | undefined)[]> => {
      const { peers = [] } = (await running.status()).storage ?? {};
      return ['ada', 'ben'].map((name) => peers.find((peer) => peer.name === name)?.bytes);
    };
    const [ofAda = 0, ofBen = 0] = await bytesOf(again);
    assert.ok(ofAda > MIB && ofAda < 1.1 * MIB, String(ofAda));
    assert.ok(ofBen > MIB / 2 && ofBen < 0.6 * MIB, String(ofBen));
    await again.stop();
    const path = join(relay.folder, 'data', '.usage.json');
    assert.match(await readFile(path, 'utf8'), new RegExp(ada.identity.peerId));
    await writeFile(path, '{"repositories":{"film":{"madeBy":"","bytes":{"x":-1}}}}');
    const third = await start({});
    assert.deepEqual(await bytesOf(third), [undefined, undefined]);
    const { storage } = await third.status();
    assert.ok(storage !== undefined && storage.bytes >= ofAda + ofBen - 1_000);
    assert.equal(storage.repositories[0]?.madeBy, null);
  });

  it('holds a peer to its rate over all its connections', async () => {
    const node = await start({ quotaPeerRate: '1 MiB' });
    const startMs = performance.now();
    await Promise.all(
      ['one', 'two'].map((repository, seed) =>
        push(ada, node, { repository, seed: seed + 1, bytes: MIB }),
      ),
    );
    const seconds = (performance.now() - startMs) / 1_000;
    assert.ok(seconds > 0.9, `${seconds} s for 2 MiB at 1 MiB/s, of which 1 s may come at once`);
  });
});
