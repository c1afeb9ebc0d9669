import { killRound } from './kill-rounds.ts';

/** More rounds with random seeds are in kill.slow.test.ts. */
const SEED = 20_261_120;

describe('commands that are killed', function () {
  this.timeout(60_000);

  it(`go on when they are run again (seed ${SEED})`, async () => {
    await killRound(SEED, 1);
  });
});
