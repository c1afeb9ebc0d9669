/** `npm run kill-rounds -- [--rounds N] [--seed N] [--verb NAME]…`: kills commands and nodes, stops at the first failure. */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

import { runKills } from './kill-rounds.ts';

const ROUNDS_DEFAULT = 100;
/** Rounds of one scene: as many as there are commands, so that each has its turn. */
const SCENE_ROUNDS = 21;
const SEED_RANGE = 2 ** 31;

const text = { type: 'string' } as const;
const { values } = parseArgs({
  options: { rounds: text, seed: text, verb: { type: 'string', multiple: true } },
});
const total = Number(values.rounds ?? ROUNDS_DEFAULT);
const startMs = performance.now();
let killed = 0;
let seed = Number(values.seed ?? randomInt(SEED_RANGE));
for (let left = total; left > 0; left -= SCENE_ROUNDS, seed += 1) {
  const rounds = Math.min(left, SCENE_ROUNDS);
  try {
    const report = await runKills({ seed, rounds, verbs: values.verb });
    killed += report.killed;
    console.log(JSON.stringify({ seed, ...report }));
  } catch (error) {
    console.error(error);
    console.error(`again with: npm run kill-rounds -- --seed ${seed} --rounds ${rounds}`);
    process.exit(1);
  }
}
console.log(
  `${total} rounds, ${killed} killed at work, ${Math.round((performance.now() - startMs) / 1000)} s`,
);
