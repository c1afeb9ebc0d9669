import assert from 'node:assert/strict';

import { formatTicket, parseTicket } from '../../node/index.ts';
import { hostPort, withoutDiscovery } from './pairing-bench.ts';
import { RunningNode } from './running-node.ts';
import { Sandbox, type Json, type RunResult } from './sandbox.ts';

const TIMEOUT_MS = 30_000;
const REFUSED = 7;
const USAGE = 2;

describe('dits peer ticket', function () {
  this.timeout(TIMEOUT_MS);
  let sandbox: Sandbox;
  let node: RunningNode;

  before(async () => {
    sandbox = await Sandbox.create();
    await withoutDiscovery(sandbox, 'studio', 'render', 'other');
    for (const name of ['film', 'secret']) {
      await sandbox.write(`${name}/reel.txt`, name);
      await sandbox.json(['init', name], { home: 'studio' });
      await sandbox.json(['add', '.'], { home: 'studio', cwd: name });
      await sandbox.json(['commit', '-m', 'first'], { home: 'studio', cwd: name });
    }
    const serve = ['film', 'secret'].flatMap((name) => [
      '--serve',
      `${name}=${sandbox.path(name)}`,
    ]);
    node = await RunningNode.start(sandbox, serve, { home: 'studio' });
  });

  after(async () => {
    await node.end();
    await sandbox[Symbol.asyncDispose]();
  });

  beforeEach(async () => {
    for (const home of ['studio', 'render', 'other']) {
      const { peers } = await sandbox.json(['peer', 'list'], { home });
      for (const { peerId } of peers as Json[]) {
        await sandbox.json(['peer', 'remove', String(peerId)], { home });
      }
    }
  });

  const issue = (...words: string[]): Promise<Json> =>
    sandbox.json(['peer', 'ticket', ...words], { home: 'studio' });
  const accept = (ticket: unknown, home = 'render'): Promise<RunResult> =>
    sandbox.run(['peer', 'accept', String(ticket), '--json'], { home });
  let copies = 0;
  const clone = (repository: string, home = 'render'): Promise<RunResult> =>
    sandbox.run(['clone', node.at(repository), `copy-${copies++}`, '--json'], { home });
  const ticketState = async (id: unknown): Promise<unknown> => {
    const { tickets } = await sandbox.json(['peer', 'ticket', 'list'], { home: 'studio' });
    return (tickets as Json[]).find((one) => one['id'] === id)?.['state'];
  };

  it('lets a machine in with what it grants, and with nothing else', async () => {
    const { ticket, id, addresses } = await issue('--repo', 'film', '--expires', '1h');
    assert.deepEqual(addresses, [hostPort(node.address)]);
    assert.equal(await ticketState(id), 'open');
    const accepted = await accept(ticket);
    assert.equal(accepted.status, 0, accepted.stderr);
    const [studio] = accepted.result['peers'] as Json[];
    assert.deepEqual([studio?.['peerId'], studio?.['grants']], [node.peerId, []]);
    assert.equal((await clone('film')).status, 0);
    assert.equal((await clone('secret')).status, REFUSED);
    assert.equal(await ticketState(id), 'used');
    const { peers } = await sandbox.json(['peer', 'list'], { home: 'studio' });
    const [grant] = (peers as Json[])[0]!['grants'] as Json[];
    assert.equal(grant?.['ticket'], id);
    assert.ok(Date.parse(String(grant?.['until'])) > Date.now());
  });

  it('will do in the place of an address', async () => {
    const { ticket } = await issue('--repo', 'film');
    const words = ['clone', `${String(ticket)}/film`, 'by-ticket', '--json'];
    const cloned = await sandbox.run(words, { home: 'render' });
    assert.equal(cloned.status, 0, cloned.stderr);
    const { remotes } = await sandbox.json(['remote'], { home: 'render', cwd: 'by-ticket' });
    assert.ok(!JSON.stringify(remotes).includes('ditsticket'), 'the secret is kept nowhere');
    const bare = await sandbox.run(['clone', String(ticket), '--json'], { home: 'render' });
    assert.equal(bare.status, USAGE);
  });

  it('keeps no secret on the disk of its issuer', async () => {
    const { ticket } = await issue();
    const { secret } = parseTicket(String(ticket));
    const { readFile } = await import('node:fs/promises');
    const file = await readFile(`${sandbox.homePath('studio')}/tickets.toml`, 'utf8');
    assert.ok(!file.includes(Buffer.from(secret).toString('hex')));
    assert.ok(!file.includes(String(ticket)));
  });

  it('takes back what it granted when it is revoked, while the node runs', async () => {
    const { ticket, id } = await issue('--repo', 'film', '--uses', '2');
    assert.equal((await accept(ticket)).status, 0);
    assert.equal((await clone('film')).status, 0);
    await sandbox.json(['peer', 'ticket', 'revoke', String(id)], { home: 'studio' });
    assert.equal(await ticketState(id), 'revoked');
    await node.logged('stranger.gone');
    let after = await clone('film');
    for (let round = 0; after.status === 0 && round < 20; round++) after = await clone('film');
    assert.equal(after.status, REFUSED);
    const other = await issue();
    const late = await accept(ticket, 'other');
    assert.equal(late.status, REFUSED, late.stderr);
    assert.match(late.stderr, /was revoked/);
    await sandbox.json(['peer', 'ticket', 'revoke', String(other['id'])], { home: 'studio' });
  });

  it('is good for so many machines, for the same one again, and not for one more', async () => {
    const { ticket } = await issue('--uses', '1');
    const open = await issue();
    assert.equal((await accept(ticket)).status, 0);
    assert.equal((await accept(ticket)).status, 0);
    const other = await accept(ticket, 'other');
    assert.equal(other.status, REFUSED, other.stderr);
    assert.match(other.stderr, /was used already/);
    await sandbox.json(['peer', 'ticket', 'revoke', String(open['id'])], { home: 'studio' });
  });

  it('is not good with another secret, nor when nobody has issued it', async () => {
    const { ticket, id } = await issue();
    const good = parseTicket(String(ticket));
    for (const forged of [
      { ...good, secret: Buffer.alloc(16) },
      { ...good, id: Buffer.alloc(8) },
    ]) {
      const result = await accept(formatTicket(forged));
      assert.equal(result.status, REFUSED, result.stderr);
      assert.match(result.stderr, /is not good here/);
    }
    await sandbox.json(['peer', 'ticket', 'revoke', String(id)], { home: 'studio' });
    const { peers } = await sandbox.json(['peer', 'list'], { home: 'studio' });
    assert.deepEqual(peers, []);
  });

  it('shows its secret to nobody but the machine that issued it', async () => {
    const { ticket, id } = await issue();
    const { peerId } = await sandbox.json(['id'], { home: 'other' });
    const result = await accept(
      formatTicket({ ...parseTicket(String(ticket)), peerId: String(peerId) }),
    );
    assert.equal(result.status, REFUSED);
    assert.equal(result.result['error'].code, 'DITS_NODE_IDENTITY_MISMATCH');
    assert.equal(await ticketState(id), 'open');
    await sandbox.json(['peer', 'ticket', 'revoke', String(id)], { home: 'studio' });
  });

  it('says when a line was cut, and when there is no such ticket', async () => {
    const { ticket, id } = await issue();
    const cut = await accept(String(ticket).slice(0, -3));
    assert.deepEqual([cut.status, cut.result['error'].code], [USAGE, 'DITS_NODE_TICKET_INVALID']);
    const unknown = await sandbox.run(['peer', 'ticket', 'revoke', 'feed', '--json'], {
      home: 'studio',
    });
    assert.deepEqual(
      [unknown.status, unknown.result['error'].code],
      [3, 'DITS_CLI_NO_SUCH_TICKET'],
    );
    await sandbox.json(['peer', 'ticket', 'revoke', String(id)], { home: 'studio' });
  });

  it('ends at its time, and what it granted with it', async () => {
    const { ticket, id } = await issue('--expires', '6s', '--uses', '2');
    assert.equal((await accept(ticket)).status, 0);
    assert.equal((await clone('film')).status, 0);
    let after = await clone('film');
    while (after.status === 0) after = await clone('film');
    assert.equal(after.status, REFUSED);
    assert.equal(await ticketState(id), 'over');
    const late = await accept(ticket, 'other');
    assert.equal(late.status, REFUSED, late.stderr);
  });
});
