import { randomInt } from 'node:crypto';

import { killRound } from './kill-rounds.ts';

const ROUNDS = 8;
const KILLS = 4;
const SEED_MAX = 2 ** 31;

describe('commands that are killed again and again', () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const seed = randomInt(SEED_MAX);
    it(`go on when they are run again (seed ${seed})`, async () => {
      await killRound(seed, KILLS);
    });
  }
});
