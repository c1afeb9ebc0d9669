import assert from 'node:assert/strict';
import { cp, mkdir, readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { RunningNode } from '../cli/running-node.ts';
import type { RunOptions, RunResult } from '../cli/sandbox.ts';
import { Studio, seededBytes } from './studio.ts';

const TAKE_BYTES = 3_000_000;
const SEGMENT = 'film/.dits/segments/00000001.seg';

function assertFailed({ status, result }: RunResult, expected: number, code: string): void {
  assert.deepEqual([status, result['error']?.code], [expected, code], JSON.stringify(result));
  assert.notEqual(result['error'].hint, '', 'it says what to try next');
}

describe('a damaged repository', function () {
  this.timeout(60_000);
  const take = seededBytes(3, TAKE_BYTES);
  let studio: Studio;
  let node: RunningNode;

  before(async () => {
    studio = await Studio.create();
    await studio.grant('home', 'write');
    await studio.project('film', { 'take.mov': take });
    node = await studio.relay();
    await studio.json('film', ['remote', 'add', 'origin', node.at('film')]);
    await studio.json('film', ['push']);
    await cp(studio.path('film'), studio.path('sound'), { recursive: true });
  });
  after(async () => {
    await node.end();
    await studio[Symbol.asyncDispose]();
  });
  afterEach(async () => {
    await rm(studio.path('film'), { recursive: true });
    await cp(studio.path('sound'), studio.path('film'), { recursive: true });
  });

  /** Nothing but whole files is written; the remote has what is lost. */
  async function assertMendedByRemote(): Promise<void> {
    await rm(studio.path('film/take.mov'));
    const written = await studio.run('film', ['checkout', 'HEAD', '--', 'take.mov']);
    assertFailed(written, 8, 'DITS_STORE_CORRUPT');
    assert.match(String(written.result['error'].hint), /dits fsck --repair/);
    assert.deepEqual(await readdir(studio.path('film')), ['.dits']);
    const found = await studio.run('film', ['fsck']);
    assertFailed(found, 8, 'DITS_CLI_DAMAGED');
    assert.ok(found.result['corrupt'].length > 0);
    const mended = await studio.json('film', ['fsck', '--repair']);
    assert.ok(mended['repaired'] > 0);
    await studio.json('film', ['checkout', 'HEAD', '--', 'take.mov']);
    assert.ok(take.equals(await readFile(studio.path('film/take.mov'))));
    const after = await studio.json('film', ['fsck']);
    assert.deepEqual([after['corrupt'], after['missing']], [[], []]);
  }

  it('with a flipped bit is found and mended from the remote', async () => {
    const bytes = await readFile(studio.path(SEGMENT));
    const middle = bytes.length >> 1;
    bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
    await writeFile(studio.path(SEGMENT), bytes);
    await assertMendedByRemote();
  });

  for (const [title, length] of [
    ['half a segment', TAKE_BYTES >> 1],
    ['ten bytes of a segment', 10],
  ] as const) {
    it(`with ${title} is found and mended from the remote`, async () => {
      await truncate(studio.path(SEGMENT), length);
      await assertMendedByRemote();
    });
  }

  it('that is served tells the one who clones, writes nothing wrong, and works once mended', async () => {
    const served = studio.path('data/film/segments/00000001.seg');
    const bytes = await readFile(served);
    const spoilt = Buffer.from(bytes);
    spoilt.fill(0xff, TAKE_BYTES >> 1, (TAKE_BYTES >> 1) + 100);
    await writeFile(served, spoilt);
    const cloned = await studio.run('', ['clone', node.at('film'), 'copy']);
    assertFailed(cloned, 1, 'DITS_PROTOCOL_PEER_FAILED');
    assert.match(String(cloned.result['error'].hint), /dits fsck there/);
    await node.logged('is damaged on disk');
    assert.deepEqual(await readdir(studio.path('copy')), ['.dits']);
    await writeFile(served, bytes);
    await studio.json('', ['clone', node.at('film'), 'copy']);
    assert.ok(take.equals(await readFile(studio.path('copy/take.mov'))));
  });

  it('with an index of garbage makes it anew by itself, and says so', async () => {
    const folder = studio.path('film/.dits/index');
    const spoil = async (): Promise<void> => {
      for (const name of await readdir(folder)) {
        await writeFile(join(folder, name), seededBytes(4, 3000));
      }
    };
    await spoil();
    const healed = await studio.run('film', ['status']);
    assert.equal(healed.status, 0);
    assert.match(healed.stderr, /index was damaged and has been made anew/);
    assert.equal(healed.result['clean'], true);
    await spoil();
    const checked = await studio.run('film', ['fsck']);
    assertFailed(checked, 8, 'DITS_CLI_DAMAGED');
    assert.ok(checked.result['index'].length > 0);
    assert.ok((await studio.json('film', ['fsck', '--rebuild-index']))['rebuilt'] > 0);
  });

  it('with a spoilt refs file has the refs back from the reflog, as long as that is there', async () => {
    const before = await studio.json('film', ['branch', '--all']);
    await writeFile(studio.path('film/.dits/refs'), seededBytes(7, 300));
    const refused = await studio.run('film', ['log']);
    assertFailed(refused, 8, 'DITS_STORE_CORRUPT');
    assert.match(String(refused.result['error'].hint), /dits fsck --repair/);
    const mended = await studio.json('film', ['fsck', '--repair']);
    assert.equal(mended['refsRestored'].from, 'parts');
    assert.deepEqual(
      (await studio.json('film', ['branch', '--all']))['branches'],
      before['branches'],
    );
    assert.equal((await studio.json('film', ['status']))['clean'], true);
    await writeFile(studio.path('film/.dits/refs'), seededBytes(7, 300));
    await rm(studio.path('film/.dits/reflog'));
    assertFailed(await studio.run('film', ['fsck', '--repair']), 8, 'DITS_CLI_DAMAGED');
  });

  it('with a spoilt index of the working tree is mended from HEAD', async () => {
    await writeFile(studio.path('film/.dits/worktree-index'), seededBytes(5, 100));
    const refused = await studio.run('film', ['status']);
    assertFailed(refused, 8, 'DITS_REPO_INDEX_CORRUPT');
    assert.match(String(refused.result['error'].hint), /dits fsck --repair/);
    assertFailed(await studio.run('film', ['fsck']), 8, 'DITS_CLI_DAMAGED');
    await studio.json('film', ['fsck', '--repair']);
    assert.equal((await studio.json('film', ['status']))['clean'], true);
    assert.equal((await studio.run('film', ['fsck'])).status, 0);
  });
});

describe('a damaged home folder', function () {
  this.timeout(60_000);
  let studio: Studio;
  const asBroken: RunOptions = { home: 'broken' };

  beforeEach(async () => {
    studio = await Studio.create();
    await studio.identity('broken');
  });
  afterEach(async () => {
    await studio[Symbol.asyncDispose]();
  });

  const start = ['node', 'start', '--listen', '127.0.0.1:0'];
  for (const [title, spoil] of [
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1)],
    ['empty', () => Buffer.alloc(0)],
    ['garbage', (bytes: Buffer) => seededBytes(6, bytes.length)],
  ] as const) {
    it(`with a key that is ${title} is refused, and the key left as it is`, async () => {
      const path = join(studio.sandbox.homePath('broken'), 'identity.pem');
      const spoilt = spoil(await readFile(path));
      await writeFile(path, spoilt);
      for (const words of [['id'], ['clone', 'dits://127.0.0.1:1/film'], start]) {
        const refused = await studio.run('', words, asBroken);
        assertFailed(refused, 8, 'DITS_NODE_KEY_CORRUPT');
        assert.match(String(refused.result['error'].message), /identity\.pem/);
      }
      assert.deepEqual(await readFile(path), spoilt);
    });
  }

  it('with a peers file that cannot be read is refused, and the file left as it is', async () => {
    const path = join(studio.sandbox.homePath('broken'), 'peers.toml');
    const { peerId } = await studio.identity('other');
    for (const spoilt of ['[peers', 'peers = 7', '\u0000\uffff', `[peers.${peerId}]\nname = 3`]) {
      await writeFile(path, spoilt);
      for (const words of [['peer', 'list'], ['peer', 'add', peerId], start]) {
        const refused = await studio.run('', words, asBroken);
        assertFailed(refused, 8, 'DITS_NODE_TRUST_CORRUPT');
        assert.match(String(refused.result['error'].hint), /peers\.toml/);
      }
      assert.equal(await readFile(path, 'utf8'), spoilt);
    }
  });

  it('with settings that cannot be read, or make no sense, is refused', async () => {
    const path = join(studio.sandbox.homePath('broken'), 'config.toml');
    for (const [spoilt, code] of [
      ['[user', 'DITS_REPO_CONFIG_INVALID'],
      ['[node]\nlisten = 7\n', 'DITS_NODE_CONFIG_INVALID'],
      ['[node]\nno-such-setting = 1\n', 'DITS_NODE_CONFIG_INVALID'],
    ] as const) {
      await writeFile(path, spoilt);
      assertFailed(await studio.run('', ['node', 'start'], asBroken), 1, code);
      assert.equal(await readFile(path, 'utf8'), spoilt);
    }
  });

  it('that is no folder, or has folders for files, is refused with advice', async () => {
    const file = await studio.sandbox.write('.file', 'x');
    const folders = studio.sandbox.homePath('broken');
    for (const name of ['peers.toml', 'config.toml']) await mkdir(join(folders, name));
    const asFile: RunOptions = { home: 'file' };
    assert.equal(studio.sandbox.homePath('file'), file);
    for (const as of [asFile, asBroken]) {
      assertFailed(await studio.run('', ['peer', 'list'], as), 1, 'DITS_NODE_IO');
      assertFailed(await studio.run('', ['config', 'list', '--user'], as), 1, 'DITS_REPO_IO');
    }
    assertFailed(await studio.run('', ['id'], asFile), 1, 'DITS_NODE_IO');
    assert.equal(await readFile(file, 'utf8'), 'x');
  });
});
