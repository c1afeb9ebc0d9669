import { assertResumed } from './interrupted-transfer.ts';
import { Studio, seededBytes } from './studio.ts';

const MIB = 1024 * 1024;
const TAKE_BYTES = 200 * MIB;
const CUT_AT_BYTES = 150 * MIB;
/** The receiver's window: what may be under way, or not on disk yet (docs/protocol.md). */
const TWICE_MAX_BYTES = 64 * MIB;
const IDLE_MS = 2_000;

describe('a long push that is killed', () => {
  for (const side of ['client', 'node'] as const) {
    it(`by the ${side}, sends again at most what was under way`, async () => {
      await using studio = await Studio.create();
      await studio.grant('home', 'write');
      await studio.idleTimeout(IDLE_MS, 'home', 'relay');
      await studio.patience(0, 'home');
      await studio.project('film', { 'take.mov': seededBytes(21, TAKE_BYTES) });
      const sizes = { cutAtBytes: CUT_AT_BYTES, twiceMaxBytes: TWICE_MAX_BYTES };
      await assertResumed({ studio, folder: 'film', side, ...sizes });
    });
  }
});
