import assert from 'node:assert/strict';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { MAIN, type Json } from '../cli/sandbox.ts';
import { NatNetwork, whyNoNat, type Side, type Translation } from '../support/nat-network.ts';

const FILE_BYTES = 40_000_000;
const OUTPUT_MAX_BYTES = 64_000_000;

type Host = Side | 'relay';

describe('peers behind two routers that translate addresses', function () {
  this.timeout(120_000);
  let folder: string;
  let network: NatNetwork;
  const children: ChildProcess[] = [];

  before(function () {
    const reason = whyNoNat();
    if (reason === undefined) return;
    console.log(`      skipped: ${reason}`);
    this.skip();
  });
  afterEach(async () => {
    for (const child of children.splice(0).reverse()) {
      const gone = once(child, 'close');
      child.kill('SIGTERM');
      await gone;
    }
    network.remove();
    await rm(folder, { recursive: true });
  });

  function environment(host: Host): NodeJS.ProcessEnv {
    return { PATH: process.env['PATH'], HOME: folder, DITS_HOME: join(folder, `.${host}`) };
  }

  async function dits(host: Host, ...words: readonly string[]): Promise<Json> {
    const [file, args] = network.on(host, process.execPath, MAIN, ...words, '--json');
    const { stdout } = await promisify(execFile)(file, args, {
      cwd: folder,
      env: environment(host),
      maxBuffer: OUTPUT_MAX_BYTES,
    });
    return JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as Json;
  }

  async function startNode(host: Host, ...words: readonly string[]): Promise<Json> {
    const command = [process.execPath, MAIN, 'node', 'start', '--json', ...words];
    const [file, args] = network.on(host, ...command);
    const child = spawn(file, args, {
      cwd: folder,
      env: environment(host),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    children.push(child);
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    return JSON.parse(line) as Json;
  }

  async function know(host: Host, other: Host, access: string): Promise<void> {
    const { peerId } = await dits(other, 'id');
    await dits(host, 'peer', 'add', String(peerId), '--name', other, '--access', access);
  }

  /** Host `b` clones from host `a`, with a relay between them. */
  async function cloneAcross(translation: Translation): Promise<{ cloned: Json; relay: Json }> {
    folder = await mkdtemp(join(tmpdir(), 'dits-punch-'));
    network = NatNetwork.create(translation);
    await know('relay', 'a', 'read');
    await know('relay', 'b', 'read');
    await know('a', 'b', 'read');
    const { peerId: relayId } = await startNode('relay', '--relay', '--data', 'kept');
    const via = (side: Side): string => `${relayId}@${network.relayAddress(side)}:4433`;
    await dits('a', 'config', 'set', '--user', 'node.relays', via('a'));
    await mkdir(join(folder, 'film'));
    await writeFile(join(folder, 'film', 'take'), randomBytes(FILE_BYTES));
    await dits('a', 'init', 'film');
    await dits('a', '-C', 'film', 'add', '-A');
    await dits('a', '-C', 'film', 'commit', '-m', 'one');
    const { peerId } = await startNode('a', '--serve', 'film=film');
    while ((await dits('a', 'node', 'status'))['relays'][0].isReserved !== true);
    const cloned = await dits('b', 'clone', '--via', via('b'), `dits://${peerId}/film`, 'copy');
    return { cloned, relay: await dits('relay', 'node', 'status') };
  }

  it('find a direct path where a host is seen at one port from everywhere', async () => {
    const { cloned, relay } = await cloneAcross('endpoint-independent');
    assert.equal(cloned['path'], 'quic');
    assert.equal(cloned['bytes'].logical, FILE_BYTES);
    const carried = Number(relay['circuits'].bytes);
    assert.ok(carried < FILE_BYTES / 2, `the relay carried ${carried} bytes`);
  });

  it('stay with the relay where every destination sees another port', async () => {
    const { cloned, relay } = await cloneAcross('random');
    assert.equal(cloned['path'], 'relay');
    assert.equal(cloned['bytes'].logical, FILE_BYTES);
    assert.ok(Number(relay['circuits'].bytes) > FILE_BYTES);
  });
});
