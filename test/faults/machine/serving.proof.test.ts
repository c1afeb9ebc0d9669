import assert from 'node:assert/strict';
import { realpathSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { constants } from 'node:os';

import { Studio, seededBytes } from '../../integration/studio.ts';
import type { Fault } from '../../support/syscalls/operations.ts';
import { shimEnvironment } from '../../support/syscalls/shim-environment.ts';
import { HAS_SHIM } from '../../support/syscalls/shim-library.ts';
import { Ledger } from '../ledger.ts';

const TAKE_BYTES = 2_000_000;
const { EIO, ENOSPC } = constants.errno;

/** What fails once in the node, while somebody pushes; and the file that its log must name. */
const CASES: readonly (Fault & { readonly title: string; readonly path: string })[] = [
  {
    title: 'a full disk under a segment',
    operations: ['write'],
    at: 3,
    action: 'half',
    errno: ENOSPC,
    path: '.seg',
  },
  {
    title: 'a segment that cannot be synced',
    operations: ['fdatasync'],
    action: 'fail',
    errno: EIO,
    path: '.seg',
  },
  {
    title: 'a full disk under the log of the index',
    operations: ['write'],
    at: 2,
    action: 'half',
    errno: ENOSPC,
    path: '/index/',
  },
  {
    title: 'a log of the index that cannot be synced',
    operations: ['fdatasync'],
    at: 4,
    action: 'fail',
    errno: EIO,
    path: '/index/',
  },
  {
    title: 'refs that cannot be renamed',
    operations: ['rename'],
    at: 2,
    action: 'fail',
    errno: EIO,
    path: '/refs',
  },
];
describe('a node whose system calls fail', function () {
  this.timeout(120_000);
  let studio: Studio;
  const ledger = new Ledger();

  before(async function () {
    if (!HAS_SHIM) this.skip();
    studio = await Studio.create();
    await studio.grant('home', 'write');
    await studio.project('film', { 'take.mov': seededBytes(1, TAKE_BYTES) });
  });
  after(async () => {
    if (HAS_SHIM) await studio[Symbol.asyncDispose]();
  });

  for (const { title, ...fault } of CASES) {
    it(`because of ${title} tells the one who pushes, and takes the push the next time`, async () => {
      const data = studio.path('data');
      await rm(data, { recursive: true, force: true });
      await mkdir(data);
      const roots = [realpathSync(data)];
      const node = await studio.relay([], { environment: shimEnvironment({ roots, fault }) });
      try {
        const push = ['push', node.at('film'), 'main'];
        const first = await studio.run('film', push);
        assert.equal(first.status, 1, JSON.stringify(first.result));
        assert.equal(first.result['error'].code, 'DITS_PROTOCOL_PEER_FAILED');
        assert.notEqual(first.result['error'].hint, '');
        await node.logged('peer.problem');
        assert.ok(node.log.includes('data/film'), node.log);
        await studio.json('film', push);
      } finally {
        await node.end('SIGKILL');
      }
      await ledger.check(studio.path('data/film'));
    });
  }
});
