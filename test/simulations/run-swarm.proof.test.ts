import assert from 'node:assert/strict';
import { runSwarm, type SwarmScenario } from '../../simulations/index.ts';

/** 10 Mbit/s both ways. */
const EVEN = [{ up: 1_250, down: 1_250 }];

const SCENARIO: SwarmScenario = { seed: 1, peers: 8, chunks: 48, rates: EVEN, churn: 0 };

describe('a simulation of a swarm', () => {
  it('gives everyone the file in about the time that one needs, and spares the seed', async () => {
    const { peers, idealMs, lastMs, seedFiles, fairness } = await runSwarm(SCENARIO);
    assert.equal(peers, 8);
    assert.ok(lastMs < 2.5 * idealMs, `${lastMs} ms, the ideal is ${idealMs} ms`);
    assert.ok(seedFiles >= 1 && seedFiles < 3, String(seedFiles));
    assert.ok(fairness > 0.5, String(fairness));
  });

  it('comes to its end with peers that leave and come back, on uneven links', async () => {
    const rates = [...EVEN, { up: 300, down: 2_500 }, { up: 2_500, down: 2_500 }];
    const result = await runSwarm({ ...SCENARIO, seed: 2, rates, churn: 0.5 });
    assert.ok(Number.isFinite(result.lastMs) && result.seedFiles < 4, String(result.seedFiles));
  });

  it('goes the same way twice', async () => {
    const scenario = { ...SCENARIO, peers: 3, chunks: 12, churn: 0.5 };
    assert.deepEqual(await runSwarm(scenario), await runSwarm(scenario));
  });
});
