import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BlockedUdp, whyNoBlocks, type Block } from '../bench/reach/blocked-udp.ts';

/** What docs/benchmarks.md measures is far below; here other tests may be running. */
const DIAL_MAX_MS = 4_000;

describe('a dial between two machines', function () {
  this.timeout(30_000);
  let folder: string;
  let bench: BlockedUdp | undefined;

  before(async function () {
    const missing = whyNoBlocks();
    if (missing !== undefined) {
      console.log(`    left out: ${missing}`);
      this.skip();
    }
    folder = await mkdtemp(join(tmpdir(), 'dits-reach-'));
    bench = await BlockedUdp.create(folder);
  });

  after(async () => {
    if (bench === undefined) return;
    await bench.close();
    await rm(folder, { recursive: true });
  });

  const expected: Readonly<Partial<Record<Block, RegExp>>> = {
    dropped: /^no answer over UDP in \d+\.\d s$/,
    rejected: /^UDP failed: .*nobody listens/,
    'not let out': /UDP/,
  };
  for (const [block, reason] of Object.entries(expected) as [Block, RegExp][]) {
    it(`goes over TCP when UDP is ${block}, and says why`, async () => {
      const result = await bench!.dial(block);
      assert.equal(result.path, 'tcp');
      assert.match(result.reason ?? '', reason);
      assert.ok(result.elapsedMs < DIAL_MAX_MS, `${result.elapsedMs} ms`);
    });
  }
});
