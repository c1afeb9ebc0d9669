import { runKills } from './kill-rounds.ts';

const SEED = 20_261_120;
const ROUNDS = 21;

describe('commands and nodes that are killed', () => {
  it(`lose nothing that they answered for, and go on when called again (seed ${SEED})`, async () => {
    await runKills({ seed: SEED, rounds: ROUNDS });
  });
});
